"""Tables of sign-in: sessions that are open, and links by which a password can be chosen."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import User
from committee.people.sign_in_rules import SignInKind


class UserSession(Model):
    """Someone is signed in at one browser. Only the hash of what that browser holds is kept."""

    __tablename__ = "user_session"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SignInKind] = mapped_column(status_column(SignInKind))
    browser: Mapped[str | None]  # what the browser called itself, to tell one's sessions apart
    created_at: Mapped[datetime] = mapped_column(instant())
    # When this person last proved here who they are, by the best means that they have set up.
    proved_at: Mapped[datetime] = mapped_column(instant())
    last_seen_at: Mapped[datetime] = mapped_column(instant())
    expires_at: Mapped[datetime] = mapped_column(instant())
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    user: Mapped[User] = relationship()


class PasswordLink(Model):
    """A link by which someone may choose a password, once and for a short time."""

    __tablename__ = "password_link"
    __table_args__ = (CheckConstraint("expires_at > created_at", name="expires_later"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(instant())
    expires_at: Mapped[datetime] = mapped_column(instant())
    used_at: Mapped[datetime | None] = mapped_column(instant())
    user: Mapped[User] = relationship()
