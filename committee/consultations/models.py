"""Tables of consultations. Equality answers are apart from them, in monitoring_models."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Computed,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.confidentiality.models import Classed, ground_stated
from committee.consultations.rules import (
    Channel,
    Consent,
    ConsultationStatus,
    Position,
    QuestionKind,
)
from committee.decisions.models import Decision
from committee.extensions import Base, Model, instant, status_column
from committee.people.models import Committee, User


class Consultation(Model):
    """One consultation: what is proposed, whom it asks, and from which day to which.

    It opens at the start of its first day and closes at 23:59 on its last, in London.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("copies_sent IS NULL OR copies_sent >= 0", name="copies_not_negative"),
        CheckConstraint(
            "status IN ('draft', 'withdrawn') OR published_at IS NOT NULL", name="published_when"
        ),
        CheckConstraint("status <> 'draft' OR published_at IS NULL", name="draft_not_published"),
        CheckConstraint(
            "status NOT IN ('closed', 'reported') OR coalesce(closed_on > closes_on, false)",
            name="closed_after_its_last_day",
        ),
        CheckConstraint("status <> 'published' OR closed_on IS NULL", name="published_not_closed"),
        CheckConstraint("(status = 'reported') = (reported_on IS NOT NULL)", name="reported_when"),
        CheckConstraint("reported_on >= closed_on", name="reported_after_closing"),
        CheckConstraint(
            "status <> 'withdrawn' OR coalesce(withdrawal_reason, '') <> ''",
            name="withdrawal_has_reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    proposal: Mapped[str]  # what is proposed and why, enough to answer intelligently (CON-02)
    opens_on: Mapped[date]
    closes_on: Mapped[date] = mapped_column(index=True)
    status: Mapped[ConsultationStatus] = mapped_column(
        status_column(ConsultationStatus), default=ConsultationStatus.DRAFT
    )
    # The one question about the proposal as a whole; none where only other questions are asked.
    position_question: Mapped[str | None]
    promotion: Mapped[str | None]  # how people were told of it
    copies_sent: Mapped[int | None]
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    published_at: Mapped[datetime | None] = mapped_column(instant())
    closed_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    withdrawal_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    committee: Mapped[Committee] = relationship()
    decision: Mapped[Decision | None] = relationship()
    officer: Mapped[User | None] = relationship()
    extensions: Mapped[list["Extension"]] = relationship(order_by="Extension.id")
    respondent_types: Mapped[list["RespondentType"]] = relationship(
        order_by="RespondentType.position", back_populates="consultation"
    )
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", back_populates="consultation"
    )
    themes: Mapped[list["Theme"]] = relationship(order_by="Theme.position")

    __mapper_args__ = {"version_id_col": version}


class Extension(Model):
    """That the closing date was put off, why and by whom. Everyone can read it."""

    __tablename__ = "consultation_extension"
    __table_args__ = (
        CheckConstraint("closes_on > closed_before", name="later_than_before"),
        CheckConstraint("reason <> ''", name="has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"), index=True)
    closed_before: Mapped[date]  # the closing date until then
    closes_on: Mapped[date]  # the closing date from then on
    reason: Mapped[str]
    extended_at: Mapped[datetime] = mapped_column(instant())
    extended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)


