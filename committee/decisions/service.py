"""Opening, changing and ending decisions, and what other slices bring to them. Callers commit."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from committee.audit import service as audit
from committee.confidentiality.rules import Classification
from committee.decisions.models import Decision, DecisionNotice, DecisionRecord, RecordVersion
from committee.decisions.numbers import next_number, take_number
from committee.decisions.rules import (
    BEFORE_TAKEN,
    DECISION_STATES,
    DECISION_STATUS_LABELS,
    IN_FORWARD_PLAN,
    RECORD_STANDS,
    DecisionStatus,
    KeyCriterion,
    Restriction,
    is_reported,
)
from committee.extensions import db
from committee.people.models import RoleGrant, User
from committee.people.roles import ROLE_PERMISSIONS, Permission
from committee.states import NotAllowed
from committee.web.paging import place_of

PAGE = 50  # rows of a list


@dataclass(frozen=True)
class DecisionFields:
    """What an officer says of a decision that is to be taken."""

    title: str
    matter: str
    portfolio_id: int
    committee_id: int
    restriction: Restriction  # nothing is open because nobody said otherwise
    lead_officer_id: int | None = None
    is_key: bool = False
    key_criterion: KeyCriterion | None = None
    restriction_reason: str | None = None
    documents: str | None = None
    external_deadline_on: date | None = None


def open_decision(
    fields: DecisionFields, *, today: date, number: str | None = None, by: int | None = None
) -> Decision:
    """Begin a decision under the next number of today's year, or under one that it already has.

    Raises NotAllowed for a number that is none, or that was given already.
    """
    _check_fields(fields)
    given = take_number(number) if number else next_number(today)
    decision = Decision(number=given, consultation_quotes=[], **asdict(fields))
    decision.record = DecisionRecord()
    db.session.add(decision)
    audit.record("decision:opened", decision, by=by)
    return decision


def change_decision(decision: Decision, fields: DecisionFields, *, by: int | None = None) -> None:
    """Change what is said of a decision. What was published stays until a new notice is.

    The record of what becomes fully exempt is open no longer: an officer has to class it anew.
    Raises NotAllowed once it has been taken, or has ended.
    """
    check_not_taken(decision)
    _check_fields(fields)
    for name, value in asdict(fields).items():
        setattr(decision, name, value)
    record = record_of(decision)
    if fields.restriction is Restriction.FULLY_EXEMPT and record.is_open:
        record.classification = Classification.UNCLASSED
        audit.record("classification:withdrawn", record, by=by)
    audit.record("decision:changed", decision, by=by)


def end(decision: Decision, became: DecisionStatus, reason: str, *, by: int | None = None) -> None:
    """Withdraw or abandon a decision that has not been taken. Its number is not given again.

    Raises NotAllowed once it has been taken.
    """
    if became not in (DecisionStatus.WITHDRAWN, DecisionStatus.ABANDONED):
        raise NotAllowed("A decision ends by being withdrawn or abandoned.")
    if not reason:
        raise NotAllowed("Say why the decision is not taken.")
    DECISION_STATES.check(decision.status, became)
    decision.status, decision.end_reason = became, reason
    audit.record("decision:ended", decision, by=by)


def check_not_taken(decision: Decision) -> None:
    """Raises NotAllowed once the decision has been taken, or has ended."""
    if decision.status not in BEFORE_TAKEN:
        label = DECISION_STATUS_LABELS[decision.status]
        raise NotAllowed(f"Decision {decision.number} is “{label}”: it can no longer be changed.")


def quote_consultation(decision: Decision, quote: dict[str, Any], *, by: int | None = None) -> None:
    """Take over what a consultation on this matter published, to be quoted in the record.

    `quote` has "consultation_id", "title", "slug", "summary_version_id", "number", "sha256" and
    "contents". The first, which `awaiting` may have announced, is taken over at once. A later one
    waits under "newer", and the draft says that it is out of date, until somebody takes it over.
    Nothing changes once it is taken.
    """
    if decision.status not in BEFORE_TAKEN:
        return
    kept = [dict(each) for each in decision.consultation_quotes]
    same = next((q for q in kept if q["consultation_id"] == quote["consultation_id"]), None)
    if same is None:
        kept.append(dict(quote))
    elif not is_reported(same):
        kept[kept.index(same)] = dict(quote)
    elif same["sha256"] != quote["sha256"]:
        same["newer"] = dict(quote)
    decision.consultation_quotes = kept
    if decision.status is DecisionStatus.NOTIFIED:
        decision.status = DecisionStatus.CONSULTED
    audit.record("decision:consultation_quoted", decision, by=by)


def take_over_figures(decision: Decision, *, by: int | None = None) -> None:
    """Quote the newest summaries from now on. Raises NotAllowed once it has been taken."""
    check_not_taken(decision)
    decision.consultation_quotes = [q.get("newer", q) for q in decision.consultation_quotes]
    audit.record("decision:figures_renewed", decision, by=by)


def is_out_of_date(decision: Decision) -> bool:
    """Whether a consultation has published newer figures than the draft quotes."""
    return any("newer" in quote for quote in decision.consultation_quotes)


def record_committee_view(
    decision: Decision, words: str, *, minute_id: int | None, by: int | None = None
) -> None:
    """Enter what the committee resolved. A resolution advises: it never takes the decision (T2).

    After the decision was taken nothing changes, since its record was signed without this.
    """
    if decision.status not in BEFORE_TAKEN:
        return
    record = record_of(decision)
    record.committee_view, record.committee_view_minute_id = words, minute_id
    if decision.status in (DecisionStatus.NOTIFIED, DecisionStatus.CONSULTED):
        decision.status = DecisionStatus.PRE_SCRUTINISED
    audit.record("decision:considered", decision, by=by)


def record_of(decision: Decision) -> DecisionRecord:
    """The record that is being written, made on first use."""
    if decision.record is None:
        decision.record = DecisionRecord()
        db.session.flush()
    return decision.record


def _check_fields(fields: DecisionFields) -> None:
    if fields.is_key != (fields.key_criterion is not None):
        raise NotAllowed("A key decision says why it is key, and no other decision does.")
    if fields.restriction is not Restriction.OPEN and not fields.restriction_reason:
        raise NotAllowed("Say why part of the matter will not be open to the public.")


# --- finding ---


def decision_with_number(number: str) -> Decision | None:
    """The decision of that number, with what its pages show, in a few statements."""
    found = select(Decision).where(Decision.number == number)
    return db.session.scalars(
        found.options(
            joinedload(Decision.portfolio),
            joinedload(Decision.committee),
            joinedload(Decision.lead_officer),
            joinedload(Decision.record).joinedload(DecisionRecord.signed_by),
            selectinload(Decision.notices),
            selectinload(Decision.call_ins),
        )
    ).first()


def with_public_page(numbers: Collection[str]) -> set[str]:
    """Those of these numbers that lead to a page: whose notice has been published."""
    notified = select(DecisionNotice.decision_id)
    found = select(Decision.number).where(Decision.number.in_(numbers), Decision.id.in_(notified))
    return set(db.session.scalars(found))


def forward_plan(page: int) -> tuple[Sequence[DecisionNotice], int]:
    """The latest notices of decisions still to be taken, earliest first, and how many there are."""
    newest = (
        select(func.max(DecisionNotice.number))
        .where(DecisionNotice.decision_id == Decision.id)
        .correlate(Decision)
        .scalar_subquery()
    )
    found = (
        select(DecisionNotice)
        .join(DecisionNotice.decision)
        .where(Decision.status.in_(IN_FORWARD_PLAN), DecisionNotice.number == newest)
    )
    order = (Decision.earliest_on.asc().nulls_last(), Decision.number, Decision.id)
    total = _count(found, DecisionNotice)
    found = found.options(joinedload(DecisionNotice.decision))
    return _page(found, place_of(page, total, PAGE), *order), total


def taken(page: int) -> tuple[Sequence[RecordVersion], int]:
    """The latest records of decisions taken, latest first, and how many there are."""
    newest = (
        select(func.max(RecordVersion.id))
        .where(RecordVersion.decision_id == Decision.id, RecordVersion.kind == "final")
        .correlate(Decision)
        .scalar_subquery()
    )
    found = (
        select(RecordVersion)
        .join(RecordVersion.decision)
        .where(Decision.status.in_(RECORD_STANDS), RecordVersion.id == newest)
    )
    order = (Decision.taken_on.desc(), Decision.number.desc(), Decision.id.desc())
    total = _count(found, RecordVersion)
    found = found.options(joinedload(RecordVersion.decision))
    return _page(found, place_of(page, total, PAGE), *order), total


def to_take(portfolio_ids: Collection[int]) -> Sequence[Decision]:
    """Decisions that are ready and belong to these portfolios, soonest first."""
    found = select(Decision).where(
        Decision.status == DecisionStatus.READY, Decision.portfolio_id.in_(portfolio_ids)
    )
    return db.session.scalars(found.order_by(Decision.earliest_on, Decision.id)).all()


def record_versions(decision: Decision) -> Sequence[RecordVersion]:
    """Every record that was published of the decision, latest first."""
    found = select(RecordVersion).where(RecordVersion.decision_id == decision.id)
    return db.session.scalars(found.order_by(RecordVersion.id.desc())).all()


def lead_officers() -> Sequence[User]:
    """Everyone who may draft a decision and can sign in, by name."""
    roles = [role for role, held in ROLE_PERMISSIONS.items() if Permission.DECISION_EDIT in held]
    drafting = select(RoleGrant.user_id).where(
        RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None)
    )
    found = select(User).where(User.id.in_(drafting), User.active)
    return db.session.scalars(found.order_by(User.name, User.id)).all()


def _page(found: Any, page: int, *order: Any) -> Sequence[Any]:
    return db.session.scalars(found.order_by(*order).limit(PAGE).offset((page - 1) * PAGE)).all()


def _count(found: Select[Any], model: type[DecisionNotice | RecordVersion]) -> int:
    """How many rows are found, without those that are kept from this reader."""
    counted = found.with_only_columns(func.count(model.id), maintain_column_froms=True)
    return db.session.scalar(counted) or 0
