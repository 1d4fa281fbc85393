"""Tables of sign-in: what was tried, who is whom at a provider, and what people hold as a second
factor. Secrets are kept sealed or hashed, never as they are."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from committee.extensions import Model, instant, status_column
from committee.people.models import RoleGrant, User
from committee.people.sign_in_rules import TryKind


class SignInTry(Model):
    """Something was tried and not proved right. Account and network are hashes of what was sent:
    people type other things into the field of an address than addresses."""

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_account", "kind", "account_sha256", "at"),
        Index("ix_sign_in_try_network", "kind", "network_sha256", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[TryKind] = mapped_column(status_column(TryKind))
    account_sha256: Mapped[str]
    network_sha256: Mapped[str]
    # Of the secret of a browser that is known for the account, where it was tried at one.
    browser_sha256: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(instant(), index=True)


class SpentToken(Model):
    """The hash of something that can be used once, and has been."""

    __tablename__ = "spent_token"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    spent_at: Mapped[datetime] = mapped_column(instant(), index=True)


class PasswordRequest(Model):
    """Somebody asks for a link to a new password. Gone as soon as a worker has looked at it."""

    __tablename__ = "password_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]  # as it was typed, in small letters; there may be no such account
    asked_at: Mapped[datetime] = mapped_column(instant())


class ProviderIdentity(Model):
    """Who somebody is at a sign-in provider: after the first time, this alone finds the account."""

    __tablename__ = "provider_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("user_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    issuer: Mapped[str]
    subject: Mapped[str]
    linked_at: Mapped[datetime] = mapped_column(instant())
    last_used_at: Mapped[datetime] = mapped_column(instant())
    user: Mapped[User] = relationship()


class MappedGrant(Model):
    """A role that was given because of a group at the provider, and ends with it."""

    __tablename__ = "mapped_grant"

    role_grant_id: Mapped[int] = mapped_column(ForeignKey("role_grant.id"), primary_key=True)
    provider_identity_id: Mapped[int] = mapped_column(
        ForeignKey("provider_identity.id"), index=True
    )
    grant: Mapped[RoleGrant] = relationship()


class Authenticator(Model):
    """An app that shows six-digit codes. It counts once its first code was typed."""

    __tablename__ = "authenticator"
    __table_args__ = (
        Index(
            "uq_authenticator_in_use",
            "user_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NOT NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    sealed_secret: Mapped[str]
    begun_at: Mapped[datetime] = mapped_column(instant())
    confirmed_at: Mapped[datetime | None] = mapped_column(instant())
    # The half-minute of the last code that was taken, counted from 1970: a code is taken once.
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    user: Mapped[User] = relationship()


class Passkey(Model):
    """A key that a browser, a telephone or a stick holds; we keep its public half."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("name <> ''", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    user_handle: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    added_at: Mapped[datetime] = mapped_column(instant())
    last_used_at: Mapped[datetime | None] = mapped_column(instant())
    ended_at: Mapped[datetime | None] = mapped_column(instant())
    user: Mapped[User] = relationship()


class RecoveryCode(Model):
    """A code on paper, for whoever has lost telephone and passkey. Only its hash is kept."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    code_sha256: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(instant())
    used_at: Mapped[datetime | None] = mapped_column(instant())