class RespondentType(Model):
    """A kind of respondent. One person may be of several, and is counted once under them all."""

    __tablename__ = "respondent_type"
    __table_args__ = (UniqueConstraint("consultation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    position: Mapped[int]
    name: Mapped[str]  # as a row of the table is called: "Parents or carers"
    singular: Mapped[str]  # as one person is, and as combinations are: "Parent"
    version: Mapped[int] = mapped_column(default=1)
    consultation: Mapped[Consultation] = relationship(back_populates="respondent_types")

    __mapper_args__ = {"version_id_col": version}


class Question(Model):
    """A question beside the one about the proposal as a whole."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("consultation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(status_column(QuestionKind))
    text: Mapped[str]
    hint: Mapped[str | None]
    # Asked for equality monitoring: its answers are never joined to the rest of a response.
    is_monitoring: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    consultation: Mapped[Consultation] = relationship(back_populates="questions")
    options: Mapped[list["QuestionOption"]] = relationship(
        order_by="QuestionOption.position", lazy="selectin"
    )

    __mapper_args__ = {"version_id_col": version}


class QuestionOption(Model):
    """One of the choices that a question offers."""

    __tablename__ = "question_option"
    __table_args__ = (UniqueConstraint("question_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    position: Mapped[int]
    label: Mapped[str]


response_type = Table(
    "response_type",
    Base.metadata,
    Column("response_id", ForeignKey("response.id"), primary_key=True),
    Column("respondent_type_id", ForeignKey("respondent_type.id"), primary_key=True, index=True),
)

answer_option = Table(
    "answer_option",
    Base.metadata,
    Column("answer_id", ForeignKey("answer.id"), primary_key=True),
    Column("option_id", ForeignKey("question_option.id"), primary_key=True, index=True),
)


# The name, where the respondent wished to be published by it; as PostgreSQL writes the condition.
_NAME_BY_CONSENT = (
    "CASE WHEN ((consent)::text = 'in_full'::text) THEN name ELSE NULL::character varying END"
)


class Response(Classed, Model):
    """What one respondent sent in, by whatever way. Every one of them counts, late ones apart,
    and whatever its class, which says whether anyone may read it."""

    __tablename__ = "response"
    __table_args__ = (
        ground_stated(),
        CheckConstraint(
            "classification <> 'open' OR consent <> 'not_published'", name="opened_by_consent"
        ),
        CheckConstraint("(channel = 'online') = (keyed_in_by_id IS NULL)", name="paper_is_keyed"),
        CheckConstraint("same_person_as_id <> id", name="not_same_as_itself"),
        CheckConstraint("signatures >= 1", name="signed_by_one_at_least"),
        CheckConstraint("on_time OR accepted_by_id IS NOT NULL", name="late_is_accepted"),
        Index("ix_response_consultation_id_id", "consultation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    receipt: Mapped[str] = mapped_column(unique=True)  # random; proves that it was received
    # Of the form that it came on with what it said: the same form sent twice is one response.
    sending: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[Channel] = mapped_column(status_column(Channel))
    received_on: Mapped[date]  # to the day alone, so that it cannot be matched with other logs
    on_time: Mapped[bool]
    position: Mapped[Position | None] = mapped_column(status_column(Position))
    name: Mapped[str | None]
    # What the public may know of the name once the response is open.
    published_name: Mapped[str | None] = mapped_column(Computed(_NAME_BY_CONSENT, persisted=True))
    organisation: Mapped[str | None]
    other_type: Mapped[str | None]  # in the respondent's own words
    signatures: Mapped[int] = mapped_column(default=1)  # a petition is one response
    consent: Mapped[Consent] = mapped_column(status_column(Consent), default=Consent.WITHOUT_NAME)
    keyed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    # Who decided that a response that came too late be read all the same.
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    same_person_as_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"), index=True)
    considered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    consultation: Mapped[Consultation] = relationship()
    types: Mapped[list[RespondentType]] = relationship(
        secondary=response_type, order_by=RespondentType.position
    )
    answers: Mapped[list["Answer"]] = relationship(order_by="Answer.question_id")
    same_person_as: Mapped["Response | None"] = relationship(remote_side="Response.id")


class Answer(Model):
    """The answer to one question of one response."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    text: Mapped[str | None]
    question: Mapped[Question] = relationship()
    options: Mapped[list[QuestionOption]] = relationship(
        secondary=answer_option, order_by=QuestionOption.position
    )


class Theme(Model):
    """Something that several responses say, with the officers' answer to it."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("consultation_id", "stance", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    position: Mapped[int]
    stance: Mapped[Position | None] = mapped_column(status_column(Position))
    name: Mapped[str]
    definition: Mapped[str | None]
    officers_answer: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ThemeOccurrence(Model):
    """That a response says what a theme is about. Occurrences are counted, not respondents."""

    __tablename__ = "theme_occurrence"
    __table_args__ = (UniqueConstraint("theme_id", "response_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"))
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
    coded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    coded_at: Mapped[datetime] = mapped_column(instant())


class SummaryVersion(Model):
    """The results as they were published, from which every other document quotes."""

    __tablename__ = "summary_version"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint(
            "number = 1 OR coalesce(change_reason, '') <> ''", name="change_has_reason"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(instant())
    published_on: Mapped[date]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    contents: Mapped[dict[str, Any]] = mapped_column(JSONB)
    sha256: Mapped[str]
    pdf_sha256: Mapped[str | None]
    change_reason: Mapped[str | None]
    consultation: Mapped[Consultation] = relationship()
