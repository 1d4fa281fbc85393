"""Owing, claiming and finishing background work. Callers commit; the database's clock decides.

A worker claims a row for a short lease, counted before the work begins, and renews it while it
lives. Whoever holds the lease's token may finish; anyone whose lease was taken over changes
nothing. A message lost on the way, or a worker that died, makes work late but never loses it.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from committee.extensions import db
from committee.work.models import SignOfLife, Work
from committee.work.rules import LIMITS, WORK_STATES, WorkKind, WorkStatus, pause_before

# Seconds after which a message that nobody answered is sent again, though the broker has others.
HINT_AGAIN = 30

OWED = (WorkStatus.DUE, WorkStatus.LEASED)


class LeaseLost(Exception):
    """Another worker has taken this work over; nothing of what was done here may be kept."""


@dataclass(frozen=True)
class Claim:
    """The right to do one piece of work, while its lease lasts."""

    work_id: int
    kind: WorkKind
    subject_id: int
    token: uuid.UUID
    attempt: int
    errors: int
    request_id: str | None


def owe(kind: WorkKind, subject_id: int) -> Work:
    """Note that work is to be done on the row `subject_id`; once owed, it is not owed twice."""
    owed = select(Work).where(
        Work.kind == kind, Work.subject_id == subject_id, Work.status.in_(OWED)
    )
    db.session.flush()
    present = db.session.scalars(owed.order_by(Work.id)).first()
    if present:
        return present
    work = Work(
        kind=kind,
        subject_id=subject_id,
        status=WorkStatus.DUE,
        attempts=0,
        request_id=structlog.contextvars.get_contextvars().get("request_id"),
    )
    db.session.add(work)
    db.session.flush()
    return work


def claim(work_id: int, *, lease_seconds: int) -> Claim | None:
    """Take the work for `lease_seconds`, if it is due and nobody else has it.

    Commit before the work begins: the attempt must be on record even if it kills the process.
    """
    free = or_(
        and_(Work.status == WorkStatus.DUE, Work.due_at <= func.now()),
        and_(Work.status == WorkStatus.LEASED, Work.lease_until < func.now()),
    )
    found = select(Work).where(Work.id == work_id, free).with_for_update(skip_locked=True)
    work = db.session.scalars(found).first()
    if work is None or work.attempts >= LIMITS[work.kind].attempts:
        return None
    WORK_STATES.check(work.status, WorkStatus.LEASED)
    work.status, work.lease_token = WorkStatus.LEASED, uuid.uuid4()
    work.attempts += 1
    work.lease_until = func.now() + timedelta(seconds=lease_seconds)
    db.session.flush()
    return Claim(
        work_id=work.id,
        kind=work.kind,
        subject_id=work.subject_id,
        token=work.lease_token,
        attempt=work.attempts,
        errors=work.errors,
        request_id=work.request_id,
    )


def renew(claim: Claim, *, lease_seconds: int) -> bool:
    """Keep the lease for `lease_seconds` from now; False if it has been lost."""
    longer = func.now() + timedelta(seconds=lease_seconds)
    return _change(claim, lease_until=longer)


def confirm(claim: Claim, session: Session) -> None:
    """Let nobody take the work over until the transaction ends. Raises LeaseLost if one has."""
    held = select(Work.id).where(Work.id == claim.work_id, Work.lease_token == claim.token)
    if session.scalar(held.with_for_update(read=True)) is None:
        raise LeaseLost(str(claim.work_id))


def finish(claim: Claim) -> None:
    """Close the work in its effect's transaction. Raises LeaseLost if it was taken over."""
    if not _change(claim, status=WorkStatus.DONE, done_at=func.now(), **_NO_LEASE):
        raise LeaseLost(str(claim.work_id))


def put_back(claim: Claim, error: str) -> bool:
    """Give back work that raised an error: due again after a pause, or set aside at its limit.

    Answers whether it was set aside.
    """
    limits, errors = LIMITS[claim.kind], claim.errors + 1
    set_aside = errors >= limits.errors or claim.attempt >= limits.attempts
    kept = _change(
        claim,
        status=WorkStatus.QUARANTINED if set_aside else WorkStatus.DUE,
        due_at=func.now() + timedelta(seconds=pause_before(errors)),
        errors=errors,
        last_error=error[:2000],
        **_NO_LEASE,
    )
    return kept and set_aside


def cancel(kind: WorkKind, subject_id: int) -> None:
    """Let work that nobody has begun go undone."""
    db.session.execute(
        update(Work)
        .where(Work.kind == kind, Work.subject_id == subject_id, Work.status == WorkStatus.DUE)
        .values(status=WorkStatus.CANCELLED)
    )


def to_hint(
    *, limit: int = 200, unheard: Collection[WorkKind] = (), heard: Collection[WorkKind] = ()
) -> Sequence[Work]:
    """Work to tell a worker of: due, or left by one that died, and not told of lately.

    Of kinds that are `unheard` the broker holds no message: if it was told, it has forgotten. Of
    kinds that are `heard` it holds so many that more would only fill it.
    """
    long_ago = func.now() - timedelta(seconds=HINT_AGAIN)
    unanswered = or_(Work.hinted_at.is_(None), Work.hinted_at < long_ago, Work.kind.in_(unheard))
    due = and_(Work.status == WorkStatus.DUE, Work.due_at <= func.now(), unanswered)
    abandoned = and_(
        Work.status == WorkStatus.LEASED,
        Work.lease_until < func.now(),
        or_(unanswered, Work.hinted_at < Work.lease_until),
    )
    found = select(Work).where(or_(due, abandoned), Work.kind.not_in(heard))
    found = found.order_by(Work.due_at, Work.id).limit(limit)
    return db.session.scalars(found.with_for_update(skip_locked=True)).all()


def note_hinted(ids: Sequence[int]) -> None:
    """Remember that a message was sent for this work just now."""
    db.session.execute(update(Work).where(Work.id.in_(ids)).values(hinted_at=func.now()))


def worn_out() -> Sequence[Work]:
    """Work whose workers died as often as its kind allows, locked for the caller to set aside."""
    at_limit = or_(
        *(
            and_(Work.kind == kind, Work.attempts >= limits.attempts)
            for kind, limits in LIMITS.items()
        )
    )
    found = select(Work).where(
        Work.status == WorkStatus.LEASED, Work.lease_until < func.now(), at_limit
    )
    return db.session.scalars(found.order_by(Work.id).with_for_update(skip_locked=True)).all()


def set_aside(work: Work, error: str) -> None:
    """Try this work no more until someone asks for it."""
    WORK_STATES.check(work.status, WorkStatus.QUARANTINED)
    work.status, work.last_error = WorkStatus.QUARANTINED, error
    work.lease_token = work.lease_until = None
    db.session.flush()


def is_owed(work_id: int) -> bool:
    """Whether this work still has to be done or is being done."""
    return db.session.scalar(select(Work.status).where(Work.id == work_id)) in OWED


def seen(name: str) -> None:
    """Note that the part of the system called `name` is alive now."""
    db.session.merge(SignOfLife(name=name, seen_at=func.now()))
    db.session.flush()


def last_seen(name: str) -> datetime | None:
    """When the part called `name` was last alive, or nothing if it never was."""
    return db.session.scalar(select(SignOfLife.seen_at).where(SignOfLife.name == name))


_NO_LEASE: dict[str, None] = {"lease_token": None, "lease_until": None}


def _change(claim: Claim, **values: object) -> bool:
    changed = db.session.execute(
        update(Work)
        .where(Work.id == claim.work_id, Work.lease_token == claim.token)
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(Work.id)
    )
    return changed.first() is not None
