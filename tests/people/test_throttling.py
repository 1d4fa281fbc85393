"""How often something may be tried: alike for accounts that are and that are not, and no wider."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from committee.extensions import db
from committee.mail.models import Mail
from committee.people import password_letters, throttling, users
from committee.people.models import User
from committee.people.sign_in_models import PasswordRequest, SignInTry
from committee.people.sign_in_rules import TryKind, waiting_in_words
from committee.people.throttling import TooManyTries, network_of
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import answer_all, set_up

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


def test_codes_are_counted_by_the_day_too(app: Flask) -> None:
    at = NOON
    for _ in range(4):
        for _ in range(10):
            throttling.begin(TryKind.SECOND_STEP, "a", HERE, now=at)
        at += 20 * MINUTE
    with pytest.raises(TooManyTries, match="Wait 23 hours"):
        throttling.begin(TryKind.SECOND_STEP, "a", HERE, now=at)


def test_a_thousand_wrong_tries_an_hour_are_taken_from_one_network(app: Flask) -> None:
    hashed = throttling._hashed(HERE)
    db.session.add_all(
        SignInTry(kind=TryKind.PASSWORD, account_sha256=str(n), network_sha256=hashed, at=NOON)
        for n in range(999)
    )
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
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
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


# By the pages.


@pytest.fixture
def user(app: Flask) -> Iterator[User]:
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    someone = builders.a_user(password=PASSWORD)
    db.session.commit()
    yield someone
    app.config["WTF_CSRF_ENABLED"] = before


def answers_to(
    app: Flask, path: str, email: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> list[TestResponse]:
    """What is answered to `times` wrong tries; the slowness of hashing is no matter here."""
    monkeypatch.setattr(users, "user_with_password", lambda *_: None)
    reader = Reader(app)
    form = {"email": email, "password": "wrong", "csrf_token": reader.token()}
    return [reader.send(path, form) for _ in range(times)]


def comparable(answer: TestResponse, email: str) -> tuple[int, dict[str, str], str]:
    """An answer without what differs by chance: the account that was typed, tokens, cookies."""
    chance = {"set-cookie", "x-request-id", "content-length"}
    headers = {k: v for k, v in answer.headers.items() if k.lower() not in chance}
    text = answer.text.replace(email, "WHO")
    tokens = [part for part in text.split('"') if part.startswith("I") and "." in part]
    for token in tokens:
        text = text.replace(token, "TOKEN")
    return answer.status_code, headers, text


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password"])
def test_known_and_unknown_accounts_are_answered_alike_try_by_try(
    app: Flask, user: User, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    email, nobody = user.email, "x" * (len(user.email) - 12) + "@example.org"
    known = answers_to(app, path, email, 11, monkeypatch)
    unknown = answers_to(app, path, nobody, 11, monkeypatch)
    for one, other in zip(known, unknown, strict=True):
        assert comparable(one, email) == comparable(other, nobody)
    assert known[-1].status_code == 429
    assert int(known[-1].headers["Retry-After"]) in (900, 3600)
    assert ("Wait 15 minutes" if path == "/sign-in" else "Wait 1 hour") in known[-1].text


def test_a_password_is_not_even_looked_at_while_its_account_waits(
    app: Flask, user: User, clock: time_machine.Traveller
) -> None:
    for _ in range(10):
        begin(user.email, "127.0.0.1")
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 429
    assert reader.mistakes() == ["This was tried too often. Wait 15 minutes, then try again."]
    assert reader.value("email") == user.email
    clock.move_to(NOON + 15 * MINUTE)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303


def test_whoever_came_in_here_before_is_not_kept_out_by_others(app: Flask, user: User) -> None:
    own, other = Reader(app), Reader(app)
    assert own.sign_in(user.email, PASSWORD).status_code == 303
    own.get("/account")
    own.post("/sign-out", {"csrf_token": own.value("csrf_token")})
    for _ in range(10):
        begin(user.email, "127.0.0.1")
    assert other.sign_in(user.email, PASSWORD).status_code == 429
    assert own.sign_in(user.email, PASSWORD).status_code == 303


def test_whoever_is_signed_in_is_not_kept_out_by_others(app: Flask, user: User) -> None:
    own = Reader(app)
    own.sign_in(user.email, PASSWORD)
    for _ in range(10):
        begin(user.email, "127.0.0.1")
    own.get("/account/confirm")
    assert own.post("/account/confirm", {"password": PASSWORD}).status_code == 303


def test_a_right_password_is_not_counted_before_the_second_step(app: Flask, user: User) -> None:
    set_up(user)
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).headers["Location"] == "/sign-in/second-step"
    assert db.session.scalars(db.select(SignInTry)).all() == []
    assert reader.client.get_cookie("quorate_known", path="/sign-in") is None


def test_a_browser_is_known_for_those_who_came_in_there_alone(app: Flask, user: User) -> None:
    own = Reader(app)
    own.sign_in(user.email, PASSWORD)
    kept = own.client.get_cookie("quorate_known", path="/sign-in")
    assert kept
    assert (kept.http_only, kept.same_site) == (True, "Lax")
    assert user.email not in kept.value
    for _ in range(10):
        begin("b@example.org", "127.0.0.1")
        begin(user.email, "127.0.0.1")
    thief = Reader(app)
    thief.client.set_cookie("quorate_known", kept.value, path="/sign-in")
    assert thief.sign_in("b@example.org", PASSWORD).status_code == 429
    thief.client.set_cookie("quorate_known", kept.value[:-2] + "AA", path="/sign-in")
    assert thief.sign_in(user.email, PASSWORD).status_code == 429
    assert thief.get("/account").status_code == 303, "it signs nobody in"


def test_a_known_browser_waits_too(app: Flask, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Reader(app)
    own.sign_in(user.email, PASSWORD)
    own.get("/account")
    own.post("/sign-out", {"csrf_token": own.value("csrf_token")})
    monkeypatch.setattr(users, "user_with_password", lambda *_: None)
    form = {"email": user.email, "password": "wrong", "csrf_token": own.token()}
    assert [own.send("/sign-in", form).status_code for _ in range(11)] == [422] * 10 + [429]


def test_three_hundred_people_behind_one_address_come_in(
    app: Flask, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistypes once; that they are in takes no hashing here, which would take a minute."""
    someone = users.user_with_password(user.email, PASSWORD)
    monkeypatch.setattr(
        users, "user_with_password", lambda _, typed: someone if typed == PASSWORD else None
    )
    reader = Reader(app)
    token = reader.token()
    for number in range(300):
        person = Reader(app)
        with reader.client.session_transaction() as ours:
            before = dict(ours)
        with person.client.session_transaction() as theirs:
            theirs.update(before)
        form = {"email": f"p{number}@example.org", "password": "wrong", "csrf_token": token}
        assert person.send("/sign-in", form).status_code == 422
        assert person.send("/sign-in", {**form, "password": PASSWORD}).status_code == 303


