"""Pages for someone who has not signed in are read through the public's login to the database.

It is the second lock: should a page forget to ask whether a thing is public, the database answers
as if there were no such thing. docs/decisions/0080 tells of both locks.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, request, session
from flask_login import current_user

from committee import logs
from committee.database_roles import READS_AS_PUBLIC

P = ParamSpec("P")
R = TypeVar("R")

SAFE = ("GET", "HEAD", "OPTIONS")


def init_app(app: Flask) -> None:
    """Choose the login of each request before anything is read for it, and so before anything may
    refuse it, since the page that says so reads as well."""
    logs.once_numbered(app, choose_login)


def opens_by_proof(view: Callable[P, R]) -> Callable[P, R]:
    """Let a public view read by the application's login: who opens it proves by a link from a mail,
    or by a password just given, who they are, and is shown nothing but what is their own."""
    view.opens_by_proof = True  # type: ignore[attr-defined]
    return view


def choose_login() -> None:
    """Have this request read as the public does, unless it writes or somebody is signed in."""
    if request.method in SAFE and not _opens_by_proof() and not _is_signed_in():
        request.environ[READS_AS_PUBLIC] = True


def _opens_by_proof() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "opens_by_proof", False)


def _is_signed_in() -> bool:
    # Without a cookie there is nobody to look for, and the answer does not depend on one.
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return False
    return "_user_id" in session and current_user.is_authenticated
