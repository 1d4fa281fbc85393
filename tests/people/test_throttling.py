"""How often something may be tried: alike for accounts that are and that are not, and no wider."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask

from committee.extensions import db
from committee.people import throttling
from committee.people.sign_in_models import SignInTry
from committee.people.sign_in_rules import TryKind, waiting_in_words
from committee.people.throttling import TooManyTries, network_of
from tests.people.second_steps import fill

PASSWORD = "a long enough password"
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "192.0.2.2"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def begin(account: str = "a@example.org", network: str = HERE, *, at: datetime = NOON) -> int:
    tried = throttling.begin(TryKind.PASSWORD, account, network, now=at)
    db.session.commit()
    return tried


def test_the_eleventh_try_waits_until_the_first_is_a_quarter_of_an_hour_old(app: Flask) -> None:
    for minute in range(10):
        begin(at=NOON + minute * MINUTE)
    with pytest.raises(TooManyTries, match="Wait 6 minutes") as refused:
        begin(at=NOON + 9 * MINUTE + timedelta(seconds=1))
    assert refused.value.until == NOON + 15 * MINUTE
    assert refused.value.seconds == 6 * 60 - 1
    db.session.rollback()
    begin(at=NOON + 15 * MINUTE)
    with pytest.raises(TooManyTries, match="Wait 1 minute,"):
        begin(at=NOON + 15 * MINUTE)


def test_a_try_that_waits_does_not_lengthen_the_wait(app: Flask) -> None:
    for _ in range(10):
        begin()
    for _ in range(30):
        with pytest.raises(TooManyTries):
            begin(at=NOON + 14 * MINUTE)
        db.session.rollback()
    begin(at=NOON + 15 * MINUTE)


def test_what_was_right_is_not_counted(app: Flask) -> None:
    for _ in range(50):
        throttling.take_back(begin())
    assert db.session.scalars(db.select(SignInTry)).all() == []


def test_other_accounts_and_other_kinds_do_not_wait(app: Flask) -> None:
    for _ in range(10):
        begin()
    begin("b@example.org")
    throttling.begin(TryKind.SECOND_STEP, "a@example.org", HERE, now=NOON)
    with pytest.raises(TooManyTries):
        begin(" A@Example.org ")


def test_one_network_does_not_keep_an_account_shut_for_another(app: Flask) -> None:
    for _ in range(10):
        begin()
    with pytest.raises(TooManyTries):
        begin()
    db.session.rollback()
    for _ in range(10):
        begin(network=THERE)
    with pytest.raises(TooManyTries, match="Wait 15 minutes"):
        begin(network=THERE)


def test_one_line_does_not_keep_an_account_shut_however_many_networks_it_has(app: Flask) -> None:
    taken = 0
    for number in range(0, 2**16, 2**10):
        for _ in range(2):
            try:
                begin(network=f"2001:db8:1:{number:x}::1")
            except TooManyTries:
                db.session.rollback()
            else:
                taken += 1
    assert taken == 10
    begin(network="2001:db8:2::1")


def test_guesses_from_all_networks_together_are_bounded(app: Flask) -> None:
    for number in range(100):
        begin(network=f"198.51.100.{number}")
    with pytest.raises(TooManyTries, match="Wait 1 hour"):
        begin(network=THERE)
    db.session.rollback()
    begin("b@example.org", THERE)
    assert throttling.begin(TryKind.PASSWORD, "a@example.org", THERE, now=NOON, browser="known")


def test_a_known_browser_has_ten_tries_of_its_own(app: Flask) -> None:
    for _ in range(10):
        throttling.begin(TryKind.PASSWORD, "a@example.org", HERE, now=NOON, browser="known")
    with pytest.raises(TooManyTries):
        throttling.begin(TryKind.PASSWORD, "a@example.org", THERE, now=NOON, browser="known")
    db.session.rollback()
    begin()


def test_all_known_browsers_of_one_account_are_bounded_together(app: Flask) -> None:
    for number in range(40):
        throttling.begin(TryKind.SECOND_STEP, "a", HERE, now=NOON, browser=f"known {number}")
    with pytest.raises(TooManyTries, match="Wait 24 hours"):
        throttling.begin(TryKind.SECOND_STEP, "a", THERE, now=NOON, browser="another")
    db.session.rollback()
    throttling.begin(TryKind.SECOND_STEP, "b", THERE, now=NOON, browser="another")
    throttling.begin(TryKind.SECOND_STEP, "a", THERE, now=NOON)


def test_a_full_network_does_not_hold_a_known_browser_up(app: Flask) -> None:
    fill(HERE)
    with pytest.raises(TooManyTries):
        begin()
    db.session.rollback()
    throttling.begin(TryKind.PASSWORD, "a@example.org", HERE, now=NOON, browser="known")


def test_what_is_tried_at_known_browsers_is_not_counted_for_their_network(app: Flask) -> None:
    fill(HERE, but=1)
    throttling.begin(TryKind.PASSWORD, "a@example.org", HERE, now=NOON, browser="known")
    begin()


def test_codes_are_counted_by_the_day_too(app: Flask) -> None:
    at = NOON
    for _ in range(4):
        for _ in range(10):
            throttling.begin(TryKind.SECOND_STEP, "a", HERE, now=at)
        at += 20 * MINUTE
    with pytest.raises(TooManyTries, match="Wait 23 hours"):
        throttling.begin(TryKind.SECOND_STEP, "a", HERE, now=at)


def test_a_thousand_wrong_tries_an_hour_are_taken_from_one_network(app: Flask) -> None:
    fill(HERE, but=1)
    begin("last@example.org")
    with pytest.raises(TooManyTries, match="Wait 1 hour"):
        begin("another@example.org")
    db.session.rollback()
    begin("another@example.org", THERE)


def test_tries_are_forgotten_after_a_day(app: Flask) -> None:
    begin()
    begin("b@example.org", at=NOON + timedelta(days=1, seconds=1))
    assert len(db.session.scalars(db.select(SignInTry)).all()) == 1


def test_what_was_typed_is_not_kept(app: Flask) -> None:
    begin("my secret password, in the wrong field")
    kept = db.session.scalars(db.select(SignInTry)).one()
    assert "secret" not in str(vars(kept))
    assert HERE not in str(vars(kept))


def test_a_hundred_at_once_are_counted_like_a_hundred_in_a_row(app: Flask) -> None:
    start = Barrier(20)

    def one(_: int) -> bool:
        with app.app_context():
            start.wait(10)
            try:
                begin()
            except TooManyTries:
                return False
            finally:
                db.session.remove()
            return True

    # Ten connections are all that the pool gives; the others wait for theirs.
    with ThreadPoolExecutor(20) as threads:
        assert sum(threads.map(one, range(20))) == 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:51234", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("2001:db8:1:ffff::1", "2001:db8:1::/48"),
        ("2001:db8:2::1", "2001:db8:2::/48"),
        ("[2001:db8:1:2::ffff]", "2001:db8:1::/48"),
        ("[2001:db8:1:2::ffff]:443", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("[::ffff:192.0.2.7]:80", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_one_connection_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 minute"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (3540, "59 minutes"),
        (3541, "1 hour"),
        (3601, "2 hours"),
    ],
)
def test_waits_are_told_in_whole_minutes_and_hours(seconds: int, words: str) -> None:
    assert waiting_in_words(timedelta(seconds=seconds)) == words
