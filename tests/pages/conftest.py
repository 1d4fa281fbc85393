"""People at browsers, and a meeting with something of everything for them to look at."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask import Flask

from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part
from committee.clock import now, today
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people.models import Committee
from committee.people.roles import MemberRole, Role
from committee.reports import service as reports
from committee.reports.models import Paper, Report
from tests import builders
from tests.pages.reader import Reader
from tests.reports.builders import a_checked_paper, a_report

PASSWORD = "a long enough password"


@pytest.fixture
def pages_app(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, as in real life."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before


@pytest.fixture
def visitor(pages_app: Flask) -> Reader:
    """Somebody who has not signed in."""
    return Reader(pages_app)


@pytest.fixture
def officer(pages_app: Flask) -> Reader:
    """A democratic services officer who has signed in by the sign-in page."""
    return signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)


@pytest.fixture
def author(pages_app: Flask) -> Reader:
    """A report author, who may not prepare meetings."""
    return signed_in(pages_app, Role.REPORT_AUTHOR)


def signed_in(app: Flask, role: Role) -> Reader:
    """Somebody with this role, signed in."""
    user = builders.a_user(role, password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


@dataclass(frozen=True)
class Furnished:
    """A meeting that shows every part of its pages, and an empty one beside it."""

    committee: Committee
    meeting: Meeting
    empty: Meeting
    open_item: AgendaItem
    exempt_item: AgendaItem
    paper: Paper
    refused: Paper
    membership_id: int
    report: Report
    report_paper: Paper


@pytest.fixture
def furnished(pages_app: Flask) -> Furnished:
    """A committee with members, a meeting with items and papers in several states."""
    committee = builders.a_committee("Planning & “Highways” Committee", seats=5)
    people.set_contact(
        committee, name="Priya Nair", telephone="01632 960123", email="clerk@example.org"
    )
    chairman = builders.a_member(committee, "Mrs A Carter", role=MemberRole.CHAIRMAN)
    builders.a_member(committee, "Mr B <Osei>", group="Green")
    meeting = builders.a_meeting(committee, held_on=today() + timedelta(days=20))
    empty = builders.a_meeting(committee, held_on=today() - timedelta(days=20))
    builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
    open_item = builders.an_item(meeting, "School places & <b>buses</b>")
    exempt_item = builders.an_item(
        meeting, "A secret contract", part=Part.EXEMPT, public_title="A contract"
    )
    sound = builders.a_paper(open_item, name="report.pdf")
    bad = builders.a_paper(open_item, name="appendix.docx")
    db.session.flush()
    reports.record_refused(
        bad, Refused("macros", "The file holds a macro.", "Save it without macros."), now=now()
    )
    report = a_report(meeting, subject="Grammar school places")
    report_paper = a_checked_paper(report)
    db.session.commit()
    return Furnished(
        committee=committee,
        meeting=meeting,
        empty=empty,
        open_item=open_item,
        exempt_item=exempt_item,
        paper=sound.paper,
        refused=bad.paper,
        membership_id=chairman.id,
        report=report,
        report_paper=report_paper,
    )
