"""Addresses for mail, which is read outside any request."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from config import Settings


def address_of(endpoint: str, **values: Any) -> str:
    """The whole address of a page, below PUBLIC_URL.

    For workers, which have no request, and for views too: a request's own idea of the host comes
    from whoever sent it, who must not choose where a mail's link leads. Raises werkzeug's
    BuildError for an endpoint that is not there.
    """
    settings: Settings = current_app.config["SETTINGS"]
    base = urlsplit(settings.public_url)
    known = current_app.url_map.bind(
        base.netloc, script_name=base.path or "/", url_scheme=base.scheme
    )
    return known.build(endpoint, values, force_external=True)
