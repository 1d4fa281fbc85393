"""Nobody empties what is frozen, and a guard that was taken away is found."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from committee.database_roles import OWNER
from committee.extensions import db, owner_engine
from committee.integrity import guards
from tests.audit.conftest import Command, command

__all__ = ["command"]

EMPTIED = sorted({table for table, name in guards.TRIGGERS if name.endswith("_never_emptied")})


@pytest.mark.parametrize("table", EMPTIED)
def test_even_the_owner_of_the_tables_empties_none_of_them(app: Flask, table: str) -> None:
    with (
        pytest.raises(DBAPIError, match=r"only ever|never emptied"),
        db.engines[OWNER].begin() as it,
    ):
        it.execute(text(f"TRUNCATE {table} CASCADE"))


def test_every_guard_is_at_work(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert list(guards.missing(connection)) == []


@pytest.mark.parametrize(("table", "name"), sorted(guards.TRIGGERS))
def test_a_trigger_that_its_owner_disabled_is_found(app: Flask, table: str, name: str) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {name}"))
        [told] = guards.missing(connection)
        assert told == f"Unguarded: {table}. Its trigger {name} was dropped or disabled."


def test_a_right_that_the_application_was_given_is_found(app: Flask) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text("GRANT DELETE ON audit_entry TO quorate_app"))
        assert list(guards.missing(connection)) == [
            "Unguarded: audit_entry. The application's login was given the right to DELETE."
        ]


def test_the_command_tells_of_it(app: Flask, command: Command) -> None:
    try:
        with owner_engine().begin() as connection:
            connection.execute(text("ALTER TABLE pack DISABLE TRIGGER pack_is_frozen"))
        found = command("verify")
        assert found.exit_code == 1
        assert "Unguarded: pack." in found.output
    finally:
        with owner_engine().begin() as connection:
            connection.execute(text("ALTER TABLE pack ENABLE TRIGGER pack_is_frozen"))
