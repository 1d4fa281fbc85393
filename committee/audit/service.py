"""Writing the audit, in the caller's transaction: the entry lives or dies with the act."""

from typing import Any, Protocol

import structlog
from sqlalchemy import select

from committee.audit.models import AuditEntry
from committee.extensions import db


class Subject(Protocol):
    """A row of any table that has an id."""

    __tablename__: str

    @property
    def id(self) -> Any: ...


def record(act: str, subject: Subject, *, by: int | None) -> None:
    """Note that the user with id `by` (none: the system) did `act` to a row that has an id.

    `act` is a noun and a past participle, as in "agenda_item:added". Nothing of the subject's
    text is copied, so that exempt matter cannot leak through the audit.
    """
    db.session.flush()
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    db.session.add(
        AuditEntry(
            act=act,
            actor_id=by,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            request_id=request_id,
        )
    )


def history(subject: Subject) -> list[AuditEntry]:
    """What was done to a row, newest first."""
    entries = select(AuditEntry).where(
        AuditEntry.subject_kind == subject.__tablename__, AuditEntry.subject_id == subject.id
    )
    return list(db.session.scalars(entries.order_by(AuditEntry.id.desc())))
