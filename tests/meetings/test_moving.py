"""The date of a meeting that the public was told, or that was held, does not change unseen."""

from datetime import date

import pytest
from flask import Flask

from committee.extensions import db
from committee.meetings import service
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.roles import Role
from committee.states import NotAllowed
from tests.minutes import builders
from tests.minutes.conftest import at_a_browser

LATER = date(2018, 5, 22)
REASON = "The chamber is flooded."


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting whose agenda was published."""
    found = builders.a_committee_that_met().meeting
    db.session.commit()
    return found


def move(meeting: Meeting, to: date, reason: str | None = None) -> None:
    service.change(
        meeting,
        held_on=to,
        starts_at=meeting.starts_at,
        place=meeting.place,
        status=meeting.status,
        reason=reason,
    )


def test_a_published_date_changes_only_with_a_reason_that_is_kept(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed, match="Say why the date changes"):
        move(meeting, LATER)
    assert meeting.held_on == builders.MEETING_DAY
    move(meeting, LATER, REASON)
    assert (meeting.held_on, meeting.moved_because) == (LATER, REASON)


def test_time_and_place_need_no_reason(meeting: Meeting) -> None:
    move(meeting, meeting.held_on)
    assert meeting.moved_because is None


def test_the_date_of_a_meeting_that_was_held_stays(meeting: Meeting) -> None:
    meeting.status = MeetingStatus.HELD
    with pytest.raises(NotAllowed, match="was held, so its date cannot change"):
        move(meeting, LATER, REASON)
    assert meeting.held_on == builders.MEETING_DAY


def test_the_form_asks_for_the_reason_beside_its_field(meeting: Meeting, pages_app: Flask) -> None:
    clerk = at_a_browser(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    address = f"/meetings/{meeting.id}/edit"
    clerk.get(address)
    sent = {
        "version": clerk.value("version"),
        "held_on": ["22", "5", "2018"],
        "starts_at": "10.00 am",
        "place": "Council Chamber",
        "status": "scheduled",
        "reason": "",
    }
    assert clerk.post(address, sent).status_code == 422
    assert "Say why the date changes" in str(clerk.page.select_one("#reason-error"))
    clerk.follow(clerk.post(address, sent | {"reason": REASON}))
    db.session.expire_all()
    assert (meeting.held_on, meeting.moved_because) == (LATER, REASON)
