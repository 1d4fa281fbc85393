"""How a request knows who sent it."""

from flask import Flask

from committee.extensions import db, login
from committee.people.models import User


def init_app(_app: Flask) -> None:
    """Tell Flask-Login how to find people and where they sign in."""
    login.login_view = "people.sign_in"
    login.login_message = "Sign in to see this page."
    login.login_message_category = "information"
    # A member on a train changes address in mid-session, so that alone signs nobody out.
    login.session_protection = "basic"
    login.user_loader(find_user)


def find_user(user_id: str) -> User | None:
    """The active user with this id, so that an account closed in mid-session is out at once."""
    user = db.session.get(User, int(user_id)) if user_id.isdigit() else None
    return user if user and user.active else None
