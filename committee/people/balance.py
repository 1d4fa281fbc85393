"""The political balance of the council on a day: what its allocation is, and what would be due.

The council's own allocation is data; this is a check that warns and never refuses (BAL-08).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.extensions import db
from committee.law.political_balance import (
    LEAST_MEMBERS_OF_A_GROUP,
    Balance,
    Failing,
    failings,
    share_out,
)
from committee.people.councillors import in_office
from committee.people.models import Committee, Councillor
from committee.people.rules import EndReason
from committee.people.tenure_models import GroupSeats

MOST_BODIES = 100  # on the page; a council has a few dozen


@dataclass(frozen=True)
class BodyRow:
    """One committee: for each group the seats that it was given, and those that are due."""

    committee: Committee
    size: int
    given: Mapping[str, int]
    due: Mapping[str, int]
    others: int


@dataclass(frozen=True)
class BalanceTable:
    """All committees whose seats are shared out, and the principles that are not kept."""

    members: Mapping[str, int]
    ungrouped: int
    council: int
    rows: Sequence[BodyRow]
    due: Balance
    failings: Sequence[Failing]


def balance_on(day: date) -> BalanceTable:
    """The table of a day: members by group, and each committee that has seats given to groups."""
    members, council = _members(day)
    bodies, given = _given(day)
    sizes = {body.name: sum(given[body.id].values()) for body in bodies}
    due = share_out(members, sizes, council=council)
    rows = [
        BodyRow(
            committee=body,
            size=sizes[body.name],
            given=given[body.id],
            due=due.seats[body.name],
            others=due.ungrouped[body.name],
        )
        for body in bodies
    ]
    allotted = {body.name: given[body.id] for body in bodies}
    return BalanceTable(
        members=members,
        ungrouped=council - sum(members.values()),
        council=council,
        rows=rows,
        due=due,
        failings=failings(members, sizes, allotted, council=council),
    )


def _members(day: date) -> tuple[dict[str, int], int]:
    """How many members each group has on a day; a member alone is in no group (BAL-03)."""
    found = select(Councillor).where(Councillor.id.in_(in_office(day)))
    found = found.options(joinedload(Councillor.group)).order_by(Councillor.id)
    everyone = db.session.scalars(found).all()
    counted = Counter(each.group.name for each in everyone if each.group)
    groups = {name: n for name, n in counted.items() if n >= LEAST_MEMBERS_OF_A_GROUP}
    return dict(sorted(groups.items(), key=lambda each: (-each[1], each[0]))), len(everyone)


def _given(day: date) -> tuple[list[Committee], dict[int, dict[str, int]]]:
    """The seats that groups have on a day, of committees whose seats are shared out."""
    rows = select(GroupSeats).join(Committee, Committee.id == GroupSeats.committee_id)
    rows = rows.where(
        Committee.balanced,
        GroupSeats.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
        GroupSeats.started_on <= day,
        GroupSeats.ended_on.is_(None) | (GroupSeats.ended_on >= day),
    ).options(joinedload(GroupSeats.group), joinedload(GroupSeats.committee))
    bodies: dict[int, Committee] = {}
    given: dict[int, dict[str, int]] = {}
    for row in db.session.scalars(rows.order_by(Committee.name, GroupSeats.id)):
        if len(bodies) == MOST_BODIES and row.committee_id not in bodies:
            break
        bodies[row.committee_id] = row.committee
        name = row.group.name if row.group else ""
        given.setdefault(row.committee_id, {})[name] = row.seats
    return list(bodies.values()), given
