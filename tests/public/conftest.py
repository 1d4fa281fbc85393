"""What the tests of the public pages share."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from committee.extensions import db
from tests.pages.reader import Reader


@pytest.fixture
def visitor(app: Flask) -> Reader:
    """Somebody who has not signed in."""
    return Reader(app)


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", note)
