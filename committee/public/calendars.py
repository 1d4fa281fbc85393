"""Meetings as an iCalendar file, which a reader's own calendar fetches again and again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from icalendar import Calendar, Event

from committee.clock import LONDON
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus

_STATUSES = {
    MeetingStatus.SCHEDULED: "CONFIRMED",
    MeetingStatus.HELD: "CONFIRMED",
    MeetingStatus.POSTPONED: "TENTATIVE",
    MeetingStatus.CANCELLED: "CANCELLED",
}
_BEFORE_TITLE = {MeetingStatus.CANCELLED: "Cancelled: ", MeetingStatus.POSTPONED: "Postponed: "}


def calendar_of(
    meetings: Sequence[Meeting],
    *,
    name: str,
    host: str,
    addresses: Mapping[int, str],
    agendas: Mapping[int, int],
) -> bytes:
    """The file for these meetings; the same meetings give the same bytes.

    `host` makes the identity of each event, which stays whatever becomes of the meeting.
    `addresses` leads to its page, and `agendas` tells how often its agenda was published, both by
    its id. The sequence number grows with every change of either, so that calendars take it over.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Quorate//Committee meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    for meeting in meetings:
        event = _event(meeting, addresses[meeting.id], agendas.get(meeting.id, 0))
        event.add("uid", f"meeting-{meeting.id}@{host}")
        calendar.add_component(event)
    if meetings:
        days = [meeting.held_on for meeting in meetings]
        first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 1, 1)
        calendar.add_missing_timezones(first_date=first, last_date=last)
    return calendar.to_ical()


def _event(meeting: Meeting, address: str, published: int) -> Event:
    event = Event()
    told = "The agenda is published." if published else "The agenda is not published yet."
    event.add("summary", _BEFORE_TITLE.get(meeting.status, "") + meeting.committee.name)
    event.add("dtstart", datetime.combine(meeting.held_on, meeting.starts_at, LONDON))
    event.add("dtstamp", meeting.created_at)
    event.add("location", meeting.place)
    event.add("status", _STATUSES[meeting.status])
    event.add("sequence", meeting.version - 1 + published)
    event.add("description", f"{told} {address}")
    event.add("url", address)
    return event
