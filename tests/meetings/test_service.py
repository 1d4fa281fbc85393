"""The calendar of meetings."""

from datetime import date, time

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings import service
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.states import NotAllowed
from tests import builders

TODAY = date(2026, 5, 12)


def a_change(meeting: Meeting, status: MeetingStatus) -> None:
    service.change(
        meeting,
        held_on=meeting.held_on,
        starts_at=meeting.starts_at,
        place=meeting.place,
        status=status,
    )


def test_a_new_meeting_is_scheduled_with_the_councils_own_notices(app: Flask) -> None:
    meeting = builders.a_meeting()
    assert meeting.status is MeetingStatus.SCHEDULED
    assert meeting.notices is None
    assert [entry.act for entry in audit.history(meeting)] == ["meeting:scheduled"]


def test_a_meeting_keeps_notices_of_its_own_even_if_there_are_none(app: Flask) -> None:
    committee = builders.a_committee()
    meeting = service.schedule(
        committee, held_on=TODAY, starts_at=time(10), place="Chamber", notices=[]
    )
    db.session.commit()
    db.session.refresh(meeting)
    assert meeting.notices == []


def test_a_meeting_moves_to_another_day(app: Flask) -> None:
    meeting = builders.a_meeting()
    service.change(
        meeting,
        held_on=date(2026, 6, 2),
        starts_at=time(14, 30),
        place="Assembly Rooms",
        status=MeetingStatus.SCHEDULED,
    )
    assert (meeting.held_on, meeting.starts_at, meeting.place) == (
        date(2026, 6, 2),
        time(14, 30),
        "Assembly Rooms",
    )


def test_a_postponed_meeting_can_be_scheduled_again(app: Flask) -> None:
    meeting = builders.a_meeting()
    a_change(meeting, MeetingStatus.POSTPONED)
    a_change(meeting, MeetingStatus.SCHEDULED)
    assert meeting.status is MeetingStatus.SCHEDULED


def test_a_meeting_that_was_held_cannot_be_cancelled_but_its_place_can_be_put_right(
    app: Flask,
) -> None:
    meeting = builders.a_meeting()
    a_change(meeting, MeetingStatus.HELD)
    with pytest.raises(NotAllowed, match="can no longer change"):
        a_change(meeting, MeetingStatus.CANCELLED)
    assert meeting.status is MeetingStatus.HELD
    a_change(meeting, MeetingStatus.HELD)


def test_a_refused_change_changes_nothing_else(app: Flask) -> None:
    meeting = builders.a_meeting()
    a_change(meeting, MeetingStatus.CANCELLED)
    with pytest.raises(NotAllowed):
        service.change(
            meeting,
            held_on=date(2027, 1, 1),
            starts_at=time(9),
            place="Elsewhere",
            status=MeetingStatus.HELD,
        )
    assert (meeting.held_on, meeting.place) == (builders.A_DAY, "Council Chamber")


def test_coming_and_past_meetings_part_at_today(app: Flask) -> None:
    committee = builders.a_committee()
    days = [date(2026, 5, 11), date(2026, 5, 12), date(2026, 5, 13), date(2026, 3, 1)]
    for day in days:
        builders.a_meeting(committee, held_on=day)
    assert [m.held_on.day for m in service.coming_up(today=TODAY)] == [12, 13]
    assert [m.held_on.day for m in service.lately_held(today=TODAY)] == [11, 1]
    assert [m.held_on for m in service.of_committee(committee)] == sorted(days, reverse=True)


def test_lists_are_as_long_as_asked_for(app: Flask) -> None:
    committee = builders.a_committee()
    for day in range(1, 6):
        builders.a_meeting(committee, held_on=date(2026, 6, day))
    assert [m.held_on.day for m in service.coming_up(today=TODAY, limit=3)] == [1, 2, 3]


def test_meetings_of_one_day_come_in_order_of_time(app: Flask) -> None:
    committee = builders.a_committee()
    for hour in (14, 9, 11):
        service.schedule(committee, held_on=TODAY, starts_at=time(hour), place="Chamber")
    other = builders.a_meeting(builders.a_committee(), held_on=TODAY)
    found = service.of_committee_on(committee, TODAY)
    assert [meeting.starts_at.hour for meeting in found] == [9, 11, 14]
    assert other not in found


def test_two_changes_at_once_do_not_overwrite_each_other(app: Flask) -> None:
    meeting = builders.a_meeting()
    db.session.commit()
    meeting_id, version = meeting.id, meeting.version
    with db.engine.begin() as other:
        table = Meeting.__table__
        other.execute(
            table.update().where(table.c.id == meeting_id).values(place="X", version=version + 1)
        )
    meeting.place = "Y"
    with pytest.raises(StaleDataError):
        db.session.commit()
