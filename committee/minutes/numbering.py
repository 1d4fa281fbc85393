"""Numbers of minutes: they run on from meeting to meeting of a committee, without gaps (KENT-07).

A number is given when minutes are first published. Until then it is only foreseen. Callers commit.
"""

from collections.abc import Sequence

from sqlalchemy import and_, func, or_, select

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import Minute, Minutes, MinuteSeries
from committee.states import NotAllowed


def series_for(meeting: Meeting, *, locked: bool = False) -> MinuteSeries | None:
    """The series that minutes of this meeting are numbered in: the latest begun by its date.

    For a meeting before all of them it is the first, so that minutes published late run on too.
    """
    found = select(MinuteSeries).where(MinuteSeries.committee_id == meeting.committee_id)
    begun = MinuteSeries.started_on <= meeting.held_on
    days = MinuteSeries.started_on - meeting.held_on
    ordered = found.order_by(begun.desc(), func.abs(days), MinuteSeries.id.desc())
    return db.session.scalars(ordered.with_for_update() if locked else ordered).first()


def next_number(series: MinuteSeries | None) -> int:
    """The number that the next minute of the series gets."""
    if series is None:
        return 1
    last = db.session.scalar(select(func.max(Minute.number)).where(Minute.series_id == series.id))
    return series.first_number if last is None else last + 1


def foreseen(minutes: Minutes, entries: Sequence[Minute]) -> dict[int, int]:
    """The number of each minute by its id: the one it has, or else the one it would get now."""
    found, number = {}, next_number(series_for(minutes.meeting))
    for entry in entries:
        if entry.number is not None:
            found[entry.id] = entry.number
        else:
            found[entry.id], number = number, number + 1
    return found


def number_entries(minutes: Minutes, entries: Sequence[Minute], *, by: int | None = None) -> None:
    """Give each minute that has none its number, in the order taken.

    The committee's series is locked meanwhile, so that no other minutes take the same numbers.
    """
    waiting = [entry for entry in entries if entry.number is None]
    if not waiting:
        return
    lock_series(minutes.meeting)
    series = series_for(minutes.meeting, locked=True)
    if series is None:
        series = _add_series(minutes.meeting, 1, by=by)
    for number, entry in enumerate(waiting, start=next_number(series)):
        entry.number, entry.series_id = number, series.id
    db.session.flush()


def begin_series(meeting: Meeting, first_number: int, *, by: int | None = None) -> MinuteSeries:
    """Begin a new run of numbers with this meeting, or say where the one begun with it starts.

    Raises NotAllowed once minutes of this or a later meeting have numbers of the series, since
    numbers that were given stay.
    """
    lock_series(meeting)
    if first_number < 1:
        raise NotAllowed("Numbers of minutes begin at 1 or later.")
    series = series_for(meeting)
    would_change = and_(
        Minute.series_id == (series.id if series else None), Meeting.held_on >= meeting.held_on
    )
    numbered = (
        select(Minute.id)
        .join(Minutes)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minute.number.is_not(None), or_(Meeting.id == meeting.id, would_change))
    )
    if series and series.started_on > meeting.held_on:
        numbered = numbered.where(Meeting.id == meeting.id)
    if db.session.scalar(numbered.order_by(Minute.id).limit(1)) is not None:
        raise NotAllowed(
            "Minutes of this meeting or a later one have been published with their numbers, "
            "which stay as they are. Begin the new run with a later meeting."
        )
    if series is None or series.started_on != meeting.held_on:
        return _add_series(meeting, first_number, by=by)
    series.first_number = first_number
    audit.record("minute_series:changed", series, by=by)
    return series


def lock_series(meeting: Meeting) -> None:
    """Let no one else number minutes of this committee until the transaction ends."""
    name = f"minute numbers of committee {meeting.committee_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _add_series(meeting: Meeting, first_number: int, *, by: int | None) -> MinuteSeries:
    series = MinuteSeries(
        committee_id=meeting.committee_id, started_on=meeting.held_on, first_number=first_number
    )
    db.session.add(series)
    audit.record("minute_series:added", series, by=by)
    return series
