"""Tables of meetings: when and where, who came, and what they declared."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.meetings.rules import Capacity, InterestKind, MeetingStatus, Presence
from committee.people.models import Committee, Councillor


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
    moved_because: Mapped[str | None]  # why its date last changed after its agenda was published
    version: Mapped[int] = mapped_column(default=1)
    committee: Mapped[Committee] = relationship()

    __mapper_args__ = {"version_id_col": version}


class Attendance(Model):
    """How one member, or a substitute for one, attended a meeting."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("meeting_id", "councillor_id"),
        UniqueConstraint("meeting_id", "substitute_for_id"),
        CheckConstraint("substitute_for_id <> councillor_id", name="not_for_oneself"),
        CheckConstraint(
            "substitute_for_id IS NULL OR presence IN ('present', 'remote')",
            name="substitute_attends",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey("councillor.id"), index=True)
    presence: Mapped[Presence] = mapped_column(status_column(Presence))
    version: Mapped[int] = mapped_column(default=1)
    councillor: Mapped[Councillor] = relationship(foreign_keys=[councillor_id])
    substitute_for: Mapped[Councillor | None] = relationship(foreign_keys=[substitute_for_id])

    __mapper_args__ = {"version_id_col": version}


class Attendee(Model):
    """Someone at a meeting who is not on the committee: another member, an officer, a guest."""

    __tablename__ = "attendee"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    capacity: Mapped[Capacity] = mapped_column(status_column(Capacity))
    name: Mapped[str]
    job_title: Mapped[str | None]


class Declaration(Model):
    """An interest that a member declared in one item of the agenda."""

    __tablename__ = "declaration"
    __table_args__ = (CheckConstraint("nature <> ''", name="nature_stated"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    councillor_id: Mapped[int] = mapped_column(ForeignKey("councillor.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    kind: Mapped[InterestKind] = mapped_column(status_column(InterestKind))
    nature: Mapped[str]
    left_meeting: Mapped[bool] = mapped_column(default=False)
    councillor: Mapped[Councillor] = relationship()
