"""Reminders of agendas: before the last lawful day, and to which officers."""

from datetime import date

from flask import Flask

from committee.agendas.models import AgendaVersion
from committee.clock import now
from committee.extensions import db
from committee.law.calendar import DAY
from committee.people.models import RoleGrant
from committee.people.roles import Role
from committee.reminders.rules import ObligationKind
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import HELD_ON, LATEST, LONG_BEFORE, a_report, told, wanted_on


def test_officers_are_told_of_an_agenda_before_its_last_lawful_day_and_on_it(app: Flask) -> None:
    committee = common.a_committee()
    officer = builders.an_officer(committee)
    common.a_meeting(committee, held_on=HELD_ON)
    (first, second) = wanted_on(LONG_BEFORE)
    assert (first.user_id, first.remind_on) == (officer.id, date(2018, 4, 24))
    assert (second.user_id, second.remind_on) == (officer.id, LATEST)
    assert first.deadline_on == second.deadline_on == LATEST


def test_an_agenda_is_asked_for_until_it_is_published_even_when_that_is_late(app: Flask) -> None:
    committee = common.a_committee()
    builders.an_officer(committee)
    meeting = common.a_meeting(committee, held_on=HELD_ON)
    for today in (LATEST, LATEST + DAY, HELD_ON):
        assert [w.remind_on for w in wanted_on(today)] == [LATEST]
    assert wanted_on(HELD_ON + DAY) == []
    db.session.add(
        AgendaVersion(
            meeting_id=meeting.id,
            number=1,
            published_at=now(),
            published_on=LATEST,
            deadline_on=LATEST,
            deadline_basis={},
            clear_days=5,
            open_contents={},
            restricted_contents={},
            sha256="0" * 64,
        )
    )
    assert wanted_on(LATEST) == []


def test_beyond_the_known_bank_holidays_no_lawful_day_is_guessed(app: Flask) -> None:
    committee = common.a_committee()
    builders.an_officer(committee)
    common.a_meeting(committee, held_on=date(2090, 5, 9))
    common.a_meeting(committee, held_on=HELD_ON)
    assert {w.deadline_on for w in wanted_on(LONG_BEFORE)} == {LATEST}


def test_a_report_is_asked_for_even_where_bank_holidays_are_unknown(app: Flask) -> None:
    author = builders.an_author()
    meeting = common.a_meeting(held_on=date(2090, 5, 9))
    a_report(meeting, author.id, due_on=date(2090, 4, 21))
    days = [day for _, day in told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE)]
    assert days == [date(2090, 4, 14), date(2090, 4, 21)]


def test_a_committees_own_officers_are_told_and_not_those_of_others(app: Flask) -> None:
    ours, theirs = common.a_committee(), common.a_committee()
    own = builders.an_officer(ours)
    for committee in (theirs, None):
        builders.an_officer(committee)
    common.a_meeting(ours, held_on=HELD_ON)
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {own.id}


def test_where_a_committee_has_no_officers_those_of_the_council_are_told(app: Flask) -> None:
    administrator = builders.someone("Ada", Role.ADMINISTRATOR)
    common.a_meeting(held_on=HELD_ON)
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {administrator.id}
    officer = builders.an_officer()
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {officer.id}
    db.session.query(RoleGrant).filter_by(user_id=officer.id).one().ended_at = now()
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {administrator.id}
