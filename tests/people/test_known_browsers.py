"""Browsers that are known: what they are spared, and when they are known no more."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from committee.extensions import db
from committee.mail.models import Mail
from committee.people import accounts, second_factor, throttling, users
from committee.people.accounts import Particulars
from committee.people.models import User
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_models import SignInTry
from committee.people.sign_in_rules import TryKind
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import NOON, PASSWORD, STEP, answer_all, code_at, fill, set_up

NEW = "another long password"
HERE = "127.0.0.1"
SECOND = timedelta(seconds=1)


pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def own(app: Flask, user: User, clock: time_machine.Traveller) -> Reader:
    """The user at a browser at which they came in, a second ago."""
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    clock.shift(SECOND)
    return reader


def cookie_of(reader: Reader) -> str:
    """What makes the browser known."""
    kept = reader.client.get_cookie("quorate_known", path="/sign-in")
    assert kept
    return kept.value


def with_cookie(app: Flask, cookie: str) -> Reader:
    """A browser that has nothing but this."""
    reader = Reader(app)
    reader.client.set_cookie("quorate_known", cookie, path="/sign-in")
    return reader


def is_known(app: Flask, cookie: str, email: str) -> bool:
    """Whether a browser with this cookie is spared what others have tried at the account."""
    db.session.execute(db.delete(SignInTry))
    for number in range(10):
        throttling.begin(TryKind.PASSWORD, email, HERE, now=NOON + number * SECOND)
    db.session.commit()
    return with_cookie(app, cookie).sign_in(email, "wrong").status_code == 422


def choose_by_link(app: Flask, email: str) -> Reader:
    """Have a link sent, and choose a password by it."""
    reader = Reader(app)
    reader.get("/forgotten-password")
    assert reader.post("/forgotten-password", {"email": email}).status_code == 200
    answer_all()
    link = re.search(r"(/choose-password/\S+)", db.session.scalars(db.select(Mail)).one().text)
    assert link
    reader.get(link[1])
    assert reader.post(link[1], {"password": NEW}).status_code == 303
    return reader


def test_a_browser_stays_known(app: Flask, user: User, own: Reader) -> None:
    assert is_known(app, cookie_of(own), user.email)


def test_a_full_network_shuts_nobodys_own_browser(app: Flask, user: User, own: Reader) -> None:
    own.get("/account")
    own.post("/sign-out", {"csrf_token": own.value("csrf_token")})
    fill(HERE)
    assert Reader(app).sign_in(user.email, PASSWORD).status_code == 429
    assert own.sign_in(user.email, PASSWORD).status_code == 303
    own.get("/account/confirm")
    assert own.post("/account/confirm", {"password": PASSWORD}).status_code == 303


def test_many_known_browsers_try_no_more_codes_than_one_a_day(app: Flask, user: User) -> None:
    """Who knew the password before a second step was set up has as many as they want."""
    cookies = []
    for _ in range(5):
        reader = Reader(app)
        reader.sign_in(user.email, PASSWORD)
        cookies.append(cookie_of(reader))
    set_up(user)
    taken = []
    for cookie in cookies:
        reader = with_cookie(app, cookie)
        answer = reader.sign_in(user.email, PASSWORD)
        assert answer.headers["Location"] == "/sign-in/second-step"
        form = {"code": "000000", "csrf_token": reader.token()}
        taken += [reader.send("/sign-in/second-step", form).status_code for _ in range(10)]
    assert taken == [422] * 40 + [429] * 10


def test_setting_up_a_second_step_forgets_all_browsers_but_that_one(
    app: Flask, user: User, own: Reader
) -> None:
    before = cookie_of(own)
    own.get("/account/second-step")
    own.post("/account/second-step/app/begin", {"csrf_token": own.value("csrf_token")})
    own.get("/account/second-step/app")
    begun = second_factor.begun_authenticator(user)
    assert begun
    own.post("/account/second-step/app", {"code": code_at(begun[1], NOON)})
    assert second_factor.held_by(user)
    assert not is_known(app, before, user.email)
    assert is_known(app, cookie_of(own), user.email)


def test_a_changed_password_forgets_all_browsers_but_that_one(
    app: Flask, user: User, own: Reader
) -> None:
    before = cookie_of(own)
    own.get("/account")
    form = {"old_password": PASSWORD, "new_password": NEW}
    assert own.post("/account", form).status_code == 303
    assert not is_known(app, before, user.email)
    assert is_known(app, cookie_of(own), user.email)


def test_a_password_chosen_by_a_link_forgets_all_browsers_but_that_one(
    app: Flask, user: User, own: Reader
) -> None:
    here = choose_by_link(app, user.email)
    assert not is_known(app, cookie_of(own), user.email)
    assert is_known(app, cookie_of(here), user.email)


def test_a_link_alone_makes_no_browser_known_where_there_is_a_second_step(
    app: Flask, user: User
) -> None:
    set_up(user)
    here = choose_by_link(app, user.email)
    assert here.client.get_cookie("quorate_known", path="/sign-in") is None


def test_signing_out_elsewhere_forgets_that_browser(app: Flask, user: User, own: Reader) -> None:
    other = Reader(app)
    other.sign_in(user.email, PASSWORD)
    theirs = db.session.scalars(db.select(UserSession).order_by(UserSession.id.desc())).first()
    assert theirs
    own.get("/account")
    token = {"csrf_token": own.value("csrf_token")}
    with time_machine.travel(NOON + 2 * SECOND, tick=False):
        assert own.post(f"/account/sessions/{theirs.id}/end", token).status_code == 303
    assert not is_known(app, cookie_of(other), user.email)
    assert is_known(app, cookie_of(own), user.email)


def test_signing_out_here_does_not_forget_this_browser(app: Flask, user: User, own: Reader) -> None:
    own.get("/account")
    own.post("/sign-out", {"csrf_token": own.value("csrf_token")})
    assert is_known(app, cookie_of(own), user.email)


def test_an_administrator_who_ends_a_session_forgets_its_browser(
    app: Flask, user: User, own: Reader
) -> None:
    theirs = db.session.scalars(db.select(UserSession)).one()
    administrator = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    reader.sign_in(administrator.email, PASSWORD)
    reader.get(f"/people/{user.id}")
    token = {"csrf_token": reader.value("csrf_token")}
    answer = reader.post(f"/people/{user.id}/sessions/{theirs.id}/end", token)
    assert answer.status_code == 303
    assert not is_known(app, cookie_of(own), user.email)


def test_a_second_step_that_is_taken_away_forgets_the_browsers(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    secret = set_up(user)
    clock.shift(10 * STEP)
    own = Reader(app)
    own.sign_in(user.email, PASSWORD)
    own.post("/sign-in/second-step", {"code": code_at(secret, NOON + 10 * STEP)})
    clock.shift(SECOND)
    administrator = builders.a_user(Role.ADMINISTRATOR)
    second_factor.reset(user, now=NOON + 11 * STEP, by=administrator.id)
    db.session.commit()
    assert not is_known(app, cookie_of(own), user.email)


def test_who_is_given_somebodys_old_address_is_not_known_at_their_browser(
    app: Flask, user: User, own: Reader
) -> None:
    email = user.email
    at = NOON + SECOND
    accounts.change(user, Particulars("Gone", "gone@example.org"), now=at, by=None)
    db.session.commit()
    users.add_user(email, "Newcomer", PASSWORD, role=Role.REPORT_AUTHOR, now=at)
    db.session.commit()
    assert not is_known(app, cookie_of(own), email)


def test_a_browser_is_forgotten_a_year_after_they_last_came_in_there(
    app: Flask, user: User, own: Reader, clock: time_machine.Traveller
) -> None:
    """Also where somebody else comes in at it in the meantime, which signs the cookie anew."""
    other = builders.a_user(password=PASSWORD)
    db.session.commit()
    own.get("/account")
    own.post("/sign-out", {"csrf_token": own.value("csrf_token")})
    clock.move_to(NOON + timedelta(days=364))
    own.sign_in(other.email, PASSWORD)
    clock.move_to(NOON + timedelta(days=365))
    for _ in range(10):
        throttling.begin(TryKind.PASSWORD, user.email, HERE, now=NOON + timedelta(days=365))
    db.session.commit()
    assert with_cookie(app, cookie_of(own)).sign_in(user.email, "wrong").status_code == 429


def test_ending_sessions_overtakes_nobody_who_changes_the_particulars(
    app: Flask, user: User, own: Reader
) -> None:
    before = user.version
    theirs = db.session.scalars(db.select(UserSession)).one()
    own.get("/account")
    own.post(f"/account/sessions/{theirs.id}/end", {"csrf_token": own.value("csrf_token")})
    db.session.refresh(user)
    assert user.version == before
