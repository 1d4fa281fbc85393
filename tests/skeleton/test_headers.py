"""Headers that every answer carries, whatever it is."""

from collections.abc import Callable

import pytest
from flask import Flask, Response, redirect, session
from flask.testing import FlaskClient

from committee.headers import HEADERS, PAGE_POLICY, as_file

ADDRESSES = [
    "/",
    "/healthz",
    "/no-such-page",
    "/sign-in",
    "/static/quorate.css",
    "/council-colour.css",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_them(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, name
        assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
        assert answer.headers["X-Request-ID"]
        assert "Cache-Control" in answer.headers


def test_redirects_and_refused_methods_carry_them(client: FlaskClient) -> None:
    for answer in (client.post("/committees"), client.post("/sign-out")):
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    directives = dict(part.split(" ", 1) for part in PAGE_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    assert "unsafe" not in PAGE_POLICY
    assert "http" not in PAGE_POLICY
    assert "*" not in PAGE_POLICY


def test_pages_are_kept_by_no_cache(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "private, no-store"


def test_somebodys_file_can_run_nothing() -> None:
    policy = as_file(Response("<script>go()</script>")).headers["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script" not in policy
    assert policy.startswith("default-src 'none'")


def test_what_a_view_has_set_itself_stays(app_with: Callable[..., Flask]) -> None:
    app = app_with()

    def view() -> Response:
        answer = as_file(Response("a file"))
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    app.view_functions["public.committees"] = view
    answer = app.test_client().get("/committees")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_session_cookie_is_for_this_site_and_for_no_script(
    app_with: Callable[..., Flask],
) -> None:
    app = app_with(secure_cookies=True)

    def view() -> Response:
        session["seen"] = True
        return redirect("/")  # type: ignore[return-value]

    app.view_functions["public.committees"] = view
    cookie = (
        app.test_client().get("/committees", base_url="https://localhost").headers["Set-Cookie"]
    )
    assert cookie.startswith("quorate=")
    for mark in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert mark in cookie
