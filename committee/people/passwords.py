"""Choosing a password: the links that are mailed, and what a password must be. Callers commit."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.people import sessions
from committee.people.models import User
from committee.people.session_models import PasswordLink, UserSession
from committee.people.sessions import hashed
from committee.people.users import PASSWORDS
from committee.states import NotAllowed

SHORTEST = 12  # characters
LONGEST = 200  # characters; more would only be work for whoever sends them
RESET_LASTS = timedelta(hours=1)
INVITATION_LASTS = timedelta(days=7)


def offer_link(
    user: User, *, now: datetime, lasts: timedelta = RESET_LASTS, by: int | None = None
) -> tuple[PasswordLink, str]:
    """A link for this user to choose a password by: its row, and the token that is mailed."""
    token = secrets.token_urlsafe(32)
    link = PasswordLink(
        user_id=user.id, token_sha256=hashed(token), created_at=now, expires_at=now + lasts
    )
    db.session.add(link)
    audit.record("password_link:offered", link, by=by)
    return link, token


def withdraw_links(user: User, *, now: datetime) -> None:
    """Let no link open the account that was mailed before and has not been used."""
    unused = select(PasswordLink).where(
        PasswordLink.user_id == user.id, PasswordLink.used_at.is_(None)
    )
    for link in db.session.scalars(unused.order_by(PasswordLink.id)):
        link.used_at = now


def usable_link(token: str, *, now: datetime, locked: bool = False) -> PasswordLink | None:
    """The link with this token, unless it was used, has run out, or its user is not active."""
    found = select(PasswordLink).where(
        PasswordLink.token_sha256 == hashed(token),
        PasswordLink.used_at.is_(None),
        PasswordLink.expires_at > now,
    )
    if locked:
        found = found.with_for_update(of=PasswordLink)
    link = db.session.scalars(found.options(joinedload(PasswordLink.user))).first()
    return link if link and link.user.active else None


def choose_by_link(token: str, password: str, *, now: datetime) -> User:
    """Set the password of the link's user and end every session. Raises NotAllowed if the link
    cannot be used (any more), and for a password that is too short or too long."""
    link = usable_link(token, now=now, locked=True)
    if link is None:
        raise NotAllowed("This link has been used or has run out. Ask for a new one.")
    _set(link.user, password, now=now)
    sessions.end_all_of(link.user, now=now, by=link.user_id)
    audit.record("user:password_replaced", link.user, by=link.user_id)
    return link.user


class WrongPassword(NotAllowed):
    """The password that somebody has now was typed wrongly."""


def change(user: User, old: str, new: str, *, now: datetime, kept: UserSession | None) -> None:
    """Change the user's own password, and end every session but the one that is `kept`.

    Raises WrongPassword for the old one, and NotAllowed for a new one too short or too long.
    """
    if not user.password_hash or not PASSWORDS.verify(old, user.password_hash):
        raise WrongPassword("The password you have now is not right.")
    _set(user, new, now=now)
    sessions.end_all_of(user, now=now, by=user.id, but=kept)
    audit.record("user:password_changed", user, by=user.id)


def check(password: str) -> None:
    """Raises NotAllowed for a password that is too short or too long. Its letters are free."""
    if len(password) < SHORTEST:
        raise NotAllowed(f"Choose a password of at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise NotAllowed(f"Choose a password of at most {LONGEST} characters.")


def _set(user: User, password: str, *, now: datetime) -> None:
    """Every link that was mailed before is used up, also one that somebody else had sent for."""
    check(password)
    user.password_hash = PASSWORDS.hash(password)
    withdraw_links(user, now=now)
