"""The table of who has opened which response."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant


class Reading(Model):
    """That a member or decision maker opened a response. Opening is not proof of reading."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("response_id", "reader_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(instant())
