"""Reminders of reports: to whom and when, and when not."""

from datetime import date

import pytest
from flask import Flask

from committee.clock import now
from committee.meetings.rules import MeetingStatus
from committee.reminders.rules import ObligationKind
from committee.reports.rules import ReportStatus
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import DUE_ON, HELD_ON, LONG_BEFORE, a_report, told, wanted_on


def test_an_author_is_reminded_five_working_days_before_a_report_is_due_and_on_the_day(
    app: Flask,
) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    assert told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE) == [
        (author.id, date(2018, 4, 13)),
        (author.id, DUE_ON),
    ]


def test_working_days_are_counted_over_easter(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id, due_on=date(2018, 4, 4))
    days = [day for _, day in told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE)]
    # 3 April, then not Easter Monday nor Good Friday, then 29, 28, 27 and 26 March.
    assert days == [date(2018, 3, 26), date(2018, 4, 4)]


def test_a_late_report_is_told_to_its_author_and_the_officers_the_working_day_after(
    app: Flask,
) -> None:
    committee = common.a_committee()
    officer, author = builders.an_officer(committee), builders.an_author()
    a_report(common.a_meeting(committee, held_on=HELD_ON), author.id)  # due on a Friday
    late = [w for w in wanted_on(LONG_BEFORE) if w.kind is ObligationKind.REPORT_LATE]
    assert [(w.user_id, w.remind_on, w.deadline_on) for w in late] == [
        (officer.id, date(2018, 4, 23), DUE_ON),
        (author.id, date(2018, 4, 23), DUE_ON),
    ]
    assert "from Sam" in late[0].words
    assert "from Sam" not in late[1].words


def test_once_it_is_late_nobody_is_told_that_it_is_due(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    wanted = wanted_on(date(2018, 4, 21))
    assert told(wanted, ObligationKind.REPORT_DUE) == []
    assert told(wanted, ObligationKind.REPORT_LATE) == [(author.id, date(2018, 4, 23))]


@pytest.mark.parametrize("status", ReportStatus)
def test_only_what_the_author_still_has_is_asked_for(app: Flask, status: ReportStatus) -> None:
    author = builders.an_author()
    report = a_report(common.a_meeting(held_on=HELD_ON), author.id)
    report.status = status
    report.accepted_at = now() if status is ReportStatus.ACCEPTED else None
    with_author = {ReportStatus.ASKED_FOR, ReportStatus.DRAFT, ReportStatus.RETURNED}
    assert bool(wanted_on(LONG_BEFORE)) == (status in with_author)


@pytest.mark.parametrize("status", [MeetingStatus.POSTPONED, MeetingStatus.CANCELLED])
def test_nothing_is_asked_for_a_meeting_that_is_off(app: Flask, status: MeetingStatus) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    builders.an_officer()
    a_report(meeting, builders.an_author().id)
    meeting.status = status
    assert wanted_on(LONG_BEFORE) == []


def test_nothing_is_asked_of_somebody_who_has_left(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    author.active = False
    assert wanted_on(LONG_BEFORE) == []


def test_another_day_is_another_reminder_and_the_same_day_the_same(app: Flask) -> None:
    report = a_report(common.a_meeting(held_on=HELD_ON), builders.an_author().id)
    before = {w.dedupe_key for w in wanted_on(LONG_BEFORE)}
    report.due_on = date(2018, 4, 25)
    moved = {w.dedupe_key for w in wanted_on(LONG_BEFORE)}
    assert not before & moved
    report.due_on = DUE_ON
    assert {w.dedupe_key for w in wanted_on(LONG_BEFORE)} == before


def test_of_reminders_whose_day_has_come_only_the_last_is_sent(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    # Asked for two days before it is due: the first reminder goes out at once.
    days = told(wanted_on(date(2018, 4, 18)), ObligationKind.REPORT_DUE)
    assert days == [(author.id, date(2018, 4, 13)), (author.id, DUE_ON)]
    assert told(wanted_on(DUE_ON), ObligationKind.REPORT_DUE) == [(author.id, DUE_ON)]
