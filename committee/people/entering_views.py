"""How a request becomes somebody's: the session begun at this browser, and where it leads."""

from urllib.parse import urlsplit

from flask import g, make_response, redirect, request, session, url_for
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.extensions import db
from committee.people import known_browsers, oidc_accounts, refusals, sessions, throttling, users
from committee.people.holdings import holdings
from committee.people.models import User
from committee.people.session_models import UserSession
from committee.people.sign_in_rules import SignInKind, TryKind
from committee.people.throttling import TooManyTries


def enter(user: User, kind: SignInKind = SignInKind.PASSWORD) -> None:
    """Begin a session of this user at the browser that sent the request, and commit.

    Nothing of what the browser held before is kept: a session that somebody else had prepared
    must not become this person's.
    """
    if kind is not SignInKind.PROVIDER:
        oidc_accounts.end_unproved_roles(user, now=now())
    token = sessions.begin(user, now=now(), browser=request.user_agent.string, kind=kind)
    db.session.commit()
    session.clear()
    login_user(user)
    session["_user_id"] = token


def lead_in(user: User, wanted: str | None) -> Response:
    """Lead someone who has come in to the page that they wanted, or to where their work is."""
    landing = "homes.home" if holdings(user, on=today()) else "public.home"
    known_browsers.remember(user.email, now=now())
    return redirect(own_page(wanted) or url_for(landing), 303)


def session_here() -> UserSession | None:
    """The session to which this request belongs, for someone who is signed in."""
    found: UserSession | None = g.get("user_session") if current_user.is_authenticated else None
    return found


def begin_try(kind: TryKind, account: str, email: str | None = None) -> int:
    """Note and commit that something is tried at an account from the network of this request.
    `email` is the address by which the account's owner signs in, where `account` is not.

    Raises TooManyTries when it has to wait.
    """
    browser = None if kind is TryKind.LINK else _browser_of(email or account)
    network = get_remote_address()
    try:
        tried = throttling.begin(kind, account, network, now=now(), browser=browser)
    except TooManyTries as refused:
        db.session.rollback()
        if kind is not TryKind.LINK:  # which signs nobody in
            user = users.user_with_email(email or account)
            refusals.throttled(f"{kind} {account}", user, network, refused, now=now())
            db.session.commit()
        raise
    db.session.commit()
    return tried


def note_wrong_password(email: str) -> None:
    """Note and commit that a password was wrong, of whoever has this address if anybody has."""
    refusals.wrong_password(users.user_with_email(email), now=now())
    db.session.commit()


def note_wrong_code(user: User) -> None:
    """Note and commit that a second step was wrong."""
    refusals.wrong_code(user, now=now())
    db.session.commit()


def note_refused_passkey(user: User | None) -> None:
    """Note and commit that a passkey was not taken, of this user if it is known whose sign-in."""
    refusals.refused_passkey(user, get_remote_address(), now=now())
    db.session.commit()


def note_refused_answer() -> None:
    """Note and commit that what the council's own sign-in sent was not taken."""
    refusals.refused_answer(get_remote_address(), now=now())
    db.session.commit()


def _browser_of(email: str) -> str | None:
    """The secret of this browser, if the account's owner is signed in here or came in here before:
    such a browser is not held up by what others try at the same account elsewhere."""
    here = session_here()
    return here.token_sha256 if here else known_browsers.known_for(email, now=now())


def have_to_wait(page: str, refused: TooManyTries) -> Response:
    """The page on which somebody is told to wait: 429, and for programs the seconds."""
    db.session.rollback()
    answer = make_response(page, 429)
    answer.headers["Retry-After"] = str(refused.seconds)
    return answer


def own_page(address: str | None) -> str | None:
    """The address if it is a page of ours, so that signing in never leads to another site."""
    if not address or not address.isprintable() or not address.startswith("/"):
        return None
    if address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
