"""The seats of a committee: what the groups were given, what is filled, and who may stand in.

The council's own allocation is data, entered by days and never edited (BAL-08).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.councillors import check_period, refuse_overlap
from committee.people.held import hold
from committee.people.memberships import lock
from committee.people.models import Committee, Councillor, Membership, PoliticalGroup
from committee.people.rules import EndReason, lasts
from committee.people.tenure_models import GroupSeats, NamedSubstitute
from committee.states import NotAllowed

NO_GROUP = "No group"


@dataclass(frozen=True)
class SeatLine:
    """The seats of one group on a committee, and how many of them are filled."""

    group: str
    seats: int
    filled: int

    @property
    def vacant(self) -> int:
        """How many seats nobody holds."""
        return max(0, self.seats - self.filled)

    @property
    def over(self) -> int:
        """How many members more than seats the group has."""
        return max(0, self.filled - self.seats)


def allot(
    committee: Committee,
    group: PoliticalGroup | None,
    seats: int,
    *,
    started_on: date,
    by: int | None = None,
) -> GroupSeats:
    """Give a group, or those in no group, so many seats from a day; what it had ends the day
    before. Raises NotAllowed for a day on or before the beginning of what it has."""
    lock(committee)
    known = [
        each for each in allotments(committee) if each.group_id == (group.id if group else None)
    ]
    held = next((each for each in known if each.ended_on is None), None)
    if held and held.started_on < started_on:
        _end(held, started_on - timedelta(days=1), EndReason.REPLACED)
        audit.record("group_seats:ended", held, by=by)
    refuse_overlap(known, started_on, None, "a number of seats for this group")
    row = GroupSeats(committee_id=committee.id, group=group, seats=seats, started_on=started_on)
    db.session.add(row)
    audit.record("group_seats:allotted", row, by=by)
    return row


def end_allotment(
    row: GroupSeats, *, on: date, because: EndReason, today: date, by: int | None = None
) -> None:
    """Take a group's seats away after a day, or say that they were entered in error."""
    _check_end(row, because, on)
    _end(row, _last_day(row, on, because, today), because)
    audit.record("group_seats:ended", row, by=by)


def allotments(committee: Committee, *, on: date | None = None) -> Sequence[GroupSeats]:
    """What groups were given; with a day, what they have on it, in printed order."""
    found = select(GroupSeats).where(GroupSeats.committee_id == committee.id, _counts(GroupSeats))
    rows = db.session.scalars(
        found.options(joinedload(GroupSeats.group)).order_by(GroupSeats.started_on, GroupSeats.id)
    ).all()
    if on is None:
        return rows
    return sorted(
        (row for row in rows if lasts(row.started_on, row.ended_on, on)),
        key=lambda row: (row.group is None, row.group.print_order if row.group else 0, row.id),
    )


def seat_lines(allotted: Sequence[GroupSeats], members: Sequence[Membership]) -> list[SeatLine]:
    """Each group's seats beside its members; a group with members and no seats has a line too.

    Bodies of co-opted members are outside the count (BAL-07) unless they were given seats.
    """
    given = {row.group_id for row in allotted}
    filled = Counter(
        _group_name(group)
        for group in (each.councillor.group for each in members)
        if group is None or group.political or group.id in given
    )
    lines = [
        SeatLine(_group_name(row.group), row.seats, filled.pop(_group_name(row.group), 0))
        for row in allotted
    ]
    return lines + [SeatLine(name, 0, number) for name, number in sorted(filled.items())]


def vacancies(
    committee: Committee, allotted: Sequence[GroupSeats], members: Sequence[Membership]
) -> int:
    """How many seats nobody holds: by the groups' seats, or else by the committee's number."""
    if not allotted:
        return max(0, (committee.seats or 0) - len(members))
    given = {_group_name(row.group) for row in allotted}
    lines = [line for line in seat_lines(allotted, members) if line.group in given]
    by_groups = sum(line.vacant for line in lines)
    return max(by_groups, (committee.seats or 0) - len(members), 0)


def name_substitute(
    committee: Committee,
    councillor: Councillor,
    *,
    started_on: date,
    by: int | None = None,
) -> NamedSubstitute:
    """Put somebody on their group's list of substitutes for a committee (KENT-09).

    Raises NotAllowed for somebody who has a seat on it, and for one who is on the list.
    """
    lock(committee)
    seated = select(Membership.id).where(
        Membership.committee_id == committee.id,
        Membership.councillor_id == councillor.id,
        or_(Membership.ended_on.is_(None), Membership.ended_on >= started_on),
        Membership.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
    )
    if db.session.scalars(seated.limit(1)).first():
        raise NotAllowed(f"{councillor.name} has a seat on {committee.name}.")
    known = [each for each in substitutes(committee) if each.councillor_id == councillor.id]
    refuse_overlap(known, started_on, None, f"a place for {councillor.name} on the list")
    row = NamedSubstitute(
        committee_id=committee.id,
        councillor=councillor,
        group_id=councillor.group_id,
        started_on=started_on,
    )
    db.session.add(row)
    audit.record("named_substitute:added", row, by=by)
    return row


def end_substitute(
    row: NamedSubstitute, *, on: date, because: EndReason, today: date, by: int | None = None
) -> None:
    """Take somebody off the list after a day, or say that they were entered in error."""
    _check_end(row, because, on)
    _end(row, _last_day(row, on, because, today), because)
    audit.record("named_substitute:ended", row, by=by)


def substitutes(committee: Committee, *, on: date | None = None) -> Sequence[NamedSubstitute]:
    """Who is, or with no day ever was, on the lists of substitutes: by group, then by name."""
    found = select(NamedSubstitute).where(
        NamedSubstitute.committee_id == committee.id, _counts(NamedSubstitute)
    )
    rows = db.session.scalars(
        found.options(
            joinedload(NamedSubstitute.group),
            joinedload(NamedSubstitute.councillor).joinedload(Councillor.group),
        ).order_by(NamedSubstitute.started_on, NamedSubstitute.id)
    ).all()
    if on is not None:
        rows = [row for row in rows if lasts(row.started_on, row.ended_on, on)]
    return sorted(rows, key=lambda row: (_group_name(row.group), row.councillor.name, row.id))


def _check_end(row: GroupSeats | NamedSubstitute, because: EndReason, on: date) -> None:
    hold(row)
    if because is EndReason.ENTERED_IN_ERROR:
        return
    if row.ended_on is not None:
        raise NotAllowed("That has already ended. If it is wrong, it was entered in error.")
    check_period(row.started_on, on)


def _last_day(row: GroupSeats | NamedSubstitute, on: date, because: EndReason, today: date) -> date:
    """The last day to keep; of what never was so, any day that is not before the first."""
    if because is EndReason.ENTERED_IN_ERROR:
        return row.ended_on or max(today, row.started_on)
    return on


def _end(row: GroupSeats | NamedSubstitute, on: date, because: EndReason) -> None:
    row.ended_on, row.ended_because = on, because


def _counts(table: type[GroupSeats] | type[NamedSubstitute]) -> ColumnElement[bool]:
    return table.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR)


def _group_name(group: PoliticalGroup | None) -> str:
    return group.name if group else NO_GROUP
