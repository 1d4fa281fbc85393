"""The table of what was done."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant


class AuditEntry(Model):
    """One act: who did what to which thing, and when."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    request_id: Mapped[str | None]
