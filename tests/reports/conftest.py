"""People at browsers who ask for reports, write them and decide about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask

from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.models import User
from committee.people.roles import Role
from committee.reports.models import Report
from tests import builders
from tests.pages.reader import Reader
from tests.reports.builders import a_report

PASSWORD = "a long enough password"
CONTACT = {
    "name": "Sam Hill",
    "job_title": "Area manager",
    "telephone": "01632 960001",
    "email": "sam@example.org",
}


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


@pytest.fixture
def report(author: Person, meeting: Meeting) -> Report:
    """A report that the author was asked for."""
    made = a_report(meeting, author=author.user, subject="Places & <b>buses</b>")
    db.session.commit()
    return made


def filled(report: Report, **changed: Any) -> dict[str, Any]:
    """What a browser sends of a form that was filled in whole."""
    fields = {
        "version": str(report.version),
        "do": "save",
        "from_whom": "Ms L Okafor, Cabinet Member",
        "subject": "School places",
        "decision_number": "26/00007",
        "classification": "open",
        "past_pathway": "None",
        "future_pathway": "Cabinet Member decision",
        "divisions": "All",
        "summary": "Thirty more pupils a year.",
        "recommendations-0-verbs": ["consider", "endorse"],
        "recommendations-0-text": "the proposed decision.",
        "recommendations-1-verbs": ["note"],
        "recommendations-1-text": "the timetable.",
        "background_documents-0-title": "School places plan",
        "background_documents-0-location": "County Hall",
    }
    for role in ("author", "director"):
        fields |= {f"{role}-{name}": value for name, value in CONTACT.items()}
    return fields | changed


def address(report: Report) -> str:
    """Where the report is opened."""
    return f"/reports/{report.id}"
