"""Codes of an app and recovery codes: once each, for a short time, and kept by nobody."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask

from committee.extensions import db
from committee.people import second_factor
from committee.people.models import User
from committee.people.sign_in_models import Authenticator, RecoveryCode
from committee.states import NotAllowed
from config import Settings
from tests import builders
from tests.people.second_steps import CODE, NOON, STEP, code_at, set_up

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize(
    ("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_a_clock_may_be_wrong_by_one_step(user: User, steps: int, taken: bool) -> None:
    secret, now = set_up(user), NOON + 10 * STEP
    assert second_factor.take_code(user, code_at(secret, now + steps * STEP), now=now) is taken


def test_each_code_is_taken_once(user: User) -> None:
    secret, now = set_up(user), NOON + 10 * STEP
    code = code_at(secret, now)
    assert second_factor.take_code(user, f" {code[:3]} {code[3:]} ", now=now)
    assert not second_factor.take_code(user, code, now=now)
    assert not second_factor.take_code(user, code, now=now + STEP)
    assert not second_factor.take_code(user, code_at(secret, now - STEP), now=now)
    assert second_factor.take_code(user, code_at(secret, now + STEP), now=now + STEP)


def test_the_code_that_set_the_app_up_is_used(user: User) -> None:
    secret = set_up(user)
    assert not second_factor.take_code(user, code_at(secret, NOON), now=NOON)


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "１２３４５６", "\ud800", "1" * 40])
def test_what_is_no_code_is_not_taken(user: User, typed: str) -> None:
    set_up(user)
    assert not second_factor.take_code(user, typed, now=NOON + 10 * STEP)


def test_two_at_once_with_one_code_are_one(app: Flask, user: User) -> None:
    code, now = code_at(set_up(user), NOON + 10 * STEP), NOON + 10 * STEP
    user_id, start = user.id, Barrier(4)

    def one(_: int) -> bool:
        with app.app_context():
            someone = db.session.get_one(User, user_id)
            start.wait(10)
            taken = second_factor.take_code(someone, code, now=now)
            db.session.commit()
            db.session.remove()
            return taken

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one, range(4))) == 1


def test_the_secret_is_sealed_and_opens_only_with_the_key(app: Flask, user: User) -> None:
    secret = set_up(user)
    kept = db.session.scalars(db.select(Authenticator)).one()
    assert secret not in str(vars(kept))
    settings: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = Settings(**(vars(settings) | {"secret_key": "another " * 5}))
    try:
        now = NOON + 10 * STEP
        assert not second_factor.take_code(user, code_at(secret, now), now=now)
    finally:
        app.config["SETTINGS"] = settings


def test_an_app_counts_once_its_first_code_was_typed(user: User) -> None:
    second_factor.begin_authenticator(user, now=NOON)
    assert not second_factor.held_by(user)
    with pytest.raises(NotAllowed, match="not right"):
        second_factor.confirm_authenticator(user, "000000", now=NOON)
    assert not second_factor.held_by(user)


def test_another_app_takes_the_place_of_the_first(user: User) -> None:
    first, second = set_up(user), set_up(user)
    now = NOON + 10 * STEP
    assert not second_factor.take_code(user, code_at(first, now), now=now)
    assert second_factor.take_code(user, code_at(second, now), now=now)
    assert len([a for a in db.session.scalars(db.select(Authenticator)) if a.ended_at]) == 1


def test_recovery_codes_are_ten_and_each_opens_once(user: User) -> None:
    codes = second_factor.make_recovery_codes(user, now=NOON)
    assert len(set(codes)) == 10
    assert all(CODE.fullmatch(code) for code in codes)
    kept = db.session.scalars(db.select(RecoveryCode)).all()
    assert not any(code.replace("-", "") in str(vars(row)) for code in codes for row in kept)
    assert second_factor.take_recovery_code(user, f" {codes[0].upper()} ", now=NOON)
    assert not second_factor.take_recovery_code(user, codes[0], now=NOON)
    assert second_factor.take_recovery_code(user, codes[1].replace("-", ""), now=NOON)
    assert second_factor.held_by(user).recovery_codes == 8
    another = builders.a_user()
    assert not second_factor.take_recovery_code(another, codes[2], now=NOON)


def test_new_recovery_codes_end_the_old_ones(user: User) -> None:
    old = second_factor.make_recovery_codes(user, now=NOON)
    second_factor.make_recovery_codes(user, now=NOON)
    assert not second_factor.take_recovery_code(user, old[0], now=NOON)


def test_recovery_codes_go_with_the_last_second_step(user: User) -> None:
    set_up(user)
    second_factor.make_recovery_codes(user, now=NOON)
    second_factor.remove_authenticator(user, now=NOON, by=user.id)
    assert second_factor.held_by(user).recovery_codes == 0
    with pytest.raises(NotAllowed, match="no authenticator app any more"):
        second_factor.remove_authenticator(user, now=NOON, by=user.id)
