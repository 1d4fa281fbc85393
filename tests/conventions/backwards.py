"""Gives rows whose order nobody asked for the last one first, so that nothing relies on it.

PostgreSQL promises no order, and mostly keeps to that of writing: what forgets to ask for one
works for weeks and fails on a busy day.
"""

from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine


class Backwards(psycopg.Cursor[Any]):
    """A cursor that turns round what was asked for without an order."""

    _in_no_order = False
    _given = 0  # rows of this answer

    def execute(self, query: Any, *args: Any, **named: Any) -> "Backwards":
        """Send the statement, and note whether it asks for an order."""
        done = super().execute(query, *args, **named)
        words = query.upper() if isinstance(query, str) else ""
        self._in_no_order = words.lstrip().startswith("SELECT") and "ORDER BY" not in words
        self._given = 0
        return done

    def fetchone(self) -> Any:
        """The last row that was not given yet."""
        if not self._in_no_order:
            return super().fetchone()
        if self._given >= self.rowcount:
            return None
        self._given += 1
        self.scroll(self.rowcount - self._given, mode="absolute")
        return super().fetchone()

    def fetchmany(self, size: int = 0) -> list[Any]:
        """As many rows, the last first."""
        if not self._in_no_order:
            return super().fetchmany(size)
        found = (self.fetchone() for _ in range(size or self.arraysize))
        return [row for row in found if row is not None]

    def fetchall(self) -> list[Any]:
        """The rows that were not given yet, the last first."""
        if not self._in_no_order:
            return super().fetchall()
        if self._given:
            return list(iter(self.fetchone, None))
        self._given = self.rowcount
        return super().fetchall()[::-1]


def _turn(connection: Any, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        connection.cursor_factory = Backwards


def turn_round() -> None:
    """Do so on every connection of SQLAlchemy that this process opens from now on."""
    if not event.contains(Engine, "connect", _turn):
        event.listen(Engine, "connect", _turn)
