"""How a request knows who sent it: the browser holds a token, the database the session."""

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from committee.clock import now
from committee.constitution import Constitution
from committee.extensions import login
from committee.people import sessions
from committee.people.models import User
from committee.people.oidc import Provider
from committee.people.proving_views import must_set_up
from committee.people.sign_in_choices import from_table
from committee.people.sign_in_rules import SecondFactorDuty
from config import Settings, SettingsError

# What somebody can still do who has to set up a second step first.
ALWAYS = {
    "people.sign_out",
    "people.colours",
    "second_step.confirm",
    "static",
    "factors.overview",
    "factors.begin_app",
    "factors.app",
    "factors.picture",
    "factors.add_passkey",
}


def init_app(app: Flask) -> None:
    """Tell Flask-Login how to find people and where they sign in.

    Raises SettingsError for choices in the constitution that cannot be meant.
    """
    login.login_view = "people.sign_in"
    login.login_message = "Sign in to see this page."
    login.login_message_category = "information"
    # A member on a train changes address in mid-session, so that alone signs nobody out.
    login.session_protection = "basic"
    login.user_loader(find_user)
    settings: Settings = app.config["SETTINGS"]
    constitution: Constitution = app.extensions["constitution"]
    try:
        app.extensions["sign_in"] = from_table(constitution.sign_in)
    except ValueError as wrong:
        raise SettingsError(f"{settings.constitution_file.name}: {wrong}") from wrong
    app.extensions["provider"] = _provider(settings)
    app.before_request(ask_for_second_step)


def _provider(settings: Settings) -> Provider | None:
    return Provider(settings.provider) if settings.provider else None


def ask_for_second_step() -> Response | None:
    """Lead those whose roles ask for a second step to where they set one up, and nowhere else."""
    choices = current_app.extensions["sign_in"]
    if choices.second_step is not SecondFactorDuty.REQUIRED:
        return None
    here = request.endpoint or ""
    if here in ALWAYS or not current_user.is_authenticated:
        return None
    return redirect(url_for("factors.overview"), 303) if must_set_up() else None


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
