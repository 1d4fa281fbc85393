"""Tables of reports and papers. Each upload is a version; a version's file is never changed."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.confidentiality.models import Classed, ground_stated
from committee.extensions import Model, instant, status_column
from committee.meetings.models import Meeting
from committee.people.models import User
from committee.reports.rules import PaperKind, ReportStatus, Verb, VersionStatus

FIRST_DRAWN, LARGEST_ID = 1_000_000, 2**31 - 1
_VERBS = ", ".join(f"'{verb.value}'" for verb in Verb)


class Report(Classed, Model):
    """A report to one meeting: who owes it, its header block, and where it stands.

    Its papers are its own until it is accepted; from then on they belong to its agenda item too.
    """

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("(status = 'accepted') <= (accepted_at IS NOT NULL)", name="accepted_when"),
        ground_stated(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    decision_number: Mapped[str | None] = mapped_column(index=True)
    subject: Mapped[str]
    due_on: Mapped[date] = mapped_column(index=True)
    # How the date that the rules propose was reached; none beyond the known bank holidays.
    due_basis: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    status: Mapped[ReportStatus] = mapped_column(
        status_column(ReportStatus), default=ReportStatus.ASKED_FOR
    )
    from_whom: Mapped[str | None]  # the member and the director in whose names it is submitted
    past_pathway: Mapped[str | None]
    future_pathway: Mapped[str | None]
    divisions: Mapped[str | None]
    summary: Mapped[str | None]
    # Each with "title" and "location"; an empty list is stated as "None" only if someone said so.
    background_documents: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    no_background_documents: Mapped[bool] = mapped_column(default=False)
    # Each with "role", "name", "job_title", "telephone" and "email".
    contacts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    submitted_at: Mapped[datetime | None] = mapped_column(instant())
    accepted_at: Mapped[datetime | None] = mapped_column(instant())
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    recommendations: Mapped[list["Recommendation"]] = relationship(
        order_by="Recommendation.position", cascade="all, delete-orphan"
    )
    steps: Mapped[list["ReportStep"]] = relationship(order_by="ReportStep.id.desc()")
    papers: Mapped[list["Paper"]] = relationship(
        order_by="Paper.position",
        primaryjoin="and_(Paper.report_id == Report.id, Paper.removed_at.is_(None))",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version}


class Recommendation(Model):
    """One thing that a report asks the committee to do. Written here once and quoted elsewhere."""

    __tablename__ = "recommendation"
    __table_args__ = (
        CheckConstraint(
            f"cardinality(verbs) > 0 AND verbs <@ ARRAY[{_VERBS}]::varchar[]", name="verbs_known"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    position: Mapped[int]
    verbs: Mapped[list[str]] = mapped_column(ARRAY(String))
    text: Mapped[str]


class ReportStep(Model):
    """One step of a report on its way, with what was said at it."""

    __tablename__ = "report_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    became: Mapped[ReportStatus] = mapped_column(status_column(ReportStatus))
    comment: Mapped[str | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime] = mapped_column(instant())
    by: Mapped[User | None] = relationship()


class Paper(Classed, Model):
    """A paper under an agenda item or of a report: the main paper or an appendix."""

    __tablename__ = "paper"
    __table_args__ = (
        ground_stated(),
        Index("ix_paper_agenda_item_id_position", "agenda_item_id", "position"),
        CheckConstraint(
            "agenda_item_id IS NOT NULL OR report_id IS NOT NULL", name="belongs_somewhere"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)
    position: Mapped[int]
    kind: Mapped[PaperKind] = mapped_column(status_column(PaperKind))
    title: Mapped[str]
    removed_at: Mapped[datetime | None] = mapped_column(instant())
    version: Mapped[int] = mapped_column(default=1)
    versions: Mapped[list["PaperVersion"]] = relationship(
        back_populates="paper", order_by="PaperVersion.number.desc()"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def newest(self) -> "PaperVersion":
        """The version uploaded last, whatever became of it."""
        return self.versions[0]

    @property
    def in_use(self) -> "PaperVersion | None":
        """The version that goes into the pack: the newest that was accepted."""
        accepted = (v for v in self.versions if v.status is VersionStatus.ACCEPTED)
        return next(accepted, None)


def _drawn() -> int:
    """A number for a row that public addresses name. One that ran on over drafts and exempt papers
    would tell anyone how many there are between two that are open."""
    return FIRST_DRAWN + secrets.randbelow(LARGEST_ID - FIRST_DRAWN)


class PaperVersion(Model):
    """One upload: the file as it came, and what the checks made of it."""

    __tablename__ = "paper_version"
    __table_args__ = (
        CheckConstraint(
            "(status = 'accepted') = (prepared_sha256 IS NOT NULL AND pages > 0)",
            name="accepted_has_pages",
        ),
        CheckConstraint("(status = 'refused') <= (reason IS NOT NULL)", name="refused_has_reason"),
        Index("uq_paper_version_number", "paper_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=_drawn)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    number: Mapped[int]
    original_name: Mapped[str]
    original_sha256: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    status: Mapped[VersionStatus] = mapped_column(
        status_column(VersionStatus), default=VersionStatus.RECEIVED
    )
    code: Mapped[str | None]  # the stable word for why it was refused
    reason: Mapped[str | None]  # what is wrong, in plain English
    remedy: Mapped[str | None]  # what to do about it
    notices: Mapped[list[str]] = mapped_column(JSONB, default=list)  # what was taken out
    prepared_sha256: Mapped[str | None]
    pages: Mapped[int | None]
    tagged: Mapped[bool | None]
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    uploaded_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    checked_at: Mapped[datetime | None] = mapped_column(instant())
    paper: Mapped[Paper] = relationship(back_populates="versions")
