"""Throttling at the pages of sign-in: answered alike for all, and no way to keep anybody out."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from committee.extensions import db
from committee.mail.models import Mail
from committee.people import password_letters, throttling, users
from committee.people.models import User
from committee.people.sign_in_models import PasswordRequest, SignInTry
from committee.people.sign_in_rules import TryKind
from tests.pages.reader import Reader
from tests.people.second_steps import answer_all, set_up

PASSWORD = "a long enough password"
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = "127.0.0.1"


pytestmark = pytest.mark.usefixtures("clock")


def begin(account: str) -> None:
    """Somebody tries something else at this account from where the browsers of these tests are."""
    throttling.begin(TryKind.PASSWORD, account, HERE, now=NOON)
    db.session.commit()


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
        begin(user.email)
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
        begin(user.email)
    assert other.sign_in(user.email, PASSWORD).status_code == 429
    assert own.sign_in(user.email, PASSWORD).status_code == 303


def test_whoever_is_signed_in_is_not_kept_out_by_others(app: Flask, user: User) -> None:
    own = Reader(app)
    own.sign_in(user.email, PASSWORD)
    for _ in range(10):
        begin(user.email)
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
        begin("b@example.org")
        begin(user.email)
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
