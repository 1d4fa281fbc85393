"""Writing the audit, in the caller's transaction: the entry lives or dies with the act.

The database joins each entry to the chain as the outermost transaction commits (migration 0059):
the chain has one end, so writers take turns, by a lock that is taken and gone within the commit.
An entry whose transaction, or savepoint, was undone is in no chain.
"""

from typing import Any, Protocol

import structlog
from sqlalchemy import insert, select

from committee.audit.hashing import digest
from committee.audit.models import AuditEntry
from committee.extensions import db


class Subject(Protocol):
    """A row of any table that has an id."""

    __tablename__: str

    @property
    def id(self) -> Any: ...


def record(
    act: str,
    subject: Subject,
    *,
    by: int | None,
    for_whom: int | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    """Note that the user with id `by` (none: the system) did `act` to a row that has an id.

    `act` is a noun and a past participle, as in "agenda_item:added"; `for_whom` is the user in
    whose place they did it. Of `before` and `after`, plain values such as a dictionary of fields,
    only the SHA-256 is kept, and nothing of the subject's text, so that exempt matter cannot leak
    through the audit.
    """
    db.session.flush()
    db.session.add(
        AuditEntry(
            act=act,
            actor_id=by,
            for_whom_id=_on_behalf_of(by, for_whom),
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            before_sha256=digest(before),
            after_sha256=digest(after),
            request_id=_request_id(),
        )
    )


class WouldBeRecorded(Exception):
    """A page that is only rehearsed for somebody (committee.people.rehearsing) has come to where
    reading it would be noted, and so to where it would be shown."""


def record_apart(
    act: str,
    subject_kind: str,
    subject_id: int,
    *,
    by: int | None,
    for_whom: int | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    """Note an act at once, in a transaction of its own, whatever becomes of the caller's.

    For what is noted while a page is only read, as the reading of exempt matter is: what this
    raises must stop the reading. The caller's session is neither used nor committed. Raises
    WouldBeRecorded, and notes nothing, where the page is only rehearsed.
    """
    if structlog.contextvars.get_contextvars().get("rehearsal"):
        raise WouldBeRecorded(act)
    values = {
        "act": act,
        "actor_id": by,
        "for_whom_id": _on_behalf_of(by, for_whom),
        "subject_kind": subject_kind,
        "subject_id": subject_id,
        "before_sha256": digest(before),
        "after_sha256": digest(after),
        "request_id": _request_id(),
    }
    with db.engine.begin() as connection:
        connection.execute(insert(AuditEntry).values(values))


def history(subject: Subject) -> list[AuditEntry]:
    """What was done to a row, newest first."""
    entries = select(AuditEntry).where(
        AuditEntry.subject_kind == subject.__tablename__, AuditEntry.subject_id == subject.id
    )
    return list(db.session.scalars(entries.order_by(AuditEntry.id.desc())))


def _request_id() -> str | None:
    return structlog.contextvars.get_contextvars().get("request_id")


def _on_behalf_of(by: int | None, for_whom: int | None) -> int | None:
    """The user in whose place it was done: the one given, or where the request was let in by a
    role that was lent, the one whose role that is."""
    if for_whom is not None or by is None:
        return for_whom
    return structlog.contextvars.get_contextvars().get("for_whom")
