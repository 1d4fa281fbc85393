"""Taking down and putting back, and asking what is down now. Callers commit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.mail import service as mail
from committee.mail.links import address_of
from committee.people.models import RoleGrant, User
from committee.people.roles import ROLE_PERMISSIONS, Permission
from committee.states import NotAllowed
from committee.takedowns.models import Takedown
from committee.takedowns.rules import (
    PUBLISHED_KIND_LABELS,
    TAKEDOWN_STATES,
    TO_BE_CONFIRMED,
    PublishedKind,
    TakedownStatus,
    first_status,
)
from committee.takedowns.things import Thing

A_PAGE = 50  # takedowns

_OPEN = (TakedownStatus.ASKED_FOR, TakedownStatus.IN_FORCE)


@dataclass(frozen=True)
class Tombstone:
    """What anyone may know of a thing that is taken down: that it was here, since when it is
    gone, and why. Never its title, which may be what had to go."""

    kind: PublishedKind
    subject_id: int
    reason: str
    began_at: datetime
    addresses: tuple[str, ...]
    meeting_id: int | None
    decision_id: int | None
    consultation_id: int | None

    @property
    def label(self) -> str:
        """What kind of thing it was."""
        return PUBLISHED_KIND_LABELS[self.kind]


def in_force() -> list[Tombstone]:
    """Everything that is down now, in the order in which it was taken down; usually nothing."""
    found = select(
        Takedown.kind,
        Takedown.subject_id,
        Takedown.reason,
        Takedown.began_at,
        Takedown.asked_at,
        Takedown.addresses,
        Takedown.meeting_id,
        Takedown.decision_id,
        Takedown.consultation_id,
    ).where(Takedown.status == TakedownStatus.IN_FORCE)
    rows = db.session.execute(found.order_by(Takedown.id)).all()
    return [Tombstone(*row[:3], row[3] or row[4], tuple(row[5]), *row[6:]) for row in rows]


def ids_down(kind: PublishedKind) -> Select[int]:
    """The ids of what is down now of a kind, as a part of another query: for pages that are not
    public ones and tell readers of what was published all the same."""
    return select(Takedown.subject_id).where(
        Takedown.kind == kind, Takedown.status == TakedownStatus.IN_FORCE
    )


def take_down(
    thing: Thing, *, reason: str, now: datetime, by: int | None, may_allow: bool
) -> Takedown:
    """Stop a published thing everywhere at once, or ask the monitoring officer to stop it.

    A statutory record waits for whoever `may_allow` it; a paper is stopped at once and waits for
    a confirmation. The monitoring officers are told by mail of both. Raises NotAllowed where it
    is down, or asked to be, already.
    """
    if open_of(thing.kind, thing.id):
        raise NotAllowed("This is taken down already, or the monitoring officer has been asked to.")
    status = first_status(thing.kind, may_allow=may_allow)
    takedown = Takedown(
        kind=thing.kind,
        subject_id=thing.id,
        committee_id=thing.committee_id,
        title=thing.title,
        status=status,
        reason=reason,
        addresses=list(thing.addresses),
        meeting_id=thing.meeting_id,
        decision_id=thing.decision_id,
        consultation_id=thing.consultation_id,
        asked_at=now,
        asked_by_id=by,
        began_at=now if status is TakedownStatus.IN_FORCE else None,
        allowed_by_id=by if may_allow else None,
    )
    db.session.add(takedown)
    if status is TakedownStatus.IN_FORCE:
        audit.record("takedown:begun", takedown, by=by)
    else:
        audit.record("takedown:asked_for", takedown, by=by)
    if not may_allow:
        _tell_monitoring_officers(takedown)
    return takedown


def allow(takedown: Takedown, *, now: datetime, by: int | None) -> None:
    """Let a statutory record that someone asked about be taken down, from this moment."""
    TAKEDOWN_STATES.check(takedown.status, TakedownStatus.IN_FORCE)
    takedown.status, takedown.began_at = TakedownStatus.IN_FORCE, now
    takedown.allowed_by_id = by
    audit.record("takedown:allowed", takedown, by=by)


def confirm(takedown: Takedown, *, by: int | None) -> None:
    """Confirm, as the monitoring officer, what was stopped at once. Raises NotAllowed where
    nothing waits for that."""
    if not awaits_confirmation(takedown):
        raise NotAllowed("Nothing waits to be confirmed here.")
    takedown.allowed_by_id = by
    audit.record("takedown:confirmed", takedown, by=by)


def refuse(takedown: Takedown, *, reason: str, now: datetime, by: int | None) -> None:
    """Leave a statutory record in public view, and say why."""
    TAKEDOWN_STATES.check(takedown.status, TakedownStatus.REFUSED)
    takedown.status = TakedownStatus.REFUSED
    _end(takedown, reason, now, by)
    audit.record("takedown:refused", takedown, by=by)


def lift(takedown: Takedown, *, reason: str, now: datetime, by: int | None) -> None:
    """Put the thing back where it was, and say why."""
    TAKEDOWN_STATES.check(takedown.status, TakedownStatus.LIFTED)
    takedown.status = TakedownStatus.LIFTED
    _end(takedown, reason, now, by)
    audit.record("takedown:lifted", takedown, by=by)


def _end(takedown: Takedown, reason: str, now: datetime, by: int | None) -> None:
    takedown.ended_at, takedown.end_reason, takedown.ended_by_id = now, reason, by


def awaits_confirmation(takedown: Takedown) -> bool:
    """Whether it was stopped at once and no monitoring officer has looked at it yet."""
    return (
        takedown.status is TakedownStatus.IN_FORCE
        and takedown.kind in TO_BE_CONFIRMED
        and takedown.allowed_by_id is None
    )


def open_of(kind: PublishedKind, subject_id: int) -> Takedown | None:
    """The takedown of a thing that is asked for or in force."""
    found = select(Takedown).where(
        Takedown.kind == kind, Takedown.subject_id == subject_id, Takedown.status.in_(_OPEN)
    )
    return db.session.scalars(found).first()


def open_of_these(kind: str, subject_ids: Iterable[int]) -> dict[int, Takedown]:
    """The takedowns of some things of a kind that are asked for or in force, by the thing's id;
    for officers' pages that lead to what is still to be taken down."""
    wanted = list(subject_ids)
    if not wanted:
        return {}
    found = select(Takedown).where(
        Takedown.kind == PublishedKind(kind),
        Takedown.subject_id.in_(wanted),
        Takedown.status.in_(_OPEN),
    )
    return {each.subject_id: each for each in db.session.scalars(found.order_by(Takedown.id))}


