"""The table of agenda items."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import Integer

from committee.agendas.rules import STUB_TITLE, ItemKind, Part
from committee.extensions import Model, instant, status_column
from committee.meetings.models import Meeting
from committee.reports.models import Paper


class AgendaItem(Model):
    """One item of business on a meeting's agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_meeting_id_position", "meeting_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    position: Mapped[int]
    own_number: Mapped[str | None]
    kind: Mapped[ItemKind] = mapped_column(status_column(ItemKind))
    title: Mapped[str]
    description: Mapped[str | None]
    decision_number: Mapped[str | None] = mapped_column(index=True)
    part: Mapped[Part] = mapped_column(status_column(Part), default=Part.OPEN)
    # What the public may read in place of an exempt item's title; none means the general words.
    public_title: Mapped[str | None]
    exempt_paragraphs: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list)
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
    def is_exempt(self) -> bool:
        """Whether the public is excluded while the item is taken."""
        return self.part is Part.EXEMPT

    @property
    def title_for_public(self) -> str:
        """The title that anyone may read."""
        return (self.public_title or STUB_TITLE) if self.is_exempt else self.title
