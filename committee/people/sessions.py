"""Sessions that are kept on the server: begun at sign-in, listed, and ended from anywhere.

The browser holds a random token and nothing else; the database holds its hash. Callers commit.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import joinedload, selectinload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import User
from committee.people.session_models import UserSession
from committee.people.sign_in_rules import SignInKind

log = structlog.get_logger()

LONGEST = timedelta(days=7)  # from sign-in, whatever happens
IDLE = timedelta(hours=8)  # without a page being asked for
NOTED_WITHIN = 500  # milliseconds of waiting for whoever else writes to the same session
NOTED_EVERY = timedelta(minutes=5)  # so that reading a page seldom writes


def hashed(token: str) -> str:
    """What is kept of a token. It is random and long, so it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    user: User,
    *,
    now: datetime,
    browser: str | None = None,
    kind: SignInKind = SignInKind.PASSWORD,
) -> str:
    """Begin a session of the user; answer the token for the browser, which is kept nowhere else.

    Each sign-in has a new token: one that was known before must not become somebody's.
    """
    token = secrets.token_urlsafe(32)
    session = UserSession(
        user_id=user.id,
        token_sha256=hashed(token),
        kind=kind,
        browser=browser[:200] if browser else None,
        created_at=now,
        proved_at=now,
        last_seen_at=now,
        expires_at=now + LONGEST,
    )
    db.session.add(session)
    audit.record("user_session:begun", session, by=user.id)
    return token


def open_session(token: str, *, now: datetime) -> UserSession | None:
    """The session with this token, if it is still open and its user active."""
    found = select(UserSession).where(UserSession.token_sha256 == hashed(token), *_open(now))
    with_user = joinedload(UserSession.user).options(
        selectinload(User.grants),
        joinedload(User.memberships),
        joinedload(User.terms),
        joinedload(User.delegations_received),
    )
    session = db.session.scalars(found.options(with_user)).unique().first()
    return session if session and session.user.active else None


def note_seen(session: UserSession, *, now: datetime) -> None:
    """Keep an open session from going idle, at most once in five minutes.

    In a transaction of its own: a page that is only read changes nothing else. Where that cannot
    be written, or not soon, the page is answered all the same and the next one notes it.
    """
    if now - session.last_seen_at < NOTED_EVERY:
        return
    seen = (
        update(UserSession)
        .where(UserSession.id == session.id, UserSession.ended_at.is_(None))
        .values(last_seen_at=func.greatest(UserSession.last_seen_at, now))
    )
    try:
        with db.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL lock_timeout = {NOTED_WITHIN}"))
            connection.execute(seen)
    except SQLAlchemyError as error:
        log.warning("session_not_noted", session_id=session.id, error=type(error).__name__)


def end(session: UserSession, *, now: datetime, by: int | None) -> None:
    """End a session; the browser that has its token is signed out at its next request."""
    if session.ended_at is None:
        session.ended_at = now
        audit.record("user_session:ended", session, by=by)


def end_all_of(
    user: User, *, now: datetime, by: int | None, but: UserSession | None = None
) -> None:
    """End every open session of the user, `but` for the one that is given, and forget at which
    browsers they came in."""
    forget_browsers(user, now=now)
    for session in open_sessions_of(user, now=now):
        if but is None or session.id != but.id:
            end(session, now=now, by=by)


def forget_browsers(user: User, *, now: datetime) -> None:
    """Let no browser count as known for the user because they came in there before `now`.

    The account's version stays: whoever is changing the person's particulars is not overtaken.
    """
    mine = update(User).where(User.id == user.id)
    db.session.execute(mine.values(browsers_known_since=now))


def open_sessions_of(user: User, *, now: datetime) -> Sequence[UserSession]:
    """The user's open sessions, the one used last at the top."""
    found = select(UserSession).where(UserSession.user_id == user.id, *_open(now))
    return db.session.scalars(
        found.order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    ).all()


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        UserSession.ended_at.is_(None),
        UserSession.expires_at > now,
        UserSession.last_seen_at > now - IDLE,
    )
