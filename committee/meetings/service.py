"""Scheduling, changing and finding meetings. Callers commit."""

from collections.abc import Sequence
from datetime import date, time

from sqlalchemy import column, exists, select, table
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MEETING_STATES, MeetingStatus
from committee.people.models import Committee
from committee.states import NotAllowed


def schedule(
    committee: Committee,
    *,
    held_on: date,
    starts_at: time,
    place: str,
    notices: list[dict[str, str]] | None = None,
    by: int | None = None,
) -> Meeting:
    """Put a meeting in the calendar, on a civil date and at a time of day in London."""
    meeting = Meeting(
        committee=committee, held_on=held_on, starts_at=starts_at, place=place, notices=notices
    )
    db.session.add(meeting)
    audit.record("meeting:scheduled", meeting, by=by)
    return meeting


def change(
    meeting: Meeting,
    *,
    held_on: date,
    starts_at: time,
    place: str,
    status: MeetingStatus,
    reason: str | None = None,
    by: int | None = None,
) -> None:
    """Change a meeting's particulars. Raises NotAllowed for a status that it may not take, for
    another date of a meeting that was held, and for one without `reason` once the public was told.
    """
    if status != meeting.status:
        MEETING_STATES.check(meeting.status, status)
    if held_on != meeting.held_on:
        _check_new_date(meeting, reason)
        meeting.moved_because = reason or None
    meeting.held_on, meeting.starts_at = held_on, starts_at
    meeting.place, meeting.status = place, status
    audit.record("meeting:changed", meeting, by=by)


def _check_new_date(meeting: Meeting, reason: str | None) -> None:
    if meeting.status is MeetingStatus.HELD:
        raise NotAllowed(
            "This meeting was held, so its date cannot change. Its minutes and how long they stay "
            "open go by it."
        )
    if agenda_is_published(meeting) and not reason:
        raise NotAllowed(
            "The agenda is published with the date as it was. Say why the date changes, and then "
            "publish the agenda again."
        )


def agenda_is_published(meeting: Meeting) -> bool:
    """Whether anyone could read an agenda of this meeting, and so its date."""
    version = table("agenda_version", column("meeting_id"))
    found = select(exists().where(version.c.meeting_id == meeting.id))
    return bool(db.session.scalar(found))


def meeting_with_id(meeting_id: int) -> Meeting | None:
    """The meeting, with its committee and council read in the same query."""
    found = select(Meeting).where(Meeting.id == meeting_id)
    with_committee = joinedload(Meeting.committee)
    return db.session.scalars(
        found.options(
            with_committee.joinedload(Committee.council),
            with_committee.joinedload(Committee.contact_officer),
        )
    ).first()


def lock(meeting: Meeting) -> None:
    """Let no one else change this meeting's agenda until the transaction ends."""
    db.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())


def coming_up(*, today: date, limit: int = 20) -> Sequence[Meeting]:
    """Meetings from today on, soonest first."""
    found = select(Meeting).where(Meeting.held_on >= today)
    return db.session.scalars(
        found.options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on, Meeting.starts_at, Meeting.id)
        .limit(limit)
    ).all()


def lately_held(*, today: date, limit: int = 10) -> Sequence[Meeting]:
    """Meetings before today, latest first."""
    found = select(Meeting).where(Meeting.held_on < today)
    return db.session.scalars(
        found.options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on.desc(), Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(limit)
    ).all()


def of_committee(committee: Committee) -> Sequence[Meeting]:
    """All meetings of a committee, latest first."""
    found = select(Meeting).where(Meeting.committee_id == committee.id)
    return db.session.scalars(
        found.order_by(Meeting.held_on.desc(), Meeting.starts_at.desc(), Meeting.id.desc())
    ).all()


def of_committee_on(committee: Committee, day: date) -> Sequence[Meeting]:
    """The committee's meetings on one day, in order of time."""
    found = select(Meeting).where(Meeting.committee_id == committee.id, Meeting.held_on == day)
    return db.session.scalars(found.order_by(Meeting.starts_at, Meeting.id)).all()
