"""After a commit, tell the workers at once of work that it owes. If the message is lost, the sweep
sends another, so a broker that is down only makes things late."""

import structlog
from flask import Flask, current_app
from kombu.exceptions import OperationalError
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from committee.extensions import db
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus

log = structlog.get_logger()


def watch_sessions() -> None:
    """Listen to every session of the application, once."""
    if not event.contains(db.session, "after_flush", _note_owed):
        event.listen(db.session, "after_flush", _note_owed)
        event.listen(db.session, "after_commit", _send_owed)
        event.listen(db.session, "after_rollback", _forget_owed)


def send(app: Flask, work_id: int, kind: WorkKind, request_id: str | None) -> None:
    """Send one message that names the work by its id. Raises OperationalError if nobody listens."""
    app.extensions["celery"].send_task(
        "perform",
        args=[work_id],
        queue=LIMITS[kind].queue,
        headers={"request_id": request_id} if request_id else None,
        retry=False,
    )


def _note_owed(session: Session, _context: UOWTransaction) -> None:
    owed = session.info.setdefault("owed", [])
    owed.extend(
        (row.id, row.kind, row.request_id)
        for row in session.new
        if isinstance(row, Work) and row.status is WorkStatus.DUE
    )


def _send_owed(session: Session) -> None:
    owed = session.info.pop("owed", [])
    if not owed or not current_app.config.get("HURRY_WORK", True):
        return
    try:
        for work_id, kind, request_id in owed:
            send(current_app, work_id, kind, request_id)
    except (OperationalError, OSError):
        log.warning("broker_unreachable", waiting=len(owed))


def _forget_owed(session: Session) -> None:
    session.info.pop("owed", None)
