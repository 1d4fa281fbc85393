"""Every column has been given a class, and what is not public cannot be read by the public."""

import psycopg
import pytest
from flask import Flask
from psycopg import sql

from committee.database_rights.classes import ColumnClass
from committee.database_rights.giving import TABLES, digest
from committee.extensions import db, owner_engine
from tests.conventions.sources import told
from tests.database_roles.conftest import Login

PAIRS = [
    (table, column, each)
    for table, declared in TABLES.items()
    for column, each in declared.columns.items()
]


def test_every_column_has_a_class(app: Flask) -> None:
    there = {
        (table.name, column.name) for table in db.metadata.sorted_tables for column in table.columns
    }
    declared = {(table, column) for table, column, _ in PAIRS}
    undeclared = sorted(f"{table}.{column}" for table, column in there - declared)
    assert not undeclared, told(
        undeclared,
        "Say in committee/database_rights whether the column is public, exempt, personal or "
        "secret. Until then the public cannot read it.",
    )
    gone = sorted(f"{table}.{column}" for table, column in declared - there)
    assert not gone, told(gone, "These columns are no more: strike them from the table of classes.")


def test_no_column_has_two_classes() -> None:
    for name, table in TABLES.items():
        words = f"{table.public} {table.exempt} {table.personal} {table.secret}".split()
        assert len(words) == len(set(words)), name


def test_what_names_no_row_grants_nothing() -> None:
    for name, table in TABLES.items():
        assert bool(table.rows) == bool(table.public), name


@pytest.mark.parametrize(
    ("table", "column"),
    [pair[:2] for pair in PAIRS if pair[2] is not ColumnClass.PUBLIC],
    ids=lambda name: str(name),
)
def test_the_public_cannot_read_a_column_that_is_not_public(
    signs_in: Login, table: str, column: str
) -> None:
    public = signs_in("public")
    asked = sql.SQL("SELECT {} FROM public.{}").format(*map(sql.Identifier, (column, table)))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(asked)


def test_a_column_that_nobody_declared_is_not_read(signs_in: Login) -> None:
    for table, declared in TABLES.items():
        assert not declared.can_be_read("a_new_column"), table


def test_the_public_writes_nothing(signs_in: Login) -> None:
    public = signs_in("public")
    public.execute("SET default_transaction_read_only = off")
    for table in db.metadata.sorted_tables:
        for place in ("public", "published"):
            name = sql.Identifier(place, table.name)
            for statement in ("DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES", "TRUNCATE {}"):
                with pytest.raises(
                    (
                        psycopg.errors.InsufficientPrivilege,
                        psycopg.errors.UndefinedTable,
                        psycopg.errors.WrongObjectType,  # a view is not emptied
                        psycopg.errors.ObjectNotInPrerequisiteState,  # nor is one of no table
                    )
                ):
                    public.execute(sql.SQL(statement).format(name))


def test_every_table_lets_nobody_in_without_a_policy(app: Flask) -> None:
    with owner_engine().connect() as owner:
        open_tables = owner.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relkind = 'r' AND NOT relrowsecurity AND relname <> 'alembic_version'"
        )
        assert open_tables.scalars().all() == []


def test_rights_are_known_by_what_they_are_made_of(signs_in: Login) -> None:
    noted = signs_in("owner").execute(
        "SELECT obj_description('published'::regnamespace, 'pg_namespace')"
    )
    assert noted.fetchone() == (digest(),)
