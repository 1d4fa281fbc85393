"""Who is noted as reading the words of a closed report, and who is not."""

from collections.abc import Callable

import pytest
from flask import Flask

from committee.audit.models import AuditEntry
from committee.clock import now, today
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people import delegations
from committee.people.delegations import Loan
from committee.people.roles import Role
from committee.reports import writing
from committee.reports.models import Report
from tests.reports.builders import a_checked_paper, a_draft, a_report
from tests.reports.conftest import Person, address, filled, signed_in

EXEMPT = Said(Classification.EXEMPT, paragraphs=(3,))
CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)

Make = Callable[[Said], Report]


@pytest.fixture
def sent(author: Person, meeting: Meeting) -> Make:
    """Make a report of the author that was sent, with this class."""

    def make(said: Said) -> Report:
        report = a_draft(a_report(meeting, author=author.user), said=said)
        a_checked_paper(report)
        writing.submit(report, now=now())
        db.session.commit()
        return report

    return make


def readings() -> list[tuple[str, int, int | None]]:
    """What was noted of reading closed matter: the table, the id, and who read."""
    db.session.rollback()
    found = db.select(AuditEntry).where(AuditEntry.act == "exempt_matter:read")
    return [
        (each.subject_kind, each.subject_id, each.actor_id)
        for each in db.session.scalars(found.order_by(AuditEntry.id))
    ]


PAGES = ["", "/papers", "/papers/{paper}", "/return", "/withdraw", "/due-date", "/accept"]


@pytest.mark.parametrize("said", [EXEMPT, CONFIDENTIAL])
def test_an_officer_is_noted_once_for_each_page_of_a_closed_report(
    officer: Person, sent: Make, said: Said
) -> None:
    report = sent(said)
    report_id, officer_id = report.id, officer.user.id
    for path in [each.format(paper=report.papers[0].id) for each in PAGES]:
        assert officer.at.get(f"/reports/{report_id}{path}").status_code == 200
        assert readings().pop() == ("report", report_id, officer_id)
    assert len(readings()) == len(PAGES)


def test_its_author_is_not_noted_and_an_open_report_is_nobodys_reading(
    author: Person, officer: Person, sent: Make
) -> None:
    closed = sent(EXEMPT)
    author.at.get(address(closed))
    author.at.get(f"{address(closed)}/papers")
    opened = sent(OPENED)
    officer.at.get(address(opened))
    assert readings() == []


def test_who_clears_a_closed_report_is_noted(
    pages_app: Flask, sent: Make, meeting: Meeting
) -> None:
    report = sent(EXEMPT)
    clearing = signed_in(pages_app, Role.CLEARANCE_OFFICER, meeting)
    assert clearing.at.get(address(report)).status_code == 200
    assert readings() == [("report", report.id, clearing.user.id)]


def test_a_page_that_is_shown_again_with_mistakes_is_read_too(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    report = a_draft(a_report(meeting, author=author.user), said=EXEMPT)
    db.session.commit()
    sent = filled(report, subject="", classification="exempt", exempt_paragraphs=["3"])
    assert officer.at.post(address(report), sent).status_code == 422
    assert readings() == [("report", report.id, officer.user.id)]


def test_the_list_of_a_meetings_reports_is_one_reading_of_the_meeting(
    officer: Person, sent: Make, meeting: Meeting
) -> None:
    sent(OPENED)
    officer.at.get(f"/meetings/{meeting.id}/reports")
    assert readings() == []
    sent(EXEMPT)
    sent(CONFIDENTIAL)
    officer.at.get(f"/meetings/{meeting.id}/reports")
    assert readings() == [("meeting", meeting.id, officer.user.id)]
    assert "Exempt" in officer.at.words()
    assert "Confidential" in officer.at.words()


def test_the_class_stands_in_the_fields_words_with_how_it_came(officer: Person, sent: Make) -> None:
    officer.at.get(address(sent(EXEMPT)))
    assert "Classification Exempt, Schedule 12A paragraph 3" in officer.at.words()
    assert "What was decided so far" in officer.at.words()
    officer.at.get(address(sent(OPENED)))
    assert "Classification Unrestricted" in officer.at.words()


def test_a_closed_report_of_somebody_else_is_not_named_in_a_list_of_ones_own(
    author: Person, officer: Person, pages_app: Flask, sent: Make, meeting: Meeting
) -> None:
    subject = sent(EXEMPT).subject
    standing_in = signed_in(pages_app, Role.REGISTERED_PUBLIC)
    loan = Loan(Role.REPORT_AUTHOR, meeting.committee_id, today(), today(), "Leave")
    lent = delegations.lend(author.user, standing_in.user, loan, today=today())
    db.session.flush()
    delegations.allow(lent, by=officer.user, now=now(), today=today())
    db.session.commit()
    author.at.get("/reports")
    assert subject in author.at.words()
    standing_in.at.get("/reports")
    assert "A report that is not open to the public" in standing_in.at.words()
    assert subject not in str(standing_in.at.page)
    assert readings() == []
