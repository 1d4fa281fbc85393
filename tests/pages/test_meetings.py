"""Meetings in the calendar, by their pages."""

import pytest

from committee.extensions import db
from committee.meetings.rules import MeetingStatus
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader


def test_a_meeting_is_added_and_visitors_see_it(
    officer: Reader, visitor: Reader, furnished: Furnished
) -> None:
    form = {"held_on": ["3", "December", "2090"], "starts_at": "2.30 pm", "place": "Room 4"}
    address = f"/committees/{furnished.committee.slug}/meetings/new"
    officer.follow(officer.post(address, form))
    assert "Next, build its agenda" in officer.words()
    visitor.get("/")
    assert "Sunday 3 December 2090, 2.30 pm" in visitor.words()


def test_each_mistake_is_said_at_its_field(officer: Reader, furnished: Furnished) -> None:
    form = {"held_on": ["31", "", "2090"], "starts_at": "2.30", "place": "Room 4"}
    address = f"/committees/{furnished.committee.slug}/meetings/new"
    assert officer.post(address, form).status_code == 422
    assert officer.mistakes() == [
        "The date of the meeting must include a month",
        "Add am or pm, like 2.30 pm",
    ]
    assert officer.value("starts_at") == "2.30"
    assert officer.value("place") == "Room 4"
    link = officer.page.select_one(".govuk-error-summary a")
    assert link["href"] == "#held_on-month"


def test_a_meeting_is_postponed_but_what_was_held_is_over(
    officer: Reader, furnished: Furnished
) -> None:
    meeting = furnished.meeting
    address = f"/meetings/{meeting.id}/edit"
    day = [str(part) for part in (meeting.held_on.day, meeting.held_on.month, meeting.held_on.year)]
    form = {"held_on": day, "starts_at": "10:00", "place": "Elsewhere", "status": "postponed"}
    officer.get(address)
    officer.follow(officer.post(address, {**form, "version": officer.value("version")}))
    assert "Postponed" in officer.words()
    meeting.status = MeetingStatus.HELD
    db.session.commit()
    officer.get(address)
    offered = [each["value"] for each in officer.page.select("input[name=status]")]
    assert offered == ["held"]
    sent = {**form, "status": "scheduled", "version": officer.value("version")}
    assert officer.post(address, sent).status_code == 422


def test_a_meeting_changed_meanwhile_loses_neither_text(
    officer: Reader, furnished: Furnished
) -> None:
    address = f"/meetings/{furnished.meeting.id}/edit"
    officer.get(address)
    seen = officer.value("version")
    furnished.meeting.place = "The other officer's room"
    db.session.commit()
    form = {"held_on": ["1", "6", "2090"], "starts_at": "9am", "place": "My room"}
    officer.post(address, {**form, "status": "scheduled", "version": seen})
    assert "The other officer's room" in officer.words()
    assert officer.value("place") == "My room"


@pytest.mark.parametrize(
    "place", ["A\x00 room", "<script>alert(1)</script>", "Ystafell ŵ ŷ", "会議室"]
)
def test_any_text_is_kept_and_shown_as_text(
    officer: Reader, furnished: Furnished, place: str
) -> None:
    form = {"held_on": ["3", "12", "2090"], "starts_at": "10am", "place": place}
    officer.follow(officer.post(f"/committees/{furnished.committee.slug}/meetings/new", form))
    assert place.replace("\x00", "") in officer.words()
