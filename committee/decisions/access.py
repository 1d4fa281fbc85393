"""The only loaders of decisions that a view may use. What may not be seen is 404."""

from collections.abc import Iterable
from datetime import date

from flask import abort
from flask_login import current_user

from committee.confidentiality.access import check_may_read, note_reading
from committee.confidentiality.access import may_read as rules_let_read
from committee.confidentiality.models import Determination
from committee.confidentiality.reading_rules import READERS
from committee.decisions import classing, drafting, service
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


def words_to_draft(number: str, *, today: date) -> Decision:
    """The decision, for one who is shown what its record says; to everyone else it is 404."""
    decision = decision_to_draft(number)
    if _needs_rules(decision):
        check_may_read(classing.matter_of_record(decision), on=today)
    return decision


def sees_words(decision: Decision, *, today: date) -> bool:
    """Whether `words_to_draft` lets this reader in."""
    if not may_draft(decision):
        return False
    return not _needs_rules(decision) or rules_let_read(
        classing.matter_of_record(decision), on=today
    )


def may_draft(decision: Decision) -> bool:
    """Whether this reader has a part in the decision: they prepare it, or read what is proposed.
    Another author need not know what is in a draft."""
    where = decision.committee_id
    if not may_open(Permission.DECISION_EDIT, where):
        return False
    return _prepares(decision) or may_read(Permission.DECISION_READ, where)


def _prepares(decision: Decision) -> bool:
    """Whether this reader writes the record: an officer who publishes decisions, the lead officer,
    or an author of a report on the matter."""
    where = decision.committee_id
    return (
        may(Permission.DECISION_PUBLISH, where)
        or acts_for(decision.lead_officer_id, Permission.DECISION_EDIT, where)
        or drafting.is_report_author(decision, current_user.id)
    )


def _needs_rules(decision: Decision) -> bool:
    """Whether the rules of who reads closed matter are asked before this reader is shown what the
    record says: not of whoever prepares it, whose own words they are, nor of those whose task it is
    to clear what is proposed and of whom the rules speak for reports alone."""
    if decision.record and decision.record.is_open:
        return False
    reading = permissions.roles_giving(Permission.DECISION_READ, decision.committee_id)
    return not (reading - set(READERS) or _prepares(decision))


def decision_to_class(number: str, *, today: date) -> Decision:
    """The decision, for one who says who may read its record. Whoever only reads that page must be
    let to by the rules, where it tells why the record is or was closed; else it is 404."""
    decision = decision_for(Permission.CLASSIFICATION_DECIDE, number)
    decides = may(Permission.CLASSIFICATION_DECIDE, decision.committee_id)
    if not decides and (matter := classing.matter_of_class(decision)).grounds:
        check_may_read(matter, on=today)
    return decision


def check_version_shown(version: RecordVersion | None, *, today: date) -> None:
    """Go on only if this reader may be shown the closed words of a published record, if it has
    any: an officer who publishes such records, or whom the rules let read it; to others it is 404.
    """
    if version is None or version.restricted_contents is None:
        return
    if not may(Permission.DECISION_PUBLISH, version.decision.committee_id):
        check_may_read(classing.matter_of(version), on=today)


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


def note_weighing_shown(record: DecisionRecord, history: Iterable[Determination]) -> None:
    """Note that this reader is now shown what was weighed before the record was closed, if anything
    was: that tells of its words, even of those that were opened since."""
    if any(each.factors_for or each.factors_against or each.conclusion for each in history):
        note_reading(DecisionRecord.__tablename__, record.id)


def note_version_shown(version: RecordVersion | None) -> None:
    """Note that this reader is now shown the closed words of a published record, if it has any."""
    if version is not None and version.restricted_contents is not None:
        note_reading(RecordVersion.__tablename__, version.id)
