"""Browsers at which somebody has come in before, told by a signed cookie that signs nobody in.

Others may try wrong passwords at an account until it waits; its owner's own browsers do not wait
with it (docs/decisions/0078). The cookie goes to the pages of sign-in alone.
"""

import hashlib
import hmac
import secrets
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from config import Settings

NAME = "quorate_known"
PATH = "/sign-in"
LASTS = 365 * 86_400  # seconds since somebody last came in
MOST = 5  # people who share one browser


def known_for(email: str) -> str | None:
    """The secret of the browser that sent this request, if somebody has come in there by this
    e-mail address. Nobody's account is looked at for that."""
    return dict(_held()).get(_mark(email))


def remember(answer: Response, email: str) -> None:
    """Let the browser that is answered be known for this e-mail address, by a new secret."""
    mine = _mark(email)
    others = [each for each in _held() if each[0] != mine]
    answer.set_cookie(
        NAME,
        _signer().dumps([(mine, secrets.token_urlsafe(16)), *others][:MOST]),
        max_age=LASTS,
        path=PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _held() -> list[tuple[str, str]]:
    """For whom this browser is known, and its secrets; nothing where it was not we who wrote it."""
    try:
        found: Any = _signer().loads(request.cookies.get(NAME, ""), max_age=LASTS)
        return [(str(mark), str(secret)) for mark, secret in found]
    except (BadData, TypeError, ValueError):
        return []


def _mark(email: str) -> str:
    """Stands for an address in the cookie, so that the address can be read there by nobody."""
    typed = email.strip().lower().encode("utf-8", "replace")
    return hmac.new(f"known browser {_key()}".encode(), typed, hashlib.sha256).hexdigest()[:32]


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_key(), salt="known browser")


def _key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.secret_key
