"""Who opens the minute of a closed item knows how it is closed; what is said since, they do not."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from committee.agendas import classing as item_classing
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.extensions import db
from committee.minutes import classing, publishing, service
from committee.minutes.contents import open_contents
from committee.minutes.models import Minute, Minutes
from committee.minutes.rules import Openness
from committee.states import NotAllowed
from tests.builders import A_DAY, A_MOMENT, EXEMPT
from tests.minutes import builders
from tests.minutes.builders import MINUTES_DAY
from tests.minutes.test_class_pages import links
from tests.pages.reader import Reader

PRICE = "seven million"
BY_COURT = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


@pytest.fixture
def minutes(met: builders.Met) -> Minutes:
    return builders.written(met)


@pytest.fixture
def note(met: builders.Met, minutes: Minutes) -> Minute:
    """A minute beside the exempt item, opened by somebody who knew the item to be exempt."""
    made = service.add_entry(minutes, met.exempt)
    builders.write(made, "Nothing was decided in public.", said=OPENED)
    db.session.commit()
    return made


def said_of(item: AgendaItem, *said: Said) -> None:
    for each in said:
        fields = ClassFields(each, "A property")
        item_classing.classify_item(item, fields, acknowledged=True, now=A_MOMENT, today=A_DAY)
    db.session.commit()


def in_the_way(minutes: Minutes) -> list[str]:
    return publishing.standing_in_the_way(minutes, today=MINUTES_DAY)


def openly(minutes: Minutes) -> str:
    return json.dumps(open_contents(publishing.facts_of(minutes)))


SAY_AGAIN = "its item is closed, but the minute was opened before that was said"


@pytest.mark.parametrize(
    "said_since",
    [
        pytest.param([BY_COURT], id="confidential now"),
        pytest.param([replace(EXEMPT, paragraphs=(1, 3))], id="exempt on one paragraph more"),
        pytest.param([OPENED, BY_COURT], id="opened, and closed on another ground"),
        pytest.param([OPENED, EXEMPT], id="opened, and closed on the same ground"),
    ],
)
def test_what_was_said_of_the_item_since_was_not_known(
    met: builders.Met, minutes: Minutes, note: Minute, said_since: list[Said]
) -> None:
    builders.write(note, f"The buyer offers {PRICE}.")
    said_of(met.exempt, *said_since)
    assert note.tells_exempt_matter
    assert PRICE not in openly(minutes)
    with pytest.raises(NotAllowed, match=SAY_AGAIN):
        builders.publish(minutes)
    builders.give_class(note)
    assert in_the_way(minutes) == [], "now somebody who knows has said it again"
    assert PRICE in json.dumps(builders.publish(minutes).open_contents)


def test_a_review_of_the_item_that_changes_nothing_asks_nobody_again(
    met: builders.Met, minutes: Minutes, note: Minute
) -> None:
    later = replace(EXEMPT, conclusion="It still matters.", review_on=A_DAY + timedelta(days=300))
    said_of(met.exempt, later)
    assert len(confidentiality.determinations_of(met.exempt)) == 2
    assert not note.tells_exempt_matter
    assert in_the_way(minutes) == []


def test_the_item_can_be_opened_and_the_note_stays_open(
    met: builders.Met, minutes: Minutes, note: Minute
) -> None:
    said_of(met.exempt, OPENED)
    assert not note.tells_exempt_matter
    assert in_the_way(minutes) == []


def of_an_unclassed_item(met: builders.Met, minutes: Minutes) -> Minute:
    """A minute that was opened though nobody has said yet whether its item is."""
    late = items.add_item(met.meeting, ItemFields(ItemKind.REPORT, "A dismissal"))
    db.session.flush()
    made = service.add_entry(minutes, late)
    builders.write(made, "Somebody was dismissed.", said=OPENED)
    db.session.commit()
    return made


def test_a_minute_waits_until_somebody_classes_its_item(
    met: builders.Met, minutes: Minutes
) -> None:
    minute = of_an_unclassed_item(met, minutes)
    assert in_the_way(minutes) == ["Minute 6: nobody has said yet whether its item is open."]
    assert "dismissed" not in openly(minutes)
    assert minute.agenda_item is not None
    said_of(minute.agenda_item, OPENED)
    assert in_the_way(minutes) == []
    assert "dismissed" in openly(minutes)


def test_who_opened_it_before_did_not_know_that_the_item_would_be_exempt(
    met: builders.Met, minutes: Minutes
) -> None:
    minute = of_an_unclassed_item(met, minutes)
    assert minute.agenda_item is not None
    said_of(minute.agenda_item, EXEMPT)
    with pytest.raises(NotAllowed, match=SAY_AGAIN):
        builders.publish(minutes)
    assert "dismissed" not in openly(minutes)


def test_the_answer_of_its_writer_stands_while_the_item_has_no_class(
    met: builders.Met, minutes: Minutes
) -> None:
    minute = of_an_unclassed_item(met, minutes)
    seen = classing.item_seen(minute)
    classing.answer(minute, Openness.OPEN, seen=seen, now=A_MOMENT, today=A_DAY)
    assert len(confidentiality.determinations_of(minute)) == 1


def test_who_saw_another_paragraph_opens_nothing(
    met: builders.Met, minutes: Minutes, note: Minute
) -> None:
    seen = classing.item_seen(note)
    said_of(met.exempt, replace(EXEMPT, paragraphs=(1,)))
    with pytest.raises(NotAllowed, match="The class of its item was changed meanwhile"):
        classing.classify(note, OPENED, seen=seen, acknowledged=True, now=A_MOMENT, today=A_DAY)


def test_the_pages_lead_to_the_class_of_the_item(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = of_an_unclassed_item(met, minutes)
    its_item = f"/agenda-items/{minute.agenda_item_id}/class"
    clerk.get(f"/meetings/{met.meeting.id}/minutes/publish")
    assert its_item in links(clerk)
    clerk.get(f"/minutes/{minute.id}/class")
    assert "Nobody has said yet whether its item is open" in clerk.words()
    assert its_item in links(clerk)
    clerk.get(f"/minutes/{minute.id}")
    assert "Nobody has said yet whether its item is open" in clerk.words()
