"""Asking for reports, changing when they are due, and withdrawing them."""

from datetime import date, timedelta

import pytest
from flask import Flask

from committee.audit import service as audit
from committee.clock import now
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.roles import Role
from committee.reports import asking, writing
from committee.reports.asking import Request
from committee.reports.deadlines import report_due
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from committee.states import NotAllowed
from tests import builders
from tests.reports.builders import a_report, a_sent_report, an_author

HELD_ON = date(2018, 5, 8)
PROPOSED = report_due(HELD_ON, working_days=5)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """The committee's meeting of 8 May 2018."""
    return builders.a_meeting(held_on=HELD_ON)


def request_for(due_on: date = PROPOSED.day, **more: object) -> Request:
    named = {"subject": "Places", "author_id": an_author().id, "due_basis": PROPOSED.as_json()}
    return Request(due_on=due_on, **{**named, **more})  # type: ignore[arg-type]


def test_a_report_is_asked_for_with_the_reasons_of_its_date(meeting: Meeting) -> None:
    officer = builders.a_user()
    report = asking.ask_for(
        meeting, request_for(decision_number="18/00016"), now=now(), by=officer.id
    )
    assert (report.status, report.due_on) == (ReportStatus.ASKED_FOR, date(2018, 4, 20))
    assert report.due_basis["also"] == {"publication": "2018-04-27"}
    assert report.asked_by_id == officer.id
    assert [(step.became, step.by_id) for step in report.steps] == [
        (ReportStatus.ASKED_FOR, officer.id)
    ]
    assert [entry.act for entry in audit.history(report)] == ["report:asked_for"]


def test_another_day_needs_a_reason(meeting: Meeting) -> None:
    earlier = PROPOSED.day - timedelta(days=3)
    with pytest.raises(NotAllowed, match="Say why"):
        asking.ask_for(meeting, request_for(earlier), now=now())
    report = asking.ask_for(meeting, request_for(earlier, reason="Easter holidays"), now=now())
    assert report.due_on == earlier
    assert report.steps[0].comment == "Easter holidays"


def test_where_no_day_can_be_proposed_any_will_do(meeting: Meeting) -> None:
    report = asking.ask_for(meeting, request_for(date(2018, 4, 2), due_basis=None), now=now())
    db.session.commit()
    assert report.due_basis is None


def test_a_report_is_due_before_its_meeting_is_over(meeting: Meeting) -> None:
    late = HELD_ON + timedelta(days=1)
    with pytest.raises(NotAllowed, match="after its meeting"):
        asking.ask_for(meeting, request_for(late, reason="Because"), now=now())


@pytest.mark.parametrize("status", [MeetingStatus.HELD, MeetingStatus.CANCELLED])
def test_a_meeting_that_is_over_takes_no_reports(meeting: Meeting, status: MeetingStatus) -> None:
    meeting.status = status
    with pytest.raises(NotAllowed, match="takes no more reports"):
        asking.ask_for(meeting, request_for(), now=now())


def test_the_due_date_changes_with_a_reason_that_the_author_reads(meeting: Meeting) -> None:
    report = a_report(meeting, due_on=PROPOSED.day)
    later = PROPOSED.day + timedelta(days=2)
    with pytest.raises(NotAllowed, match="Say why"):
        asking.change_due_date(report, later, reason=None, now=now())
    with pytest.raises(NotAllowed, match="already"):
        asking.change_due_date(report, report.due_on, reason="Because", now=now())
    asking.change_due_date(report, later, reason="The budget is late.", now=now())
    assert report.due_on == later
    assert report.steps[0].became is ReportStatus.ASKED_FOR
    assert "The budget is late." in report.steps[0].comment
    assert audit.history(report)[0].act == "report:due_date_changed"


def test_the_date_of_an_accepted_report_no_longer_matters(app: Flask) -> None:
    report = a_sent_report()
    writing.accept(report, builders.an_item(report.meeting).id, now=now())
    with pytest.raises(NotAllowed, match="accepted or withdrawn"):
        asking.change_due_date(report, date(2026, 1, 5), reason="Because", now=now())


def test_a_report_that_is_not_wanted_is_withdrawn_once(app: Flask) -> None:
    report: Report = a_report()
    asking.withdraw(report, "The matter was settled.", now=now())
    assert report.status is ReportStatus.WITHDRAWN
    assert report.steps[0].comment == "The matter was settled."
    with pytest.raises(NotAllowed, match="can no longer change"):
        asking.withdraw(report, None, now=now())


def test_those_may_be_asked_who_write_for_the_committee(app: Flask) -> None:
    committee, other = builders.a_committee(), builders.a_committee()
    everywhere, here, elsewhere, ended, gone = (an_author() for _ in range(5))
    member = builders.a_user(Role.COMMITTEE_MEMBER)
    for user in (everywhere, here, elsewhere, ended, gone, member):
        db.session.refresh(user)
    here.grants[0].committee_id = committee.id
    elsewhere.grants[0].committee_id = other.id
    ended.grants[0].ended_at = now()
    gone.active = False
    db.session.flush()
    assert {user.id for user in asking.authors_for(committee)} == {everywhere.id, here.id}
