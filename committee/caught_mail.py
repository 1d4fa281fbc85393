"""Mail that was caught on this machine instead of being sent, for reading while developing.

Never part of production, where mail goes to people, and never shown to another machine: a mail
may hold a link that lets its reader in.
"""

from ipaddress import ip_address
from pathlib import Path

from flask import Blueprint, Flask, abort, current_app, render_template, request

from committee.mail import caught
from committee.people.permissions import public
from committee.web.answers import page_asked_for
from config import Settings

caught_mail = Blueprint("caught_mail", __name__)


def init_app(app: Flask) -> None:
    """Give the application these pages, unless it is for production."""
    settings: Settings = app.config["SETTINGS"]
    if settings.environment != "production":
        app.register_blueprint(caught_mail)


@caught_mail.before_request
def only_on_this_machine() -> None:
    """Know of no such page when another machine asks."""
    try:
        near = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    if not near:
        abort(404)


@caught_mail.get("/mail")
@public
def messages() -> str:
    """The messages, newest first."""
    asked = page_asked_for()
    return render_template("mail/caught.html", found=caught.newest(folder(), page=asked))


@caught_mail.get("/mail/<int:number>")
@public
def message(number: int) -> str:
    """One message and what it says."""
    found = caught.message_with_number(folder(), number)
    if found is None:
        abort(404)
    return render_template("mail/caught_message.html", message=found)


def folder() -> Path:
    """Where the catcher keeps the messages."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data_folder / "mail"
