"""Every minute has a class: closed until somebody opens it, and published once all are classed."""

import json
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.agendas.rules import Part
from committee.audit import service as audit
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.extensions import db, owner_engine
from committee.minutes import actions, classing, publishing, resolving, service
from committee.minutes.contents import open_contents
from committee.minutes.models import Minute, Minutes
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import Openness
from committee.states import NotAllowed
from tests.builders import A_DAY, A_MOMENT, EXEMPT, opened_or_closed
from tests.minutes import builders
from tests.minutes.builders import MINUTES_DAY, SECRET


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def only_written(met: builders.Met) -> Minutes:
    """Minutes of every item, of none of which anybody has said who may read it."""
    builders.everyone_present(met)
    minutes = builders.begun(met)
    for entry in service.entries_of(minutes):
        resolving.save(entry, MinuteFields(entry.title, f"Said of {entry.title}."))
    return minutes


def classify(minute: Minute, said: Said, *, acknowledged: bool = False) -> None:
    seen = classing.item_seen(minute)
    classing.classify(minute, said, seen=seen, acknowledged=acknowledged, now=A_MOMENT, today=A_DAY)


def open_all(minutes: Minutes, agreed: str | None = None) -> int:
    if agreed is None:
        agreed = classing.agreement(service.entries_of(minutes))
    return classing.open_all(minutes, agreed, now=A_MOMENT, today=A_DAY)


def in_the_way(minutes: Minutes) -> list[str]:
    return publishing.standing_in_the_way(minutes, today=MINUTES_DAY)


def test_a_new_minute_is_closed_and_says_nothing_to_the_public(met: builders.Met) -> None:
    minutes = only_written(met)
    assert {entry.classification for entry in service.entries_of(minutes)} == {
        Classification.UNCLASSED
    }
    openly = json.dumps(open_contents(publishing.facts_of(minutes))["minutes"])
    assert "Said of" not in openly
    assert "Transport after 16" in openly, "its item is open, and stands on the public agenda"


def test_publishing_is_refused_while_a_minute_has_no_class(met: builders.Met) -> None:
    minutes = only_written(met)
    unsaid = [f"Minute {number}: nobody has said yet whether it is open." for number in range(1, 6)]
    assert in_the_way(minutes) == unsaid
    with pytest.raises(NotAllowed, match="Minute 3: nobody has said yet whether it is open"):
        builders.publish(minutes)
    assert publishing.versions(met.meeting) == []


def test_all_are_opened_at_once_but_those_of_closed_items(met: builders.Met) -> None:
    minutes = only_written(met)
    assert open_all(minutes) == 4
    assert in_the_way(minutes) == ["Minute 5: nobody has said yet whether it is open."]
    builders.write(builders.minute_of(minutes, met.exempt), f"The price of {SECRET} was named.")
    version = builders.publish(minutes)
    assert SECRET not in json.dumps(version.open_contents)
    opened = confidentiality.newest_of("minute", [builders.minute_of(minutes, met.verbal).id])
    assert [each.classification for each in opened.values()] == [Classification.OPEN]


def another_word(met: builders.Met, minutes: Minutes) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    resolving.save(minute, MinuteFields(minute.title, "A name."))


def another_minute(met: builders.Met, minutes: Minutes) -> None:
    service.add_entry(minutes, met.verbal)


def another_action(met: builders.Met, minutes: Minutes) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    actions.add(minute, actions.ActionFields("Write to Mr Roe", "Ms A"))
    db.session.flush()


def another_class(met: builders.Met, minutes: Minutes) -> None:
    classify(builders.minute_of(minutes, met.verbal), EXEMPT)


def a_closed_item(met: builders.Met, minutes: Minutes) -> None:
    opened_or_closed(met.verbal, Part.EXEMPT)


@pytest.mark.parametrize(
    "change", [another_word, another_minute, another_action, another_class, a_closed_item]
)
def test_who_opens_all_opens_exactly_what_was_seen(met: builders.Met, change: object) -> None:
    minutes = only_written(met)
    seen = classing.agreement(service.entries_of(minutes))
    change(met, minutes)  # type: ignore[operator]
    with pytest.raises(NotAllowed, match="since you opened this page"):
        open_all(minutes, seen)
    assert not any(entry.is_open for entry in service.entries_of(minutes))


def test_the_minute_of_a_closed_item_is_opened_by_somebody_who_means_it(met: builders.Met) -> None:
    minutes = builders.written(met)
    note = service.add_entry(minutes, met.exempt)
    with pytest.raises(NotAllowed, match="Anyone will be able to read"):
        classify(note, OPENED)
    assert note.is_unclassed
    classify(note, OPENED, acknowledged=True)
    assert note.is_open
    assert note.open_though_item_closed
    builders.write(note, "Nothing was decided.")
    assert in_the_way(minutes) == []


