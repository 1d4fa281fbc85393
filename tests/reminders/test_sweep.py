"""The sweep: a letter for each reminder whose day has come, once, whoever dies meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from committee.clock import now
from committee.extensions import db
from committee.law.calendar import DAY
from committee.reminders import service
from committee.reminders.letters import Letter
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationStatus
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks.perform import perform_now
from tasks.reminders import remind
from tasks.schedule import sweep
from tests import builders as common
from tests.mail.server import ServerForTests
from tests.reminders import builders
from tests.reminders.builders import (
    DUE_ON,
    HELD_ON,
    TODAY,
    a_report,
    letters_written,
    noon,
    on,
    only,
)
from tests.reminders.conftest import Staff


def test_a_letter_is_owed_on_its_day_and_not_before(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    db.session.commit()
    with on(date(2018, 4, 12)):
        sweep()
    assert letters_written() == []
    with on(date(2018, 4, 13)):
        sweep()
        sweep()
    (mail,) = letters_written()
    assert (mail.to_user_id, mail.kind) == (staff.author.id, "report_due")
    assert mail.subject == (
        "Report due on Friday 20 April 2018: More places at the grammar school, "
        "for the meeting on Tuesday 8 May 2018"
    )
    done = db.session.scalars(select(Obligation).where(Obligation.mail_id == mail.id)).one()
    assert done.status is ObligationStatus.DONE
    assert done.done_at == noon(date(2018, 4, 13))
    assert mail.key == done.dedupe_key
    assert (mail.concerns_kind, mail.concerns_id) == ("obligation", done.id)


def test_after_days_of_silence_each_thing_is_said_once_as_it_stands(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    db.session.commit()
    with on(date(2018, 4, 12)):
        sweep()
    with on(DUE_ON):  # both days of the report have come by now
        sweep()
    assert [mail.subject.partition(":")[0] for mail in letters_written()] == ["Report due today"]


def test_the_letter_arrives(staff: Staff, mail_server: ServerForTests) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    db.session.commit()
    with on(DUE_ON):
        remind()
    (piece,) = db.session.scalars(select(Work).where(Work.kind == WorkKind.SEND_MAIL))
    assert perform_now(piece.id)
    (message,) = mail_server.messages
    assert message["To"] == staff.author.email
    assert message["Message-ID"].startswith("<report-due-")


def test_many_are_sent_each_once(many: list[int]) -> None:
    with on(TODAY):
        remind()
        remind()
    written = letters_written()
    assert sorted(mail.concerns_id or 0 for mail in written) == many
    assert set(db.session.scalars(select(Obligation.status))) == {ObligationStatus.DONE}
    assert set(db.session.scalars(select(Obligation.attempts))) == {1}


def test_two_sweeps_at_once_share_the_work(app: Flask, many: list[int]) -> None:
    def sweep_once(_: int) -> None:
        with app.app_context():
            remind()
            db.session.remove()

    with on(TODAY), ThreadPoolExecutor(3) as threads:
        list(threads.map(sweep_once, range(3)))
    assert sorted(mail.concerns_id or 0 for mail in letters_written()) == many
    assert set(db.session.scalars(select(Obligation.attempts))) == {1}


def test_what_a_dead_worker_left_is_sent_by_the_next_and_it_changes_nothing(
    many: list[int],
) -> None:
    dead = service.claim(today=TODAY, lease_seconds=-1)
    db.session.commit()
    assert len(dead) == 10
    with on(TODAY):
        remind()
    assert len(letters_written()) == 35
    with pytest.raises(service.LeaseLost):
        service.fulfil(dead[0], lambda _: Letter("Late", "Late"), now=now())
    db.session.rollback()
    assert service.put_back(dead[0], "woken too late") is None
    assert len(letters_written()) == 35
    assert db.session.scalar(select(func.sum(Obligation.attempts))) == 35 + 10


def test_those_begun_least_often_come_first(many: list[int]) -> None:
    begun = {claim.obligation_id for claim in service.claim(today=TODAY, lease_seconds=-1)}
    again = {claim.obligation_id for claim in service.claim(today=TODAY, lease_seconds=-1)}
    assert not begun & again


def test_one_that_is_in_hand_is_not_taken(many: list[int]) -> None:
    taken = [service.claim(today=TODAY, lease_seconds=60, limit=50) for _ in range(2)]
    assert [len(claims) for claims in taken] == [35, 0]


def test_tomorrows_are_left_for_tomorrow(staff: Staff) -> None:
    builders.an_obligation(staff.author, staff.committee, remind_on=TODAY + DAY)
    assert service.claim(today=TODAY, lease_seconds=60) == []
    assert len(service.claim(today=TODAY + DAY, lease_seconds=60)) == 1


def test_a_row_that_was_lost_after_its_letter_brings_no_second_letter(staff: Staff) -> None:
    a_report(common.a_meeting(staff.committee, held_on=HELD_ON), staff.author.id)
    db.session.commit()
    with on(DUE_ON):
        remind()
    before = [mail.key for mail in letters_written()]
    db.session.execute(text("DELETE FROM obligation"))
    db.session.commit()
    with time_machine.travel(noon(DUE_ON) + timedelta(minutes=2), tick=False):
        remind()
    assert [mail.key for mail in letters_written()] == before
    assert ObligationStatus.DONE in set(db.session.scalars(select(Obligation.status)))


def test_the_night_in_which_the_clocks_go_back_sends_each_once_on_its_day(staff: Staff) -> None:
    sunday = date(2026, 10, 25)
    for day in (sunday - DAY, sunday, sunday + DAY):
        builders.an_obligation(
            staff.author, staff.committee, remind_on=day, dedupe_key=f"on.{day.isoformat()}"
        )
    work.seen("reminders")
    db.session.commit()
    # From Saturday 22.30 in London to Monday 00.30, every half hour; 1.30 on Sunday comes twice.
    instant = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)
    sent_at = {}
    for _ in range(55):
        db.session.execute(text("UPDATE sign_of_life SET seen_at = :at"), {"at": instant})
        db.session.commit()
        with time_machine.travel(instant, tick=False):
            remind()
        for mail in letters_written():
            sent_at.setdefault(mail.key, instant)
        instant += timedelta(minutes=30)
    assert sent_at == {
        "on.2026-10-24": datetime(2026, 10, 24, 21, 30, tzinfo=UTC),
        "on.2026-10-25": datetime(2026, 10, 24, 23, 0, tzinfo=UTC),  # midnight in summer time
        "on.2026-10-26": datetime(2026, 10, 26, 0, 0, tzinfo=UTC),  # midnight in winter time
    }


def test_the_sweep_goes_on_when_reminders_cannot(one: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(service, "claim", broken)
    with on(TODAY):
        sweep()
    assert work.last_seen("sweep") is not None
    assert only().status is ObligationStatus.DUE
