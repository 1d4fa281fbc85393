"""The table of what was done, and the chain that lets nobody change it unseen."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant


class AuditEntry(Model):
    """One act: who did what to which thing, and when. Once written it is never changed."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(instant(), server_default=func.now(), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    # For whom the actor did it, where they stood in for somebody who was away.
    for_whom_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[int]
    # SHA-256 of what the thing was before and after; never the words themselves.
    before_sha256: Mapped[str | None]
    after_sha256: Mapped[str | None]
    request_id: Mapped[str | None] = mapped_column(index=True)


class AuditLink(Model):
    """An entry's place in the chain: its number, and a hash over it and all before it."""

    __tablename__ = "audit_link"

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entry.id"), unique=True)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
