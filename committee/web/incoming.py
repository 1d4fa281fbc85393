"""What comes in is looked at before anything is done with it: who sends it, and how much.

The token of each form is the first lock against other sites; where the browser itself says that
another site sends, the form is refused without looking further. docs/decisions/0087 says why.
"""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request
from flask.json.provider import DefaultJSONProvider

from committee import logs
from config import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# `none` is the person themselves, who sends a form again by reloading the page.
OUR_OWN = frozenset({"same-origin", "none"})

# Sizes in bytes, and numbers of fields. Files and whole forms are limited in committee.pages.
LONGEST_PATH = 2048
LONGEST_QUERY = 4096
MOST_ARGUMENTS = 100
MOST_HEADER_BYTES = 32 * 1024
MOST_JSON_BYTES = 64 * 1024
MOST_FIELDS = 2000

FIELDS = "application/x-www-form-urlencoded"


class ShallowJSON(DefaultJSONProvider):
    """JSON that is nested without end is a mistake of whoever sends it, not a fault of ours."""

    def loads(self, s: str | bytes, **named: Any) -> Any:
        """What the text says. Raises ValueError for what is no JSON, or is nested too deeply."""
        try:
            return super().loads(s, **named)
        except RecursionError:
            raise ValueError("nested too deeply") from None


def init_app(app: Flask) -> None:
    """Look at each request once it has its number and before anything else is done."""
    app.json = ShallowJSON(app)
    logs.once_numbered(app, look_at)


def look_at() -> None:
    """Refuse what is too large, and what another site sends: 400, 413 and 403."""
    limit_address_and_headers()
    if request.method not in SAFE:
        refuse_other_sites()
        limit_fields()


def limit_address_and_headers() -> None:
    """Refuse longer addresses and more headers than any page of ours or browser makes."""
    query = request.query_string
    if len(query) > LONGEST_QUERY or query.count(b"&") >= MOST_ARGUMENTS:
        abort(400)
    if len(request.path) > LONGEST_PATH:
        abort(400)
    if sum(len(name) + len(value) for name, value in request.headers) > MOST_HEADER_BYTES:
        abort(400)


def refuse_other_sites() -> None:
    """Refuse a form that a page of another site sends, by what the browser says of its origin.

    Browsers of before 2023 say it by `Origin` alone; programs say nothing, and have no cookies
    of anybody's that they could misuse.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in OUR_OWN:
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) not in _our_hosts():
        abort(403)


def limit_fields() -> None:
    """Refuse a body of JSON or of fields that is larger than any form of ours."""
    if request.is_json:
        request.max_content_length = MOST_JSON_BYTES
    # Files come in another kind of body, whose parts are counted as they are read.
    if request.mimetype != FIELDS:
        return
    if request.get_data(parse_form_data=False).count(b"&") >= MOST_FIELDS:
        abort(413)


def _our_hosts() -> set[str]:
    """The host that was asked, and the one that the council's public address names."""
    settings: Settings = current_app.config["SETTINGS"]
    return {request.host, urlsplit(settings.public_url).netloc}


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