def takedown_with_id(takedown_id: int, *, locked: bool = False) -> Takedown | None:
    """One takedown; `locked` until the transaction ends."""
    return db.session.get(
        Takedown, takedown_id, with_for_update={"of": Takedown} if locked else None
    )


def listed(committees: set[int] | None, page: int) -> tuple[Sequence[Takedown], int]:
    """A page of takedowns, what waits for someone first and then the latest, and how many there
    are. `committees` are the ids of those whose takedowns may be seen; None means all."""
    found = select(Takedown)
    counted = select(func.count(Takedown.id))
    if committees is not None:
        found = found.where(Takedown.committee_id.in_(committees))
        counted = counted.where(Takedown.committee_id.in_(committees))
    waits_first = (Takedown.status != TakedownStatus.ASKED_FOR, Takedown.id.desc())
    rows = found.options(joinedload(Takedown.asked_by)).order_by(*waits_first)
    return (
        db.session.scalars(rows.limit(A_PAGE).offset((page - 1) * A_PAGE)).all(),
        db.session.scalar(counted) or 0,
    )


def _tell_monitoring_officers(takedown: Takedown) -> None:
    waits = takedown.status is TakedownStatus.ASKED_FOR
    kind = PUBLISHED_KIND_LABELS[takedown.kind].lower()
    what = f"You are asked to take down: {kind}" if waits else f"Taken down at once: {kind}"
    text = (
        f"{what}.\n\nThe reason given:\n{takedown.reason}\n\n"
        + (
            "It is a statutory record and stays in public view until you allow this.\n"
            if waits
            else "Please look at it, and confirm it or put it back.\n"
        )
        + f"\n{address_of('takedowns.takedown', takedown_id=takedown.id)}\n"
    )
    for user in _who_may_allow():
        mail.owe(
            "takedown",
            to=user.email,
            subject=what,
            text=text,
            key=f"takedown.{takedown.id}.user{user.id}",
            to_user_id=user.id,
            concerns=takedown,
        )


def _who_may_allow() -> Sequence[User]:
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.TAKEDOWN_ALLOW in may]
    holding = select(RoleGrant.user_id).where(
        RoleGrant.ended_at.is_(None), RoleGrant.committee_id.is_(None), RoleGrant.role.in_(roles)
    )
    found = select(User).where(User.active, User.id.in_(holding))
    return db.session.scalars(found.order_by(User.id)).all()
