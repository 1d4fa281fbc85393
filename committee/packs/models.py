"""The table of packs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.meetings.models import Meeting
from committee.packs.rules import Audience, PackStatus


class Pack(Model):
    """One building of a meeting's pack for one audience. A built pack is never changed."""

    __tablename__ = "pack"
    __table_args__ = (
        CheckConstraint(
            "(status = 'built') = (file_sha256 IS NOT NULL AND pages > 0)", name="built_has_file"
        ),
        Index("ix_pack_meeting_id_audience_id", "meeting_id", "audience", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    audience: Mapped[Audience] = mapped_column(status_column(Audience))
    status: Mapped[PackStatus] = mapped_column(status_column(PackStatus), default=PackStatus.QUEUED)
    # What the pack was made from; another key now means that the pack is out of date.
    key: Mapped[str | None]
    done: Mapped[int] = mapped_column(default=0)  # agenda items finished
    total: Mapped[int] = mapped_column(default=0)  # agenda items in all
    label: Mapped[str | None]  # what is being worked on, for people
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    failure: Mapped[str | None]
    pages: Mapped[int | None]
    file_sha256: Mapped[str | None]
    # The same pack arranged for fast web view, made after the pack itself is ready.
    fast_file_sha256: Mapped[str | None]
    contents: Mapped[list[dict[str, object]]] = mapped_column(JSONB, default=list)
    warnings: Mapped[list[str]] = mapped_column(JSONB, default=list)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    started_at: Mapped[datetime | None] = mapped_column(instant())
    finished_at: Mapped[datetime | None] = mapped_column(instant())
    meeting: Mapped[Meeting] = relationship()
