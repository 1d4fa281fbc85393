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
    assert cookie.startswith("__Host-quorate=")
    assert "Domain" not in cookie
    for mark in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/"):
        assert mark in cookie


def test_errors_and_unchanged_files_carry_them_too(app_with: Callable[..., Flask]) -> None:
    app = app_with()

    def broken() -> Response:
        raise RuntimeError

    app.view_functions["public.committees"] = broken
    app.testing = False
    client = app.test_client()
    with client.get("/static/quorate.css") as first:
        tag = first.headers["ETag"]
    tried = {
        304: client.get("/static/quorate.css", headers={"If-None-Match": tag}),
        400: client.get("/?" + "a" * 5000),
        403: client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}),
        404: client.get("/no-such-page"),
        405: client.delete("/healthz"),
        500: client.get("/committees"),
    }
    for status, answer in tried.items():
        assert answer.status_code == status
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (status, name)
        assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
        assert "no-" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        answer.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_answer_tells_how_it_was_made(client: FlaskClient, address: str) -> None:
    with client.get(address) as answer:
        told = {name.lower() for name, _ in answer.headers}
    assert not told & {"server-timing", "x-powered-by", "via", "x-runtime", "x-debug"}


def test_browsers_are_told_to_come_by_https_where_cookies_are_secure(
    app_with: Callable[..., Flask],
) -> None:
    answer = app_with(secure_cookies=True).test_client().get("/healthz")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    answer = app_with().test_client().get("/healthz")
    assert "Strict-Transport-Security" not in answer.headers


def test_what_brings_a_cookie_is_kept_by_no_cache(app_with: Callable[..., Flask]) -> None:
    app = app_with()

    def view() -> Response:
        session["seen"] = True
        answer = Response("for one reader")
        answer.headers["Cache-Control"] = "public, max-age=60"
        return answer

    app.view_functions["public.committees"] = view
    answer = app.test_client().get("/committees")
    assert "Set-Cookie" in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", ["/meetings/calendar.ics", "/feed.xml", "/decisions/feed.xml"])
def test_what_anybody_may_keep_is_kept_for_less_than_a_minute(
    client: FlaskClient, address: str
) -> None:
    answer = client.get(address)
    assert answer.cache_control.public
    assert 0 < (answer.cache_control.max_age or 0) <= 60
    assert "Set-Cookie" not in answer.headers
