"""Tables of papers. Each upload is a version; a version's file is never changed."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.reports.rules import PaperKind, VersionStatus


class Paper(Model):
    """A paper under an agenda item: its main paper or an appendix."""

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_agenda_item_id_position", "agenda_item_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
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

    id: Mapped[int] = mapped_column(primary_key=True)
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
