"""Sending a report, and what its author reads once it was sent or returned."""

from committee.clock import now
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.reports import asking, writing
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.reports.builders import a_checked_paper, a_draft, a_report, a_sent_report
from tests.reports.conftest import Person, address, filled


def test_an_incomplete_report_is_saved_and_told_what_it_lacks(
    author: Person, report: Report
) -> None:
    lacking = filled(report, do="submit", summary="", divisions="")
    assert author.at.post(address(report), lacking).status_code == 422
    assert author.at.mistakes() == [
        "Enter the electoral divisions affected, or “All”",
        "Enter a summary",
        "Send the main paper as a Word or PDF file",
    ]
    assert "Your draft has been saved, but it has not been sent" in author.at.words()
    assert author.at.page.select_one("#papers .govuk-error-message")
    db.session.refresh(report)
    assert report.status is ReportStatus.DRAFT
    a_checked_paper(report)
    db.session.commit()
    again = filled(report, do="submit", version=author.at.value("version"))
    author.at.follow(author.at.post(address(report), again))
    assert "The report has been sent to democratic services." in author.at.words()


def test_everything_is_asked_of_an_empty_report(author: Person, report: Report) -> None:
    sent = {"version": str(report.version), "subject": "S", "classification": "open"}
    author.at.post(address(report), sent | {"do": "submit", "author-name": ""})
    assert len(author.at.mistakes()) == 16


def test_a_sent_report_is_read_and_can_be_taken_back(author: Person, meeting: Meeting) -> None:
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    author.at.get(address(sent))
    assert author.at.page.select_one("textarea") is None
    assert "CONSIDER , ENDORSE" in author.at.words() or "CONSIDER, ENDORSE" in author.at.words()
    author.at.follow(author.at.post(f"{address(sent)}/recall"))
    assert author.at.page.select_one("textarea[name=summary]") is not None
    author.at.follow(author.at.post(f"{address(sent)}/recall"))
    assert "cannot become" in author.at.words()


def test_a_returned_report_shows_the_comment_first(author: Person, meeting: Meeting) -> None:
    sent = a_sent_report(meeting, author=author.user)
    clerk = builders.a_user()
    writing.return_to_author(sent, "Add the <costs>.", now=now(), by=clerk.id)
    db.session.commit()
    author.at.get(address(sent))
    inset = author.at.page.select_one(".govuk-inset-text").get_text(" ")
    assert "Add the <costs>." in inset
    assert f"Returned by {clerk.name}" in " ".join(inset.split())
    assert "Returned to its author" in author.at.words()


def test_every_step_is_told_with_person_and_comment(author: Person, meeting: Meeting) -> None:
    report = a_draft(a_report(meeting, author=author.user))
    asking.change_due_date(
        report, report.due_on - DAY, reason="The budget", now=now(), by=author.user.id
    )
    db.session.commit()
    author.at.get(address(report))
    assert "The budget" in author.at.words()
    assert f"by {author.user.name}" in author.at.words()
