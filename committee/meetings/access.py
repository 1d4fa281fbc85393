"""The only loaders of meetings that a view may use."""

from flask import abort

from committee.meetings import service
from committee.meetings.models import Meeting
from committee.people.permissions import Permission, check


def visible_meeting(meeting_id: int) -> Meeting:
    """The meeting; its date, time, place and committee are public."""
    meeting = service.meeting_with_id(meeting_id)
    if meeting is None:
        abort(404)
    return meeting


def meeting_for(permission: Permission, meeting_id: int) -> Meeting:
    """The meeting, for a reader who holds `permission` on its committee."""
    meeting = visible_meeting(meeting_id)
    check(permission, meeting.committee_id)
    return meeting
