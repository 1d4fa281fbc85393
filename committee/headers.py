"""Headers that every answer carries."""

from flask import Flask, Response, current_app, session

# Nothing inline and nothing from elsewhere: a page can do only what its own files say.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

# A file that someone uploaded can run nothing, whatever it turns out to be.
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

# What a page of ours never asks of a browser.
NEVER_ASKED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NEVER_ASKED),
}

# A browser that has come once by https comes so for a year, whatever link it follows.
TRANSPORT = "max-age=31536000"
PRIVATE = "private, no-store"


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what the view has not set itself. Nothing is kept by caches unless a view allows it, and
    then only what goes to everybody alike: never an answer that brings a cookie."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", TRANSPORT)
    brings_cookie = session.modified or "Set-Cookie" in response.headers
    if "Cache-Control" not in response.headers or (brings_cookie and response.cache_control.public):
        response.headers["Cache-Control"] = PRIVATE
    return response


def as_file(response: Response) -> Response:
    """Mark an answer as somebody's file: never run, never guessed at."""
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
