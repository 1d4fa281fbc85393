"""Making a decision ready, and its signature by the one who decides.

Source: SI 2012/2089, regulations 9 to 13; Equality Act 2010, section 149.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from committee.audit import service as audit
from committee.constitution import DecisionChoices
from committee.decisions import drafting, notices
from committee.decisions.awaiting import check_reported
from committee.decisions.classing import check_classed
from committee.decisions.models import Decision
from committee.decisions.rules import (
    DECISION_STATES,
    DecisionStatus,
    EqualityState,
    Urgency,
    is_reported,
)
from committee.decisions.service import (
    check_not_taken,
    is_out_of_date,
    record_of,
)
from committee.frozen import canonical_sha256
from committee.law.calendar import CalendarExhausted, in_words
from committee.law.key_decisions import Route, route
from committee.people.models import Portfolio, User
from committee.states import NotAllowed


class Interest(StrEnum):
    """What the decision maker declares when signing."""

    NONE = "none"
    OTHER = "other"
    DISCLOSABLE = "disclosable"


INTEREST_LABELS = {
    Interest.NONE: "I have no interest to declare",
    Interest.OTHER: "I have an interest that does not prevent me from deciding",
    Interest.DISCLOSABLE: "I have a disclosable pecuniary interest",
}

DISCLOSABLE = (
    "With a disclosable pecuniary interest you may not take this decision. Democratic services can "
    "give it to the holder of another portfolio."
)
RESPONSES_READ = (
    "All responses to the consultation were available to me, and I have taken them into account."
)
NO_RESPONSES = "No consultation was held on this decision, so there are no responses to weigh."

NOT_REPORTED = (
    "A consultation on this decision was begun, and none of its results were published. I have "
    "taken into account what was available to me of it."
)


@dataclass(frozen=True)
class Confirmed:
    """What the decision maker confirmed and declared in signing."""

    equality: bool
    responses: bool
    interest: Interest
    interest_words: str | None = None


def mark_ready(
    decision: Decision, choices: DecisionChoices, *, today: date, by: int | None = None
) -> None:
    """Hand the record to the decision maker. Raises NotAllowed with whatever is lacking."""
    DECISION_STATES.check(decision.status, DecisionStatus.READY)
    check_complete(decision, choices, today=today)
    decision.status = DecisionStatus.READY
    audit.record("decision:completed", decision, by=by)


def check_complete(decision: Decision, choices: DecisionChoices, *, today: date) -> None:
    """Raises NotAllowed, in words, unless all that has to come before the decision is there."""
    missing = drafting.lacking(decision, today=today)
    if missing:
        raise NotAllowed(f"The record still lacks: {'; '.join(missing)}.")
    check_classed(decision)
    check_reported(decision)
    if is_out_of_date(decision):
        raise NotAllowed(
            "The consultation has published newer figures. Take them over into the record first."
        )
    changed = notices.material_changes(decision, choices, today=today)
    if changed:
        raise NotAllowed(
            f"The published notice no longer says {' and '.join(changed)} as it is kept. "
            "Publish the changed notice first."
        )


def too_early(decision: Decision, choices: DecisionChoices, *, today: date) -> str | None:
    """Why the decision may not be taken today, with its first lawful day; nothing if it may."""
    if decision.is_key and decision.notified_on is None:
        return "The notice of this key decision has not been published."
    try:
        found = _route(decision, choices, today)
    except NotAllowed as unknown:
        return str(unknown)
    if found is not Route.BLOCKED and (
        decision.earliest_on is None or today >= decision.earliest_on
    ):
        return None
    if decision.earliest_on is None:
        return "No day is known from which this decision may be taken."
    rule = (decision.earliest_basis or {}).get("rule")
    why = f" {rule['words']} ({rule['source']})." if rule else ""
    return f"This decision may be taken from {in_words(decision.earliest_on)}, not before.{why}"


def _route(decision: Decision, choices: DecisionChoices, today: date) -> Route:
    try:
        found, _ = route(
            today,
            is_key=decision.is_key,
            notice_published=decision.notified_on,
            exception_published=decision.exception_published_on,
            special_urgency_agreed=decision.urgency is Urgency.SPECIAL_URGENCY,
            mode=choices.key_decision_mode,
        )
    except CalendarExhausted as unknown:
        raise NotAllowed(str(unknown)) from unknown
    return found


def to_be_signed(decision: Decision) -> tuple[dict[str, Any], str]:
    """The words that a signature now would be under, and their SHA-256."""
    said = drafting.words(decision)
    return said, canonical_sha256(said)


def sign(
    decision: Decision,
    user: User,
    choices: DecisionChoices,
    *,
    shown_sha256: str,
    confirmed: Confirmed,
    now: datetime,
    today: date,
) -> None:
    """Take the decision in exactly the words that were shown. The caller knows that it is theirs.

    Raises NotAllowed where the law, the record or the declared interest stands against it.
    """
    DECISION_STATES.check(decision.status, DecisionStatus.TAKEN)
    said, sha256 = to_be_signed(decision)
    if sha256 != shown_sha256:
        raise NotAllowed(
            "The record has been changed since it was shown to you. Read it again, then sign."
        )
    early = too_early(decision, choices, today=today)
    if early:
        raise NotAllowed(early)
    check_complete(decision, choices, today=today)
    _check_confirmed(confirmed)
    record = record_of(decision)
    record.equality_confirmed, record.responses_confirmed = True, True
    record.signed_at, record.signed_by_id, record.signed_sha256 = now, user.id, sha256
    record.signed_words = {
        "words": said,
        "words_sha256": sha256,
        "decision_maker_name": user.name,
        "signature": {
            "name": user.name,
            "capacity": decision.portfolio.title,
            "signed_on": today.isoformat(),
        },
        "declared": declared_words(confirmed),
        "equality_confirmed": equality_confirmation(decision),
        "responses_confirmed": responses_confirmation(decision),
        "route": _route(decision, choices, today).value,
    }
    decision.status, decision.taken_on = DecisionStatus.TAKEN, today
    audit.record("decision:signed", decision, by=user.id, after=said)


def _check_confirmed(confirmed: Confirmed) -> None:
    if confirmed.interest is Interest.DISCLOSABLE:
        raise NotAllowed(DISCLOSABLE)
    if confirmed.interest is Interest.OTHER and not confirmed.interest_words:
        raise NotAllowed("Say what the interest is.")
    if not (confirmed.equality and confirmed.responses):
        raise NotAllowed("Confirm both statements, or leave the decision for later.")


def declared_words(confirmed: Confirmed) -> str:
    """What the record says of the interest declared in signing."""
    if confirmed.interest is Interest.NONE:
        return "No interest was declared when the decision was taken."
    return f"Declared when the decision was taken: {confirmed.interest_words}"


def equality_confirmation(decision: Decision) -> str:
    """The sentence by which the decision maker owns the equality duty (W-13)."""
    record = record_of(decision)
    duty = "have had due regard to the matters in section 149 of the Equality Act 2010."
    if record.equality_state is EqualityState.ASSESSED and record.equality_assessed_on:
        dated = in_words(record.equality_assessed_on)
        return (
            "In taking this decision I have read the Equality Impact Assessment dated "
            f"{dated} and {duty}"
        )
    return f"In taking this decision I {duty}"


def responses_confirmation(decision: Decision) -> str:
    """The sentence by which the decision maker owns the consultation's responses (CON-04)."""
    if any(map(is_reported, decision.consultation_quotes)):
        return RESPONSES_READ
    return NOT_REPORTED if decision.consultation_quotes else NO_RESPONSES


def note_disclosable_interest(decision: Decision, user: User) -> None:
    """Keep on record that the decision maker declared an interest and so did not decide."""
    audit.record("decision:interest_declared", decision, by=user.id)


def reassign(
    decision: Decision, portfolio: Portfolio, *, because_of_interest: bool, by: int | None = None
) -> None:
    """Give the decision to another portfolio. The changed notice has to be published after it.

    Raises NotAllowed once it is taken, and for the portfolio that has it already.
    """
    check_not_taken(decision)
    before = decision.portfolio
    if portfolio.id == before.id:
        raise NotAllowed(f"The decision is already with the {before.title}.")
    record = record_of(decision)
    record.reassignment = (
        f"The {portfolio.title} takes this decision in place of the {before.title}"
    )
    record.reassignment += (
        ", who declared an interest in it and has had no part in taking it."
        if because_of_interest
        else "."
    )
    decision.portfolio = portfolio
    audit.record("decision:reassigned", decision, by=by)
