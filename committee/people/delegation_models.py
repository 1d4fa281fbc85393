"""The table of delegations: who acts for whom while they are away."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import Committee, User
from committee.people.roles import Role


class Delegation(Model):
    """One role, on one committee or council-wide, lent from a day to a day (both included, London).

    It counts once an administrator or the monitoring officer has allowed it, and only while the
    one who lent it holds the role. Rows are never edited, only allowed and ended.
    """

    __tablename__ = "delegation"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        CheckConstraint("giver_id <> receiver_id", name="to_somebody_else"),
        CheckConstraint(
            "(allowed_at IS NULL) = (allowed_by_id IS NULL)", name="allowed_by_someone"
        ),
        CheckConstraint(
            "allowed_by_id NOT IN (giver_id, receiver_id)", name="allowed_by_somebody_else"
        ),
        Index("ix_delegation_receiver_id_last_day", "receiver_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    giver_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[Role] = mapped_column(status_column(Role))
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    allowed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    allowed_at: Mapped[datetime | None] = mapped_column(instant())
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    giver: Mapped[User] = relationship(foreign_keys=[giver_id])
    receiver: Mapped[User] = relationship(
        back_populates="delegations_received", foreign_keys=[receiver_id]
    )
    committee: Mapped[Committee | None] = relationship()
    allowed_by: Mapped[User | None] = relationship(foreign_keys=[allowed_by_id])

    def counts_on(self, day: date) -> bool:
        """Whether it was allowed, has not been ended, and `day` is among its days."""
        within = self.first_day <= day <= self.last_day
        return within and self.allowed_at is not None and self.ended_at is None
