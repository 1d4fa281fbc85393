"""Signing in by two steps, setting the second one up, and having it taken away."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from committee.audit import service as audit
from committee.extensions import db
from committee.mail.models import Mail
from committee.people import second_factor
from committee.people.models import User
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_models import RecoveryCode
from committee.people.sign_in_rules import SignInKind
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import CODE, NOON, PASSWORD, STEP, code_at, set_up

pytestmark = pytest.mark.usefixtures("clock")


def with_password(app: Flask, user: User) -> Reader:
    reader = Reader(app)
    answer = reader.sign_in(user.email, PASSWORD)
    reader.follow(answer)
    return reader


def enter_code(reader: Reader, code: str) -> int:
    return reader.post("/sign-in/second-step", {"code": code}).status_code


def test_the_password_alone_opens_nothing(app: Flask, user: User) -> None:
    set_up(user)
    reader = with_password(app, user)
    assert "Second step of sign-in" in reader.words()
    assert reader.get("/account").status_code == 303
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_password_and_code_open_a_session_of_that_kind(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    secret = set_up(user)
    clock.move_to(NOON + 10 * STEP)
    reader = with_password(app, user)
    assert enter_code(reader, "000000") == 422
    assert "not right" in reader.words()
    answer = reader.post("/sign-in/second-step", {"code": code_at(secret, NOON + 10 * STEP)})
    assert answer.headers["Location"] == "/home"
    reader.get("/account")
    assert "Password and code" in reader.words()
    kept = db.session.scalars(db.select(UserSession)).one()
    assert kept.kind is SignInKind.PASSWORD_AND_CODE


def test_a_recovery_code_opens_too_and_says_how_many_are_left(app: Flask, user: User) -> None:
    set_up(user)
    codes = second_factor.make_recovery_codes(user, now=NOON)
    db.session.commit()
    reader = with_password(app, user)
    assert enter_code(reader, codes[3]) == 303
    reader.get("/account/second-step")
    assert "9 codes are left" in reader.words()
    again = with_password(app, user)
    assert enter_code(again, codes[3]) == 422


def test_the_page_that_was_wanted_is_shown_after_both_steps(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    secret = set_up(user)
    clock.move_to(NOON + 10 * STEP)
    reader = Reader(app)
    form = {"email": user.email, "password": PASSWORD, "next": "/account?x=1"}
    assert reader.post("/sign-in", form).headers["Location"] == "/sign-in/second-step"
    answer = reader.post("/sign-in/second-step", {"code": code_at(secret, NOON + 10 * STEP)})
    assert answer.headers["Location"] == "/account?x=1"


@pytest.mark.parametrize("what", ["ten minutes", "a new password", "closed"])
def test_a_step_taken_before_counts_no_more(
    app: Flask, user: User, clock: time_machine.Traveller, what: str
) -> None:
    secret, now = set_up(user), NOON + timedelta(minutes=9)
    reader = with_password(app, user)
    if what == "ten minutes":
        now = NOON + timedelta(minutes=10)
    if what == "a new password":
        user.password_hash = "replaced"
    if what == "closed":
        user.active = False
    db.session.commit()
    clock.move_to(now)
    answer = reader.post("/sign-in/second-step", {"code": code_at(secret, now)})
    assert answer.headers["Location"] == "/sign-in"
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_codes_are_guessed_ten_times_and_then_wait(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    secret = set_up(user)
    clock.move_to(NOON + 10 * STEP)
    reader = with_password(app, user)
    assert [enter_code(reader, "000000") for _ in range(11)] == [422] * 10 + [429]
    assert "Wait 15 minutes" in reader.words()
    # The right one waits too, at every browser.
    another = with_password(app, user)
    assert enter_code(another, code_at(secret, NOON + 10 * STEP)) == 429


def test_an_app_is_set_up_by_its_key_and_picture(app: Flask, user: User) -> None:
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    reader.follow(reader.post("/account/second-step/app/begin"))
    key = re.search(r"Key: ((?:[A-Z2-7]{4} ?)+)", reader.words())
    assert key
    picture = reader.get("/account/second-step/app/picture.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert reader.post("/account/second-step/app", {"code": "000000"}).status_code == 422
    code = code_at(key[1].replace(" ", ""), NOON)
    assert reader.post("/account/second-step/app", {"code": code}).status_code == 200
    assert len(CODE.findall(reader.words())) == 10
    letter = db.session.scalars(db.select(Mail)).one()
    assert (letter.to_address, letter.subject) == (user.email, "How you sign in was changed")
    assert "An authenticator app was added." in letter.text
    assert reader.get("/account/second-step/app/picture.svg").status_code == 404
    assert len(db.session.scalars(db.select(RecoveryCode)).all()) == 10


def test_the_first_second_step_signs_out_every_other_browser(app: Flask, user: User) -> None:
    here, there = Reader(app), Reader(app)
    for reader in (here, there):
        reader.sign_in(user.email, PASSWORD)
    here.follow(here.post("/account/second-step/app/begin"))
    begun = second_factor.begun_authenticator(user)
    assert begun
    code = {"code": code_at(begun[1], NOON)}
    assert here.post("/account/second-step/app", code).status_code == 200
    assert "Other browsers are signed out." in here.words()
    assert there.get("/account").status_code == 303
    assert here.get("/account").status_code == 200


def test_changing_how_one_signs_in_asks_again_who_it_is(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    clock.move_to(NOON + timedelta(minutes=61))
    db.session.expire_all()
    answer = reader.post("/account/second-step/app/begin")
    assert answer.headers["Location"] == "/account/confirm?next=/account/second-step"
    reader.follow(answer)
    assert reader.post("/account/confirm", {"password": "wrong"}).status_code == 422
    form = {"password": PASSWORD, "next": "/account/second-step"}
    assert reader.post("/account/confirm", form).headers["Location"] == "/account/second-step"
    assert reader.post("/account/second-step/app/begin").headers["Location"].endswith("/app")


def test_who_has_an_app_shows_who_they_are_by_its_code(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    secret = set_up(user)
    later = NOON + timedelta(hours=2)
    clock.move_to(later)
    db.session.expire_all()
    where = "/account/second-step/app/remove"
    reader.follow(reader.get(where))
    assert reader.post("/account/confirm", {"password": PASSWORD}).status_code == 422
    form = {"code": code_at(secret, later), "next": where}
    reader.follow(reader.post("/account/confirm", form))
    assert "Remove the authenticator app" in reader.words()
    reader.follow(reader.post(where))
    assert "Your authenticator app was removed." in reader.words()
    assert not second_factor.held_by(user)


def test_an_administrator_takes_away_what_somebody_has_lost(app: Flask, user: User) -> None:
    set_up(user)
    theirs = Reader(app)
    administrator = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    codes = second_factor.make_recovery_codes(user, now=NOON)
    db.session.commit()
    theirs.follow(theirs.sign_in(user.email, PASSWORD))
    assert enter_code(theirs, codes[0]) == 303
    reader, where = Reader(app), f"/people/{user.id}/second-step/reset"
    reader.sign_in(administrator.email, PASSWORD)
    reader.get(where)
    assert "Make sure first that it is really" in reader.words()
    reader.follow(reader.post(where))
    assert "signs in without a second step" in reader.words()
    assert not second_factor.held_by(user)
    assert theirs.get("/account").status_code == 303
    assert audit.history(user)[0].act == "second_step:removed"
    assert audit.history(user)[0].actor_id == administrator.id
    letters = db.session.scalars(db.select(Mail).where(Mail.to_address == user.email)).all()
    assert "An administrator took away your second step" in letters[-1].text
    reader.follow(reader.post(where))
    assert "has no second step" in reader.words()
    own = f"/people/{administrator.id}/second-step/reset"
    reader.follow(reader.post(own))
    assert "You cannot reset your own" in reader.words()


def test_only_administrators_reset(app: Flask, user: User) -> None:
    set_up(user)
    other = builders.a_user(password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    reader.sign_in(other.email, PASSWORD)
    assert reader.post(f"/people/{user.id}/second-step/reset").status_code == 404
    assert second_factor.held_by(user)
