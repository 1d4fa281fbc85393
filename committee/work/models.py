"""The table of background work, and the signs of life of what does it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant, status_column
from committee.work.rules import WorkKind, WorkStatus


class Work(Model):
    """One piece of work on one row of another table."""

    __tablename__ = "work"
    __table_args__ = (
        CheckConstraint("(status = 'leased') = (lease_token IS NOT NULL)", name="leased_has_token"),
        Index("ix_work_due", "due_at", postgresql_where=text("status IN ('due', 'leased')")),
        Index(
            "uq_work_owed",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("status IN ('due', 'leased')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[WorkKind] = mapped_column(status_column(WorkKind))
    subject_id: Mapped[int]
    status: Mapped[WorkStatus] = mapped_column(status_column(WorkStatus), default=WorkStatus.DUE)
    due_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    # Counted before the work begins, so that a file which kills its worker is counted too.
    attempts: Mapped[int] = mapped_column(default=0)
    # How often it raised an error, which says more than a worker that died.
    errors: Mapped[int] = mapped_column(default=0, server_default="0")
    lease_until: Mapped[datetime | None] = mapped_column(instant())
    lease_token: Mapped[uuid.UUID | None]
    # When a message was last sent to hurry a worker.
    hinted_at: Mapped[datetime | None] = mapped_column(instant())
    done_at: Mapped[datetime | None] = mapped_column(instant())
    last_error: Mapped[str | None]
    request_id: Mapped[str | None]


class SignOfLife(Model):
    """When a part of the system was last seen at work."""

    __tablename__ = "sign_of_life"

    name: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(instant())
