"""Who is noted as reading the words of a closed report, and who is not."""

from collections.abc import Callable

import pytest
from flask import Flask

from committee.audit.models import AuditEntry
from committee.clock import now, today
from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Ground, Standing
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


def forbid(role: Role, standing: Standing, ground: Ground = Ground.PARAGRAPH_THREE) -> None:
    """Let nobody of that role read on that ground."""
    rule = {(role, standing, ground): False}
    reading.set_rules(rule, seen=reading.last_set(), reason="To try it", now=now(), by=None)
    db.session.commit()


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


@pytest.mark.parametrize("role", [Role.CLEARANCE_OFFICER, Role.DIRECTOR])
def test_who_reads_reports_reads_no_closed_one_that_the_table_keeps_from_them(
    pages_app: Flask, sent: Make, meeting: Meeting, role: Role
) -> None:
    exempt, confidential, opened = sent(EXEMPT), sent(CONFIDENTIAL), sent(OPENED)
    reader = signed_in(pages_app, role, meeting)
    assert reader.at.get(address(exempt)).status_code == 200
    forbid(role, Standing.ON_COMMITTEE)
    for path in ("", "/papers", f"/papers/{exempt.papers[0].id}"):
        assert reader.at.get(f"{address(exempt)}{path}").status_code == 404, path
    assert readings() == [("report", exempt.id, reader.user.id)]
    assert reader.at.get(address(confidential)).status_code == 200
    assert reader.at.get(address(opened)).status_code == 200


def test_an_auditor_is_shown_no_word_of_a_report_that_the_table_keeps_from_them(
    pages_app: Flask, sent: Make, meeting: Meeting
) -> None:
    opened, closed = sent(OPENED), sent(EXEMPT)
    opened.subject, closed.subject = "Bus shelters", "The sale of a depot"
    db.session.commit()
    auditor = signed_in(pages_app, Role.AUDITOR)
    the_list = f"/meetings/{meeting.id}/reports"
    auditor.at.get(the_list)
    assert "The sale of a depot" in auditor.at.words()
    assert readings() == [("meeting", meeting.id, auditor.user.id)]
    forbid(Role.AUDITOR, Standing.ELSEWHERE)
    auditor.at.get(the_list)
    assert "A report that is not open to the public" in auditor.at.words()
    assert "The sale of a depot" not in str(auditor.at.page)
    assert auditor.at.page.select_one(f'a[href="{address(closed)}"]') is None
    assert auditor.at.page.select_one(f'a[href="{address(opened)}"]').text == "Bus shelters"
    for path in [each.format(paper=closed.papers[0].id) for each in PAGES]:
        assert auditor.at.get(f"{address(closed)}{path}").status_code == 404, path
    assert len(readings()) == 1


def test_the_table_keeps_no_report_from_its_author_or_from_who_prepares_the_agenda(
    author: Person, officer: Person, sent: Make, meeting: Meeting
) -> None:
    report = sent(EXEMPT)
    for role in (Role.REPORT_AUTHOR, Role.DEMOCRATIC_SERVICES_OFFICER):
        forbid(role, Standing.ON_COMMITTEE)
    for person in (author, officer):
        assert person.at.get(address(report)).status_code == 200
    officer.at.get(f"/meetings/{meeting.id}/reports")
    assert report.subject in officer.at.words()


def test_a_report_that_nobody_has_classed_is_for_those_who_may_read_on_every_ground(
    pages_app: Flask, author: Person, meeting: Meeting
) -> None:
    unclassed = a_report(meeting, author=author.user)
    db.session.commit()
    clearing = signed_in(pages_app, Role.CLEARANCE_OFFICER, meeting)
    assert clearing.at.get(address(unclassed)).status_code == 200
    forbid(Role.CLEARANCE_OFFICER, Standing.ON_COMMITTEE, Ground.PARAGRAPH_FIVE)
    assert clearing.at.get(address(unclassed)).status_code == 404


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
