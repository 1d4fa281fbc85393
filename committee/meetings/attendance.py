"""How the members of a committee attended, and who stood in for whom. Callers commit."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Attendance, Meeting
from committee.meetings.rules import PRESENCE_LABELS, Presence
from committee.people import service as people
from committee.people.models import Councillor, Membership
from committee.people.roles import MEMBER_ROLE_ORDER, MemberRole
from committee.people.rules import QuorumRule
from committee.people.tenure_models import NamedSubstitute
from committee.states import NotAllowed

ATTENDS = frozenset({Presence.PRESENT, Presence.REMOTE})


@dataclass(frozen=True)
class Seat:
    """One seat of the committee on the day: whose it is, and who came for it.

    Nothing has been recorded about a member whose `own` attendance is missing.
    """

    membership: Membership
    own: Attendance | None
    substitute: Attendance | None

    @property
    def councillor(self) -> Councillor:
        """The member whose seat it is."""
        return self.membership.councillor


@dataclass(frozen=True)
class Register:
    """The seats of a committee at one meeting, chairman and vice-chairman first."""

    seats: tuple[Seat, ...]

    @property
    def version(self) -> str:
        """Changes whenever anybody records something else about the members."""
        rows = [
            [row.councillor_id, row.presence.value, row.substitute_for_id]
            for seat in self.seats
            for row in (seat.own, seat.substitute)
            if row
        ]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]

    @property
    def is_complete(self) -> bool:
        """Whether it is known of every member how they attended."""
        return all(seat.own for seat in self.seats)

    @property
    def in_person(self) -> int:
        """How many members and substitutes were in the room, which is what a quorum counts."""
        return sum(
            1
            for seat in self.seats
            for row in (seat.own, seat.substitute)
            if row and row.presence is Presence.PRESENT
        )


@dataclass(frozen=True)
class Quorum:
    """How many members a meeting needs, and how many were in the room."""

    needed: int
    present: int

    @property
    def reached(self) -> bool:
        """Whether enough were there."""
        return self.present >= self.needed


def quorum(seats: int, present: int, rule: QuorumRule) -> Quorum:
    """The quorum of a committee of so many seats, by its own rule or the council's (MTG-03)."""
    return Quorum(rule.needed(seats), present)


def register_of(meeting: Meeting) -> Register:
    """Every seat of the committee on the meeting's day, with what has been recorded of it."""
    seated = people.memberships(meeting.committee, on=meeting.held_on)
    rows = attendances(meeting)
    own = {row.councillor_id: row for row in rows if row.substitute_for_id is None}
    instead = {row.substitute_for_id: row for row in rows if row.substitute_for_id is not None}
    return Register(
        tuple(
            Seat(each, own.get(each.councillor_id), instead.get(each.councillor_id))
            for each in sorted(seated, key=_place)
        )
    )


def _place(membership: Membership) -> tuple[int, int, int]:
    leads = membership.role in (MemberRole.CHAIRMAN, MemberRole.VICE_CHAIRMAN)
    rank = MEMBER_ROLE_ORDER.index(membership.role) if leads else len(MEMBER_ROLE_ORDER)
    return rank, membership.print_order, membership.id


def attendances(meeting: Meeting) -> Sequence[Attendance]:
    """All that was recorded of members and substitutes, each with the person."""
    found = select(Attendance).where(Attendance.meeting_id == meeting.id)
    return db.session.scalars(
        found.options(
            joinedload(Attendance.councillor).joinedload(Councillor.group),
            joinedload(Attendance.substitute_for).joinedload(Councillor.group),
        ).order_by(Attendance.id)
    ).all()


def record_members(
    meeting: Meeting, presences: Mapping[int, Presence], *, by: int | None = None
) -> None:
    """Record how each seated member attended, by the member's id.

    Raises NotAllowed for someone who held no seat that day, and for a member recorded as
    attending for whom a substitute came.
    """
    meetings.lock(meeting)
    register = register_of(meeting)
    seats = {seat.councillor.id: seat for seat in register.seats}
    if set(presences) - set(seats):
        raise NotAllowed("Only those who held a seat on the day of the meeting can be recorded.")
    for councillor_id, presence in presences.items():
        _record(meeting, seats[councillor_id], presence)
    audit.record("attendance:recorded", meeting, by=by)


