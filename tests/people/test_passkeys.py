"""Passkeys: one that is right opens, and nothing else does, in the same words."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from committee.extensions import db
from committee.people.models import User
from committee.people.passkeys import MOST, NOT_TAKEN, Site, site_at
from committee.people.session_models import UserSession
from committee.people.sign_in_models import Passkey
from committee.people.sign_in_rules import SignInKind
from tests import builders
from tests.pages.reader import Reader
from tests.people.passkey_device import PRESENT, Device
from tests.people.second_steps import NOON, PASSWORD

ADD = "/account/second-step/passkeys/new"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def pages(app: Flask) -> Iterator[Flask]:
    """The application at an address with a name."""
    before = app.config.get("WTF_CSRF_ENABLED", True), app.config["SETTINGS"]
    app.config["WTF_CSRF_ENABLED"] = True
    app.config["SETTINGS"] = replace(before[1], public_url="http://localhost:5050")
    builders.a_committee()
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"], app.config["SETTINGS"] = before


@pytest.fixture
def user(pages: Flask) -> User:
    someone = builders.a_user(password=PASSWORD)
    db.session.commit()
    return someone


def question(reader: Reader) -> dict[str, Any]:
    """What the form of the last page asks a passkey."""
    form = reader.page.select_one("[data-module=app-passkey]")
    assert form
    options: dict[str, Any] = json.loads(str(form["data-options"]))
    return options


def with_passkey(app: Flask, user: User, device: Device) -> Device:
    reader = Reader(app)
    reader.sign_in(user.email, PASSWORD)
    reader.get(ADD)
    form = {"name": "Laptop", "credential": device.added(question(reader))}
    assert reader.post(ADD, form).status_code == 200, reader.mistakes()
    return device


def come(app: Flask, device: Device, spoil: Callable[[str], str] = lambda sent: sent) -> Reader:
    reader = Reader(app)
    reader.get("/sign-in")
    sent = spoil(device.used(question(reader)))
    form = {"credential": sent, "csrf_token": reader.value("csrf_token")}
    answer = reader.post("/sign-in/passkey", form)
    if answer.status_code == 303:
        reader.follow(answer)
    return reader


def is_in(reader: Reader) -> bool:
    return reader.get("/account").status_code == 200


def test_a_passkey_alone_opens_a_session_of_that_kind(pages: Flask, user: User) -> None:
    device = with_passkey(pages, user, Device())
    db.session.execute(db.delete(UserSession))
    db.session.commit()
    assert is_in(come(pages, device))
    kept = db.session.scalars(db.select(UserSession)).one()
    assert (kept.user_id, kept.kind) == (user.id, SignInKind.PASSKEY)
    assert db.session.scalars(db.select(Passkey)).one().last_used_at == NOON
    assert is_in(come(pages, device)), "again, with a count that has grown"


def test_what_is_added_is_asked_for_rightly(pages: Flask, user: User) -> None:
    device = with_passkey(pages, user, Device())
    reader = come(pages, device)
    reader.get(ADD)
    asked: dict[str, Any] = question(reader)
    assert asked["rp"] == {"id": "localhost", "name": "Example County Council"}
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert len(asked["excludeCredentials"]) == 1
    assert user.email not in str(asked["user"]["id"])


def changed(**values: object) -> Callable[[Device], Device]:
    return lambda device: replace(device, **values)  # type: ignore[arg-type]


LIES: dict[str, Callable[[Device], Device]] = {
    "asked elsewhere": changed(origin="https://localhost.example"),
    "asked at another port": changed(origin="http://localhost:5051"),
    "of another name": changed(name="example.org"),
    "without its person": changed(flags=PRESENT),
    "with nobody there": changed(flags=0),
    "with another key": lambda device: replace(device, key=Device().key),
    "with a count that went back": changed(count=-1),
    "of nobody": changed(credential_id=b"unknown"),
}


@pytest.mark.parametrize("lie", LIES)
def test_what_is_not_right_opens_nothing(pages: Flask, user: User, lie: str) -> None:
    device = LIES[lie](with_passkey(pages, user, Device(count=5)))
    reader = come(pages, device)
    assert reader.mistakes() == [NOT_TAKEN]
    assert not is_in(reader)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"id": 7}',
        '{"id": "AAAA"}',
        '{"id": null, "response": []}',
        "x" * 30_000,
    ],
)
def test_what_is_no_answer_opens_nothing(pages: Flask, user: User, sent: str) -> None:
    device = with_passkey(pages, user, Device())
    reader = come(pages, device, lambda _: sent)
    assert reader.mistakes() == [NOT_TAKEN]


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature"])
@pytest.mark.parametrize("instead", ["", "AAAA", None, 7, {}])
def test_an_answer_with_a_spoilt_part_opens_nothing(
    pages: Flask, user: User, part: str, instead: object
) -> None:
    def spoil(sent: str) -> str:
        found = json.loads(sent)
        found["response"][part] = instead
        return json.dumps(found)

    reader = come(pages, with_passkey(pages, user, Device()), spoil)
    assert reader.mistakes() == [NOT_TAKEN]


@pytest.mark.parametrize("what", ["removed", "closed"])
def test_a_passkey_that_was_given_up_opens_nothing(pages: Flask, user: User, what: str) -> None:
    device = with_passkey(pages, user, Device())
    if what == "closed":
        user.active = False
    else:
        db.session.scalars(db.select(Passkey)).one().ended_at = NOON
    db.session.commit()
    assert come(pages, device).mistakes() == [NOT_TAKEN]


def test_an_answer_counts_once_and_at_the_browser_that_was_asked(pages: Flask, user: User) -> None:
    device = with_passkey(pages, user, Device())
    reader = Reader(pages)
    reader.get("/sign-in")
    with reader.client.session_transaction() as held:
        before = dict(held)
    form = {"credential": device.used(question(reader)), "csrf_token": reader.value("csrf_token")}
    stranger = Reader(pages)
    assert stranger.post("/sign-in/passkey", {"credential": form["credential"]}).status_code == 422
    assert reader.post("/sign-in/passkey", form).status_code == 303
    again = Reader(pages)
    with again.client.session_transaction() as held:
        held.update(before)
    assert again.send("/sign-in/passkey", form).status_code == 422
    assert not is_in(again)


def test_a_question_is_answered_within_ten_minutes(
    pages: Flask, user: User, clock: time_machine.Traveller
) -> None:
    device = with_passkey(pages, user, Device())
    reader = Reader(pages)
    reader.get("/sign-in")
    form = {"credential": device.used(question(reader)), "csrf_token": reader.value("csrf_token")}
    clock.move_to(NOON + timedelta(minutes=10))
    assert reader.post("/sign-in/passkey", form).status_code == 422
    assert reader.mistakes() == ["This took too long. Begin once more."]


def test_a_passkey_belongs_to_one_account(pages: Flask, user: User) -> None:
    device = with_passkey(pages, user, Device())
    other = builders.a_user(password=PASSWORD)
    db.session.commit()
    reader = Reader(pages)
    reader.sign_in(other.email, PASSWORD)
    reader.get(ADD)
    form = {"name": "Mine", "credential": device.added(question(reader))}
    assert reader.post(ADD, form).status_code == 422
    assert reader.mistakes() == ["This passkey has been added already."]


def test_whoever_is_locked_out_by_guesses_comes_in_by_a_passkey(pages: Flask, user: User) -> None:
    device = with_passkey(pages, user, Device())
    reader = Reader(pages)
    form = {"email": user.email, "password": "x", "csrf_token": reader.token()}
    assert [reader.send("/sign-in", form).status_code for _ in range(11)][-1] == 429
    assert is_in(come(pages, device))


@pytest.mark.parametrize(
    ("address", "site"),
    [
        (
            "https://meetings.example.org",
            Site("https://meetings.example.org", "meetings.example.org"),
        ),
        ("https://example.org/quorate", Site("https://example.org", "example.org")),
        ("http://localhost:5050", Site("http://localhost:5050", "localhost")),
        ("http://meetings.example.org", None),
        ("http://127.0.0.1:5050", None),
        ("https://192.0.2.1", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_are_offered_where_browsers_keep_them(address: str, site: Site | None) -> None:
    assert site_at(address) == site


def hold(user: User, number: int) -> None:
    """Give the user so many passkeys of other devices."""
    db.session.add_all(
        Passkey(
            user_id=user.id,
            name=f"Key {each}",
            credential_id=bytes([each]),
            public_key=b"key",
            user_handle=b"handle",
            sign_count=0,
            added_at=NOON,
        )
        for each in range(number)
    )
    db.session.commit()


def test_nobody_has_more_than_ten_passkeys(pages: Flask, user: User) -> None:
    reader, device = Reader(pages), Device()
    reader.sign_in(user.email, PASSWORD)
    hold(user, MOST - 1)
    reader.get(ADD)
    credential = device.added(question(reader))
    assert reader.post(ADD, {"name": "The tenth", "credential": credential}).status_code == 200
    reader.follow(reader.get(ADD))
    assert "You have 10 passkeys, which is the most." in reader.words()
    reader.follow(reader.post(ADD, {"name": "More", "credential": credential}))
    assert "You have 10 passkeys, which is the most." in reader.words()
    held = db.select(db.func.count(Passkey.id)).where(Passkey.ended_at.is_(None))
    assert db.session.scalar(held) == MOST
    key = db.session.scalars(db.select(Passkey).order_by(Passkey.id)).first()
    assert key
    key.ended_at = NOON
    db.session.commit()
    assert reader.get(ADD).status_code == 200


def test_an_eleventh_that_was_begun_before_the_tenth_was_there_is_refused(
    pages: Flask, user: User
) -> None:
    reader, device = Reader(pages), Device()
    reader.sign_in(user.email, PASSWORD)
    reader.get(ADD)
    credential = device.added(question(reader))
    token = {"csrf_token": reader.value("csrf_token")}
    hold(user, MOST)
    answer = reader.post(ADD, {"name": "More", "credential": credential, **token})
    assert answer.headers["Location"] == "/account/second-step"
    held = db.session.scalar(db.select(db.func.count(Passkey.id)))
    assert held == MOST
