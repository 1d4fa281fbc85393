"""Reminders of decisions: to whoever is to sign them, and when the call-in period has ended."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, or_, select

from committee.constitution import ReminderChoices
from committee.decisions.models import CallIn, Decision
from committee.decisions.rules import DecisionStatus, Restriction
from committee.extensions import db
from committee.people.models import PortfolioHolding
from committee.reminders.models import Obligation
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, shortened


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of decisions that can be signed today, and of those newly in force."""
    yield from _ready_to_sign(readers, today)
    yield from _call_in_ended(readers, today - timedelta(days=choices.forget_after_days))


def words_now(obligation: Obligation) -> str | None:
    """What may be said of a decision as it stands; None where it is not there."""
    decision = db.session.execute(_decisions().where(Decision.id == obligation.subject_id)).first()
    return _words(decision) if decision else None


def _ready_to_sign(readers: Readers, today: date) -> Iterator[Wanted]:
    """One for each time that a decision becomes ready: after a call-in it may be ready anew."""
    call_ins = (
        select(func.count(CallIn.id)).where(CallIn.decision_id == Decision.id).scalar_subquery()
    )
    since = func.coalesce(Decision.earliest_on, Decision.notified_on)
    found = (
        _decisions(PortfolioHolding.user_id, since.label("since"), call_ins.label("call_ins"))
        .join(PortfolioHolding, PortfolioHolding.portfolio_id == Decision.portfolio_id)
        .where(Decision.status == DecisionStatus.READY, since <= today)
        .where(PortfolioHolding.started_on <= today)
        .where(or_(PortfolioHolding.ended_on.is_(None), PortfolioHolding.ended_on >= today))
    )
    for decision in db.session.execute(found.order_by(Decision.id, PortfolioHolding.id)):
        for user_id in readers.still(decision.user_id):
            yield _reminder(
                ObligationKind.DECISION_READY_TO_SIGN,
                decision,
                user_id,
                occasion=f"{decision.since.isoformat()}.n{decision.call_ins}",
                remind_on=decision.since,
                page="/sign",
            )


def _call_in_ended(readers: Readers, not_before: date) -> Iterator[Wanted]:
    """Of decisions whose call-in was waived nothing is said: there was no period to end."""
    found = _decisions(Decision.lead_officer_id, Decision.effective_on).where(
        Decision.status == DecisionStatus.EFFECTIVE,
        Decision.call_in_waiver_reason.is_(None),
        Decision.effective_on >= not_before,
    )
    for decision in db.session.execute(found.order_by(Decision.id)):
        officers = readers.officers(decision.committee_id)
        for user_id in readers.still(decision.lead_officer_id, *officers):
            yield _reminder(
                ObligationKind.CALL_IN_ENDED,
                decision,
                user_id,
                occasion=decision.effective_on.isoformat(),
                remind_on=decision.effective_on,
                page="",
            )


def _decisions(*further: Any) -> Any:
    return select(
        Decision.id,
        Decision.number,
        Decision.title,
        Decision.restriction,
        Decision.committee_id,
        *further,
    )


def _reminder(
    kind: ObligationKind,
    decision: Row[Any],
    user_id: int,
    *,
    occasion: str,
    remind_on: date,
    page: str,
) -> Wanted:
    return Wanted(
        kind=kind,
        subject_kind=Decision.__tablename__,
        subject_id=decision.id,
        committee_id=decision.committee_id,
        user_id=user_id,
        occasion=occasion,
        words=_words(decision),
        address=f"/decisions/{decision.number}{page}",
        remind_on=remind_on,
        deadline_on=None,
    )


def _words(decision: Row[Any]) -> str:
    """Its number, which names it for certain, and its title where all of it is open."""
    if decision.restriction is not Restriction.OPEN:
        return f"Decision {decision.number}"
    return f"Decision {decision.number}, “{shortened(decision.title)}”"
