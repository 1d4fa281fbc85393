"""Sessions that were planted, roles that need a second step, and showing again who one is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from committee.extensions import db
from committee.people import second_factor
from committee.people.models import User
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_choices import SignInChoices
from committee.people.sign_in_rules import SecondFactorDuty
from tests import builders
from tests.decisions import builders as decisions
from tests.pages.reader import Reader
from tests.people.second_steps import NOON, PASSWORD, STEP, code_at, set_up


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def pages(app: Flask) -> Iterator[Flask]:
    before = app.config.get("WTF_CSRF_ENABLED", True), app.extensions["sign_in"]
    app.config["WTF_CSRF_ENABLED"] = True
    builders.a_committee()
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"], app.extensions["sign_in"] = before


@pytest.fixture
def user(pages: Flask) -> User:
    someone = builders.a_user(password=PASSWORD)
    db.session.commit()
    return someone


def what_is_held(reader: Reader) -> dict[str, object]:
    with reader.client.session_transaction() as held:
        return dict(held)


def with_what_was_held(app: Flask, held: dict[str, object]) -> Reader:
    reader = Reader(app)
    with reader.client.session_transaction() as ours:
        ours.update(held)
    return reader


# Fixation.


def test_what_a_browser_held_before_sign_in_never_becomes_a_session(
    pages: Flask, user: User
) -> None:
    victim = Reader(pages)
    victim.get("/sign-in")
    planted = what_is_held(victim)
    assert victim.sign_in(user.email, PASSWORD).status_code == 303
    assert not set(planted.values()) & set(what_is_held(victim).values())
    assert with_what_was_held(pages, planted).get("/account").status_code == 303


def test_what_a_browser_held_between_the_steps_never_becomes_a_session(
    pages: Flask, user: User, clock: time_machine.Traveller
) -> None:
    secret = set_up(user)
    clock.move_to(NOON + 10 * STEP)
    victim = Reader(pages)
    victim.sign_in(user.email, PASSWORD)
    stolen, code = what_is_held(victim), code_at(secret, NOON + 10 * STEP)
    assert victim.post("/sign-in/second-step", {"code": code}).status_code == 303
    thief = with_what_was_held(pages, stolen)
    assert thief.get("/account").status_code == 303
    assert thief.post("/sign-in/second-step", {"code": code}).status_code == 422
    assert len(db.session.scalars(db.select(UserSession)).all()) == 1


def test_nobody_writes_a_session_without_the_key(pages: Flask, user: User) -> None:
    reader = Reader(pages)
    reader.sign_in(user.email, PASSWORD)
    cookie = reader.client.get_cookie("quorate")
    assert cookie
    reader.client.set_cookie("quorate", cookie.value[:-3] + "AAA")
    assert reader.get("/account").status_code == 303


# Who must have a second step.


@pytest.fixture
def required(pages: Flask) -> Flask:
    pages.extensions["sign_in"] = SignInChoices(second_step=SecondFactorDuty.REQUIRED)
    return pages


def test_those_who_must_have_a_second_step_can_do_nothing_else(required: Flask, user: User) -> None:
    reader = Reader(required)
    reader.sign_in(user.email, PASSWORD)
    for path in ("/home", "/account", "/", "/committees/new"):
        assert reader.get(path).headers["Location"] == "/account/second-step", path
    reader.get("/account/second-step")
    assert "Your roles ask for a second step." in reader.words()
    assert reader.get("/static/quorate.css").status_code == 200
    set_up(user)
    assert reader.get("/home").status_code == 200
    reader.get("/account/second-step")
    assert "Your roles ask for a second step." not in reader.words()


def test_whoever_must_set_one_up_takes_nothing_from_others(required: Flask, user: User) -> None:
    other = builders.a_user(password=PASSWORD)
    set_up(other)
    administrator = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.commit()
    reader = Reader(required)
    reader.sign_in(administrator.email, PASSWORD)
    for path in ("second-step/reset", "council-account/unlink"):
        reader.get("/account/second-step")
        token = {"csrf_token": reader.value("csrf_token")}
        answer = reader.post(f"/people/{other.id}/{path}", token)
        assert answer.headers["Location"] == "/account/second-step", path
    assert second_factor.held_by(other)


def test_they_can_always_leave(required: Flask, user: User) -> None:
    reader = Reader(required)
    reader.sign_in(user.email, PASSWORD)
    reader.get("/account/second-step")
    token = reader.value("csrf_token")
    assert reader.post("/sign-out", {"csrf_token": token}).status_code == 303
    assert reader.get("/account").headers["Location"].startswith("/sign-in")


def test_other_roles_and_visitors_are_not_asked(required: Flask) -> None:
    author = builders.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    db.session.commit()
    reader = Reader(required)
    assert reader.get("/").status_code == 200
    reader.sign_in(author.email, PASSWORD)
    assert reader.get("/account").status_code == 200


def test_where_it_is_only_offered_the_account_says_so(pages: Flask, user: User) -> None:
    reader = Reader(pages)
    reader.sign_in(user.email, PASSWORD)
    assert reader.get("/home").status_code == 200
    reader.get("/account")
    assert "a password alone is not much of a lock" in reader.words()
    set_up(user)
    reader.get("/account")
    assert "You have set up an authenticator app." in reader.words()


# Signing a decision.


@pytest.fixture
def maker(pages: Flask) -> tuple[Reader, User, str]:
    """Somebody with a decision to sign, at a browser, and the page on which they sign it."""
    user = builders.a_user(Role.DECISION_MAKER, password=PASSWORD)
    committee = builders.a_committee()
    portfolio = decisions.a_portfolio(committee, user)
    number = decisions.a_ready(committee=committee, portfolio=portfolio).number
    db.session.commit()
    reader = Reader(pages)
    reader.sign_in(user.email, PASSWORD)
    return reader, user, f"/decisions/{number}/sign"


def test_signing_asks_again_only_of_those_who_have_a_second_step(
    maker: tuple[Reader, User, str], clock: time_machine.Traveller
) -> None:
    reader, user, page = maker
    later = NOON + timedelta(minutes=61)
    clock.move_to(later)
    db.session.expire_all()
    assert reader.get(page).status_code == 200
    secret = set_up(user)
    asked = reader.get(page)
    assert asked.headers["Location"] == f"/account/confirm?next={page}"
    assert reader.post(page).headers["Location"].startswith("/account/confirm?next=")
    reader.follow(asked)
    form = {"code": code_at(secret, later), "next": page}
    assert reader.follow(reader.post("/account/confirm", form)).status_code == 200
    clock.move_to(later + timedelta(minutes=14, seconds=59))
    db.session.expire_all()
    assert reader.post(page).status_code == 422, "the form is looked at"


def test_no_form_is_taken_later_than_a_page_is_shown(
    maker: tuple[Reader, User, str], clock: time_machine.Traveller
) -> None:
    reader, user, page = maker
    set_up(user)
    assert reader.get(page).status_code == 200
    clock.move_to(NOON + timedelta(minutes=15))
    db.session.expire_all()
    assert reader.get(page).status_code == 303
    sent = reader.post(page, {"interest": "none"})
    assert sent.headers["Location"] == f"/account/confirm?next={page}"
    reader.follow(sent)
    assert "What you sent was not taken: it is longer than 15 minutes since" in reader.words()
    assert "unless that was shown in the last 15 minutes" in reader.words()


def test_a_step_that_was_taken_at_sign_in_is_recent(
    maker: tuple[Reader, User, str], clock: time_machine.Traveller
) -> None:
    reader, user, page = maker
    assert second_factor.held_by(user).authenticator is None
    set_up(user)
    clock.move_to(NOON + timedelta(minutes=14))
    assert reader.get(page).status_code == 200
