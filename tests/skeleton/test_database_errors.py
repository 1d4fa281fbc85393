"""What a statement was to write stays out of the error it fails with, and so out of the logs."""

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from committee.database_roles import engine_options
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