def _record(meeting: Meeting, seat: Seat, presence: Presence) -> None:
    if seat.substitute and presence in ATTENDS:
        raise NotAllowed(
            f"{seat.substitute.councillor.name} is recorded as a substitute for "
            f"{seat.councillor.name}, who cannot have attended as well. Remove the substitute "
            "first."
        )
    if seat.own:
        seat.own.presence = presence
    else:
        db.session.add(
            Attendance(meeting_id=meeting.id, councillor_id=seat.councillor.id, presence=presence)
        )


def add_substitute(
    meeting: Meeting, substitute: Councillor, instead_of: int, *, by: int | None = None
) -> Attendance:
    """Record that somebody came for the member with id `instead_of`, whose vote they have.

    Raises NotAllowed for someone with a seat of their own, for a member who attended, and where
    either of the two is already recorded in this way (KENT-09).
    """
    meetings.lock(meeting)
    register = register_of(meeting)
    seats = {seat.councillor.id: seat for seat in register.seats}
    seat = seats.get(instead_of)
    if seat is None:
        raise NotAllowed("A substitute stands in for somebody who holds a seat.")
    if substitute.id in seats:
        raise NotAllowed(f"{substitute.name} has a seat, and so cannot stand in for another.")
    if seat.own and seat.own.presence in ATTENDS:
        label = PRESENCE_LABELS[seat.own.presence]
        raise NotAllowed(
            f"{seat.councillor.name} is recorded as “{label}”. A substitute stands in only for "
            "somebody who did not attend."
        )
    if seat.substitute:
        raise NotAllowed(
            f"{seat.substitute.councillor.name} already stands in for {seat.councillor.name}."
        )
    if any(s.substitute and s.substitute.councillor_id == substitute.id for s in register.seats):
        raise NotAllowed(f"{substitute.name} already stands in for another member.")
    row = Attendance(
        meeting_id=meeting.id,
        councillor=substitute,
        substitute_for_id=instead_of,
        presence=Presence.PRESENT,
    )
    db.session.add(row)
    audit.record("substitute:added", row, by=by)
    return row


def remove_substitute(row: Attendance, *, by: int | None = None) -> None:
    """Take back that somebody came for another. Raises NotAllowed for a member's own row."""
    if row.substitute_for_id is None:
        raise NotAllowed("Only a substitute can be removed here.")
    audit.record("substitute:removed", row, by=by)
    db.session.delete(row)


def substitute_warnings(register: Register, named: Sequence[NamedSubstitute] = ()) -> list[str]:
    """What is unusual about the substitutes (KENT-09): those of another group than the member's,
    and those whom a group that has `named` its substitutes has not named."""
    return _of_another_group(register) + _not_named(register, named)


def _not_named(register: Register, named: Sequence[NamedSubstitute]) -> list[str]:
    groups = {row.group_id for row in named}
    ids = {row.councillor_id for row in named}
    return [
        f"{seat.substitute.councillor.name} is not on the list of substitutes of "
        f"{_group(seat.substitute.councillor)} for this committee."
        for seat in register.seats
        if seat.substitute
        and seat.substitute.councillor.group_id in groups
        and seat.substitute.councillor_id not in ids
    ]


def _of_another_group(register: Register) -> list[str]:
    return [
        f"{seat.substitute.councillor.name} ({_group(seat.substitute.councillor)}) stands in for "
        f"{seat.councillor.name} ({_group(seat.councillor)}). A substitute should come from the "
        "same group."
        for seat in register.seats
        if seat.substitute and seat.substitute.councillor.group_id != seat.councillor.group_id
    ]


def _group(councillor: Councillor) -> str:
    return councillor.group.name if councillor.group else "no group"


def councillors_without_seat(meeting: Meeting) -> Sequence[Councillor]:
    """Members of the council who could come as substitutes, by name."""
    seated = [m.councillor_id for m in people.memberships(meeting.committee, on=meeting.held_on)]
    found = select(Councillor).where(
        Councillor.council_id == meeting.committee.council_id, Councillor.id.not_in(seated)
    )
    return db.session.scalars(
        found.options(joinedload(Councillor.group)).order_by(Councillor.name, Councillor.id)
    ).all()
