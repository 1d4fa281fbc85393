"""Notices of decisions in the forward plan: what they must say, and what a change of them means.

Source: SI 2012/2089, regulations 9 to 11.
"""

from datetime import date, datetime
from typing import Any

from committee.audit import service as audit
from committee.constitution import DecisionChoices
from committee.decisions.models import Decision, DecisionNotice
from committee.decisions.planning import BackwardPlan, plan_backwards
from committee.decisions.rules import (
    DECISION_STATES,
    KEY_CRITERION_LABELS,
    RESTRICTION_LABELS,
    URGENCY_LABELS,
    DecisionStatus,
    Urgency,
)
from committee.decisions.service import check_not_taken
from committee.extensions import db, lock_as_read
from committee.law.calendar import CalendarExhausted
from committee.law.key_decisions import earliest_decision
from committee.law.notice import GENERAL_EXCEPTION, earliest_event
from committee.law.periods import Computed
from committee.people.portfolios import holder_of
from committee.states import NotAllowed

# KEY-08: what a reader of the first notice would have had to know, with what it is called.
MATERIAL = {
    "matter": "the matter",
    "decision_maker": "the decision maker",
    "is_key": "whether it is a key decision",
    "restriction": "what is closed to the public",
}


def lacking(decision: Decision, choices: DecisionChoices, *, today: date) -> list[str]:
    """What the notice of a key decision must say and does not yet (KEY-03), each by its name."""
    if not decision.is_key:
        return []
    holder = holder_of(decision.portfolio, today)
    needed = {
        "the matter to be decided": decision.matter,
        f"the name of the {decision.portfolio.title}": holder,
        "the documents to be considered (write “None at the time of publication” for none)": (
            decision.documents
        ),
        "the address from which copies can be had (in the constitution file)": choices.copies_from,
        "that other documents may be submitted (in the constitution file)": (
            choices.further_documents
        ),
        "how to ask for them (in the constitution file)": choices.how_to_ask,
    }
    return [name for name, value in needed.items() if not value]


def contents_now(decision: Decision, choices: DecisionChoices, *, today: date) -> dict[str, Any]:
    """What a notice published today would say, apart from its date and earliest day."""
    holder = holder_of(decision.portfolio, today)
    criterion = decision.key_criterion
    officer = decision.lead_officer
    return {
        "number": decision.number,
        "title": decision.title,
        "matter": decision.matter,
        "decision_maker": decision.portfolio.title,
        "decision_maker_name": holder.name if holder else "",
        "committee": decision.committee.name,
        "committee_slug": decision.committee.slug,
        "lead_officer": officer.name if officer else "",
        "is_key": decision.is_key,
        "key_criterion": KEY_CRITERION_LABELS[criterion] if criterion else "",
        "restriction": RESTRICTION_LABELS[decision.restriction],
        "restriction_reason": decision.restriction_reason or "",
        "documents": decision.documents or "",
        "copies_from": choices.copies_from,
        "further_documents": choices.further_documents,
        "how_to_ask": choices.how_to_ask,
        "urgency": URGENCY_LABELS[decision.urgency] if decision.urgency else "",
        "urgency_reason": decision.urgency_reason or "",
        "urgency_agreed_by": decision.urgency_agreed_by or "",
        "exception_published_on": (
            decision.exception_published_on.isoformat() if decision.exception_published_on else ""
        ),
    }


def newest(decision: Decision) -> DecisionNotice | None:
    """The notice that counts now."""
    return decision.notices[-1] if decision.notices else None


def changes(decision: Decision, choices: DecisionChoices, *, today: date) -> set[str]:
    """The parts of the published notice that no longer say what is kept; none before it is out."""
    notice = newest(decision)
    if notice is None:
        return set()
    now = contents_now(decision, choices, today=today)
    return {name for name, value in now.items() if notice.contents.get(name) != value}


def material_changes(decision: Decision, choices: DecisionChoices, *, today: date) -> list[str]:
    """Changes after which fresh clear days may be needed (KEY-08), in words."""
    changed = changes(decision, choices, today=today)
    return [words for name, words in MATERIAL.items() if name in changed]


