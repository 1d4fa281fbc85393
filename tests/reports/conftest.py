"""People at browsers who ask for reports, write them and decide about them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.models import User
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


@dataclass
class Person:
    """Somebody with an account, at a browser."""

    user: User
    at: Reader


@pytest.fixture
def pages_app(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, as in real life."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting for which reports are wanted, in a week without holidays."""
    return builders.a_meeting(builders.a_committee("Schools Committee"))


@pytest.fixture
def author(pages_app: Flask, meeting: Meeting) -> Person:
    """Somebody who may write reports to the meeting's committee alone."""
    return signed_in(pages_app, Role.REPORT_AUTHOR, meeting)


@pytest.fixture
def officer(pages_app: Flask, meeting: Meeting) -> Person:
    """A democratic services officer of the meeting's committee alone."""
    return signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER, meeting)


def signed_in(app: Flask, role: Role, meeting: Meeting | None = None) -> Person:
    """Somebody with this role on the meeting's committee, or council-wide, signed in."""
    user = builders.a_user(role, password=PASSWORD)
    db.session.refresh(user)
    user.grants[0].committee_id = meeting.committee_id if meeting else None
    db.session.commit()
    person = Person(user, Reader(app))
    assert person.at.sign_in(user.email, PASSWORD).status_code == 303
    return person
