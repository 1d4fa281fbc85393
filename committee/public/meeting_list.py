"""Meetings as anyone reads of them: by month, with whether there is an agenda to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from committee.agendas.models import AgendaVersion
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import Minutes as MinutesOfMeeting
from committee.minutes.models import MinutesVersion
from committee.people.models import Committee

PAGE = 50  # meetings of a page
MOST = 2000  # meetings of a calendar


@dataclass(frozen=True)
class Listed:
    """A meeting, and what there is to read of it."""

    meeting: Meeting
    has_agenda: bool
    has_minutes: bool


@dataclass(frozen=True)
class MonthOfMeetings:
    """The meetings of one month in their order; `first` is the month's first day."""

    first: date
    meetings: Sequence[Listed]


@dataclass(frozen=True)
class MeetingPage:
    """A page of the list."""

    months: Sequence[MonthOfMeetings]
    number: int
    pages: int
    count: int


def by_month(*, today: date, past: bool, page: int) -> MeetingPage:
    """Fifty meetings: from today on, soonest first, or the `past` ones, latest first."""
    when = Meeting.held_on < today if past else Meeting.held_on >= today
    count = db.session.scalar(select(func.count()).select_from(Meeting).where(when)) or 0
    pages = max(1, -(-count // PAGE))
    number = min(page, pages)
    order = (Meeting.held_on, Meeting.starts_at, Meeting.id)
    found = db.session.scalars(
        select(Meeting)
        .where(when)
        .options(joinedload(Meeting.committee))
        .order_by(*(column.desc() for column in order) if past else order)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    months = [
        MonthOfMeetings(first, list(of_month))
        for first, of_month in groupby(
            listed(found), key=lambda each: each.meeting.held_on.replace(day=1)
        )
    ]
    return MeetingPage(months, number, pages, count)


def listed(meetings: Sequence[Meeting]) -> list[Listed]:
    """Each meeting with what there is to read, in two queries for them all."""
    agendas, minutes = times_published(meetings), _with_minutes(meetings)
    return [Listed(each, each.id in agendas, each.id in minutes) for each in meetings]


def times_published(meetings: Sequence[Meeting]) -> dict[int, int]:
    """How often the agenda of each meeting was published, by its id; none for never."""
    ids = [meeting.id for meeting in meetings]
    counted = select(AgendaVersion.meeting_id, func.count()).where(
        AgendaVersion.meeting_id.in_(ids)
    )
    rows = db.session.execute(counted.group_by(AgendaVersion.meeting_id))
    return {meeting_id: times for meeting_id, times in rows}  # noqa: C416 - rows are no pairs


def _with_minutes(meetings: Sequence[Meeting]) -> set[int]:
    ids = [meeting.id for meeting in meetings]
    found = select(MinutesOfMeeting.meeting_id).join(
        MinutesVersion, MinutesVersion.minutes_id == MinutesOfMeeting.id
    )
    return set(db.session.scalars(found.where(MinutesOfMeeting.meeting_id.in_(ids)).distinct()))


def since(day: date, committee: Committee | None) -> Sequence[Meeting]:
    """Meetings from a day on, of one committee or of all, soonest first."""
    found = select(Meeting).where(Meeting.held_on >= day)
    if committee is not None:
        found = found.where(Meeting.committee_id == committee.id)
    ordered = found.order_by(Meeting.held_on, Meeting.starts_at, Meeting.id).limit(MOST)
    return db.session.scalars(ordered.options(joinedload(Meeting.committee))).all()
