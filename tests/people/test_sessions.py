"""Sessions on the server: begun, listed, ended from anywhere; and passwords chosen by a link."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from committee.extensions import db
from committee.mail.models import Mail
from committee.people import sessions, users
from committee.people.models import RoleGrant, User
from committee.people.roles import Role
from committee.people.session_models import PasswordLink, UserSession
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import answer_all

PASSWORD = "a long enough password"
BETTER = "three words remembered"
CHANGED = {"old_password": PASSWORD, "new_password": BETTER}
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def user(app: Flask) -> User:
    someone = builders.a_user(password=PASSWORD)
    db.session.commit()
    return someone


@pytest.fixture
def guarded(app: Flask) -> Iterator[Flask]:
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


def browser(app: Flask, user: User, password: str = PASSWORD) -> Reader:
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, password).status_code == 303
    return reader


def is_in(reader: Reader) -> bool:
    return reader.get("/account").status_code == 200


def test_the_browser_holds_a_token_of_which_only_the_hash_is_kept(
    guarded: Flask, user: User
) -> None:
    reader = browser(guarded, user)
    with reader.client.session_transaction() as held:
        token = held["_user_id"]
    kept = db.session.scalars(db.select(UserSession)).one()
    assert kept.token_sha256 == sessions.hashed(token)
    assert token not in str(vars(kept))
    assert str(user.id) not in token.split()
    assert is_in(reader)


def test_each_sign_in_has_a_token_of_its_own(guarded: Flask, user: User) -> None:
    reader = browser(guarded, user)
    with reader.client.session_transaction() as held:
        first = held["_user_id"]
    reader.post("/sign-out")
    reader.sign_in(user.email, PASSWORD)
    with reader.client.session_transaction() as held:
        assert held["_user_id"] != first


def test_a_token_that_was_signed_out_opens_nothing_any_more(guarded: Flask, user: User) -> None:
    reader = browser(guarded, user)
    with reader.client.session_transaction() as held:
        stolen = dict(held)
    reader.post("/sign-out")
    thief = Reader(guarded)
    with thief.client.session_transaction() as held:
        held.update(stolen)
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("idle", "still"), [(timedelta(hours=7, minutes=59), True), (timedelta(hours=8), False)]
)
def test_a_session_ends_when_it_is_not_used(
    guarded: Flask, user: User, clock: time_machine.Traveller, idle: timedelta, still: bool
) -> None:
    reader = browser(guarded, user)
    clock.move_to(NOON + idle)
    db.session.expire_all()
    assert is_in(reader) is still


def test_a_session_in_use_lasts_a_week_and_no_longer(
    guarded: Flask, user: User, clock: time_machine.Traveller
) -> None:
    reader = browser(guarded, user)
    for hours in range(7, 7 * 24, 7):
        clock.move_to(NOON + timedelta(hours=hours))
        db.session.expire_all()
        assert is_in(reader), hours
    clock.move_to(NOON + timedelta(days=7))
    db.session.expire_all()
    assert not is_in(reader)


def test_other_browsers_are_listed_and_can_be_signed_out(guarded: Flask, user: User) -> None:
    here, there = browser(guarded, user), browser(guarded, user)
    first, second = db.session.scalars(db.select(UserSession).order_by(UserSession.id))
    here.get("/account")
    assert here.words().count("Sign out there") == 2
    here.follow(here.post(f"/account/sessions/{second.id}/end"))
    assert "That browser is signed out" in here.words()
    assert not is_in(there)
    assert is_in(here)
    stranger = browser(guarded, builders.a_user(password=PASSWORD))
    assert stranger.post(f"/account/sessions/{first.id}/end").status_code == 404
    assert is_in(here)


def test_a_role_that_ends_counts_at_the_next_request(guarded: Flask, user: User) -> None:
    builders.a_committee()
    db.session.commit()
    reader = browser(guarded, user)
    assert reader.get("/committees/new").status_code == 200
    db.session.execute(db.update(RoleGrant).values(ended_at=NOON))
    db.session.commit()
    assert reader.get("/committees/new").status_code == 404


def test_an_account_that_is_closed_is_out_at_the_next_request(guarded: Flask, user: User) -> None:
    reader = browser(guarded, user)
    user.active = False
    db.session.commit()
    assert not is_in(reader)


def test_changing_the_password_signs_out_every_other_browser(guarded: Flask, user: User) -> None:
    here, there = browser(guarded, user), browser(guarded, user)
    here.get("/account")
    here.follow(here.post("/account", CHANGED))
    assert is_in(here)
    assert not is_in(there)
    assert users.user_with_password(user.email, BETTER)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"old_password": "wrong", "new_password": BETTER}, "is not right"),
        ({"old_password": PASSWORD, "new_password": "short"}, "at least 12 characters"),
        ({"old_password": PASSWORD, "new_password": "x" * 201}, "at most 200 characters"),
        ({"old_password": "", "new_password": ""}, "Enter the password that you have now"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why(
    guarded: Flask, user: User, typed: dict[str, str], told: str
) -> None:
    reader = browser(guarded, user)
    assert reader.post("/account", typed).status_code == 422
    assert told in reader.words()
    assert users.user_with_password(user.email, PASSWORD)


def ask_for_link(app: Flask, email: str) -> str:
    reader = Reader(app)
    reader.get("/forgotten-password")
    reader.post("/forgotten-password", {"email": email})
    answer_all()
    return reader.words()


def mailed_link() -> str:
    letter = db.session.scalars(db.select(Mail).order_by(Mail.id.desc())).first()
    assert letter is not None
    found = re.search(r"(/choose-password/\S+)", letter.text)
    assert found
    return found[1]


def test_a_link_sets_a_new_password_once_and_ends_every_session(guarded: Flask, user: User) -> None:
    old = browser(guarded, user)
    ask_for_link(guarded, user.email.upper())
    link, reader = mailed_link(), Reader(guarded)
    assert reader.get(link).status_code == 200
    assert reader.get(link).status_code == 200
    assert reader.post(link, {"password": "short"}).status_code == 422
    reader.follow(reader.post(link, {"password": BETTER}))
    assert "Your password is set" in reader.words()
    assert not is_in(old)
    assert is_in(browser(guarded, user, BETTER))
    assert reader.get(link).status_code == 410
    assert reader.post(link, {"password": PASSWORD + "x"}).status_code == 410


@pytest.mark.parametrize("how", ["changed", "chosen"])
def test_a_new_password_uses_up_every_link_that_was_mailed(
    guarded: Flask, user: User, how: str
) -> None:
    here = browser(guarded, user)
    ask_for_link(guarded, user.email)
    first = mailed_link()
    if how == "changed":
        here.get("/account")
        assert here.post("/account", CHANGED).status_code == 303
    else:
        ask_for_link(guarded, user.email)
        assert mailed_link() != first
        reader = Reader(guarded)
        reader.get(mailed_link())
        assert reader.post(mailed_link(), {"password": BETTER}).status_code == 303
    assert Reader(guarded).get(first).status_code == 410


def test_a_link_runs_out_after_an_hour(
    guarded: Flask, user: User, clock: time_machine.Traveller
) -> None:
    ask_for_link(guarded, user.email)
    clock.move_to(NOON + timedelta(hours=1))
    assert Reader(guarded).get(mailed_link()).status_code == 410


def test_the_answer_is_the_same_for_an_unknown_address(guarded: Flask, user: User) -> None:
    known = ask_for_link(guarded, user.email).replace(user.email, "…")
    unknown = ask_for_link(guarded, "nobody@example.org").replace("nobody@example.org", "…")
    assert known == unknown
    assert len(db.session.scalars(db.select(PasswordLink)).all()) == 1


def test_nobody_chooses_a_password_for_a_closed_account(guarded: Flask, user: User) -> None:
    ask_for_link(guarded, user.email)
    link = mailed_link()
    user.active = False
    db.session.commit()
    assert Reader(guarded).get(link).status_code == 410


def test_the_token_of_a_link_is_neither_kept_nor_logged(
    guarded: Flask, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    ask_for_link(guarded, user.email)
    link = mailed_link()
    Reader(guarded).get(link)
    token = link.rpartition("/")[2]
    kept = db.session.scalars(db.select(PasswordLink)).one()
    assert token not in str(vars(kept))
    assert token not in caplog.text


def test_two_at_once_with_one_link_set_one_password(guarded: Flask, user: User) -> None:
    ask_for_link(guarded, user.email)
    link, first, second = mailed_link(), Reader(guarded), Reader(guarded)
    first.get(link)
    second.get(link)
    assert first.post(link, {"password": BETTER}).status_code == 303
    assert second.post(link, {"password": "another good one"}).status_code == 410
    assert users.user_with_password(user.email, BETTER)


def test_every_role_can_see_its_own_account(guarded: Flask) -> None:
    for role in Role:
        reader = browser(guarded, builders.a_user(role, password=PASSWORD))
        assert is_in(reader), role


def test_a_page_is_answered_though_its_session_cannot_be_noted(
    guarded: Flask, user: User, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    reader = browser(guarded, user)
    clock.move_to(NOON + timedelta(hours=7))
    with db.engine.begin() as other:
        other.execute(db.select(UserSession.id).with_for_update())
        assert is_in(reader)
    assert "session_not_noted" in caplog.text
    assert is_in(reader)
    db.session.expire_all()
    assert db.session.scalars(db.select(UserSession)).one().last_seen_at > NOON


@pytest.mark.parametrize("held", [1, True, ["a"], {"a": "b"}, "", "no such token", "\x00"])
def test_what_is_no_token_opens_nothing(guarded: Flask, held: object) -> None:
    reader = Reader(guarded)
    with reader.client.session_transaction() as kept:
        kept["_user_id"] = held
    assert reader.get("/account").status_code == 303
    assert reader.get("/").status_code == 200