def test_three_hundred_people_behind_one_address_get_their_links(app: Flask, user: User) -> None:
    reader = Reader(app)
    token = reader.token()
    for number in range(300):
        form = {"email": f"p{number}@example.org", "csrf_token": token}
        assert reader.send("/forgotten-password", form).status_code == 200
    reader.post("/forgotten-password", {"email": user.email, "csrf_token": token})
    assert len(db.session.scalars(db.select(PasswordRequest)).all()) == 301
    newest = db.select(PasswordRequest.id).order_by(PasswordRequest.id.desc())
    password_letters.answer(db.session.scalars(newest).first() or 0, now=NOON)
    assert [mail.to_address for mail in db.session.scalars(db.select(Mail))] == [user.email]


def statements(app: Flask, path: str, form: dict[str, str], asked: list[str]) -> list[str]:
    """What the database is asked while this form is answered."""
    reader = Reader(app)
    form = {**form, "csrf_token": reader.token()}
    asked.clear()
    reader.send(path, form)
    return [statement.partition(" WHERE ")[0] for statement in asked]


@pytest.mark.parametrize("path", ["/sign-in", "/forgotten-password"])
def test_the_same_is_done_for_known_and_unknown_accounts(
    app: Flask, user: User, path: str, questions: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes time is the database and the hash; both are asked as often and the same."""
    hashed: list[str] = []
    verify = users.PASSWORDS.verify
    monkeypatch.setattr(
        type(users.PASSWORDS),
        "verify",
        lambda _, typed, kept: hashed.append(kept) or verify(typed, kept),
    )
    known = statements(app, path, {"email": user.email, "password": "wrong"}, questions)
    unknown = statements(app, path, {"email": "x@example.org", "password": "wrong"}, questions)
    assert known == unknown
    assert len(known) > 4
    assert len(hashed) == (2 if path == "/sign-in" else 0)


def test_an_asking_is_forgotten_once_it_is_answered(app: Flask, user: User) -> None:
    for email in (user.email, "nobody@example.org"):
        reader = Reader(app)
        reader.post("/forgotten-password", {"email": email})
    assert db.session.scalars(db.select(Mail)).all() == []
    answer_all()
    assert db.session.scalars(db.select(PasswordRequest)).all() == []
    assert [mail.to_address for mail in db.session.scalars(db.select(Mail))] == [user.email]
