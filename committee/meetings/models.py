"""The table of meetings."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.meetings.rules import MeetingStatus
from committee.people.models import Committee


class Meeting(Model):
    """One meeting of a committee: a civil date and time in London, and a place."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_committee_id_held_on", "committee_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    held_on: Mapped[date] = mapped_column(index=True)
    starts_at: Mapped[time]
    place: Mapped[str]
    status: Mapped[MeetingStatus] = mapped_column(
        status_column(MeetingStatus), default=MeetingStatus.SCHEDULED
    )
    # Notices printed on the agenda, each with "heading" and "text"; none means the council's own.
    notices: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    created_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    version: Mapped[int] = mapped_column(default=1)
    committee: Mapped[Committee] = relationship()

    __mapper_args__ = {"version_id_col": version}
