"""Building an agenda."""

import pytest
from flask import Flask

from committee.agendas import service
from committee.agendas.rules import STUB_TITLE, ItemKind, Part
from committee.agendas.service import ItemFields
from committee.clock import now
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, Said
from committee.extensions import db
from committee.states import NotAllowed
from tests import builders


def titles(meeting) -> list[str]:
    return [f"{entry.number} {entry.item.title}" for entry in service.numbered_items(meeting)]


def test_items_are_numbered_by_their_place_with_exempt_items_last(app: Flask) -> None:
    meeting = builders.a_meeting()
    builders.an_item(meeting, "Land at the depot", part=Part.EXEMPT)
    builders.an_item(meeting, "Apologies")
    builders.an_item(meeting, "Minutes")
    assert titles(meeting) == ["1 Apologies", "2 Minutes", "3 Land at the depot"]


def test_an_items_own_number_is_printed_in_place_of_its_place(app: Flask) -> None:
    meeting = builders.a_meeting()
    builders.an_item(meeting, "Apologies")
    service.add_item(meeting, ItemFields(ItemKind.REPORT, "Late report", own_number="C1"))
    assert titles(meeting) == ["1 Apologies", "C1 Late report"]


@pytest.mark.parametrize(
    ("title", "to", "order"),
    [
        ("B", "up", "BAC"),
        ("B", "down", "ACB"),
        ("C", "first", "CAB"),
        ("A", "last", "BCA"),
        ("A", "up", "ABC"),
        ("C", "down", "ABC"),
    ],
)
def test_an_item_moves_within_its_part(app: Flask, title: str, to: str, order: str) -> None:
    meeting = builders.a_meeting()
    items = {name: builders.an_item(meeting, name) for name in "ABC"}
    builders.an_item(meeting, "X", part=Part.EXEMPT)
    service.move_item(items[title], to)
    assert "".join(item.title for item in service.items(meeting)) == order + "X"


def test_an_item_moves_nowhere_else(app: Flask) -> None:
    item = builders.an_item(builders.a_meeting())
    with pytest.raises(NotAllowed, match="up, down, first or last"):
        service.move_item(item, "sideways")


def test_an_order_that_forgets_an_item_changes_nothing(app: Flask) -> None:
    meeting = builders.a_meeting()
    first, second = (builders.an_item(meeting, name) for name in "AB")
    builders.an_item(meeting, "C")
    with pytest.raises(NotAllowed, match="added or removed an item meanwhile"):
        service.set_order(meeting, [second.id, first.id])
    assert [item.title for item in service.items(meeting)] == ["A", "B", "C"]


def test_a_removed_item_comes_back_to_its_place(app: Flask) -> None:
    meeting = builders.a_meeting()
    first, _second = (builders.an_item(meeting, name) for name in "AB")
    service.remove_item(first, now=now())
    db.session.flush()
    assert titles(meeting) == ["1 B"]
    assert [item.title for item in service.removed_items(meeting)] == ["A"]
    service.restore_item(first)
    db.session.flush()
    assert titles(meeting) == ["1 A", "2 B"]


def test_an_exempt_item_needs_its_ground(app: Flask) -> None:
    meeting = builders.a_meeting()
    with pytest.raises(NotAllowed, match="Schedule 12A"):
        confidentiality.take_over(
            service.add_item(meeting, ItemFields(ItemKind.REPORT, "Secret")),
            Said(Classification.EXEMPT),
            source="a test",
            now=builders.A_MOMENT,
        )


def test_the_public_reads_only_the_approved_title(app: Flask) -> None:
    meeting = builders.a_meeting()
    unnamed = builders.an_item(meeting, "Sale of 4 High Street", part=Part.EXEMPT)
    named = builders.an_item(meeting, "Sale", part=Part.EXEMPT, public_title="Disposal of land")
    assert unnamed.title_for_public == STUB_TITLE
    assert named.title_for_public == "Disposal of land"


def test_an_item_made_open_again_keeps_no_exempt_words(app: Flask) -> None:
    item = builders.an_item(
        builders.a_meeting(), "Sale", part=Part.EXEMPT, public_title="Disposal of land"
    )
    builders.opened_or_closed(item, Part.OPEN)
    assert (item.public_title, item.exempt_paragraphs) == (None, [])
