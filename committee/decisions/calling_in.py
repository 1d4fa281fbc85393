"""Calling in: asking that a published decision be looked at again before it takes effect; and
what puts it into force: the end of the call-in, or its waiver.

Source: Local Government Act 2000, section 9F, and the council's constitution.
"""

from datetime import date

from sqlalchemy import select

from committee.audit import service as audit
from committee.decisions.models import CallIn, Decision
from committee.decisions.rules import (
    BEFORE_TAKEN,
    CALL_IN_STATES,
    DECISION_STATES,
    CallInStatus,
    DecisionStatus,
)
from committee.decisions.service import record_of
from committee.extensions import db
from committee.law.calendar import in_words
from committee.states import NotAllowed


def request_call_in(
    decision: Decision,
    *,
    requested_on: date,
    requested_by: str,
    reasons: str,
    today: date,
    by: int | None = None,
) -> CallIn:
    """Note a request that came in on a day of the call-in, its last day included.

    It may be noted later than it came, when the decision counts as in force already: it is called
    in nevertheless, unless it has been carried out. Raises NotAllowed outside those days, without a
    call-in, and for a decision that was called in once already.
    """
    lock(decision)
    if decision.status is not DecisionStatus.PUBLISHED:
        DECISION_STATES.check(decision.status, DecisionStatus.CALLED_IN)
    if decision.call_in_waiver_reason:
        raise NotAllowed("This decision took effect without call-in, so it cannot be called in.")
    first, last = decision.published_on, decision.call_in_ends_on
    if first is None or last is None or not first <= requested_on <= min(last, today):
        raise NotAllowed(_outside(first, last))
    _check_first(decision)
    if not (requested_by and reasons):
        raise NotAllowed("Say which members asked, and their reasons.")
    asked = CallIn(
        requested_on=requested_on, requested_by=requested_by, reasons=reasons, recorded_by_id=by
    )
    decision.call_ins.append(asked)
    db.session.flush()
    audit.record("call_in:requested", asked, by=by)
    return asked


def lock(decision: Decision) -> None:
    """Read the decision anew, kept from being changed or put into force until the transaction
    ends."""
    db.session.flush()
    row = select(Decision.id).where(Decision.id == decision.id)
    db.session.execute(row.with_for_update())
    db.session.expire(decision)


def _check_first(decision: Decision) -> None:
    over = {CallInStatus.CONFIRMED, CallInStatus.REFERRED_BACK}
    if any(each.status in over for each in decision.call_ins):
        raise NotAllowed("This decision was called in before: it is called in once only.")


def _outside(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return "Only a published decision can be called in."
    return (
        f"This decision could be called in from {in_words(first)} until the end of "
        f"{in_words(last)}. A request that came in on another day cannot be taken."
    )


def accept(asked: CallIn, *, by: int | None = None) -> None:
    """Rule a request valid: the decision waits for scrutiny, even if it counted as in force."""
    lock(asked.decision)
    CALL_IN_STATES.check(asked.status, CallInStatus.VALID)
    _check_first(asked.decision)
    DECISION_STATES.check(asked.decision.status, DecisionStatus.CALLED_IN)
    asked.status, asked.decision.status = CallInStatus.VALID, DecisionStatus.CALLED_IN
    audit.record("call_in:accepted", asked, by=by)


def refuse(asked: CallIn, reason: str, *, today: date, by: int | None = None) -> None:
    """Rule a request not valid, with the reason. The call-in goes on as if it had not come."""
    if not reason:
        raise NotAllowed("Say why the request is not valid.")
    CALL_IN_STATES.check(asked.status, CallInStatus.REFUSED)
    asked.status, asked.outcome, asked.outcome_on = CallInStatus.REFUSED, reason, today
    audit.record("call_in:refused", asked, by=by)


def confirm(asked: CallIn, outcome: str | None, *, today: date, by: int | None = None) -> None:
    """Scrutiny lets the decision stand: it takes effect at once (CALL-05)."""
    CALL_IN_STATES.check(asked.status, CallInStatus.CONFIRMED)
    decision = asked.decision
    DECISION_STATES.check(decision.status, DecisionStatus.EFFECTIVE)
    asked.status, asked.outcome, asked.outcome_on = CallInStatus.CONFIRMED, outcome, today
    decision.status, decision.effective_on = DecisionStatus.EFFECTIVE, today
    audit.record("call_in:confirmed", asked, by=by)


def refer_back(asked: CallIn, outcome: str, *, today: date, by: int | None = None) -> None:
    """Scrutiny asks the decision maker to decide again: the signature no longer holds.

    What was published stays as it was; the next record is its next version.
    """
    if not outcome:
        raise NotAllowed("Say what scrutiny asks the decision maker to look at again.")
    CALL_IN_STATES.check(asked.status, CallInStatus.REFERRED_BACK)
    decision = asked.decision
    DECISION_STATES.check(decision.status, DecisionStatus.READY)
    asked.status, asked.outcome, asked.outcome_on = CallInStatus.REFERRED_BACK, outcome, today
    decision.status = DecisionStatus.READY
    decision.taken_on = decision.published_on = decision.effective_on = None
    decision.call_in_ends_on = decision.call_in_basis = None
    _void_signature(decision)
    audit.record("call_in:returned", asked, by=by)


def _void_signature(decision: Decision) -> None:
    record = record_of(decision)
    record.equality_confirmed = record.responses_confirmed = False
    record.signed_at = record.signed_by_id = None
    record.signed_sha256 = record.signed_words = None


def waive_call_in(
    decision: Decision, *, reason: str, agreed_by: str, by: int | None = None
) -> None:
    """Note that the decision takes effect at once, why, and who agreed (CALL-06).

    This consent and that of special urgency are two. Raises NotAllowed once it is published.
    """
    if decision.status not in BEFORE_TAKEN | {DecisionStatus.TAKEN}:
        raise NotAllowed("Call-in can be waived only before the record is published.")
    if not (reason and agreed_by):
        raise NotAllowed("Say why it cannot wait, and who agreed, and as what.")
    decision.call_in_waiver_reason, decision.call_in_waiver_agreed_by = reason, agreed_by
    audit.record("decision:call_in_waived", decision, by=by)


def end_call_ins(today: date) -> int:
    """Put into force what could be called in until yesterday and was not; how many there were.

    A request that nobody has ruled on holds its decision up. May run twice, and in two places.
    """
    asked = select(CallIn.id).where(
        CallIn.decision_id == Decision.id, CallIn.status == CallInStatus.REQUESTED
    )
    found = select(Decision).where(
        Decision.status == DecisionStatus.PUBLISHED,
        Decision.effective_on <= today,
        ~asked.exists(),
    )
    over = db.session.scalars(
        found.order_by(Decision.id).with_for_update(skip_locked=True, of=Decision)
    ).all()
    for decision in over:
        DECISION_STATES.check(decision.status, DecisionStatus.EFFECTIVE)
        decision.status = DecisionStatus.EFFECTIVE
        audit.record("decision:call_in_ended", decision, by=None)
    return len(over)


def record_implemented(decision: Decision, *, by: int | None = None) -> None:
    """Note that the decision has been carried out.

    Raises NotAllowed before it is in force, and while a request to call it in waits for a ruling.
    """
    lock(decision)
    DECISION_STATES.check(decision.status, DecisionStatus.IMPLEMENTED)
    if any(each.status is CallInStatus.REQUESTED for each in decision.call_ins):
        raise NotAllowed("Rule on the request to call this decision in first.")
    decision.status = DecisionStatus.IMPLEMENTED
    audit.record("decision:implemented", decision, by=by)
