"""What a letter says is worked out as it is written: what was closed a moment ago is not named."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from committee.clock import now
from committee.confidentiality.rules import Classification
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.law.calendar import DAY
from committee.minutes.models import Action
from committee.people.roles import Role
from committee.reminders import reconciling, service
from committee.reminders.letters import Letter
from committee.reminders.models import Obligation
from committee.reminders.rules import MOST_ATTEMPTS
from tasks.reminders import remind
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import DUE_ON, HELD_ON, TODAY, USUAL, letters_written, on
from tests.reminders.conftest import Staff

SECRET = "Offer of £3m to Acme"

# Makes something whose reminder names it, and answers what closes it, and what is said then.
Maker = Callable[[Staff], tuple[Callable[[], None], str]]


def exempt(thing: object) -> None:
    thing.classification = Classification.EXEMPT  # type: ignore[attr-defined]
    thing.exempt_paragraphs = [3]  # type: ignore[attr-defined]


def an_action(staff: Staff) -> Action:
    meeting = common.a_meeting(staff.committee, held_on=date(2018, 2, 6))
    action = builders.an_action(meeting, staff.author, due_on=TODAY)
    action.text = SECRET
    return action


PRIVATE = "An action from business that is not open to the public"


def action_of_a_minute(staff: Staff) -> tuple[Callable[[], None], str]:
    action = an_action(staff)
    return lambda: exempt(action.minute), PRIVATE


def action_of_an_item(staff: Staff) -> tuple[Callable[[], None], str]:
    action = an_action(staff)
    action.minute.agenda_item = common.an_item(action.minute.minutes.meeting)
    db.session.flush()
    item = action.minute.agenda_item
    return lambda: exempt(item), PRIVATE


def report(staff: Staff) -> tuple[Callable[[], None], str]:
    meeting = common.a_meeting(staff.committee, held_on=HELD_ON + 14 * DAY)
    made = builders.a_report(meeting, staff.author.id, due_on=TODAY, subject=SECRET)
    return lambda: exempt(made), "A report that is not open to the public, for the meeting on"


def late_report(staff: Staff) -> tuple[Callable[[], None], str]:
    meeting = common.a_meeting(staff.committee, held_on=HELD_ON)
    made = builders.a_report(meeting, staff.author.id, due_on=DUE_ON, subject=SECRET)
    return lambda: exempt(made), "A report that is not open to the public, for the meeting on"


def decision(staff: Staff) -> tuple[Callable[[], None], str]:
    signs = builders.someone("Roger", Role.DECISION_MAKER)
    made = builders.a_decision(staff.committee, signs, title=SECRET, earliest_on=TODAY)

    def close() -> None:
        made.restriction = Restriction.FULLY_EXEMPT
        made.restriction_reason = "A contract"

    return close, f"Decision {made.number}"


def in_force(staff: Staff) -> tuple[Callable[[], None], str]:
    made = builders.in_force(staff.committee, TODAY, title=SECRET)

    def close() -> None:
        made.restriction = Restriction.PART_EXEMPT
        made.restriction_reason = "A contract"

    return close, f"Decision {made.number}"


@pytest.fixture(
    params=[action_of_a_minute, action_of_an_item, report, late_report, decision, in_force]
)
def closed_since(request: pytest.FixtureRequest, app: Flask, staff: Staff) -> str:
    """Something was closed after its reminders had been worked out; what may be said of it."""
    make: Maker = request.param
    close, says = make(staff)
    db.session.commit()
    reconciling.reconcile(USUAL, today=TODAY)
    db.session.commit()
    known = db.session.scalars(db.select(Obligation.words))
    assert any(SECRET in words for words in known), "or else this would show nothing"
    close()
    db.session.commit()
    return says


def test_what_was_closed_since_is_not_named_in_its_letter(closed_since: str) -> None:
    claims = service.claim(today=TODAY, lease_seconds=60)
    db.session.commit()
    assert claims
    for claim in claims:
        service.fulfil(claim, lambda each: Letter(each.words, each.words), now=now())
        db.session.commit()
    said = [f"{mail.subject} {mail.text}" for mail in letters_written()]
    assert not [each for each in said if SECRET in each]
    assert any(closed_since in each for each in said)


def test_nor_in_the_letter_that_tells_officers_of_a_failure(closed_since: str) -> None:
    for _ in range(MOST_ATTEMPTS):
        service.claim(today=TODAY, lease_seconds=-1)
        db.session.commit()
    with on(TODAY):
        for obligation in service.set_aside_worn_out():
            assert SECRET not in obligation.words
        db.session.rollback()
        remind()
    said = [f"{mail.subject} {mail.text}" for mail in letters_written()]
    assert said
    assert not [each for each in said if SECRET in each]
