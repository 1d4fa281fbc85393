"""Tokens for every column that can hold words and is not public, also for those of new tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    Time,
    Uuid,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.exc import DBAPIError

from committee.extensions import db, owner_engine
from tests.canary.columns import HASHES, HELD_BY_A_RULE, HIDDEN_ROWS, PUBLIC
from tests.canary.tokens import Tokens

Words = Column[Any]


def words_of(table: Table) -> list[Words]:
    """The columns of a table that can hold words of people."""
    return [column for column in table.columns if _holds_words(column)]


def _holds_words(column: Words) -> bool:
    kind = column.type
    if isinstance(kind, Enum | TSVECTOR) or column.computed is not None:
        return False
    if isinstance(kind, ARRAY):
        return isinstance(kind.item_type, String)
    return isinstance(kind, String | JSON | LargeBinary)


def hidden_columns() -> dict[str, Words]:
    """Every column that can hold words and is not public, by table and name."""
    return {
        f"{table.name}.{column.name}": column
        for table in db.metadata.sorted_tables
        for column in words_of(table)
        if f"{table.name}.{column.name}" not in PUBLIC | HELD_BY_A_RULE
        and not column.name.endswith(HASHES)
    }


def holds_token(column: Words, tokens: Tokens) -> bool:
    """Whether some row holds a token in this column."""
    if isinstance(column.type, LargeBinary):
        written = func.string_agg(func.encode(column, "escape"), " ")
    else:
        written = func.string_agg(column.cast(Text), " ")
    return bool(tokens.within(db.session.scalar(select(written)) or ""))


def seed_what_is_left(tokens: Tokens) -> None:
    """Put a token into each hidden column that nothing that was done has put one into."""
    db.session.commit()
    with built_packs_open_to_change():
        for name, column in hidden_columns().items():
            if not holds_token(column, tokens):
                token = tokens.make(name)
                _ = _change(column, token) or _add(column, token)


@contextmanager
def built_packs_open_to_change() -> Iterator[None]:
    """Disable the trigger that freezes built packs, as only their table's owner can."""
    change = "ALTER TABLE pack {} TRIGGER USER"
    with owner_engine().begin() as connection:
        connection.exec_driver_sql(change.format("DISABLE"))
    yield
    db.session.rollback()
    with owner_engine().begin() as connection:
        connection.exec_driver_sql(change.format("ENABLE"))


def _change(column: Words, token: str) -> bool:
    table = column.table
    assert isinstance(table, Table)
    key = next(iter(table.primary_key.columns))
    hidden = text(HIDDEN_ROWS.get(table.name, "true"))
    row = select(func.max(key)).where(hidden).scalar_subquery()
    statement = update(table).where(key == row).values({column.name: _value(column, token)})
    return _done(statement)


def _add(column: Words, token: str) -> bool:
    """Add a row with the token where the table has none that is hidden."""
    table = column.table
    assert isinstance(table, Table)
    filled = {
        each.name: _value(each, token if each is column else f"some {each.name}")
        for each in table.columns
        if each is column or _is_needed(each)
    }
    return _done(insert(table).values(filled))


def _is_needed(column: Words) -> bool:
    makes_itself = column.primary_key and not column.foreign_keys and column.autoincrement
    return not (column.nullable or column.server_default is not None or makes_itself)


def _done(statement: Any) -> bool:
    """Whether the database took it; some of its rules are looked at only as it commits."""
    try:
        with owner_engine().begin() as connection:
            return bool(connection.execute(statement).rowcount)
    except DBAPIError:
        return False


def _value(column: Words, token: str) -> object:
    if column.foreign_keys:
        return _another(column)
    kind = column.type
    if isinstance(kind, ARRAY):
        return [token]
    if isinstance(kind, JSON):
        return {"token": token}
    if isinstance(kind, LargeBinary):
        return token.encode()
    return _plain(column, token)


def _another(column: Words) -> object:
    """The id of a row to lead to: where a table has several such columns, each another row."""
    other = next(iter(column.foreign_keys)).column
    alike = [
        each.name
        for each in column.table.columns
        if any(key.column is other for key in each.foreign_keys)
    ]
    found = select(other).order_by(other.desc()).offset(alike.index(column.name)).limit(1)
    return db.session.scalar(found)


def _plain(column: Words, token: str) -> object:
    kind, soon = column.type, datetime.now(UTC) + timedelta(days=3)
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Uuid):
        return "00000000-0000-4000-8000-000000000000"
    if isinstance(kind, DateTime):
        return soon if column.name.startswith("expires") else datetime.now(UTC)
    if isinstance(kind, Date):
        return date(2026, 5, 12)
    if isinstance(kind, Time):
        return time(10)
    if isinstance(kind, Numeric) or not isinstance(kind, String):
        return 1
    return token
