"""The calendar of meetings, read back by the library and by what calendars do with it."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Event

from committee.clock import LONDON, today
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.service import add_committee, the_council
from committee.public.calendars import calendar_of
from tests import builders
from tests.pages.reader import Reader
from tests.public.conftest import statements
from tests.search import published


def events(content: bytes) -> list[Event]:
    """The events of a calendar that is sound: every zone is told and every event identified."""
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    found: list[Event] = list(calendar.walk("VEVENT"))
    for each in found:
        assert each.errors == []
        assert each["DTSTART"].params["TZID"] in zones
        assert each["UID"]
        assert each["DTSTAMP"]
    names = [str(each["UID"]) for each in found]
    assert len(names) == len(set(names))
    return found


def made(*meetings: Meeting, agendas: dict[int, int] | None = None) -> list[Event]:
    addresses = {each.id: f"https://council.example/meetings/{each.id}" for each in meetings}
    return events(
        calendar_of(
            meetings,
            name="Meetings",
            host="council.example",
            addresses=addresses,
            agendas=agendas or {},
        )
    )


@pytest.mark.parametrize("day", [date(2026, 1, 14), date(2026, 7, 14), date(2026, 10, 25)])
def test_a_meeting_begins_at_its_own_time_in_london(app: Flask, day: date) -> None:
    meeting = builders.a_meeting(held_on=day)
    db.session.commit()
    (event,) = made(meeting)
    start = event["DTSTART"].dt
    assert (start.date(), start.hour, start.minute) == (day, 10, 0)
    expected = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
    assert start.utcoffset() == expected.utcoffset()


def test_it_keeps_its_identity_and_counts_up_with_each_change(app: Flask) -> None:
    meeting = builders.a_meeting()
    db.session.commit()
    (before,) = made(meeting)
    meeting.place, meeting.status = "Town; Hall, \\ first floor\nDover", MeetingStatus.CANCELLED
    db.session.commit()
    (after,) = made(meeting)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SUMMARY"].startswith("Cancelled: ")
    assert str(after["LOCATION"]) == meeting.place
    (again,) = made(meeting, agendas={meeting.id: 1})
    assert again["SEQUENCE"] > after["SEQUENCE"]
    assert "The agenda is published." in again["DESCRIPTION"]


def test_a_calendar_without_meetings_is_sound(visitor: Reader) -> None:
    answer = visitor.get("/meetings/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert events(answer.data) == []


def test_each_committee_has_its_own(visitor: Reader) -> None:
    one = builders.a_meeting(builders.a_committee("One & only"), held_on=today())
    builders.a_meeting(builders.a_committee("Other"), held_on=today())
    builders.a_meeting(one.committee, held_on=today() - timedelta(days=900))
    db.session.commit()
    assert len(events(visitor.get("/meetings/calendar.ics").data)) == 2
    (mine,) = events(visitor.get(f"/committees/{one.committee.slug}/calendar.ics").data)
    assert mine["SUMMARY"] == "One & only"
    assert visitor.get("/committees/none/calendar.ics").status_code == 404


def test_it_is_sent_again_only_when_it_has_changed(visitor: Reader) -> None:
    meeting = builders.a_meeting(held_on=today())
    db.session.commit()
    first = visitor.get("/meetings/calendar.ics")
    assert first.headers["Cache-Control"] == "public, max-age=30"
    assert "Set-Cookie" not in first.headers
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/meetings/calendar.ics", headers=tag).status_code == 304
    meeting.place = "Elsewhere"
    db.session.commit()
    assert visitor.get("/meetings/calendar.ics", headers=tag).status_code == 200


def test_few_queries_however_many_meetings(visitor: Reader) -> None:
    meeting = published.a_meeting()
    council = the_council()
    assert council is not None
    for number in range(40):
        committee = add_committee(council, name=f"Committee number {number}")
        builders.a_meeting(committee, held_on=today() + timedelta(days=number))
    db.session.commit()
    assert meeting.id
    with statements() as asked:
        found = events(visitor.get("/meetings/calendar.ics").data)
    assert len(found) == 40
    assert len(asked) <= 6