def publish_notice(
    decision: Decision,
    choices: DecisionChoices,
    *,
    now: datetime,
    today: date,
    change_reason: str | None = None,
    fresh_period: bool = False,
    by: int | None = None,
) -> DecisionNotice:
    """Publish the notice, or its next version, and work out the earliest day of the decision.

    The clear days run from the first notice, or from this one where `fresh_period` says so or
    where the decision becomes key only now. Raises NotAllowed with whatever is lacking by name, and
    StaleDataError where the decision was changed since it was read.
    """
    lock_as_read(decision)
    check_not_taken(decision)
    _check_sayable(decision, choices, change_reason, today=today)
    is_first = not decision.notices
    if is_first:
        DECISION_STATES.check(decision.status, DecisionStatus.NOTIFIED)
        decision.status = DecisionStatus.NOTIFIED
    if is_first or fresh_period or (decision.is_key and decision.earliest_on is None):
        decision.notified_on = today
    _set_earliest(decision, choices, today=today)
    notice = DecisionNotice(
        number=len(decision.notices) + 1,
        published_at=now,
        published_on=today,
        published_by_id=by,
        change_reason=change_reason,
        contents={
            **contents_now(decision, choices, today=today),
            "earliest_on": decision.earliest_on.isoformat() if decision.earliest_on else "",
            "earliest_basis": decision.earliest_basis,
            "first_published_on": _first_published(decision, today).isoformat(),
        },
    )
    decision.notices.append(notice)
    db.session.flush()
    audit.record("decision_notice:published", notice, by=by, after=notice.contents)
    return notice


def _check_sayable(
    decision: Decision, choices: DecisionChoices, change_reason: str | None, *, today: date
) -> None:
    missing = lacking(decision, choices, today=today)
    if missing:
        raise NotAllowed(f"The notice of a key decision must also say: {'; '.join(missing)}.")
    if not decision.notices:
        return
    if not changes(decision, choices, today=today):
        raise NotAllowed("The notice that is published already says all this.")
    if not change_reason:
        raise NotAllowed("Say why the notice is changed: the reason is published with it.")


def _first_published(decision: Decision, today: date) -> date:
    return decision.notices[0].published_on if decision.notices else today


def _set_earliest(decision: Decision, choices: DecisionChoices, *, today: date) -> None:
    """Keep the earliest day on which the decision may be taken, with how it was reached."""
    try:
        computed = _earliest(decision, choices, decision.notified_on or today)
    except CalendarExhausted as unknown:
        raise NotAllowed(str(unknown)) from unknown
    decision.earliest_on = computed.day if computed else None
    decision.earliest_basis = computed.as_json() if computed else None


def _earliest(decision: Decision, choices: DecisionChoices, notified: date) -> Computed | None:
    if not decision.is_key or decision.urgency is Urgency.SPECIAL_URGENCY:
        return None
    usual = earliest_decision(
        notified, clear_days=choices.key_decision_clear_days, mode=choices.key_decision_mode
    )
    if decision.urgency is None or decision.exception_published_on is None:
        return usual
    sooner = earliest_event(decision.exception_published_on, rule=GENERAL_EXCEPTION)
    return min(sooner, usual, key=lambda computed: computed.day)


def expected_earliest(
    decision: Decision, choices: DecisionChoices, *, today: date
) -> Computed | None:
    """The earliest day that a first notice published today would give, if it can be worked out."""
    try:
        return _earliest(decision, choices, decision.notified_on or today)
    except CalendarExhausted:
        return None


def plan_of(decision: Decision, choices: DecisionChoices, *, today: date) -> BackwardPlan | None:
    """The working days in hand before the day by which the decision must be in force, if any."""
    if decision.external_deadline_on is None:
        return None
    expected = expected_earliest(decision, choices, today=today)
    earliest = decision.earliest_on or (expected.day if expected else today)
    try:
        return plan_backwards(
            decision.external_deadline_on,
            earliest_on=earliest,
            call_in_days=choices.call_in_working_days,
        )
    except CalendarExhausted:
        return None


def declare_urgency(
    decision: Decision,
    urgency: Urgency | None,
    *,
    reason: str | None,
    agreed_by: str | None,
    exception_published_on: date | None,
    by: int | None = None,
) -> None:
    """Note by which urgency procedure the decision is to be taken, why, and who agreed.

    It counts once a notice that says so is published. Raises NotAllowed for an incomplete one.
    """
    check_not_taken(decision)
    if urgency and not decision.is_key:
        raise NotAllowed("Only a key decision needs an urgency procedure.")
    if urgency and not (reason and agreed_by):
        raise NotAllowed("Say why it is urgent, and who agreed or was informed, and as what.")
    if urgency is Urgency.GENERAL_EXCEPTION and exception_published_on is None:
        raise NotAllowed("Give the day on which the regulation 10 notice was made available.")
    decision.urgency = urgency
    decision.urgency_reason = reason if urgency else None
    decision.urgency_agreed_by = agreed_by if urgency else None
    is_exception = urgency is Urgency.GENERAL_EXCEPTION
    decision.exception_published_on = exception_published_on if is_exception else None
    audit.record("decision:urgency_declared", decision, by=by)
