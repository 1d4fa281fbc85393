"""Tables of agendas: items, published versions, and each committee's work programme."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.agendas.rules import STUB_TITLE, ItemKind, Part, ProgrammeStatus
from committee.confidentiality.models import Classed, ground_stated
from committee.extensions import Model, instant, status_column
from committee.meetings.models import Meeting
from committee.people.models import Committee
from committee.reports.models import Paper


class AgendaItem(Classed, Model):
    """One item of business on a meeting's agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        ground_stated(),
        Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    own_number: Mapped[str | None]
    kind: Mapped[ItemKind] = mapped_column(status_column(ItemKind))
    title: Mapped[str]
    description: Mapped[str | None]
    decision_number: Mapped[str | None] = mapped_column(index=True)
    # What the public may read in place of a closed item's title; none means the general words.
    public_title: Mapped[str | None]
    # Why it could not wait, if added too late for five clear days (LGA 1972, section 100B(4)(b)).
    urgent_reason: Mapped[str | None]
    removed_at: Mapped[datetime | None] = mapped_column(instant())
    version: Mapped[int] = mapped_column(default=1)
    meeting: Mapped[Meeting] = relationship()
    papers: Mapped[list[Paper]] = relationship(
        order_by=Paper.position,
        primaryjoin="and_(Paper.agenda_item_id == AgendaItem.id, Paper.removed_at.is_(None))",
        viewonly=True,
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def part(self) -> Part:
        """The part of the agenda in which the item is taken."""
        return Part.EXEMPT if self.is_closed else Part.OPEN

    @property
    def open_papers(self) -> list[Paper]:
        """The papers that anyone may read: a paper may be stricter than its item, never opener."""
        return [paper for paper in self.papers if paper.is_open] if self.is_open else []

    @property
    def withheld_papers(self) -> list[Paper]:
        """The papers of an open item that are not open themselves."""
        return [paper for paper in self.papers if not paper.is_open] if self.is_open else []

    @property
    def unclassed_papers(self) -> list[Paper]:
        """The papers that nobody has classed, unless the item is closed and they are with it."""
        return [] if self.is_closed else [p for p in self.papers if p.is_unclassed]

    @property
    def title_for_public(self) -> str:
        """The title that anyone may read."""
        return self.title if self.is_open else (self.public_title or STUB_TITLE)


class AgendaVersion(Model):
    """An agenda as it was published. Never changed: a correction is the next version.

    What anyone may read and what only members may read are kept apart, so that a public page is
    made from the one and never by leaving things out of the other.
    """

    __tablename__ = "agenda_version"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(
            "number = 1 OR coalesce(change_reason, '') <> ''", name="change_has_reason"
        ),
        CheckConstraint(
            "number > 1 OR clear_days >= 5 OR coalesce(late_reason, '') <> ''",
            name="late_has_reason",
        ),
        Index(
            "ix_agenda_version_open_contents",
            "open_contents",
            postgresql_using="gin",
            postgresql_ops={"open_contents": "jsonb_path_ops"},
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(instant())
    published_on: Mapped[date]  # the civil date in London
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    deadline_on: Mapped[date]
    deadline_basis: Mapped[dict[str, Any]] = mapped_column(JSONB)  # how the law module reached it
    clear_days: Mapped[int]  # clear working days left before the meeting
    late_reason: Mapped[str | None]  # why it was convened at shorter notice
    change_reason: Mapped[str | None]
    # The packs that were published with it; members and the public read these and no others.
    # Their table belongs to a higher slice.
    public_pack_id: Mapped[int | None] = mapped_column(index=True)
    restricted_pack_id: Mapped[int | None] = mapped_column(index=True)
    open_contents: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # Read from the database only where it is asked for, which no public page does.
    restricted_contents: Mapped[dict[str, Any]] = mapped_column(JSONB, deferred=True)
    sha256: Mapped[str]  # of both contents
    meeting: Mapped[Meeting] = relationship()


class ProgrammeItem(Model):
    """An item of a committee's work programme: business planned for a meeting to come."""

    __tablename__ = "programme_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    decision_number: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    requested_by: Mapped[str | None]
    requested_on: Mapped[date | None]
    was_closed: Mapped[bool] = mapped_column(default=False)  # when it last had a class
    status: Mapped[ProgrammeStatus] = mapped_column(
        status_column(ProgrammeStatus), default=ProgrammeStatus.PLANNED
    )
    version: Mapped[int] = mapped_column(default=1)
    committee: Mapped[Committee] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    deferrals: Mapped[list["Deferral"]] = relationship(order_by="Deferral.id")

    __mapper_args__ = {"version_id_col": version}


class Deferral(Model):
    """That an item of the work programme was put off, from which meeting to which, and why."""

    __tablename__ = "deferral"

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_item_id: Mapped[int] = mapped_column(ForeignKey("programme_item.id"), index=True)
    from_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    to_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    deferred_on: Mapped[date]
    reason: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    from_meeting: Mapped[Meeting | None] = relationship(foreign_keys=[from_meeting_id])
    to_meeting: Mapped[Meeting | None] = relationship(foreign_keys=[to_meeting_id])
