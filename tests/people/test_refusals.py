"""Refused sign-ins are in the audit: whose, never what was typed, and never without end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from committee.audit.models import AuditEntry
from committee.audit.words import ACT_WORDS
from committee.extensions import db
from committee.people import refusals, users
from committee.people.models import Council, User
from committee.people.sign_in_models import SignInTry, SpentToken
from committee.people.sign_in_rules import TryKind
from tests.pages.reader import Reader
from tests.people.second_steps import fill, set_up

PASSWORD = "a long enough password"
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
NOBODY = "nobody@example.org"


pytestmark = pytest.mark.usefixtures("clock")


def noted() -> list[tuple[str, str, int]]:
    """The entries about sign-ins that were refused: act, kind of thing, and id."""
    found = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()
    about = [each for each in found if each.act.endswith((":refused", ":throttled", ":flooded"))]
    assert all(each.act in ACT_WORDS and each.actor_id is None for each in about)
    assert all(each.request_id for each in about)
    return [(each.act, each.subject_kind, each.subject_id) for each in about]


def the_council_id() -> int:
    return db.session.scalars(db.select(Council.id)).one()


def tries(app: Flask, email: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many wrong passwords; the slowness of hashing is no matter here."""
    monkeypatch.setattr(users, "user_with_password", lambda *_: None)
    reader = Reader(app)
    form = {"email": email, "password": "wrong", "csrf_token": reader.token()}
    for _ in range(times):
        reader.send("/sign-in", form)


def test_a_wrong_password_is_noted_at_its_account(app: Flask, user: User) -> None:
    Reader(app).sign_in(user.email, "not the password")
    assert noted() == [("password:refused", "user_account", user.id)]


def test_an_address_that_nobody_has_is_not_named(app: Flask, user: User) -> None:
    Reader(app).sign_in(NOBODY, "not the password")
    assert noted() == [("password:refused", "council", the_council_id())]


def test_what_was_right_is_no_refusal(app: Flask, user: User) -> None:
    Reader(app).sign_in(user.email, PASSWORD)
    assert noted() == []


def test_a_wait_is_noted_once(
    app: Flask, user: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries(app, user.email, 15, monkeypatch)
    at = ("user_account", user.id)
    first = [("password:refused", *at)] * 10 + [("sign_in:throttled", *at)]
    assert noted() == first
    clock.move_to(NOON + timedelta(minutes=15))
    tries(app, user.email, 12, monkeypatch)
    assert noted() == first * 2
    tries(app, NOBODY, 12, monkeypatch)
    assert noted()[-1] == ("sign_in:throttled", "council", the_council_id())


def test_beyond_so_many_in_an_hour_the_entries_stop(
    app: Flask, user: User, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_AN_HOUR", 5)
    for number in range(12):
        tries(app, f"p{number}@example.org", 1, monkeypatch)
    tries(app, user.email, 12, monkeypatch)
    found = noted()
    assert [act for act, _, _ in found] == ["password:refused"] * 5 + ["sign_in:flooded"]
    assert {kind for _, kind, _ in found} == {"council"}
    clock.move_to(NOON + timedelta(hours=1, seconds=1))
    tries(app, user.email, 1, monkeypatch)
    assert noted()[6:] == [("password:refused", "user_account", user.id)]


def test_a_network_that_waits_is_noted_once_whatever_address_is_tried(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    fill("127.0.0.1")
    reader = Reader(app)
    form = {"password": "wrong", "csrf_token": reader.token()}
    typed = [user.email, *(f"x{number}@example.org" for number in range(20))]
    for _ in range(2):
        for email in typed:
            assert reader.send("/sign-in", {**form, "email": email}).status_code == 429
    once = ("sign_in:throttled", "council", the_council_id())
    assert noted() == [once]
    assert len(db.session.scalars(db.select(SpentToken)).all()) == 1
    clock.move_to(NOON + timedelta(minutes=15))
    assert reader.send("/sign-in", {**form, "email": user.email}).status_code == 429
    assert noted() == [once] * 2


def test_an_account_that_waits_in_a_network_that_waits_adds_nothing(
    app: Flask, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries(app, user.email, 10, monkeypatch)
    fill("127.0.0.1", but=10)
    tries(app, user.email, 3, monkeypatch)
    assert noted()[10:] == [("sign_in:throttled", "council", the_council_id())]


def test_asking_for_links_hides_no_wrong_passwords(
    app: Flask, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusals, "MOST_AN_HOUR", 3)
    reader = Reader(app)
    token = reader.token()
    for number in range(5):
        form = {"email": f"p{number}@example.org", "csrf_token": token}
        assert reader.send("/forgotten-password", form).status_code == 200
    tries(app, user.email, 1, monkeypatch)
    assert noted() == [("password:refused", "user_account", user.id)]


def test_a_wrong_second_step_is_noted(app: Flask, user: User) -> None:
    set_up(user)
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    for _ in range(12):
        reader.post("/sign-in/second-step", {"code": "000000"})
    at = ("user_account", user.id)
    assert noted() == [("second_step:refused", *at)] * 10 + [("sign_in:throttled", *at)]


def test_a_wrong_password_of_whoever_is_signed_in_is_noted(app: Flask, user: User) -> None:
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    reader.get("/account/confirm")
    reader.post("/account/confirm", {"password": "wrong"})
    reader.get("/account")
    form = {"old_password": "wrong", "new_password": "another long password"}
    assert reader.post("/account", form).status_code == 422
    assert noted() == [("password:refused", "user_account", user.id)] * 2


def test_passkeys_that_are_refused_are_noted_once_in_a_while(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    reader = Reader(app)
    for _ in range(3):
        reader.get("/sign-in")
        reader.post("/sign-in/passkey", {"credential": "{}"})
    first = ("passkey:refused", "council", the_council_id())
    assert noted() == [first]
    clock.move_to(NOON + timedelta(minutes=15))
    reader.get("/sign-in")
    reader.post("/sign-in/passkey", {"credential": "{}"})
    assert noted() == [first] * 2


def test_what_was_typed_stands_nowhere_in_the_entries(app: Flask, user: User) -> None:
    Reader(app).sign_in("my-secret@example.org", "my secret password")
    entries = db.session.scalars(db.select(AuditEntry)).all()
    assert entries
    assert not [each for each in entries if "secret" in str(vars(each))]
    assert {each.kind for each in db.session.scalars(db.select(SignInTry))} == {TryKind.PASSWORD}
