"""Tables that answer quickly and cannot hold what the rules forbid."""

import re

import pytest
from flask import Flask
from sqlalchemy import text

from committee.extensions import db
from tests.conventions.sources import told

# Constraints and indexes are found again by these beginnings.
BEGINNINGS = {"p": "pk_", "u": "uq_", "f": "fk_", "c": "ck_"}


@pytest.fixture
def constraints(app: Flask) -> list:
    """Every constraint of our tables, as the database itself knows it."""
    return list(
        db.session.execute(
            text(
                "SELECT t.relname AS at, c.conname AS name, c.contype::text AS kind, "
                "c.conkey AS columns, pg_get_constraintdef(c.oid) AS says, "
                "c.conrelid AS table_id FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
                "JOIN pg_namespace n ON n.oid = t.relnamespace "
                "WHERE n.nspname = 'public' AND t.relname <> 'alembic_version' ORDER BY 1, 2"
            )
        )
    )


def test_every_table_has_a_primary_key(constraints: list) -> None:
    keyed = {row.at for row in constraints if row.kind == "p"}
    without = [table.name for table in db.metadata.sorted_tables if table.name not in keyed]
    assert not without, told(without, "Give the table a primary key, in the model and a migration.")


def test_every_foreign_key_is_indexed(constraints: list) -> None:
    """An index whose first columns are the key's: else each deletion and each list reads it all."""
    firsts = db.session.execute(
        text(
            "SELECT indrelid AS table_id, indkey::int2[] AS columns FROM pg_index "
            "WHERE indpred IS NULL"
        )
    ).all()
    slow = [
        f"{row.at}.{row.name}"
        for row in constraints
        if row.kind == "f"
        and not any(
            index.table_id == row.table_id
            and list(index.columns)[: len(row.columns)] == list(row.columns)
            for index in firsts
        )
    ]
    assert not slow, told(
        slow, "Add index=True to the column, or an index that begins with it, and a migration."
    )


def test_constraints_have_predictable_names(constraints: list) -> None:
    odd = [
        f"{row.at}: {row.name}"
        for row in constraints
        if row.kind in BEGINNINGS and not row.name.startswith(f"{BEGINNINGS[row.kind]}{row.at}")
    ]
    assert not odd, told(odd, "Let the naming convention in extensions.py name it.")


def lets_missing_words_pass(says: str, nullable: set[str]) -> set[str]:
    """The columns that a CHECK compares with no words at all without a word on missing ones.

    A comparison with NULL is neither true nor false, and a CHECK refuses only what is false.
    """
    compared = set(re.findall(r"\b(\w+)\)?(?:::text)? <> ''", says))
    minded = set(re.findall(r"COALESCE\((\w+),", says)) | set(re.findall(r"(\w+) IS ", says))
    return (compared & nullable) - minded


def test_no_check_takes_a_missing_reason_for_one_that_is_stated(constraints: list) -> None:
    tables = {table.name: table for table in db.metadata.sorted_tables}
    lax = [
        f"{row.at}: {row.name}: {', '.join(sorted(columns))}"
        for row in constraints
        if row.kind == "c"
        and (
            columns := lets_missing_words_pass(
                row.says, {c.name for c in tables[row.at].columns if c.nullable}
            )
        )
    ]
    assert not lax, told(lax, "Write coalesce(column, '') <> '', or column IS NULL OR ...")


@pytest.mark.parametrize(
    ("says", "lax"),
    [
        ("CHECK (((number = 1) OR ((reason)::text <> ''::text)))", {"reason"}),
        ("CHECK ((reason <> ''::text))", {"reason"}),
        ("CHECK ((COALESCE(reason, ''::text) <> ''::text))", set()),
        ("CHECK (((reason IS NULL) OR (reason <> ''::text)))", set()),
        ("CHECK ((title <> ''::text))", set()),
    ],
)
def test_the_guard_sees_a_check_that_lets_missing_words_pass(says: str, lax: set[str]) -> None:
    assert lets_missing_words_pass(says, {"reason"}) == lax


def test_every_instant_knows_its_time_zone(app: Flask) -> None:
    naive = db.session.execute(
        text(
            "SELECT table_name || '.' || column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'timestamp without time zone' ORDER BY 1"
        )
    ).scalars()
    found = list(naive)
    assert not found, told(found, "Declare the column with instant() from extensions.py.")
