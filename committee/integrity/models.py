"""The table of what the daily checks of the audit found."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant


class AuditCheck(Model):
    """One check of the whole log: when, how far it went, and what was wrong."""

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)  # the civil date in London
    at: Mapped[datetime] = mapped_column(instant())
    sound: Mapped[bool]
    seq: Mapped[int]  # the number of the newest entry; 0 where there was none
    hash: Mapped[str]
    findings: Mapped[str]  # what is wrong, one sentence a line; empty where all is sound
