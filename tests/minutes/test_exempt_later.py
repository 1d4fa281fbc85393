"""An item becomes exempt after its minute was begun: the minute is not published openly."""

import json

import pytest
from flask import Flask
from sqlalchemy import text

from committee.agendas import service as items
from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.agendas.service import ItemFields
from committee.confidentiality.rules import OPENED
from committee.extensions import db
from committee.minutes import publishing, service
from committee.minutes.contents import open_contents
from committee.minutes.models import Minutes
from committee.states import NotAllowed
from tests.builders import EXEMPT, opened_or_closed
from tests.minutes import builders
from tests.minutes.builders import MINUTES_DAY
from tests.pages.reader import Reader

PRICE = "seven million"


def made_exempt(item: AgendaItem) -> None:
    """Take the item in private after all."""
    items.change_item(item, ItemFields(kind=item.kind, title="Sale of land"))
    opened_or_closed(item, Part.EXEMPT, public_title="Property")
    db.session.flush()


def minutes_with_an_item_made_exempt(met: builders.Met) -> Minutes:
    minutes = builders.written(met)
    made_exempt(met.verbal)
    builders.write(builders.minute_of(minutes, met.verbal), f"The price is {PRICE}.")
    db.session.commit()
    return minutes


def test_publishing_stops_until_somebody_says_who_may_read_it(met: builders.Met) -> None:
    minutes = minutes_with_an_item_made_exempt(met)
    with pytest.raises(NotAllowed, match="Minute 4: its item is closed, but the minute was opened"):
        builders.publish(minutes)
    builders.write(
        builders.minute_of(minutes, met.verbal),
        f"The price is {PRICE}.",
        said=EXEMPT,
        public_summary="A price was named.",
    )
    version = builders.publish(minutes)
    assert PRICE not in json.dumps(version.open_contents)
    assert "A price was named." in json.dumps(version.open_contents)


def test_a_published_minute_is_not_published_again_openly(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.publish(minutes)
    made_exempt(met.verbal)
    builders.write(builders.minute_of(minutes, met.verbal), f"The price is {PRICE}.")
    with pytest.raises(NotAllowed, match="its item is closed"):
        builders.publish(minutes, change="The price was added.")


def test_a_second_minute_begun_while_the_item_was_open_stops_it_too(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.write(service.add_entry(minutes, met.verbal), f"The price is {PRICE}.")
    made_exempt(met.verbal)
    builders.write(
        builders.minute_of(minutes, met.verbal),
        said=EXEMPT,
        public_summary="A price was named.",
    )
    with pytest.raises(NotAllowed, match="Minute 5: its item is closed"):
        builders.publish(minutes)


def test_the_note_for_the_public_beside_an_exempt_item_stops_nothing(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.write(service.add_entry(minutes, met.exempt), "Nothing was decided.", said=OPENED)
    assert publishing.standing_in_the_way(minutes, today=MINUTES_DAY) == []
    assert "Nothing was decided." in json.dumps(builders.publish(minutes).open_contents)


def test_the_open_contents_hold_it_back_even_if_nobody_stopped(met: builders.Met) -> None:
    minutes = minutes_with_an_item_made_exempt(met)
    found = json.dumps(open_contents(publishing.facts_of(minutes)))
    assert PRICE not in found
    assert "Update" not in found


def test_what_another_clerk_made_exempt_meanwhile_is_seen(app: Flask, met: builders.Met) -> None:
    minutes = builders.written(met)
    db.session.commit()
    held = [*service.entries_of(minutes), *items.items(met.meeting)]
    assert not any(each.tells_exempt_matter for each in service.entries_of(minutes))
    verbal_id = met.verbal.id
    with db.engine.begin() as other:
        other.execute(
            text(
                "UPDATE agenda_item SET classification = 'exempt', exempt_paragraphs = '{3}', "
                "public_title = 'Property', version = version + 1 WHERE id = :id"
            ),
            {"id": verbal_id},
        )
    with pytest.raises(NotAllowed, match="its item is closed"):
        builders.publish(minutes)
    assert held


def test_the_page_says_it_before_anybody_publishes(met: builders.Met, clerk: Reader) -> None:
    minutes_with_an_item_made_exempt(met)
    clerk.get(f"/meetings/{met.meeting.id}/minutes/publish")
    assert "its item is closed, but the minute was opened before that was said" in clerk.words()