def test_a_closed_minute_of_an_open_item_too(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.verbal)
    classify(minute, EXEMPT)
    with pytest.raises(NotAllowed, match="Anyone will be able to read"):
        classify(minute, OPENED)
    assert minute.is_closed


def test_who_saw_an_open_item_does_not_open_the_minute_of_a_closed_one(met: builders.Met) -> None:
    minutes = only_written(met)
    minute = builders.minute_of(minutes, met.verbal)
    seen = classing.item_seen(minute)
    a_closed_item(met, minutes)
    with pytest.raises(NotAllowed, match="The class of its item was changed meanwhile"):
        classing.classify(minute, OPENED, seen=seen, acknowledged=True, now=A_MOMENT, today=A_DAY)
    assert minute.is_unclassed


def test_an_exempt_minute_needs_its_public_interest_test(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.verbal)
    with pytest.raises(NotAllowed, match="Say what speaks for disclosing it"):
        classify(minute, replace(EXEMPT, factors_against=None))
    untested = Said(Classification.EXEMPT, paragraphs=(1,))
    confidentiality.take_over(minute, untested, source="a file", now=A_MOMENT)
    minute.public_summary = "Somebody was spoken of."
    assert in_the_way(minutes) == ["Minute 4: its public interest test is not written down."]
    with pytest.raises(NotAllowed, match="public interest test is not written down"):
        builders.publish(minutes)
    classify(minute, EXEMPT)
    assert in_the_way(minutes) == []


def test_approval_is_refused_too_while_a_test_is_missing(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.exempt)
    builders.publish(minutes)
    later = builders.a_later_meeting(met)
    untested = Said(Classification.EXEMPT, paragraphs=(3,))
    confidentiality.take_over(minute, untested, source="its item", now=A_MOMENT)

    def approve() -> None:
        day = later.held_on
        publishing.approve(minutes, later, "Mr C", today=day, now=builders.at(day), by=None)

    with pytest.raises(NotAllowed, match="Minute 5: its public interest test"):
        approve()
    classify(minute, EXEMPT)
    approve()


def test_a_confidential_minute_is_published_as_its_summary_alone(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.verbal)
    said = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)
    builders.write(minute, "A child was named.", said=said, public_summary=None)
    assert in_the_way(minutes) == [
        "Minute 4: write the summary for the public, or open the minute."
    ]
    builders.write(minute, "A child was named.", public_summary="A case was discussed.")
    words = json.dumps(builders.publish(minutes).open_contents)
    assert "A child was named." not in words
    assert "A case was discussed." in words


def test_what_the_writer_would_rather_close_is_closed_at_once(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.verbal)
    classing.answer(minute, Openness.CLOSED, seen="open", now=A_MOMENT, today=A_DAY)
    assert minute.is_unclassed
    assert audit.history(minute)[0].act == "minute:unclassed"
    assert in_the_way(minutes) == ["Minute 4: nobody has said yet whether it is open."]


def test_an_answer_that_stands_already_adds_no_determination(met: builders.Met) -> None:
    minutes = builders.written(met)
    for item, given in ((met.verbal, Openness.OPEN), (met.exempt, Openness.CLOSED)):
        minute = builders.minute_of(minutes, item)
        before = len(confidentiality.determinations_of(minute))
        seen = classing.item_seen(minute)
        classing.answer(minute, given, seen=seen, now=A_MOMENT, today=A_DAY)
        assert len(confidentiality.determinations_of(minute)) == before


def test_what_was_said_of_a_closed_item_is_offered_for_its_minute(met: builders.Met) -> None:
    minutes = builders.begun(met)
    offered = classing.said_at_first(builders.minute_of(minutes, met.exempt))
    assert (offered.paragraphs, offered.conclusion) == ((3,), EXEMPT.conclusion)
    of_open = classing.said_at_first(builders.minute_of(minutes, met.verbal))
    assert of_open.classification is Classification.UNCLASSED


@pytest.mark.parametrize(
    "illegal",
    [
        "UPDATE minute SET classification = 'exempt', exempt_paragraphs = '{}'",
        "UPDATE minute SET classification = 'open', exempt_paragraphs = '{3}'",
        "UPDATE minute SET classification = 'confidential', exempt_paragraphs = '{}'",
        "UPDATE minute SET classification = 'secret'",
        "UPDATE minute SET public_summary = ''",
        "UPDATE minute SET open_though_item_closed = true WHERE classification <> 'open'",
    ],
)
def test_the_database_refuses_it_too(met: builders.Met, illegal: str) -> None:
    builders.written(met)
    db.session.commit()
    with pytest.raises(IntegrityError), owner_engine().begin() as owner:
        owner.execute(text(illegal))
