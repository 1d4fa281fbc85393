"""Makers of decisions for tests. Callers commit."""

import itertools
from datetime import UTC, date, datetime

from committee.confidentiality.rules import OPENED, Classification, Said
from committee.constitution import DecisionChoices
from committee.decisions import classing, drafting, notices, publishing, service, signing
from committee.decisions.drafting import RecordFields
from committee.decisions.models import Decision
from committee.decisions.rules import EqualityState, KeyCriterion, Restriction
from committee.decisions.service import DecisionFields
from committee.decisions.signing import Confirmed, Interest
from committee.extensions import db
from committee.people.models import Committee, Portfolio, PortfolioHolding, User
from committee.people.portfolios import holder_of
from committee.people.roles import Role
from tests import builders

_numbers = itertools.count(1)

CHOICES = DecisionChoices(
    copies_from="County Hall",
    further_documents="Other documents may be submitted.",
    how_to_ask="Ask Democratic Services.",
)
NOTICE_DAY = date(2018, 4, 17)
DECISION_DAY = date(2018, 5, 16)


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_portfolio(
    committee: Committee, holder: User | None = None, *, title: str | None = None
) -> Portfolio:
    """An office that decides, held since long ago."""
    holder = holder or builders.a_user(Role.DECISION_MAKER)
    portfolio = Portfolio(
        council_id=committee.council_id,
        title=title or f"Cabinet Member for Matter {next(_numbers)}",
    )
    db.session.add(portfolio)
    db.session.flush()
    db.session.add(
        PortfolioHolding(portfolio_id=portfolio.id, user_id=holder.id, started_on=date(2017, 5, 4))
    )
    db.session.flush()
    return portfolio


def some_fields(committee: Committee, portfolio: Portfolio, **changed: object) -> DecisionFields:
    """A key decision with everything that a notice asks for."""
    given: dict[str, object] = {
        "title": "Transport for learners over 16",
        "matter": "Whether to adopt the policy for the coming school year.",
        "portfolio_id": portfolio.id,
        "committee_id": committee.id,
        "restriction": Restriction.OPEN,
        "is_key": True,
        "key_criterion": KeyCriterion.TWO_DIVISIONS,
        "documents": "The report to the committee.",
    }
    return DecisionFields(**{**given, **changed})  # type: ignore[arg-type]


def a_decision(
    committee: Committee | None = None,
    portfolio: Portfolio | None = None,
    *,
    today: date = NOTICE_DAY,
    **changed: object,
) -> Decision:
    """A decision that has its number and nothing more."""
    committee = committee or builders.a_committee()
    portfolio = portfolio or a_portfolio(committee)
    return service.open_decision(some_fields(committee, portfolio, **changed), today=today)


def a_notified(today: date = NOTICE_DAY, **named: object) -> Decision:
    """A decision whose notice was published on a day."""
    decision = a_decision(today=today, **named)  # type: ignore[arg-type]
    notices.publish_notice(decision, CHOICES, now=at(today), today=today)
    return decision


def some_words(**changed: object) -> RecordFields:
    """A record with all its parts."""
    given: dict[str, object] = {
        "decision_text": "As Cabinet Member I agree to adopt the policy.",
        "reasons": "The council has to publish a policy each year.",
        "financial": "Costs stay within the budget.",
        "alternatives": "None.",
        "interests": "None.",
        "equality_state": EqualityState.ASSESSED,
        "equality_assessed_on": date(2018, 4, 10),
    }
    return RecordFields(**{**given, **changed})  # type: ignore[arg-type]


EXEMPT = Said(
    Classification.EXEMPT,
    (3,),
    must_be_registered=False,
    own_planning=False,
    factors_for="A buyer would learn the price.",
    factors_against="Public money is spent.",
    outweighs=True,
    conclusion="The price stays closed until the sale is over.",
    review_on=date(2018, 12, 3),
)


def classed(decision: Decision, said: Said | None = None) -> None:
    """Say who may read the record: anyone, or as is said. That of a fully exempt decision is
    exempt."""
    is_exempt = decision.restriction is Restriction.FULLY_EXEMPT
    usual = EXEMPT if is_exempt else OPENED
    classing.classify_record(
        decision, said or usual, acknowledged=True, now=at(NOTICE_DAY), today=NOTICE_DAY
    )


def write(decision: Decision, fields: RecordFields) -> None:
    """Write the record, and give it its class where it has none."""
    drafting.save_record(decision, fields)
    if not (decision.record and (decision.record.is_open or decision.record.is_closed)):
        classed(decision)


def a_drafted(today: date = NOTICE_DAY, **named: object) -> Decision:
    """A notified decision with all its words, whose record nobody has classed."""
    decision = a_notified(today, **named)
    drafting.save_record(decision, some_words())
    db.session.commit()
    return decision


def a_ready(today: date = NOTICE_DAY, **named: object) -> Decision:
    """A notified decision whose record is complete."""
    decision = a_notified(today, **named)
    write(decision, some_words())
    signing.mark_ready(decision, CHOICES, today=today)
    return decision


def sign(decision: Decision, today: date = DECISION_DAY, **changed: object) -> None:
    """Let the holder of its portfolio sign."""
    holder = holder_of(decision.portfolio, today)
    assert holder
    signing.sign(
        decision,
        holder,
        CHOICES,
        shown_sha256=str(changed.pop("shown_sha256", signing.to_be_signed(decision)[1])),
        confirmed=Confirmed(
            **{"equality": True, "responses": True, "interest": Interest.NONE, **changed}  # type: ignore[arg-type]
        ),
        now=at(today),
        today=today,
    )


def a_taken(today: date = DECISION_DAY, **named: object) -> Decision:
    """A decision that was signed."""
    decision = a_ready(**named)  # type: ignore[arg-type]
    sign(decision, today)
    return decision


def a_published(today: date = DECISION_DAY, **named: object) -> Decision:
    """A decision whose record was published on the day on which it was taken."""
    decision = a_taken(today, **named)
    publishing.publish_record(decision, CHOICES, now=at(today), today=today)
    return decision
