"""The only loaders of minutes, of single minutes and of actions that a view may use."""

from collections.abc import Iterable
from datetime import date

from flask import abort
from flask_login import current_user

from committee.confidentiality.access import check_may_read, may_read, note_reading
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.minutes import actions as action_service
from committee.minutes import publishing, service
from committee.minutes.closed import matter_of_minute, matter_of_title
from committee.minutes.models import Action, Minute, Minutes, MinutesVersion
from committee.minutes.rules import MinutesStatus
from committee.people.permissions import Permission, check, may, may_open


def minutes_for(permission: Permission, meeting_id: int) -> tuple[Meeting, Minutes | None]:
    """A meeting and its minutes, begun or not, for a reader who holds `permission` on it."""
    meeting = meetings.meeting_for(permission, meeting_id)
    return meeting, service.minutes_of(meeting)


def begun_minutes_for(permission: Permission, meeting_id: int) -> Minutes:
    """Minutes that have been begun, for a reader who holds `permission` on their committee."""
    _, minutes = minutes_for(permission, meeting_id)
    if minutes is None:
        abort(404)
    return minutes


def minute_for(permission: Permission, minute_id: int) -> Minute:
    """One minute, for a reader who holds `permission` on its committee."""
    minute = service.minute_with_id(minute_id)
    if minute is None:
        abort(404)
    check(permission, minute.minutes.meeting.committee_id)
    return minute


def words_of_minute_for(permission: Permission, minute_id: int, *, on: date) -> Minute:
    """One minute whose words are to be shown, for a reader who holds `permission` on its committee
    and, where it tells what was done in private, may read that on the day. What nobody has classed
    yet may tell that, to all but those who hold the permission to work on it."""
    minute = minute_for(permission, minute_id)
    _check_may_read_words(permission, minute, on=on)
    return minute


def _check_may_read_words(permission: Permission, minute: Minute, *, on: date) -> None:
    writes = may(permission, minute.minutes.meeting.committee_id)
    if minute.is_in_private or (minute.is_unclassed and not writes):
        check_may_read(matter_of_minute(minute, writes=writes), on=on)


def published_version(meeting_id: int, number: int | None = None) -> MinutesVersion:
    """A version of a meeting's minutes that was published, the latest unless `number` names one."""
    meeting = meetings.visible_meeting(meeting_id)
    found = next((v for v in publishing.versions(meeting) if number in (None, v.number)), None)
    if found is None:
        abort(404)
    return found


def action_for(action_id: int, *, on: date) -> Action:
    """An action, for the person who is to do it and for the clerks of its committee; one from
    private business for those of them alone who may read that on the day."""
    action = action_service.action_with_id(action_id)
    if action is None:
        abort(404)
    clerk = may_open(Permission.MINUTES_WRITE, action.minute.minutes.meeting.committee_id)
    if action.owner_id == current_user.id:
        return action
    if not clerk:
        abort(404)
    _check_may_read_words(Permission.MINUTES_WRITE, action.minute, on=on)
    return action


def actions_hidden(rows: Iterable[Action], *, on: date) -> frozenset[int]:
    """The ids of those actions whose own words a list does not show this reader on that day:
    those of others, from minutes that nobody has classed, unless they write those minutes or the
    rules let them read on every ground. Of private business a list shows nobody the words."""
    unclassed = [row for row in rows if row.minute.is_unclassed and row.owner_id != current_user.id]
    # Of these every one is closed on all grounds alike: what differs is the committee alone.
    of_each = {row.minute.minutes.meeting.committee_id: row.minute for row in unclassed}
    shut = {
        committee_id
        for committee_id, minute in of_each.items()
        if not may(Permission.MINUTES_WRITE, committee_id)
        and not may_read(matter_of_minute(minute), on=on)
    }
    return frozenset(row.id for row in unclassed if row.minute.minutes.meeting.committee_id in shut)


def note_words_of(minute: Minute) -> None:
    """Note that a page shows this reader what was done in private."""
    if minute.is_in_private:
        note_reading(Minute.__tablename__, minute.id)


def hidden_from_reader(minutes: Minutes, entries: Iterable[Minute], *, on: date) -> frozenset[int]:
    """The ids of those minutes whose titles this reader is not shown on that day: of private
    business, unless they write the minutes or the rules let them read it."""
    if may(Permission.MINUTES_WRITE, minutes.meeting.committee_id):
        return frozenset()
    private = [entry for entry in entries if entry.is_in_private]
    return frozenset(each.id for each in private if not may_read(matter_of_title(each), on=on))


def note_words_listed(minutes: Minutes, entries: Iterable[Minute]) -> None:
    """Note that a list shows this reader the titles of these minutes, if any of them tells of what
    was done in private; whoever writes them is noted from their publication on. One entry names
    the minutes, as a list of items names the meeting."""
    own_work = minutes.status is MinutesStatus.DRAFT and may(
        Permission.MINUTES_WRITE, minutes.meeting.committee_id
    )
    if not own_work and any(each.is_in_private for each in entries):
        note_reading(Minutes.__tablename__, minutes.id)
