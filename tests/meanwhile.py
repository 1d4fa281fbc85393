"""What another officer does at the very moment at which a test is in the middle of something."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from psycopg.errors import LockNotAvailable
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from committee.extensions import db
from committee.states import NotAllowed

DONE, WAITS = "done", "waits"
# Another has this long to come by a lock that nobody holds; one that is held is held until the
# other has answered, so that the answer does not hang on the time.
PATIENCE = "SET LOCAL lock_timeout = '200ms'"


def meanwhile(app: Flask, act: Callable[[], object]) -> str:
    """What becomes of an act on a connection of its own: it is done, it waits for somebody who
    holds what it needs, or the words in which it is refused."""
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(_done(app, act)))
    thread.start()
    thread.join()
    return told[0]


def _done(app: Flask, act: Callable[[], object]) -> str:
    with app.app_context():
        db.session.execute(text(PATIENCE))
        try:
            act()
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            return str(refused)
        except OperationalError as failed:
            db.session.rollback()
            if isinstance(failed.orig, LockNotAvailable):
                return WAITS
            raise
    return DONE


def just_after(
    patched: pytest.MonkeyPatch, module: Any, name: str, act: Callable[[], object]
) -> None:
    """Do the act once, as soon as this function of a module has answered."""
    real, still_to_come = getattr(module, name), [act]

    def answer(*given: Any, **named: Any) -> Any:
        found = real(*given, **named)
        if still_to_come:
            still_to_come.pop()()
        return found

    patched.setattr(module, name, answer)
