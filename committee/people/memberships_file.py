"""Memberships of committees as a file: one row for each, checked whole before any is kept.

A file adds and ends; it never edits or takes away. Who is not in it stays as they are.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from committee.extensions import db
from committee.people import memberships
from committee.people import service as people
from committee.people.file_fields import (
    Known,
    Period,
    claimed,
    overlapping,
    period_of,
    reason_of,
    text_of,
    word_of,
)
from committee.people.memberships import REALLY_WAS, usual_vote
from committee.people.models import Committee, Council, Councillor, Membership
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.people.rules import VOTING_RIGHT_LABELS, EndReason, VotingRight
from committee.people.sheets import UNREADABLE, Headings, Problems, Row, rows

HEADINGS = Headings(
    needed=("committee", "name", "role", "from", "to"),
    others=("number", "voting", "ended_because"),
)
ORDER = ("committee", "number", "name", "role", "voting", "from", "to", "ended_because")

# The ids of a committee and of a councillor.
Seat = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A membership as a row gives it."""

    line: int
    role: MemberRole
    voting: VotingRight
    started_on: date
    ended_on: date | None
    because: EndReason | None


@dataclass
class Plan:
    """What bringing the file in would do."""

    seats: dict[Seat, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    added: list[tuple[Seat, Entry]] = field(default_factory=list)
    ended: list[tuple[Membership, Entry]] = field(default_factory=list)

    @property
    def changes(self) -> dict[str, int]:
        """How much of what would change, in words; nothing that is nought."""
        counted = {"new memberships": len(self.added), "memberships that end": len(self.ended)}
        return {what: number for what, number in counted.items() if number}

    @property
    def told(self) -> Iterator[str]:
        """Each change in full, in the order in which it would be made: whose seat, and what."""
        for row, ends in self.ended:
            yield repr((row.id, row.committee_id, row.councillor_id, ends))
        yield from map(repr, self.added)


def check(content: bytes, council: Council, problems: Problems) -> tuple[Plan, int]:
    """What the file would do, and how many rows it has. What is wrong is added to the problems."""
    known, bodies, plan, number = Known(council), _bodies(council), Plan(), 0
    for row in rows(content, HEADINGS, problems):
        number += 1
        _read(row, known, bodies, plan, problems)
    kept = _kept(council)
    names = known.names
    for seat, entries in plan.seats.items():
        _compare(plan, seat, entries, kept.get(seat, {}), names[seat[1]], problems)
    return plan, number


def _read(row: Row, known: Known, bodies: dict[str, int], plan: Plan, problems: Problems) -> None:
    before = problems.total
    body = _body(row, bodies, problems)
    person = known.person(row, problems)
    if isinstance(person, str):
        says = "Nobody of that name is known. Bring in the councillors first."
        problems.add(row.line, "name", says)
    role = _role(row, problems)
    voting = word_of(row, "voting", VOTING_RIGHT_LABELS, problems)
    days = period_of(row, problems)
    reason = reason_of(row, days[1] if days else None, problems) if days else None
    if problems.total > before or body is None or not isinstance(person, int):
        return
    if role is None or days is None:
        return
    entry = Entry(row.line, role, voting or usual_vote(role), *days, reason)
    plan.seats[body, person].append(entry)


def _body(row: Row, bodies: dict[str, int], problems: Problems) -> int | None:
    name = text_of(row, "committee", problems, needed=True)
    if name is None:
        return None
    found = bodies.get(name.casefold())
    if found is None:
        says = f"There is no committee called “{name[:60]}”. Add it first, or correct the name."
        problems.add(row.line, "committee", says)
    return found


def _role(row: Row, problems: Problems) -> MemberRole | None:
    if not row.get("role"):
        return MemberRole.MEMBER
    if row.get("role") == UNREADABLE:
        return None
    return word_of(row, "role", MEMBER_ROLE_LABELS, problems)


def _bodies(council: Council) -> dict[str, int]:
    """Committees by name and by the last part of their address, in small letters."""
    found = select(Committee).where(Committee.council_id == council.id).order_by(Committee.id)
    by_name: dict[str, int] = {}
    for body in db.session.scalars(found):
        by_name.setdefault(body.slug, body.id)
        by_name[body.name.casefold()] = body.id
    return by_name


def _compare(
    plan: Plan,
    seat: Seat,
    entries: list[Entry],
    kept: dict[date, Membership],
    name: str,
    problems: Problems,
) -> None:
    left, told = dict(kept), problems.total
    periods = []
    for entry in entries:
        row = left.pop(entry.started_on, None)
        if row is None:
            plan.added.append((seat, entry))
        elif _says_otherwise(row, entry, problems):
            continue
        elif row.ended_on is None and entry.ended_on:
            plan.ended.append((row, entry))
        periods.append(Period(entry.line, entry.started_on, entry.ended_on))
    periods += [Period(0, row.started_on, row.ended_on) for row in left.values()]
    if problems.total > told:
        return
    for period, other in overlapping(periods):
        says = f"The days overlap with another membership of {name}, {claimed(other)}."
        problems.add(period.line, "from", says)


def _says_otherwise(row: Membership, entry: Entry, problems: Problems) -> bool:
    """Whether the file contradicts the membership that is kept, which is then told."""
    before = problems.total
    same: dict[str, tuple[object, object]] = {
        "role": (row.role, entry.role),
        "voting": (row.voting, entry.voting),
    }
    if row.ended_on:
        same["to"] = (row.ended_on, entry.ended_on)
        because = row.ended_because or EndReason.ENDED
        if row.ended_on == entry.ended_on:
            same["ended_because"] = (because, entry.because)
    for column, (kept, given) in same.items():
        if kept != given:
            problems.add(
                entry.line,
                column,
                f"The membership from {row.started_on:%Y-%m-%d} is recorded with {kept}. "
                "Memberships are not edited: on the committee's page, end it as entered in error "
                "and enter it anew.",
            )
    return problems.total > before


def _kept(council: Council) -> dict[Seat, dict[date, Membership]]:
    found: dict[Seat, dict[date, Membership]] = defaultdict(dict)
    rows_kept = select(Membership).join(Committee, Committee.id == Membership.committee_id)
    rows_kept = rows_kept.where(Committee.council_id == council.id, REALLY_WAS)
    for row in db.session.scalars(rows_kept.order_by(Membership.id)):
        found[row.committee_id, row.councillor_id][row.started_on] = row
    return dict(found)


def bring_in(plan: Plan, council: Council, *, by: int | None) -> None:
    """Do what the plan says. Raises NotAllowed for what has come in between."""
    bodies = {body.id: body for body in people.all_committees() if body.council_id == council.id}
    for row, entry in plan.ended:
        ended_on = entry.ended_on or row.started_on
        people.end_membership(row, on=ended_on, because=entry.because, by=by)
    for (body, person), entry in plan.added:
        memberships.add_membership(
            bodies[body],
            db.session.get_one(Councillor, person),
            role=entry.role,
            voting=entry.voting,
            started_on=entry.started_on,
            ended_on=entry.ended_on,
            because=entry.because,
            by=by,
        )
