"""What a decision maker has to take, by the portfolios that they hold. Read only."""

from datetime import date

from flask import url_for
from sqlalchemy import Select, or_, select

from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.homes.rules import Part, ToDo, by_deadline
from committee.law.calendar import in_words
from committee.people.models import PortfolioHolding, User

MOST = 50


def portfolio_ids_of(user: User, *, today: date) -> Select[int]:
    """The ids of the portfolios that the user holds today, as a part of another query."""
    ended = PortfolioHolding.ended_on
    return select(PortfolioHolding.portfolio_id).where(
        PortfolioHolding.user_id == user.id,
        PortfolioHolding.started_on <= today,
        or_(ended.is_(None), ended >= today),
    )


def part(user: User, *, today: date) -> Part:
    """Decisions that are ready to be taken, those with a deadline first."""
    held = portfolio_ids_of(user, today=today)
    found = (
        select(Decision)
        .where(Decision.status == DecisionStatus.READY, Decision.portfolio_id.in_(held))
        .order_by(Decision.earliest_on, Decision.id)
        .limit(MOST)
    )
    return Part(
        "decision_maker",
        "Decisions for you to take",
        by_deadline(
            ToDo(
                f"Read and take decision {decision.number}",
                url_for("signatures.sign", number=decision.number),
                f"{decision.title}. {_may_be_taken(decision.earliest_on, today)}",
                decision.external_deadline_on,
            )
            for decision in db.session.scalars(found).all()
        ),
        "No decision is ready for you. When an officer has made one ready, it appears here.",
        ("The forward plan", url_for("decision_pages.forward_plan")),
    )


def _may_be_taken(earliest_on: date | None, today: date) -> str:
    if earliest_on is None or earliest_on <= today:
        return "It may be taken now."
    return f"It may be taken from {in_words(earliest_on)}."
