"""The table of obligations: one row for each thing, person and day."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import Committee, User
from committee.reminders.rules import ObligationKind, ObligationStatus


class Obligation(Model):
    """Someone is to be told, on a day, of something that falls due. Derived, never remembered:
    the rows are worked out again and again from what they concern, so that a lost one returns."""

    __tablename__ = "obligation"
    __table_args__ = (
        CheckConstraint("(status = 'leased') = (lease_token IS NOT NULL)", name="leased_has_token"),
        CheckConstraint("(status = 'done') = (done_at IS NOT NULL)", name="done_when"),
        Index(
            "ix_obligation_remind_on",
            "remind_on",
            postgresql_where=text("status IN ('due', 'leased')"),
        ),
        Index("ix_obligation_status_remind_on", "status", "remind_on"),
        Index("ix_obligation_subject", "subject_kind", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ObligationKind] = mapped_column(status_column(ObligationKind))
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    # To whose business it belongs, so that each officer sees that of their own committees.
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    # What it is called in the list and in the letter. Never the title of anything exempt.
    words: Mapped[str]
    address: Mapped[str]  # the path of the page where it is done
    remind_on: Mapped[date]  # the civil date in London from which the letter may go
    deadline_on: Mapped[date | None]
    status: Mapped[ObligationStatus] = mapped_column(
        status_column(ObligationStatus), default=ObligationStatus.DUE
    )
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(instant())
    lease_token: Mapped[uuid.UUID | None]
    mail_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    done_at: Mapped[datetime | None] = mapped_column(instant())
    last_error: Mapped[str | None]
    user: Mapped[User] = relationship()
    committee: Mapped[Committee] = relationship()
