"""Giving the record of a decision its class, without which it is not published. Callers commit."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from committee.confidentiality import service as confidentiality
from committee.confidentiality.reading_rules import Ground, Matter, grounds_of
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.decisions import drafting
from committee.decisions.calling_in import lock
from committee.decisions.models import Decision, DecisionRecord, RecordVersion
from committee.decisions.rules import Restriction
from committee.decisions.service import record_of
from committee.extensions import db, lock_as_read
from committee.states import NotAllowed

UNCLASSED = (
    "Nobody has said yet who may read this record. Say whether it is open, exempt or confidential "
    "first."
)
UNTESTED = (
    "The public interest test of this record is not written down. Write it down where it says who "
    "may read this record."
)
FULLY_EXEMPT = (
    "The decision is fully exempt, so its record is not for publication. If it may be read after "
    "all, change the decision’s particulars and publish the changed notice, with the reason, first."
)

QUOTES_CLOSED = (
    "The record quotes a report that has been closed since. Say that the record is exempt or "
    "confidential as well: it is then published without its words."
)


def classify_record(
    decision: Decision,
    said: Said,
    *,
    acknowledged: bool = False,
    now: datetime,
    today: date,
    by: int | None = None,
) -> None:
    """Give the record its class; what was published before stays as it was.

    Raises NotAllowed as `confidentiality.service.classify` does, and for opening the record of
    what the notice calls fully exempt: the notice is changed first, and says why; StaleDataError
    for a record that was changed since it was read.
    """
    record = record_of(decision)
    lock(decision)
    lock_as_read(record)
    if said.classification is Classification.OPEN:
        _check_may_be_open(decision)
    confidentiality.classify(record, said, acknowledged=acknowledged, now=now, today=today, by=by)
    # A second form is told even of a test that was only written anew.
    flag_modified(record, "classification")


def agreement(record: DecisionRecord) -> str | None:
    """What somebody agrees to who opens a record in one step: its words as they are now. None
    where it was closed before: then it is opened on the page of its class, which asks first."""
    if confidentiality.opens_closed(record, OPENED):
        return None
    return f"open-{record.version}"


def open_record(
    decision: Decision, agreed: str | None, *, now: datetime, today: date, by: int | None = None
) -> None:
    """Open a record that nobody has classed.

    `agreed` is the agreement to what somebody saw. Raises NotAllowed where it was changed or
    classed meanwhile, and as `classify_record` does.
    """
    record = lock_record(decision)
    if not record.is_unclassed or agreed != agreement(record):
        raise NotAllowed(
            "The record was changed or classed by somebody else meanwhile, so it was not opened. "
            "Look at it as it is now."
        )
    classify_record(decision, OPENED, now=now, today=today, by=by)


def obstacle(decision: Decision) -> str | None:
    """What about the class of its record stands in the way of publishing it, in words that say
    what to do; nothing where it may be published."""
    record = record_of(decision)
    if not (record.is_open or record.is_closed):
        return UNCLASSED
    if record.is_open and decision.restriction is Restriction.FULLY_EXEMPT:
        return FULLY_EXEMPT
    signed = record.signed_words
    if record.is_open and signed and drafting.quotes_what_was_closed(signed["words"]):
        return QUOTES_CLOSED
    return UNTESTED if confidentiality.untested([record]) else None


def check_classed(decision: Decision) -> None:
    """Raises NotAllowed for a record that nobody has classed, that is exempt without its public
    interest test, or that is open although the decision is fully exempt or a report that was quoted
    in what was signed is open no longer."""
    if stands := obstacle(decision):
        raise NotAllowed(stands)


def check_quotes_nothing_closed(said: dict[str, Any]) -> None:
    """Raises NotAllowed where these words, which anyone is to read, quote a report that is open no
    longer; else lets nobody close it until the transaction ends."""
    if drafting.quotes_what_was_closed(said, held=True):
        raise NotAllowed(QUOTES_CLOSED)


def may_be_open(decision: Decision) -> bool:
    """Whether its notice lets the record be open: not where it calls the decision fully exempt."""
    return decision.restriction is not Restriction.FULLY_EXEMPT


def _check_may_be_open(decision: Decision) -> None:
    if not may_be_open(decision):
        raise NotAllowed(FULLY_EXEMPT)


def lock_record(decision: Decision) -> DecisionRecord:
    """The record as it is now, which nobody changes or classes until this has been committed; nor
    does anybody change the decision, which says whether its record may be open."""
    lock(decision)
    record = record_of(decision)
    found = select(DecisionRecord).where(DecisionRecord.id == record.id)
    locked = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(locked).one()


def frozen_class(decision: Decision) -> dict[str, Any]:
    """The class of the record, to be kept with its closed words."""
    record = record_of(decision)
    return {
        "classification": record.classification.value,
        "exempt_paragraphs": list(record.exempt_paragraphs),
        "terms_of_contract": record.terms_of_contract,
    }


def matter_of_record(decision: Decision) -> Matter:
    """What has to be known of a record that is being written to say who may read it. What nobody
    has classed may be closed on any ground. Who leads on it, or writes it, knows what it says."""
    record = decision.record
    if record is None or record.is_unclassed:
        return Matter(decision.committee_id, tuple(Ground), _lead(decision))
    return Matter(decision.committee_id, _grounds_now(decision), _lead(decision))


def matter_of_class(decision: Decision) -> Matter:
    """What has to be known to say who may read why a record is closed, or was: no ground where it
    never was."""
    grounds = _grounds_now(decision) + _grounds_ever(decision)
    return Matter(decision.committee_id, tuple(dict.fromkeys(grounds)), _lead(decision))


def matter_of(version: RecordVersion) -> Matter:
    """What has to be known of a closed record, as it was published, to say who may read it.

    It is closed on the grounds of then and of now. Where no ground was kept with it, it may be
    closed on any, whatever has been said of the record since. The officer who leads on the decision
    knows what it says.
    """
    decision = version.decision
    kept = _grounds_kept(version)
    grounds = (*kept, *_grounds_now(decision)) if kept else tuple(Ground)
    return Matter(decision.committee_id, tuple(dict.fromkeys(grounds)), _lead(decision))


def _lead(decision: Decision) -> frozenset[int]:
    return frozenset({decision.lead_officer_id} if decision.lead_officer_id else ())


def _grounds_kept(version: RecordVersion) -> tuple[Ground, ...]:
    kept = version.restricted_contents or {}
    if "classification" not in kept:
        return ()
    return grounds_of(
        Classification(kept["classification"]),
        kept["exempt_paragraphs"],
        terms_of_contract=kept["terms_of_contract"],
    )


def _grounds_now(decision: Decision) -> tuple[Ground, ...]:
    record = decision.record
    if record is None:
        return ()
    return grounds_of(
        record.classification, record.exempt_paragraphs, terms_of_contract=record.terms_of_contract
    )


def _grounds_ever(decision: Decision) -> tuple[Ground, ...]:
    if decision.record is None:
        return ()
    kind = DecisionRecord.__tablename__
    said = confidentiality.closings_of(kind, [decision.record.id])
    found = (
        grounds_of(
            each.classification, each.exempt_paragraphs, terms_of_contract=each.terms_of_contract
        )
        for each in said
    )
    return tuple(dict.fromkeys(ground for grounds in found for ground in grounds))
