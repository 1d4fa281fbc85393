"""The decisions that are going on, of those that a reader sees."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import joinedload

from committee.decisions.models import Decision
from committee.decisions.rules import BEFORE_TAKEN, DecisionStatus
from committee.decisions.service import PAGE
from committee.extensions import db
from committee.reports.models import Report
from committee.web.paging import place_of

GOING_ON = BEFORE_TAKEN | {
    DecisionStatus.TAKEN,
    DecisionStatus.PUBLISHED,
    DecisionStatus.CALLED_IN,
}


@dataclass(frozen=True)
class Seen:
    """Whose unfinished decisions are listed: all on the committees `all_on` (None: on every one),
    and on those of `own_on` the ones which these users lead or to which they write a report."""

    all_on: Collection[int] | None
    own_on: Collection[int] | None
    owners: Collection[int]

    def condition(self) -> ColumnElement[bool]:
        """The same as a condition of a query."""
        reported = select(Report.decision_number).where(
            Report.author_id.in_(self.owners), Report.decision_number.is_not(None)
        )
        own = Decision.lead_officer_id.in_(self.owners) | Decision.number.in_(reported)
        return _on(self.all_on) | (_on(self.own_on) & own)


def decisions(seen: Seen, page: int) -> tuple[Sequence[Decision], int]:
    """One page of the decisions that are not finished, soonest first, and how many there are."""
    mine = Decision.status.in_(GOING_ON) & seen.condition()
    total = db.session.scalar(select(func.count()).select_from(Decision).where(mine)) or 0
    found = (
        select(Decision)
        .where(mine)
        .options(joinedload(Decision.portfolio))
        .order_by(Decision.earliest_on.asc().nulls_first(), Decision.number, Decision.id)
        .limit(PAGE)
        .offset((place_of(page, total, PAGE) - 1) * PAGE)
    )
    return db.session.scalars(found).all(), total


def _on(committees: Collection[int] | None) -> ColumnElement[bool]:
    return true() if committees is None else Decision.committee_id.in_(committees)
