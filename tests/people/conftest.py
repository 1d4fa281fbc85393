"""Administrators at browsers, and the letters that are sent for them."""

import re
from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event

from committee.extensions import db
from committee.mail.models import Mail
from committee.people.models import User
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import NOON, PASSWORD


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Noon of a day in May, until a test moves it on."""
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def user(app: Flask) -> Iterator[User]:
    """Somebody who signs in by a password, while forms are guarded."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    builders.a_committee()
    someone = builders.a_user(password=PASSWORD)
    db.session.commit()
    yield someone
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def pages(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, and a council with a committee."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    builders.a_committee("Planning")
    db.session.commit()
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def administrator(pages: Flask) -> User:
    """Somebody who administers accounts."""
    user = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.commit()
    return user


@pytest.fixture
def reader(pages: Flask, administrator: User) -> Reader:
    """The administrator at a browser."""
    found = Reader(pages)
    assert found.sign_in(administrator.email, PASSWORD).status_code == 303
    return found


@pytest.fixture
def newest_letter() -> Callable[[], tuple[Mail, str]]:
    """Answers the letter that was owed last, and the address to which its first link leads."""

    def find() -> tuple[Mail, str]:
        letter = db.session.scalars(db.select(Mail).order_by(Mail.id.desc())).first()
        assert letter is not None
        link = re.search(r"(/choose-password/\S+)", letter.text)
        assert link
        return letter, link[1]

    return find


@pytest.fixture
def questions() -> Iterator[list[str]]:
    """Every statement that is put to the database."""
    asked: list[str] = []

    def listen(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(db.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(db.engine, "before_cursor_execute", listen)
