"""The table of mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from committee.extensions import Model, instant, status_column
from committee.mail.rules import MailStatus


class Mail(Model):
    """One mail to one person. What it says is never changed once it is owed."""

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("(status = 'sent') = (sent_at IS NOT NULL)", name="sent_has_instant"),
        CheckConstraint(
            "(concerns_kind IS NULL) = (concerns_id IS NULL)", name="concerns_kind_and_id"
        ),
        # A line break in a header would begin another header.
        CheckConstraint(
            "subject !~ '[[:cntrl:]]' AND to_address !~ '[[:cntrl:]]'", name="headers_on_one_line"
        ),
        CheckConstraint("message_id ~ '^[a-z0-9.-]+$'", name="message_id_plain"),
        Index("ix_mail_concerns_kind_concerns_id", "concerns_kind", "concerns_id"),
        Index("ix_mail_status_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # What this mail is for, in words of the caller: one key, one mail, however often it is owed.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    to_address: Mapped[str]
    to_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str | None]
    status: Mapped[MailStatus] = mapped_column(status_column(MailStatus), default=MailStatus.DUE)
    # The part before the @; the sender's domain follows it.
    message_id: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(instant(), server_default=func.now())
    sent_at: Mapped[datetime | None] = mapped_column(instant())
    last_error: Mapped[str | None]
    # The row of any table that the mail is about, so that its page can show what was sent.
    concerns_kind: Mapped[str | None]
    concerns_id: Mapped[int | None]
