"""What the application's login cannot do, whatever the application's code would have it do."""

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from committee.extensions import db
from tests.database_roles.conftest import Login

FROZEN = (
    "audit_entry",
    "audit_link",
    "agenda_version",
    "decision_notice",
    "determination",
    "reading_rule",
    "record_version",
    "minutes_version",
    "summary_version",
)
# A file that a worker makes of a published version is noted once, afterwards.
NOTED_LATER = {
    ("record_version", "pdf_sha256"),
    ("minutes_version", "pdf_sha256"),
    ("minutes_version", "word_sha256"),
    ("summary_version", "pdf_sha256"),
}


@pytest.mark.parametrize("table", FROZEN)
@pytest.mark.parametrize("verb", ["DELETE FROM", "TRUNCATE"])
def test_it_deletes_nothing_that_is_frozen(signs_in: Login, table: str, verb: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        signs_in("application").execute(f"{verb} {table}")


@pytest.mark.parametrize("table", FROZEN)
def test_it_changes_no_column_of_what_is_frozen(signs_in: Login, table: str) -> None:
    connection = signs_in("application")
    changed = set()
    for column in db.metadata.tables[table].columns:
        names = sql.Identifier(table), sql.Identifier(column.name), sql.Identifier(column.name)
        try:
            connection.execute(sql.SQL("UPDATE {} SET {} = {}").format(*names))
        except psycopg.errors.InsufficientPrivilege:
            continue
        changed.add((table, column.name))
    assert changed == {pair for pair in NOTED_LATER if pair[0] == table}


def test_it_empties_no_table_at_once(signs_in: Login) -> None:
    connection = signs_in("application")
    for table in db.metadata.sorted_tables:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table.name)))


@pytest.mark.parametrize("who", ["application", "public"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE meeting",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE meeting DISABLE ROW LEVEL SECURITY",
        "CREATE ROLE another",
        "SET ROLE quorate",
        "UPDATE alembic_version SET version_num = '0001'",
    ],
)
def test_it_owns_nothing_and_administers_nothing(signs_in: Login, who: str, statement: str) -> None:
    with pytest.raises(
        (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
    ):
        signs_in(who).execute(statement)


@pytest.mark.parametrize("who", ["application", "public"])
def test_neither_login_is_privileged(signs_in: Login, who: str) -> None:
    answer = signs_in(who).execute(
        "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication "
        "FROM pg_roles WHERE rolname = current_user"
    )
    assert answer.fetchone() == (False,) * 5


def test_a_table_of_a_later_migration_is_the_applications_and_not_the_publics(
    signs_in: Login,
) -> None:
    owner = signs_in("owner")
    owner.execute("CREATE TABLE later (id serial PRIMARY KEY, words text)")
    try:
        signs_in("application").execute("INSERT INTO later (words) VALUES ('one')")
        signs_in("application").execute("UPDATE later SET words = 'two'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            signs_in("public").execute("SELECT words FROM later")
    finally:
        owner.execute("DROP TABLE later")


def test_the_applications_session_is_the_applications_login(app: Flask) -> None:
    assert db.session.scalar(db.text("SELECT current_user")) == "quorate_app"
