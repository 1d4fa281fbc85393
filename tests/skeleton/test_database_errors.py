"""What a statement was to write stays out of the error it fails with, and so out of the logs."""

import logging
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from committee.database_roles import engine_options
from committee.embedded import postgres
from committee.extensions import db
from committee.people.models import Council

EXEMPT = "the bid of Gull and Sons"


def test_every_engine_hides_what_it_writes(app: Flask) -> None:
    assert engine_options()["hide_parameters"] is True
    assert db.engine.hide_parameters


def test_a_failing_insert_does_not_print_its_words(app: Flask) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(insert(Council).values(id=10**30, name=EXEMPT))
    db.session.rollback()
    assert "INSERT INTO council" in str(failed.value)
    assert EXEMPT not in str(failed.value)
    assert EXEMPT not in repr(failed.value)


def test_a_row_that_a_rule_refuses_is_not_quoted(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    refused = text("INSERT INTO council (name, brand_colour, language) VALUES (:name, NULL, 'en')")
    with pytest.raises(DBAPIError, match="brand_colour") as failed:
        db.session.execute(refused, {"name": EXEMPT})
    db.session.rollback()
    logging.getLogger("quorate").error("refused", exc_info=failed.value)
    assert "NotNullViolation" in caplog.text
    assert EXEMPT not in caplog.text
    assert EXEMPT not in repr(failed.value)


def test_the_database_server_writes_no_refused_row_into_its_own_log(
    app: Flask, servers_folder: Path
) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(insert(Council).values(name=EXEMPT, brand_colour=None))
    db.session.rollback()
    server = postgres.start_or_join(servers_folder / "postgres", database="postgres")
    log = server.pid_file.parent / "server.log"
    written = log.read_text(encoding="utf-8", errors="replace")
    assert "violates not-null constraint" in written
    assert EXEMPT not in written
