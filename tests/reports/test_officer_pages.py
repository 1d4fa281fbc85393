"""The officer's pages: asking for reports, following them, returning and withdrawing them."""

from datetime import date
from typing import Any

import pytest

from committee.clock import now
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.reports import lists, writing
from committee.reports.deadlines import report_due
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.reports.builders import a_report, a_sent_report
from tests.reports.conftest import Person

HELD_ON = date(2090, 5, 9)


def of(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/reports"


def asked(author: Person, **changed: Any) -> dict[str, Any]:
    return {
        "subject": "School places",
        "author_id": str(author.user.id),
        "decision_number": "26/00007",
        **changed,
    }


def day_fields(day: date) -> dict[str, Any]:
    return {"due_on": [str(day.day), str(day.month), str(day.year)]}


def only_report(meeting: Meeting) -> Report:
    return lists.of_meeting(meeting, page=1).reports[0]


def test_a_meeting_without_reports_teaches_what_to_do(officer: Person, meeting: Meeting) -> None:
    officer.at.get(of(meeting))
    assert "No reports have been asked for" in officer.at.words()


def test_a_report_is_asked_for_with_the_proposed_date(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    due = report_due(meeting.held_on, working_days=5)
    officer.at.get(f"{of(meeting)}/new")
    shown = [officer.at.page.select_one(f"#due_on-{part}")["value"] for part in ("day", "month")]
    assert shown == [str(due.day.day), str(due.day.month)]
    assert due.explanation() in officer.at.words()
    officer.at.follow(officer.at.post(f"{of(meeting)}/new", asked(author) | day_fields(due.day)))
    assert f"{author.user.name} has been asked for “School places”" in officer.at.words()
    report = only_report(meeting)
    assert (report.due_on, report.due_basis["rule"]["id"]) == (due.day, "KENT-02")
    assert report.asked_by_id == officer.user.id


def test_another_date_wants_a_reason(officer: Person, author: Person, meeting: Meeting) -> None:
    other = day_fields(meeting.held_on - 10 * DAY)
    officer.at.post(f"{of(meeting)}/new", asked(author) | other)
    assert officer.at.mistakes() == [
        "Say why the report is due on another day than the proposed one."
    ]
    assert officer.at.value("subject") == "School places"
    officer.at.follow(officer.at.post(f"{of(meeting)}/new", asked(author, reason="Easter") | other))
    report = only_report(meeting)
    officer.at.get(f"/reports/{report.id}")
    assert "in place of the day that the rules propose" in officer.at.words()


def test_bad_input_is_said_beside_each_field(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    wrong = asked(author, subject="", author_id="", decision_number="x") | {
        "due_on": ["30", "2", "2026"]
    }
    officer.at.post(f"{of(meeting)}/new", wrong)
    assert officer.at.mistakes() == [
        "Enter the subject",
        "Choose the author",
        "Enter a decision number like 27/00012",
        "The due date must be a real date, like 27 3 2027",
    ]
    officer.at.post(f"{of(meeting)}/new", asked(author, author_id=str(author.user.id + 1000)))
    assert "Not a valid choice" in officer.at.mistakes()[0]
    assert lists.of_meeting(meeting, page=1).total == 0


def test_a_cancelled_meeting_takes_no_reports(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    meeting.status = MeetingStatus.CANCELLED
    db.session.commit()
    due = report_due(meeting.held_on, working_days=5)
    officer.at.post(f"{of(meeting)}/new", asked(author) | day_fields(due.day))
    assert "takes no more reports" in officer.at.mistakes()[0]


def test_beyond_the_known_bank_holidays_the_officer_chooses(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    meeting.held_on = HELD_ON
    db.session.commit()
    officer.at.get(f"{of(meeting)}/new")
    assert "No day can be proposed." in officer.at.words()
    chosen = asked(author) | day_fields(HELD_ON - 30 * DAY)
    officer.at.follow(officer.at.post(f"{of(meeting)}/new", chosen))
    assert only_report(meeting).due_basis is None


def test_reports_are_listed_with_who_when_and_how_they_stand(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    a_report(meeting, author=author.user, subject="Asked", due_on=date(2020, 1, 6))
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    officer.at.get(of(meeting))
    assert "1 asked for, 1 with democratic services." in officer.at.words()
    assert "Late by" in officer.at.words()
    assert officer.at.page.select_one(f"a[href='/reports/{sent.id}']")
    officer.at.get(f"/reports/{sent.id}")
    assert officer.at.page.select_one(f"a[href='/reports/{sent.id}/accept']")


def test_a_report_is_returned_with_a_comment(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    address = f"/reports/{sent.id}/return"
    officer.at.get(address)
    form = {"version": officer.at.value("version"), "comment": "  "}
    officer.at.post(address, form)
    assert officer.at.mistakes() == ["Enter what the author is to change"]
    officer.at.follow(officer.at.post(address, form | {"comment": "Add the costs."}))
    db.session.refresh(sent)
    assert sent.status is ReportStatus.RETURNED
    assert (sent.steps[0].comment, sent.steps[0].by_id) == ("Add the costs.", officer.user.id)


def test_an_act_on_a_report_that_changed_meanwhile_is_told(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    seen = str(sent.version)
    writing.recall(sent, now=now())
    db.session.commit()
    address = f"/reports/{sent.id}/return"
    officer.at.post(address, {"version": seen, "comment": "Add the costs."})
    assert "Somebody else saved a change" in officer.at.mistakes()[0]
    assert officer.at.value("comment").strip() == "Add the costs."
    again = {"version": officer.at.value("version"), "comment": "Add the costs."}
    assert officer.at.post(address, again).status_code == 422
    assert "cannot become" in officer.at.mistakes()[0]


def test_returning_an_accepted_report_says_what_it_costs(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    sent = a_sent_report(meeting, author=author.user)
    writing.accept(sent, builders.an_item(meeting).id, now=now())
    db.session.commit()
    officer.at.get(f"/reports/{sent.id}/return")
    assert "Its papers leave the agenda" in officer.at.words()


def test_the_due_date_changes_and_the_author_reads_why(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    report = a_report(meeting, author=author.user)
    db.session.commit()
    address = f"/reports/{report.id}/due-date"
    officer.at.get(address)
    form = {"version": officer.at.value("version")} | day_fields(report.due_on)
    officer.at.post(address, form)
    assert officer.at.mistakes() == ["Enter the reason for the change"]
    officer.at.post(address, form | {"reason": "The budget"})
    assert "That is the due date already" in officer.at.mistakes()[0]
    form |= day_fields(report.due_on + DAY) | {"reason": "The budget"}
    officer.at.follow(officer.at.post(address, form))
    author.at.get(f"/reports/{report.id}")
    assert "The budget" in author.at.words()


def test_a_report_is_withdrawn_and_its_author_told_why(
    officer: Person, author: Person, meeting: Meeting
) -> None:
    report = a_report(meeting, author=author.user)
    db.session.commit()
    address = f"/reports/{report.id}/withdraw"
    officer.at.get(address)
    form = {"version": officer.at.value("version"), "comment": "Settled otherwise"}
    officer.at.follow(officer.at.post(address, form))
    author.at.get(f"/reports/{report.id}")
    assert "Settled otherwise" in author.at.words()
    assert "Nothing: it is no longer wanted" in author.at.words()


@pytest.mark.parametrize("page", ["due-date", "return", "withdraw"])
def test_an_author_decides_nothing(author: Person, meeting: Meeting, page: str) -> None:
    sent = a_sent_report(meeting, author=author.user)
    db.session.commit()
    for answer in (
        author.at.get(f"/reports/{sent.id}/{page}"),
        author.at.post(f"/reports/{sent.id}/{page}", {"comment": "x", "reason": "x"}),
        author.at.get(of(meeting)),
        author.at.get(f"{of(meeting)}/new"),
    ):
        assert answer.status_code == 404
    db.session.refresh(sent)
    assert sent.status is ReportStatus.SUBMITTED
