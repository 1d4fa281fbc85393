"""A form that is not ours changes nothing, at whatever address, in whatever order it is sent."""

import random
from collections.abc import Iterator

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import func
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from committee.audit.models import AuditEntry
from committee.extensions import csrf, db
from committee.people.models import User
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader

PASSWORD = "a long enough password"
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# What stands in an address for a thing that may or may not be there: the token comes first.
FILLED = {"int": 1, "slug": "planning", "decision_number": "26/00001", "default": "x", "path": "x"}


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    builders.a_committee("Planning")
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def administrator(guarded: Flask) -> User:
    user = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.commit()
    return user


def unsafe(app: Flask) -> list[tuple[str, str]]:
    """Each method and address by which something could be changed."""
    return sorted(
        (method, filled(app, rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & UNSAFE
    )


def filled(app: Flask, rule: Rule) -> str:
    names = {converter: name for name, converter in app.url_map.converters.items()}
    values = {
        name: FILLED.get(names.get(type(converter), "default"), "x")
        for name, converter in rule._converters.items()
    }
    return app.url_map.bind("localhost").build(
        rule.endpoint, values, next(iter(rule.methods & UNSAFE))
    )


def send(client: FlaskClient, method: str, path: str, **sent: object) -> TestResponse:
    """Send it as a script would, which is answered without a page; each request stands alone."""
    for name in ("_login_user", "council", "csrf_token", "csrf_valid", "user_session"):
        g.pop(name, None)
    headers = {"Accept": "application/json", **sent.pop("headers", {})}  # type: ignore[dict-item]
    return client.open(path, method=method, headers=headers, **sent)  # type: ignore[arg-type]


def acts() -> int:
    return db.session.scalar(db.select(func.count(AuditEntry.id))) or 0


def test_no_view_is_exempt(app: Flask) -> None:
    assert csrf._exempt_views == set()
    assert csrf._exempt_blueprints == set()
    assert len(unsafe(app)) > 100


@pytest.mark.parametrize("order", [1, 2])
def test_every_form_without_its_own_token_is_refused(
    guarded: Flask, administrator: User, order: int
) -> None:
    mine, other = Reader(guarded), Reader(guarded)
    for reader in (mine, other):
        assert reader.sign_in(administrator.email, PASSWORD).status_code == 303
    right, others = mine.token(), other.token()
    ways: dict[str, dict[str, object]] = {
        "none": {"data": {"name": "x"}},
        "wrong": {"data": {"csrf_token": right[:-2] + "xx"}},
        "empty": {"data": {"csrf_token": ""}},
        "of another session": {"data": {"csrf_token": others}},
        "as plain text": {"data": f"csrf_token={right}", "content_type": "text/plain"},
        "in the address": {"query_string": {"csrf_token": right}},
        "in a cookie": {"headers": {"Cookie": f"csrf_token={right}"}},
    }
    tries = [(way, *each) for way in ways for each in unsafe(guarded)]
    random.Random(order).shuffle(tries)  # noqa: S311  # an order, and no secret
    before, taken = acts(), []
    for way, method, path in tries:
        sent = dict(ways[way])
        answer = send(mine.client, method, path, **sent)
        if answer.status_code != 400 or answer.json["error"]["code"] != "form_expired":  # type: ignore[index]
            taken.append(f"{way}: {method} {path}: {answer.status_code}")
    assert taken == []
    assert acts() == before
    assert mine.get("/account").status_code == 200, "the session itself is still good"


def test_the_right_token_is_taken(guarded: Flask, administrator: User) -> None:
    """The guard above would also hold if everything were refused."""
    reader = Reader(guarded)
    reader.sign_in(administrator.email, PASSWORD)
    right = reader.token()
    form = {"csrf_token": right, "email": "new@example.org", "name": "New"}
    assert send(reader.client, "POST", "/people/new", data=form).status_code == 422
    answer = send(reader.client, "POST", "/sign-out", headers={"X-CSRFToken": right})
    assert answer.status_code == 303


def test_a_token_from_before_sign_in_is_no_token_after_it(
    guarded: Flask, administrator: User
) -> None:
    reader = Reader(guarded)
    before = reader.token()
    reader.sign_in(administrator.email, PASSWORD)
    answer = send(reader.client, "POST", "/people/new", data={"csrf_token": before})
    assert answer.status_code == 400


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_no_header_or_field_turns_a_get_into_a_post(
    guarded: Flask, administrator: User, header: str
) -> None:
    reader = Reader(guarded)
    reader.sign_in(administrator.email, PASSWORD)
    before = acts()
    asked = {"_method": "POST"}
    answer = send(reader.client, "GET", "/account", headers={header: "POST"}, query_string=asked)
    assert answer.status_code == 200
    gone = send(reader.client, "GET", "/sign-out", headers={header: "POST"}, query_string=asked)
    assert gone.status_code == 405
    assert acts() == before
