"""The only loader of meetings that a view may use."""

from flask import abort

from committee.meetings import service
from committee.meetings.models import Meeting


def visible_meeting(meeting_id: int) -> Meeting:
    """The meeting; its date, time, place and committee are public."""
    meeting = service.meeting_with_id(meeting_id)
    if meeting is None:
        abort(404)
    return meeting
