"""The table follows what things ask for: nothing is remembered that could be worked out."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from committee.extensions import db
from committee.law.calendar import DAY
from committee.reminders.models import Obligation
from committee.reminders.reconciling import Reconciled, reconcile, reconcile_if_due
from committee.reminders.rules import OBLIGATION_STATES, ObligationKind, ObligationStatus
from committee.reports.rules import ReportStatus
from tests import builders as common
from tests.reminders.builders import DUE_ON, HELD_ON, LONG_BEFORE, USUAL, a_report
from tests.reminders.conftest import Staff

FIRST_DAY = date(2018, 4, 13)  # five working days before the report is due
NOTHING = Reconciled(0, 0, 0, 0)


def rows(kind: ObligationKind = ObligationKind.REPORT_DUE) -> list[Obligation]:
    db.session.expire_all()
    found = select(Obligation).where(Obligation.kind == kind)
    return list(db.session.scalars(found.order_by(Obligation.remind_on, Obligation.id)))


def statuses() -> list[ObligationStatus]:
    return [row.status for row in rows()]


def test_what_is_missing_is_added_once(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    added = reconcile(USUAL, today=LONG_BEFORE)
    assert added == Reconciled(6, 0, 0, 0)  # two for the report, two if it is late, two for agenda
    assert reconcile(USUAL, today=LONG_BEFORE) == NOTHING
    first, second = rows()
    assert (first.remind_on, second.remind_on) == (FIRST_DAY, DUE_ON)
    assert first.committee_id == staff.committee.id
    assert first.words == (
        "“More places at the grammar school”, for the meeting on Tuesday 8 May 2018"
    )


def test_a_lost_row_comes_back(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=LONG_BEFORE)
    lost = rows()[0].dedupe_key
    db.session.execute(text("DELETE FROM obligation"))
    reconcile(USUAL, today=LONG_BEFORE)
    assert rows()[0].dedupe_key == lost


def test_what_is_no_longer_wanted_is_let_go_and_taken_up_when_it_is_again(staff: Staff) -> None:
    report = a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=LONG_BEFORE)
    report.status = ReportStatus.SUBMITTED
    assert reconcile(USUAL, today=LONG_BEFORE) == Reconciled(0, 0, 0, 4)
    assert set(statuses()) == {ObligationStatus.CANCELLED}
    report.status = ReportStatus.RETURNED
    assert reconcile(USUAL, today=LONG_BEFORE) == Reconciled(0, 4, 0, 0)
    assert set(statuses()) == {ObligationStatus.DUE}


def test_a_meeting_that_moves_takes_its_reminders_along(staff: Staff) -> None:
    meeting = common.a_meeting(staff.committee, held_on=HELD_ON)
    reconcile(USUAL, today=LONG_BEFORE)
    meeting.held_on = date(
        2018, 4, 10
    )  # the week after Easter: by Friday 29 March, Maundy Thursday
    assert reconcile(USUAL, today=LONG_BEFORE) == Reconciled(2, 0, 0, 2)
    waiting = [
        row.remind_on
        for row in rows(ObligationKind.AGENDA_TO_PUBLISH)
        if row.status is ObligationStatus.DUE
    ]
    # 9, 6, 5, 4 and 3 April are clear; Easter Monday, Good Friday and the weekend are no days.
    assert waiting == [date(2018, 3, 26), date(2018, 3, 29)]
    meeting.held_on = HELD_ON
    assert reconcile(USUAL, today=LONG_BEFORE) == Reconciled(0, 2, 0, 2)


def test_a_new_title_is_said_in_what_waits_and_not_in_what_was_sent(staff: Staff) -> None:
    report = a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=LONG_BEFORE)
    sent, _ = rows()
    sent.status, sent.done_at = ObligationStatus.DONE, datetime(2018, 4, 13, 9, tzinfo=UTC)
    report.subject = "Fewer places"
    assert reconcile(USUAL, today=LONG_BEFORE).rewritten == 3
    sent, waiting = rows()
    assert "More places" in sent.words
    assert "Fewer places" in waiting.words


def test_what_was_sent_is_never_sent_again_for_the_same_day(staff: Staff) -> None:
    report = a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=FIRST_DAY)
    row = rows()[0]
    row.status, row.done_at = ObligationStatus.DONE, datetime(2018, 4, 13, 9, tzinfo=UTC)
    for status in (ReportStatus.SUBMITTED, ReportStatus.RETURNED):
        report.status = status
        reconcile(USUAL, today=FIRST_DAY)
    assert statuses() == [ObligationStatus.DONE, ObligationStatus.DUE]


def test_a_letter_that_a_living_worker_has_in_hand_is_left_to_it(staff: Staff) -> None:
    report = a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=FIRST_DAY)
    db.session.execute(
        text(
            "UPDATE obligation SET status = 'leased', lease_token = gen_random_uuid(), "
            "lease_until = now() + interval '1 minute' WHERE kind = 'report_due'"
        )
    )
    report.status = ReportStatus.SUBMITTED
    reconcile(USUAL, today=FIRST_DAY)
    assert statuses() == [ObligationStatus.LEASED] * 2
    db.session.execute(text("UPDATE obligation SET lease_until = now() - interval '1 second'"))
    reconcile(USUAL, today=FIRST_DAY)
    assert statuses() == [ObligationStatus.CANCELLED] * 2
    assert rows()[0].lease_token is None


def test_one_that_failed_is_let_go_once_it_is_settled(staff: Staff) -> None:
    report = a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=FIRST_DAY)
    rows()[0].status = ObligationStatus.QUARANTINED
    reconcile(USUAL, today=FIRST_DAY)
    assert statuses()[0] is ObligationStatus.QUARANTINED
    report.status = ReportStatus.SUBMITTED
    reconcile(USUAL, today=FIRST_DAY)
    assert statuses()[0] is ObligationStatus.CANCELLED


def test_a_council_that_changes_its_days_changes_what_waits(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    reconcile(USUAL, today=LONG_BEFORE)
    changed = replace(USUAL, report_due=(10,))
    assert reconcile(changed, today=LONG_BEFORE) == Reconciled(1, 0, 0, 2)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def test_it_is_done_once_a_minute_and_when_the_date_turns(app: Flask) -> None:
    day = date(2018, 10, 28)  # the clocks go back in this night

    def ran(now: datetime, today: date) -> bool:
        return reconcile_if_due(USUAL, now=now, today=today) is not None

    assert ran(at(day, 9), day)
    assert not ran(at(day, 9) + timedelta(seconds=59), day)
    assert ran(at(day, 9, 1), day)
    late = at(day, 23, 59) + timedelta(seconds=45)
    assert ran(late, day)
    assert ran(late + timedelta(seconds=30), day + DAY)
    assert ran(at(day, 9), day)  # a clock that was moved back
    # In summer London's date turns an hour before that of UTC.
    assert ran(at(date(2018, 7, 1), 22, 59), date(2018, 7, 1))
    assert ran(at(date(2018, 7, 1), 23, 0) - timedelta(seconds=30), date(2018, 7, 1)) is False
    assert ran(at(date(2018, 7, 1), 23, 0) + timedelta(seconds=10), date(2018, 7, 2))


def test_two_schedulers_do_no_harm(app: Flask) -> None:
    now = at(LONG_BEFORE, 9)
    with Session(db.engine) as other:
        other.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('reminders', 0))"))
        assert reconcile_if_due(USUAL, now=now, today=LONG_BEFORE) is None
        other.rollback()
    assert reconcile_if_due(USUAL, now=now, today=LONG_BEFORE) is not None


# --- states, in Python and in the database ---


@pytest.mark.parametrize("before", ObligationStatus)
@pytest.mark.parametrize("after", ObligationStatus)
def test_what_may_become_of_a_reminder(before: ObligationStatus, after: ObligationStatus) -> None:
    legal = {
        ("due", "leased"),
        ("due", "cancelled"),
        ("leased", "leased"),
        ("leased", "due"),
        ("leased", "done"),
        ("leased", "cancelled"),
        ("leased", "quarantined"),
        ("cancelled", "due"),
        ("quarantined", "due"),
        ("quarantined", "cancelled"),
    }
    assert (after in OBLIGATION_STATES.may_become[before]) is ((before, after) in legal)
