"""One's own account, which is open to whoever has one: with any role, and with none."""

from collections.abc import Iterator

import pytest
from flask import Flask

from committee.clock import now
from committee.extensions import db
from committee.people import accounts
from committee.people.models import User
from committee.people.roles import Role
from committee.people.session_models import UserSession
from tests import builders
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


@pytest.fixture
def roleless(app: Flask) -> Iterator[tuple[Reader, User]]:
    """Somebody at a browser whose only role has ended."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    builders.a_committee()
    user = builders.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    db.session.commit()
    db.session.refresh(user)
    accounts.end_grant(user.grants[0], now=now(), by=None)
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).headers["Location"] == "/"
    yield reader, user
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.mark.parametrize(
    "path", ["", "/second-step", "/confirm", "/second-step/passkeys/new", "/second-step/app"]
)
def test_without_a_role_one_keeps_ones_account(roleless: tuple[Reader, User], path: str) -> None:
    reader, _ = roleless
    assert reader.get(f"/account{path}").status_code in (200, 303)
    if path in ("", "/second-step", "/confirm"):
        assert reader.get(f"/account{path}").status_code == 200


def test_without_a_role_one_ends_ones_other_sessions(
    app: Flask, roleless: tuple[Reader, User]
) -> None:
    reader, user = roleless
    Reader(app).sign_in(user.email, PASSWORD)
    newest = db.select(UserSession.id).order_by(UserSession.id.desc())
    other = db.session.scalars(newest).first()
    reader.get("/account")
    token = {"csrf_token": reader.value("csrf_token")}
    answer = reader.post(f"/account/sessions/{other}/end", token)
    assert answer.headers["Location"] == "/account"
    db.session.expire_all()
    assert db.session.get_one(UserSession, other).ended_at is not None


def test_without_a_role_nothing_else_opens(roleless: tuple[Reader, User]) -> None:
    reader, _ = roleless
    for path in ("/home", "/people", "/account/delegations", "/permissions"):
        assert reader.get(path).status_code == 404, path


def test_who_has_not_signed_in_is_asked_to(app: Flask) -> None:
    answer = Reader(app).get("/account")
    assert answer.headers["Location"].startswith("/sign-in")
