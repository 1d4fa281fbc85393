"""No title of anything exempt stands in a reminder."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from committee.agendas import service as agendas
from committee.agendas.rules import ItemKind, Part
from committee.agendas.service import ItemFields
from committee.confidentiality.rules import Classification
from committee.decisions.rules import Restriction
from committee.people.roles import Role
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import HELD_ON, LONG_BEFORE, a_report, wanted_on


def exempt_by_its_author(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    a_report(
        meeting,
        builders.an_author().id,
        subject=secret,
        classification=Classification.EXEMPT,
        exempt_paragraphs=[3],
    )


def by_an_author_who_has_not_said(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    author = builders.an_author()
    a_report(meeting, author.id, subject=secret, classification=Classification.UNCLASSED)


def on_an_exempt_item(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    item = common.an_item(meeting, secret, part=Part.EXEMPT)
    a_report(meeting, builders.an_author().id, subject=secret, agenda_item_id=item.id)


def for_an_exempt_decision(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    decision = builders.a_decision(
        meeting.committee,
        title=secret,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Prices",
    )
    a_report(meeting, builders.an_author().id, subject=secret, decision_number=decision.number)


def for_a_part_exempt_decision(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    decision = builders.a_decision(
        meeting.committee,
        title=secret,
        restriction=Restriction.PART_EXEMPT,
        restriction_reason="Prices",
    )
    a_report(meeting, builders.an_author().id, subject=secret, decision_number=decision.number)


def on_an_item_that_nobody_has_classed(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    item = agendas.add_item(meeting, ItemFields(ItemKind.REPORT, secret))
    a_report(meeting, builders.an_author().id, subject=secret, agenda_item_id=item.id)


def an_exempt_decision(secret: str) -> None:
    builders.a_decision(
        common.a_committee(),
        builders.someone("Roger", Role.DECISION_MAKER),
        title=secret,
        restriction=Restriction.PART_EXEMPT,
        restriction_reason="Prices",
        earliest_on=LONG_BEFORE,
    )


def an_action_from_exempt_business(secret: str) -> None:
    meeting = common.a_meeting(held_on=date(2018, 2, 6))
    item = common.an_item(meeting, secret, part=Part.EXEMPT)
    builders.an_action(
        meeting,
        builders.an_author(),
        due_on=HELD_ON,
        minute={"agenda_item_id": item.id},
    ).text = secret


def an_action_of_a_closed_minute(secret: str) -> None:
    builders.an_action(
        common.a_meeting(held_on=date(2018, 2, 6)),
        builders.an_author(),
        due_on=HELD_ON,
        minute={
            "classification": Classification.EXEMPT,
            "exempt_paragraphs": [3],
            "public_summary": "A contract",
        },
    ).text = secret


def an_action_of_a_minute_that_nobody_has_classed(secret: str) -> None:
    builders.an_action(
        common.a_meeting(held_on=date(2018, 2, 6)),
        builders.an_author(),
        due_on=HELD_ON,
        minute={"classification": Classification.UNCLASSED},
    ).text = secret


@pytest.mark.parametrize(
    "make",
    [
        exempt_by_its_author,
        by_an_author_who_has_not_said,
        on_an_exempt_item,
        for_an_exempt_decision,
        for_a_part_exempt_decision,
        on_an_item_that_nobody_has_classed,
        an_exempt_decision,
        an_action_from_exempt_business,
        an_action_of_a_closed_minute,
        an_action_of_a_minute_that_nobody_has_classed,
    ],
)
def test_nothing_exempt_is_named(app: Flask, make: Callable[[str], None]) -> None:
    make("Offer of £3m to Acme")
    wanted = wanted_on(LONG_BEFORE)
    assert wanted
    assert not [w.words for w in wanted if "Acme" in w.words]
