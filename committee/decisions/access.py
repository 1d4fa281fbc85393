"""The only loaders of decisions that a view may use. What may not be seen is 404."""

from datetime import date

from flask import abort
from flask_login import current_user

from committee.confidentiality.access import note_reading
from committee.decisions import drafting, service
from committee.decisions.in_hand import Seen
from committee.decisions.models import CallIn, Decision, DecisionRecord, RecordVersion
from committee.people import permissions
from committee.people.permissions import Permission, acts_for, check, may, may_open, may_read
from committee.people.portfolios import holds


def visible_decision(number: str) -> Decision:
    """The decision. Before its notice it is there for those alone who have a part in it. A record
    that was published keeps it there, were its notice taken down."""
    decision = service.decision_with_number(number)
    if decision is None:
        abort(404)
    told = decision.notices or service.record_versions(decision)
    if not told and not may_draft(decision):
        abort(404)
    return decision


def decision_for(permission: Permission, number: str) -> Decision:
    """The decision, for a reader who holds `permission` on its committee."""
    decision = service.decision_with_number(number)
    if decision is None:
        abort(404)
    check(permission, decision.committee_id)
    return decision


def decision_to_draft(number: str) -> Decision:
    """The decision, for one who has a part in it: its particulars, its notice and its record. To
    everyone else, authors on other matters among them, it is 404."""
    decision = decision_for(Permission.DECISION_EDIT, number)
    if not may_draft(decision):
        abort(404)
    return decision


def may_draft(decision: Decision) -> bool:
    """Whether this reader writes the record: an officer who publishes decisions, the lead officer,
    or an author of a report on the matter. Another author need not know what is in a draft."""
    where = decision.committee_id
    if not may_open(Permission.DECISION_EDIT, where):
        return False
    return (
        may(Permission.DECISION_PUBLISH, where)
        or may_read(Permission.DECISION_READ, where)
        or acts_for(decision.lead_officer_id, Permission.DECISION_EDIT, where)
        or drafting.is_report_author(decision, current_user.id)
    )


def decision_to_take(number: str, *, today: date) -> Decision:
    """The decision, for the one who holds its portfolio today. To everyone else it is 404."""
    decision = decision_for(Permission.DECISION_TAKE, number)
    if not holds(current_user, decision.portfolio, today):
        abort(404)
    return decision


def seen_in_hand() -> Seen:
    """Which of the unfinished decisions this reader sees: those who publish, and those who read
    proposed decisions, all of their committees'; an author those in which they have a part."""
    publishes, reads = (
        permissions.where(each) for each in (Permission.DECISION_PUBLISH, Permission.DECISION_READ)
    )
    return Seen(
        all_on=None if publishes is None or reads is None else publishes | reads,
        own_on=permissions.where(Permission.DECISION_EDIT),
        owners=permissions.doers(Permission.DECISION_EDIT),
    )


def may_take(decision: Decision, *, today: date) -> bool:
    """Whether this reader is the one who takes the decision."""
    return may(Permission.DECISION_TAKE, decision.committee_id) and holds(
        current_user, decision.portfolio, today
    )


def call_in_of(decision: Decision, call_in_id: int) -> CallIn:
    """One request to call this decision in."""
    found = next((each for each in decision.call_ins if each.id == call_in_id), None)
    if found is None:
        abort(404)
    return found


def visible_version(decision: Decision, kind: str, number: int) -> RecordVersion:
    """One published record of a decision that this reader may see."""
    versions = service.record_versions(decision)
    found = next((v for v in versions if v.kind.value == kind and v.number == number), None)
    if found is None:
        abort(404)
    return found


def note_words_shown(decision: Decision) -> None:
    """Note that this reader is now shown the words of the record, if the law closes them. To be
    called last before the page leaves."""
    record = service.record_of(decision)
    if record.is_closed:
        note_reading(DecisionRecord.__tablename__, record.id)


def note_version_shown(version: RecordVersion | None) -> None:
    """Note that this reader is now shown the closed words of a published record, if it has any."""
    if version is not None and version.restricted_contents is not None:
        note_reading(RecordVersion.__tablename__, version.id)
