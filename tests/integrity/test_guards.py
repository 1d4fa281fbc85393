"""Nobody empties what is frozen, and a guard that was taken away is found."""

import json

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from committee.database_roles import OWNER
from committee.extensions import db, owner_engine
from committee.integrity import guards
from tests.audit.conftest import Command, command
from tests.conventions.sources import told

__all__ = ["command"]

EMPTIED = sorted({table for table, name in guards.TRIGGERS if name.endswith("_never_emptied")})


@pytest.mark.parametrize("table", EMPTIED)
def test_even_the_owner_of_the_tables_empties_none_of_them(app: Flask, table: str) -> None:
    with (
        pytest.raises(DBAPIError, match=r"only ever|never emptied"),
        db.engines[OWNER].begin() as it,
    ):
        it.execute(text(f"TRUNCATE {table} CASCADE"))


def test_the_guards_that_are_kept_are_those_that_the_migrations_made(
    app: Flask, request: pytest.FixtureRequest
) -> None:
    """Also after an upgrade: what a migration changes is written down with it."""
    with owner_engine().connect() as connection:
        made = guards.at_work(connection)
    if request.config.getoption("--renew-guards", default=False):
        write_anew(made)
    assert guards.kept() == made, told(
        [f"{table}: {name}" for table, name in sorted(dict(guards.kept().items() ^ made.items()))],
        "If a migration was meant to change them: ./quorate test tests/integrity --renew-guards",
    )


def write_anew(made: dict[guards.Guard, str]) -> None:
    """Keep these guards from now on."""
    tables: dict[str, dict[str, str]] = {}
    for (table, name), is_now in sorted(made.items()):
        tables.setdefault(table, {})[name] = is_now
    guards.KEPT.write_text(json.dumps(tables, indent=2) + "\n", encoding="utf-8")


def test_every_guard_is_at_work(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert list(guards.missing(connection)) == []


def test_what_never_changes_is_guarded(app: Flask) -> None:
    """Nobody has renewed a guard away."""
    for table in ("audit_entry", "audit_link"):
        assert {(table, f"{table}_only_grows"), (table, f"{table}_is_never_emptied")} <= set(
            guards.TRIGGERS
        )
    assert {("audit_entry", "audit_entry_is_chained"), ("pack", "pack_is_frozen")} <= set(
        guards.TRIGGERS
    )
    assert len(EMPTIED) == len(guards.FROZEN) >= 10


@pytest.mark.parametrize(("table", "name"), sorted(guards.TRIGGERS))
def test_a_trigger_that_its_owner_disabled_is_found(app: Flask, table: str, name: str) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER {name}"))
        [told] = guards.missing(connection)
        assert told == f"Unguarded: {table}. Its trigger {name} was dropped or disabled."


@pytest.mark.parametrize(
    ("changed", "trigger"),
    [
        (
            "CREATE OR REPLACE FUNCTION audit_refuses_change() RETURNS trigger LANGUAGE plpgsql"
            " SET search_path = public, pg_temp AS 'BEGIN RETURN NEW; END'",
            "audit_entry_only_grows",
        ),
        ("ALTER FUNCTION audit_joins_entry() SECURITY INVOKER", "audit_entry_is_chained"),
        ("ALTER FUNCTION audit_joins_entry() RESET search_path", "audit_entry_is_chained"),
        (
            "CREATE OR REPLACE TRIGGER pack_is_frozen BEFORE UPDATE OR DELETE ON pack FOR EACH ROW"
            " WHEN (false) EXECUTE FUNCTION built_pack_refuses_change()",
            "pack_is_frozen",
        ),
        (
            "CREATE OR REPLACE TRIGGER audit_entry_only_grows BEFORE DELETE ON audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuses_change()",
            "audit_entry_only_grows",
        ),
    ],
)
def test_a_guard_that_was_made_another_is_found(app: Flask, changed: str, trigger: str) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text(changed))
        found = list(guards.missing(connection))
    assert all(each.endswith("or what that does, was made another.") for each in found), found
    assert [each for each in found if f"Its trigger {trigger}," in each]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (
            "CREATE TRIGGER another BEFORE INSERT ON audit_entry FOR EACH ROW"
            " WHEN (NEW.act = 'role_grant:added') EXECUTE FUNCTION audit_refuses_change()",
            "another",
        ),
        ("CREATE RULE nothing AS ON INSERT TO audit_entry DO INSTEAD NOTHING", "nothing"),
    ],
)
def test_what_was_put_before_a_guard_is_found(app: Flask, given: str, name: str) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text(given))
        assert list(guards.missing(connection)) == [
            f"Unguarded: audit_entry. Somebody gave it {name}, which is not one of its guards."
        ]


@pytest.mark.parametrize(
    ("given", "told_of"),
    [
        (
            "DELETE ON audit_entry TO quorate_app",
            "application's login was given the right to DELETE",
        ),
        (
            "UPDATE (act) ON audit_entry TO quorate_app",
            "application's login was given the right to UPDATE act",
        ),
        (
            "UPDATE ON audit_entry TO quorate_public",
            "public's login was given the right to UPDATE",
        ),
        (
            "TRIGGER ON audit_entry TO quorate_app",
            "application's login was given the right to TRIGGER",
        ),
        (
            "INSERT (seq) ON audit_link TO quorate_app",
            "application's login was given the right to INSERT seq",
        ),
        (
            "UPDATE (sha256) ON record_version TO quorate_app",
            "application's login was given the right to UPDATE sha256",
        ),
    ],
)
def test_a_right_that_a_login_was_given_is_found(app: Flask, given: str, told_of: str) -> None:
    with owner_engine().connect() as connection:
        connection.execute(text(f"GRANT {given}"))
        [found] = guards.missing(connection)
    assert found.endswith(f". The {told_of}.")


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
