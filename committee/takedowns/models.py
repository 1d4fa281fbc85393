"""The table of takedowns. What was taken down is kept; only the public is kept from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import User
from committee.takedowns.rules import PublishedKind, TakedownStatus

_OPEN = text("status IN ('asked_for', 'in_force')")


class Takedown(Model):
    """That a published thing is, was or is asked to be kept from the public, and why."""

    __tablename__ = "takedown"
    __table_args__ = (
        CheckConstraint("btrim(reason) <> ''", name="has_reason"),
        CheckConstraint(
            "(status IN ('in_force', 'lifted')) = (began_at IS NOT NULL)", name="began_when"
        ),
        CheckConstraint(
            "(status IN ('refused', 'lifted')) = (ended_at IS NOT NULL)", name="ended_when"
        ),
        CheckConstraint(
            "ended_at IS NULL OR coalesce(end_reason, '') <> ''", name="end_has_reason"
        ),
        Index("uq_takedown_open", "kind", "subject_id", unique=True, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PublishedKind] = mapped_column(status_column(PublishedKind))
    subject_id: Mapped[int]
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    title: Mapped[str]  # what it is called, for officers; the public is not told
    status: Mapped[TakedownStatus] = mapped_column(status_column(TakedownStatus))
    reason: Mapped[str]  # the public reads this on the tombstone
    # Where the tombstone stands, and what the thing belongs to, whose pages name it too.
    addresses: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    meeting_id: Mapped[int | None] = mapped_column(Integer, index=True)
    decision_id: Mapped[int | None] = mapped_column(Integer, index=True)
    consultation_id: Mapped[int | None] = mapped_column(Integer, index=True)
    asked_at: Mapped[datetime] = mapped_column(instant())
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    began_at: Mapped[datetime | None] = mapped_column(instant())
    # The monitoring officer who allowed it, or confirmed what was stopped at once.
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    allowed_by: Mapped[User | None] = relationship(foreign_keys=[allowed_by_id])
    ended_by: Mapped[User | None] = relationship(foreign_keys=[ended_by_id])

    __mapper_args__ = {"version_id_col": version}
