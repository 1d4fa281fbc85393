"""Tables of decisions: their numbers, notices, records and call-ins."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.confidentiality.models import Classed, ground_stated
from committee.decisions.rules import (
    CallInStatus,
    DecisionStatus,
    EqualityState,
    KeyCriterion,
    RecordKind,
    Restriction,
    Urgency,
)
from committee.extensions import Model, instant, status_column
from committee.people.models import Committee, Portfolio, User


class DecisionNumbers(Model):
    """The last decision number given in a year. Its row is locked while the next one is given."""

    __tablename__ = "decision_numbers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Decision(Model):
    """One executive decision, from the day its number is given until it is carried out."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint("number ~ '^[0-9]{2}/[0-9]{5}$'", name="number_form"),
        CheckConstraint("is_key = (key_criterion IS NOT NULL)", name="key_has_criterion"),
        CheckConstraint(
            "status = 'draft' OR notified_on IS NOT NULL OR status IN ('withdrawn', 'abandoned')",
            name="notified_when",
        ),
        CheckConstraint(
            "status NOT IN ('taken', 'published', 'called_in', 'effective', 'implemented') "
            "OR taken_on IS NOT NULL",
            name="taken_when",
        ),
        CheckConstraint(
            "status NOT IN ('published', 'called_in', 'effective', 'implemented') OR "
            "(published_on IS NOT NULL AND call_in_ends_on IS NOT NULL "
            "AND effective_on IS NOT NULL)",
            name="published_when",
        ),
        CheckConstraint(
            "taken_on IS NULL OR earliest_on IS NULL OR taken_on >= earliest_on "
            "OR urgency IS NOT NULL",
            name="not_before_earliest",
        ),
        CheckConstraint(
            "status NOT IN ('withdrawn', 'abandoned') OR coalesce(end_reason, '') <> ''",
            name="end_has_reason",
        ),
        CheckConstraint(
            "restriction = 'open' OR coalesce(restriction_reason, '') <> ''",
            name="restriction_has_reason",
        ),
        CheckConstraint(
            "urgency IS NULL OR "
            "(coalesce(urgency_reason, '') <> '' AND coalesce(urgency_agreed_by, '') <> '')",
            name="urgency_agreed",
        ),
        CheckConstraint(
            "(urgency = 'general_exception') <= (exception_published_on IS NOT NULL)",
            name="exception_published",
        ),
        CheckConstraint(
            "call_in_waiver_reason IS NULL OR "
            "(call_in_waiver_reason <> '' AND coalesce(call_in_waiver_agreed_by, '') <> '')",
            name="waiver_agreed",
        ),
        Index("ix_decision_status_earliest_on", "status", "earliest_on"),
        Index("ix_decision_taken_on", "taken_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    matter: Mapped[str]  # what is to be decided, in words for anyone
    portfolio_id: Mapped[int] = mapped_column(ForeignKey("portfolio.id"), index=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    lead_officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    is_key: Mapped[bool]
    key_criterion: Mapped[KeyCriterion | None] = mapped_column(status_column(KeyCriterion))
    # What the notice says the public will be able to read. Nothing is taken for granted (KEY-03a).
    restriction: Mapped[Restriction] = mapped_column(status_column(Restriction))
    restriction_reason: Mapped[str | None]
    documents: Mapped[str | None]  # documents to be considered, as the notice lists them
    status: Mapped[DecisionStatus] = mapped_column(
        status_column(DecisionStatus), default=DecisionStatus.DRAFT
    )
    notified_on: Mapped[date | None]
    earliest_on: Mapped[date | None]
    earliest_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    external_deadline_on: Mapped[date | None]  # when it must be in force, if something says so
    # Which urgency procedure is used, why, and who agreed to it or was informed, in what capacity.
    urgency: Mapped[Urgency | None] = mapped_column(status_column(Urgency))
    urgency_reason: Mapped[str | None]
    urgency_agreed_by: Mapped[str | None]
    exception_published_on: Mapped[date | None]  # when a regulation 10 notice was made available
    # What consultations published about this matter, as it stood when a draft last took it over:
    # each with "consultation_id", "title", "summary_version_id", "number", "sha256", "contents".
    consultation_quotes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    taken_on: Mapped[date | None]
    published_on: Mapped[date | None] = mapped_column(index=True)
    call_in_ends_on: Mapped[date | None]
    effective_on: Mapped[date | None] = mapped_column(index=True)
    call_in_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    call_in_waiver_reason: Mapped[str | None]  # why it cannot wait for the call-in period
    call_in_waiver_agreed_by: Mapped[str | None]
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    portfolio: Mapped[Portfolio] = relationship()
    committee: Mapped[Committee] = relationship()
    lead_officer: Mapped[User | None] = relationship()
    record: Mapped["DecisionRecord | None"] = relationship(back_populates="decision")
    notices: Mapped[list["DecisionNotice"]] = relationship(
        back_populates="decision", order_by="DecisionNotice.number"
    )
    call_ins: Mapped[list["CallIn"]] = relationship(back_populates="decision", order_by="CallIn.id")

    __mapper_args__ = {"version_id_col": version}


class DecisionNotice(Model):
    """An entry of the forward plan as it was published. A change is the next version."""

    __tablename__ = "decision_notice"
    __table_args__ = (
        UniqueConstraint("decision_id", "number"),
        CheckConstraint(
            "number = 1 OR coalesce(change_reason, '') <> ''", name="change_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(instant())
    published_on: Mapped[date]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    contents: Mapped[dict[str, Any]] = mapped_column(JSONB)
    change_reason: Mapped[str | None]
    decision: Mapped[Decision] = relationship(back_populates="notices")


class DecisionRecord(Classed, Model):
    """The record as it is being written: proposed until the decision maker has signed it.

    It has no class, and is closed, until an officer gives it one.
    """

    __tablename__ = "decision_record"
    __table_args__ = (
        ground_stated(),
        CheckConstraint(
            "signed_at IS NULL OR (equality_confirmed AND responses_confirmed)",
            name="signed_after_confirming",
        ),
        CheckConstraint("(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"),
        CheckConstraint(
            "signed_at IS NULL OR (signed_sha256 IS NOT NULL AND signed_words IS NOT NULL)",
            name="signed_words_kept",
        ),
        CheckConstraint(
            "equality_state <> 'assessed' OR equality_assessed_on IS NOT NULL",
            name="assessed_when",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    decision_text: Mapped[str | None]
    reasons: Mapped[str | None]
    financial: Mapped[str | None]
    consultation_words: Mapped[str | None]  # besides the figures, which come from their home
    committee_view: Mapped[str | None]  # taken from the resolution once the committee has met
    committee_view_minute_id: Mapped[int | None]
    alternatives: Mapped[str | None]
    interests: Mapped[str | None]
    reassignment: Mapped[str | None]  # why another than the first decision maker decides (W-12)
    equality_state: Mapped[EqualityState | None] = mapped_column(status_column(EqualityState))
    equality_assessed_on: Mapped[date | None]
    equality_words: Mapped[str | None]
    equality_confirmed: Mapped[bool] = mapped_column(default=False)
    responses_confirmed: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None] = mapped_column(instant())
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    signed_sha256: Mapped[str | None]  # of exactly the words that were shown and signed
    # Those words under "words", beside what was confirmed and declared in signing them.
    signed_words: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    version: Mapped[int] = mapped_column(default=1)
    decision: Mapped[Decision] = relationship(back_populates="record")
    signed_by: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class RecordVersion(Model):
    """A record as it was published, with the files made from it. Never changed."""

    __tablename__ = "record_version"
    __table_args__ = (
        UniqueConstraint("decision_id", "kind", "number"),
        CheckConstraint(
            "number = 1 OR coalesce(change_reason, '') <> ''", name="change_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    kind: Mapped[RecordKind] = mapped_column(status_column(RecordKind))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(instant())
    published_on: Mapped[date]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    contents: Mapped[dict[str, Any]] = mapped_column(JSONB)  # what anyone may read
    sha256: Mapped[str]  # of the contents
    # All the words of a record that is not for publication, for those who may read them.
    restricted_contents: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    pdf_sha256: Mapped[str | None]
    change_reason: Mapped[str | None]
    decision: Mapped[Decision] = relationship()


class CallIn(Model):
    """A request that a published decision be looked at again before it takes effect."""

    __tablename__ = "call_in"
    __table_args__ = (
        CheckConstraint("reasons <> '' AND requested_by <> ''", name="reasons_stated"),
        CheckConstraint(
            "status IN ('requested', 'valid') OR outcome_on IS NOT NULL", name="outcome_when"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    requested_on: Mapped[date]
    requested_by: Mapped[str]  # the members who asked
    reasons: Mapped[str]
    status: Mapped[CallInStatus] = mapped_column(
        status_column(CallInStatus), default=CallInStatus.REQUESTED
    )
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    decision: Mapped[Decision] = relationship(back_populates="call_ins")
