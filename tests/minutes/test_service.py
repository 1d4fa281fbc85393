"""Beginning minutes, their order, items left out and items with two minutes."""

import pytest
from flask import Flask

from committee.minutes import service
from committee.states import NotAllowed
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import SECRET


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def titles(met: builders.Met) -> list[str]:
    minutes = service.minutes_of(met.meeting)
    assert minutes
    return [entry.title for entry in service.entries_of(minutes)]


ALL = ["Apologies", "Minutes of the last meeting", "Transport after 16", "Update"]


def test_minutes_are_begun_from_the_published_agenda(met: builders.Met) -> None:
    common.an_item(met.meeting, "Added and never published")
    minutes = service.begin(met.meeting)
    assert titles(met) == [*ALL, f"Sale of {SECRET}"]
    assert all(entry.is_unclassed for entry in service.entries_of(minutes))
    with pytest.raises(NotAllowed, match="begun already"):
        service.begin(met.meeting)


def test_without_a_published_agenda_there_is_nothing_to_begin_from(app: Flask) -> None:
    with pytest.raises(NotAllowed, match="Publish the agenda first"):
        service.begin(common.a_meeting())


def test_a_minute_moves_in_the_order_taken(met: builders.Met) -> None:
    minutes = service.begin(met.meeting)
    update = builders.minute_of(minutes, met.verbal)
    service.move(update, "up")
    assert titles(met)[2:4] == ["Update", "Transport after 16"]
    service.move(builders.minute_of(minutes, met.apologies), "up")
    assert titles(met)[0] == "Apologies"
    with pytest.raises(NotAllowed, match="up or down"):
        service.move(update, "sideways")


def test_an_item_is_left_out_and_put_back(met: builders.Met) -> None:
    minutes = service.begin(met.meeting)
    service.leave_out(builders.minute_of(minutes, met.apologies))
    numbers = service.item_numbers(met.meeting)
    left_out = service.not_minuted(minutes, service.entries_of(minutes), numbers)
    assert left_out == [("1", met.apologies)]
    service.add_entry(minutes, met.apologies)
    assert titles(met)[-1] == "Apologies"


def test_a_minute_with_words_is_not_left_out_by_mistake(met: builders.Met) -> None:
    minutes = builders.written(met)
    with pytest.raises(NotAllowed, match="so that nothing is lost"):
        service.leave_out(builders.minute_of(minutes, met.verbal))


def test_an_exempt_item_yields_a_note_beside_its_minute_under_the_public_title(
    met: builders.Met,
) -> None:
    minutes = service.begin(met.meeting)
    note = service.add_entry(minutes, met.exempt)
    assert (note.title, note.is_unclassed) == ("A property", True)
    assert titles(met)[-2:] == [f"Sale of {SECRET}", "A property"]


def test_items_of_other_meetings_are_not_minuted(met: builders.Met) -> None:
    minutes = service.begin(met.meeting)
    other = common.an_item(common.a_meeting(met.committee))
    with pytest.raises(NotAllowed, match="Only items of this meeting"):
        service.add_entry(minutes, other)
