"""Watches every database session of the test run, so that no GET can change anything unseen."""

from typing import Any

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.orm import Session

SAFE = ("GET", "HEAD", "OPTIONS")


class ChangedByReading(AssertionError):
    """A request that only reads has changed something."""


def refuse_changes_by_reading(session: Session, *_: Any) -> None:
    """Raise ChangedByReading if a request that should only read is writing or committing."""
    if has_request_context() and request.method in SAFE:
        message = (
            f"{request.method} {request.path} changed the database. Robots, previews and the back "
            "button send such requests too. Change things on POST only."
        )
        raise ChangedByReading(message)


def watch() -> None:
    """Watch every session of this process from now on. Watching twice is no more than once."""
    for moment in ("before_commit", "after_flush"):
        if not event.contains(Session, moment, refuse_changes_by_reading):
            event.listen(Session, moment, refuse_changes_by_reading)
