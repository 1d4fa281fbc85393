"""Browsers at which somebody has come in before, told by a signed cookie that signs nobody in.

Others may try wrong passwords at an account until it waits; its owner's own browsers do not wait
with it (docs/decisions/0092). The cookie goes to the pages of sign-in alone. It counts no more once
all sessions of the account were ended or its second step has changed (sessions.forget_browsers).
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response

from committee.people import users
from config import Settings

NAME = "quorate_known"
PATH = "/sign-in"
LASTS = timedelta(days=365)  # since somebody last came in
MOST = 5  # people who share one browser


@dataclass(frozen=True)
class Known:
    """For whom a browser is known (a mark of the address), by what secret, and since when."""

    mark: str
    secret: str
    came_in_at: datetime


def known_for(email: str, *, now: datetime) -> str | None:
    """The secret of the browser that sent this request, if somebody has come in there by this
    e-mail address, and since the account's browsers were last forgotten. The account is looked at
    only for whoever holds such a secret, and has been in it: others learn nothing by that."""
    mine = _mark(email)
    held = next((each for each in _held(now) if each.mark == mine), None)
    user = users.user_with_email(email) if held else None
    if held is None or user is None:
        return None
    since = user.browsers_known_since
    return held.secret if since is None or held.came_in_at >= since else None


def remember(email: str, *, now: datetime) -> None:
    """Let the browser that is being answered be known for this e-mail address, by a new secret.
    Only for whoever has just shown all that signing in asks of them."""
    mine = Known(_mark(email), secrets.token_urlsafe(16), now)
    all_known = [mine, *(each for each in _held(now) if each.mark != mine.mark)][:MOST]

    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(
            NAME,
            _signer().dumps([(k.mark, k.secret, k.came_in_at.isoformat()) for k in all_known]),
            max_age=LASTS,
            path=PATH,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return answer


def _held(now: datetime) -> list[Known]:
    """For whom this browser is known, and its secrets; nothing where it was not we who wrote it."""
    try:
        found: Any = _signer().loads(request.cookies.get(NAME, ""))
        all_held = [Known(str(m), str(s), datetime.fromisoformat(at)) for m, s, at in found]
    except (BadData, TypeError, ValueError):
        return []
    return [each for each in all_held if each.came_in_at > now - LASTS]


def _mark(email: str) -> str:
    """Stands for an address in the cookie, so that the address can be read there by nobody."""
    typed = email.strip().lower().encode("utf-8", "replace")
    return hmac.new(f"known browser {_key()}".encode(), typed, hashlib.sha256).hexdigest()[:32]


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(_key(), salt="known browser since")


def _key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.secret_key
