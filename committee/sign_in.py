"""How a request knows who sent it: the browser holds a token, the database the session."""

from flask import Flask, g

from committee.clock import now
from committee.extensions import login
from committee.people import sessions
from committee.people.models import User


def init_app(_app: Flask) -> None:
    """Tell Flask-Login how to find people and where they sign in."""
    login.login_view = "people.sign_in"
    login.login_message = "Sign in to see this page."
    login.login_message_category = "information"
    # A member on a train changes address in mid-session, so that alone signs nobody out.
    login.session_protection = "basic"
    login.user_loader(find_user)


def find_user(token: object) -> User | None:
    """Whose session the token opens. It is asked anew at each request, so that a session ended
    elsewhere, an account closed or a role taken away counts at once. What is no text is no token.
    """
    if not isinstance(token, str):
        return None
    session = sessions.open_session(token, now=now())
    if session is None:
        return None
    g.user_session = session
    sessions.note_seen(session, now=now())
    return session.user
