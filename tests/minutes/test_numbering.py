"""Numbers of minutes: foreseen in a draft, given once, without gaps, in the order taken."""

from datetime import date

import pytest
from flask import Flask

from committee.meetings import attendance
from committee.meetings.models import Meeting
from committee.meetings.rules import Presence
from committee.minutes import numbering, service
from committee.minutes.models import Minutes
from committee.states import NotAllowed
from tests import builders as common
from tests.minutes import builders


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def numbers(minutes: Minutes) -> list[int | None]:
    return [entry.number for entry in service.entries_of(minutes)]


def written_later(met: builders.Met, meeting: Meeting) -> Minutes:
    attendance.record_members(
        meeting, {member.id: Presence.PRESENT for member in met.members.values()}
    )
    minutes = service.begin(meeting)
    for entry in service.entries_of(minutes):
        builders.write(entry)
    return minutes


def test_numbers_are_foreseen_and_given_when_published(met: builders.Met) -> None:
    numbering.begin_series(met.meeting, 84)
    minutes = builders.written(met)
    entries = service.entries_of(minutes)
    assert list(numbering.foreseen(minutes, entries).values()) == [84, 85, 86, 87, 88]
    assert numbers(minutes) == [None] * 5
    builders.publish(minutes)
    assert numbers(minutes) == [84, 85, 86, 87, 88]


def test_they_run_on_to_the_next_meeting(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    later = written_later(met, builders.a_later_meeting(met))
    assert list(numbering.foreseen(later, service.entries_of(later)).values()) == [6, 7]
    builders.publish(later, date(2018, 7, 20))
    assert numbers(later) == [6, 7]


def test_those_published_first_are_numbered_first_and_none_is_missing(met: builders.Met) -> None:
    earlier = builders.written(met)
    later = written_later(met, builders.a_later_meeting(met))
    builders.publish(later, date(2018, 7, 20))
    builders.publish(earlier, date(2018, 7, 21))
    assert (numbers(later), numbers(earlier)) == ([1, 2], [3, 4, 5, 6, 7])


def test_numbers_follow_the_order_taken(met: builders.Met) -> None:
    minutes = builders.written(met)
    verbal = builders.minute_of(minutes, met.verbal)
    service.move(verbal, "up")
    builders.publish(minutes)
    assert verbal.number == 3
    with pytest.raises(NotAllowed, match="The order can no longer change"):
        service.move(verbal, "down")
    with pytest.raises(NotAllowed, match="number would be missing"):
        service.leave_out(verbal)


def test_a_minute_added_later_gets_the_next_number(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.publish(minutes)
    added = service.add_entry(minutes, met.verbal)
    builders.write(added, "More was said.")
    builders.publish(minutes, change="A part was missing.")
    assert numbers(minutes) == [1, 2, 3, 4, 6, 5]


def test_a_new_run_begins_where_the_clerk_says(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    with pytest.raises(NotAllowed, match="stay as they are"):
        numbering.begin_series(met.meeting, 1)
    later = written_later(met, builders.a_later_meeting(met))
    numbering.begin_series(later.meeting, 10)
    numbering.begin_series(later.meeting, 1)
    builders.publish(later, date(2018, 7, 20))
    assert numbers(later) == [1, 2]


def test_a_run_before_one_that_was_begun_can_still_be_begun(met: builders.Met) -> None:
    earlier = builders.written(met)
    later = written_later(met, builders.a_later_meeting(met))
    numbering.begin_series(later.meeting, 1)
    builders.publish(later, date(2018, 7, 20))
    numbering.begin_series(met.meeting, 200)
    builders.publish(earlier, date(2018, 7, 21))
    assert (numbers(later), numbers(earlier)) == ([1, 2], [200, 201, 202, 203, 204])
    assert numbering.next_number(numbering.series_for(later.meeting)) == 3


def test_runs_of_two_committees_are_apart(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    other = common.a_meeting(held_on=builders.MEETING_DAY)
    assert numbering.series_for(other) is None
    assert numbering.next_number(None) == 1


def test_numbers_begin_at_one_or_later(met: builders.Met) -> None:
    with pytest.raises(NotAllowed, match="begin at 1"):
        numbering.begin_series(met.meeting, 0)
