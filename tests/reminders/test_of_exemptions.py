"""Reminders of exemptions that are to be weighed again, until they have been."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from committee.agendas import classing
from committee.agendas import service as agendas
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, ConfidenceBasis, Said
from committee.constitution import ReminderChoices
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.people.roles import Role
from committee.reminders import letters
from committee.reminders.models import Obligation
from committee.reminders.reconciling import reconcile
from committee.reminders.rules import ObligationKind, ObligationStatus
from committee.reminders.wanted import Wanted
from tests import builders as common
from tests.consultations import builders as consultations
from tests.decisions import builders as decisions
from tests.minutes import builders as meetings
from tests.reminders import builders
from tests.reminders.builders import HELD_ON, USUAL, wanted_on
from tests.reminders.conftest import Staff

DECIDED_ON = date(2018, 4, 3)
REVIEW_ON = date(2018, 12, 1)  # a Saturday: these days are counted as they come
FORTNIGHT_BEFORE = date(2018, 11, 17)
SECRET = "Offer of £3m to Acme"
EXEMPT = replace(common.EXEMPT, review_on=REVIEW_ON)
KIND = ObligationKind.EXEMPTION_REVIEW


@pytest.fixture
def item(staff: Staff) -> AgendaItem:
    """An exempt item whose test is to be weighed again on 1 December 2018."""
    meeting = common.a_meeting(staff.committee, held_on=HELD_ON)
    return an_exempt_item(meeting, public_title="A property matter")


def an_exempt_item(meeting: Meeting, public_title: str | None = None) -> AgendaItem:
    made = agendas.add_item(meeting, ItemFields(ItemKind.REPORT, SECRET))
    say(made, EXEMPT, public_title=public_title)
    return made


def say(item: AgendaItem, said: Said, *, public_title: str | None = None) -> None:
    fields = ClassFields(said, public_title)
    classing.classify_item(item, fields, acknowledged=True, now=now(), today=DECIDED_ON)


def reviews(today: date = DECIDED_ON, choices: ReminderChoices = USUAL) -> list[Wanted]:
    return [each for each in wanted_on(today, choices) if each.kind is KIND]


def days(today: date = DECIDED_ON) -> list[date]:
    return [each.remind_on for each in reviews(today)]


def test_officers_are_told_a_fortnight_before_the_review_and_on_its_day(
    staff: Staff, item: AgendaItem
) -> None:
    builders.an_officer(common.a_committee(), "Theirs")
    builders.someone("Mary", Role.COMMITTEE_MEMBER, staff.committee)
    first, second = reviews()
    assert (first.remind_on, second.remind_on) == (FORTNIGHT_BEFORE, REVIEW_ON)
    assert {first.user_id, second.user_id} == {staff.officer.id}
    assert first.deadline_on == second.deadline_on == REVIEW_ON
    assert first.address == f"/agenda-items/{item.id}/class"


def test_it_is_said_as_the_public_may_know_it(staff: Staff, item: AgendaItem) -> None:
    named, _ = reviews()
    assert named.words == "“A property matter”, for the meeting on Tuesday 8 May 2018"
    item.public_title = None
    general, _ = reviews()
    assert general.words == ("“Item not open to the public”, for the meeting on Tuesday 8 May 2018")


def test_the_letter_names_nothing_exempt(staff: Staff, item: AgendaItem) -> None:
    db.session.flush()
    reconcile(USUAL, today=DECIDED_ON)
    found = db.select(Obligation).filter_by(kind=KIND).order_by(Obligation.remind_on)
    first, second = db.session.scalars(found)
    before = letters.letter(first, today=first.remind_on, council="Example County Council")
    on = letters.letter(second, today=second.remind_on, council="Example County Council")
    assert before.subject == (
        "Exemption to review by Saturday 1 December 2018: A property matter, "
        "for the meeting on Tuesday 8 May 2018"
    )
    assert on.subject.startswith("Exemption to review today: A property matter")
    assert f"/agenda-items/{item.id}/class" in on.text
    assert not [each for each in (before, on) if "Acme" in each.subject + each.text]


def test_a_newer_determination_moves_the_review(staff: Staff, item: AgendaItem) -> None:
    db.session.flush()
    reconcile(USUAL, today=DECIDED_ON)
    later = date(2019, 2, 1)
    say(item, replace(EXEMPT, review_on=later))
    assert days() == [later - 14 * DAY, later]
    reconcile(USUAL, today=DECIDED_ON)
    rows = db.session.scalars(db.select(Obligation).filter_by(kind=KIND)).all()
    standing = {(row.deadline_on, row.status) for row in rows}
    assert standing == {
        (REVIEW_ON, ObligationStatus.CANCELLED),
        (later, ObligationStatus.DUE),
    }


def test_weighed_again_with_the_same_day_is_asked_for_anew(staff: Staff, item: AgendaItem) -> None:
    earlier = {each.dedupe_key for each in reviews()}
    say(item, EXEMPT)
    assert days() == [FORTNIGHT_BEFORE, REVIEW_ON]
    assert not earlier & {each.dedupe_key for each in reviews()}


@pytest.mark.parametrize(
    "said",
    [OPENED, Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)],
)
def test_what_is_exempt_no_longer_is_not_reviewed(
    staff: Staff, item: AgendaItem, said: Said
) -> None:
    say(item, said)
    assert reviews() == []


def test_an_item_taken_off_the_agenda_is_not_reviewed(staff: Staff, item: AgendaItem) -> None:
    item.removed_at = now()
    assert reviews() == []


def test_a_review_goes_on_being_due_and_is_forgotten_a_month_later(
    staff: Staff, item: AgendaItem
) -> None:
    month_later = REVIEW_ON + 30 * DAY
    for today in (REVIEW_ON, REVIEW_ON + DAY, month_later):
        assert days(today) == [REVIEW_ON]
    assert days(month_later + DAY) == []


def test_a_council_chooses_its_own_days(staff: Staff, item: AgendaItem) -> None:
    chosen = reviews(choices=ReminderChoices(exemption_review=(30,)))
    assert [each.remind_on for each in chosen] == [REVIEW_ON - 30 * DAY]


def test_an_exempt_paper_is_reviewed_by_itself_and_not_named(app: Flask) -> None:
    officer = builders.an_officer()
    meeting = common.a_meeting(held_on=HELD_ON)
    under_open = common.a_paper(common.an_item(meeting, "Post-16 transport")).paper
    under_closed = common.a_paper(an_exempt_item(meeting)).paper
    for paper in (under_open, under_closed):
        paper.title = SECRET
        confidentiality.classify(paper, EXEMPT, now=now(), today=DECIDED_ON)
    found = {each.address: each.words for each in reviews() if each.user_id == officer.id}
    ending = "for the meeting on Tuesday 8 May 2018"
    assert found.pop(f"/papers/{under_open.id}/class") == (
        f"A paper of “Post-16 transport”, {ending}"
    )
    assert found.pop(f"/papers/{under_closed.id}/class") == (
        f"A paper of “Item not open to the public”, {ending}"
    )
    assert len(found) == 1  # the exempt item itself
    under_open.removed_at = now()
    assert f"/papers/{under_open.id}/class" not in {each.address for each in reviews()}


def test_two_things_with_one_review_day_are_both_told(app: Flask) -> None:
    builders.an_officer()
    meeting = common.a_meeting(held_on=HELD_ON)
    an_exempt_item(meeting)
    an_exempt_item(meeting)
    assert days(REVIEW_ON) == [REVIEW_ON, REVIEW_ON]
    assert len({each.dedupe_key for each in reviews(REVIEW_ON)}) == 2


def told_of(officer_id: int) -> dict[str, str]:
    """The words of each review that this officer is told of, by the address to which it leads."""
    return {each.address: each.words for each in reviews() if each.user_id == officer_id}


def test_an_exempt_minute_is_reviewed_and_not_named(app: Flask) -> None:
    officer = builders.an_officer()
    met = meetings.a_committee_that_met()
    minute = meetings.minute_of(meetings.begun(met), met.exempt)
    minute.title = SECRET
    confidentiality.classify(minute, EXEMPT, now=now(), today=DECIDED_ON)
    assert told_of(officer.id)[f"/minutes/{minute.id}/class"] == (
        "A minute that is not open to the public, of the meeting on Tuesday 8 May 2018"
    )


def test_an_exempt_record_of_decision_is_reviewed_by_its_number(app: Flask) -> None:
    officer = builders.an_officer()
    decision = decisions.a_drafted()
    decisions.classed(decision, EXEMPT)
    assert told_of(officer.id)[f"/decisions/{decision.number}/class"] == (
        f"The record of decision {decision.number}"
    )
    decisions.classed(decision, OPENED)
    assert not told_of(officer.id)


def test_an_exempt_response_is_reviewed_and_its_writer_not_named(staff: Staff) -> None:
    consultation = consultations.the_school_consultation(staff.committee)
    response = consultations.a_response(consultation, name=SECRET)
    consultations.classed(response, EXEMPT)
    address = f"/consultations/{consultation.slug}/responses/{response.id}/class"
    assert told_of(staff.officer.id)[address] == f"A response to “{consultation.title}”"
