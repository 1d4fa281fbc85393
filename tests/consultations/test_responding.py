"""Every response is kept, once, with a receipt; late ones too; and nothing leads to a person."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, inspect, select
from sqlalchemy.exc import IntegrityError

from committee.consultations import responding, service
from committee.consultations.models import Response
from committee.consultations.monitoring_models import MonitoringAnswer
from committee.consultations.rules import Channel, Position
from committee.extensions import db
from committee.states import NotAllowed
from tests import builders as people
from tests.consultations import builders


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(Response)) or 0


def test_a_response_gets_a_receipt_that_can_be_read_out(app: Flask) -> None:
    made = builders.a_consultation()
    receipts = {builders.a_response(made).receipt for _ in range(50)}
    assert len(receipts) == 50
    assert all(
        re.fullmatch(r"[A-HJ-NP-RT-Z2-46-9]{4}(-[A-HJ-NP-RT-Z2-46-9]{4}){2}", receipt)
        for receipt in receipts
    )


def test_a_receipt_is_found_however_it_is_typed(app: Flask) -> None:
    response = builders.a_response(builders.a_consultation())
    typed = response.receipt.lower().replace("-", " ")
    assert responding.response_with_receipt(typed) is response
    assert responding.response_with_receipt("AAAA-AAAA-AAAA") is None
    assert responding.response_with_receipt("") is None


def test_the_same_form_sent_twice_is_one_response(app: Flask) -> None:
    made = builders.a_consultation()
    said = builders.given(made, "Pupils", position=Position.SUPPORT)
    first, second = (
        responding.respond(made, said, form_number="one", today=builders.INSIDE) for _ in range(2)
    )
    assert first is second
    assert count() == 1


def test_a_form_that_was_changed_and_sent_again_is_another_response(app: Flask) -> None:
    made = builders.a_consultation()
    for position in (Position.SUPPORT, Position.AGAINST):
        said = builders.given(made, "Pupils", position=position)
        responding.respond(made, said, form_number="one", today=builders.INSIDE)
    assert count() == 2


def test_a_form_sent_again_after_the_end_still_gets_its_receipt(app: Flask) -> None:
    made = builders.a_consultation()
    said = builders.given(made, position=Position.SUPPORT)
    first = responding.respond(made, said, form_number="one", today=builders.CLOSES)
    again = responding.respond(made, said, form_number="one", today=builders.AFTER)
    assert again is first


@pytest.mark.parametrize("day", [date(2018, 2, 25), builders.AFTER])
def test_the_public_form_takes_nothing_outside_its_dates(app: Flask, day: date) -> None:
    with pytest.raises(NotAllowed):
        builders.a_response(builders.a_consultation(), on=day)


def test_answers_to_equality_questions_lead_back_to_nobody(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    asked = builders.a_question(made, "Are you disabled?", "Yes", "No", monitoring=True)
    builders.publish(made)
    for _ in range(20):
        builders.a_response(made, monitoring={asked.id: (asked.options[0].id,)})
    kept = db.session.scalars(select(MonitoringAnswer.id).order_by(MonitoringAnswer.id)).all()
    assert len(kept) == 20
    assert max(kept) > 2**40, "numbers that run on would tell which came with which"
    columns = {column["name"] for column in inspect(db.engine).get_columns("monitoring_answer")}
    assert columns == {"id", "question_id", "option_id"}
    assert db.session.scalars(select(Response).order_by(Response.id)).first().answers == []


def test_nothing_of_the_senders_machine_is_kept(app: Flask) -> None:
    columns = {column["name"] for column in inspect(db.engine).get_columns("response")}
    assert not [name for name in columns if re.search(r"address|agent|_at$|ip$", name)]


def test_a_letter_is_keyed_in_with_its_date(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    response = builders.keyed_in(made, "Pupils", by=officer.id, received_on=builders.CLOSES)
    assert (response.on_time, response.channel, response.accepted_by_id) == (
        True,
        Channel.LETTER,
        None,
    )


def test_a_late_letter_is_kept_and_says_who_accepted_it(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    service.close_ended(builders.AFTER)
    response = builders.keyed_in(made, by=officer.id, received_on=builders.AFTER)
    assert not response.on_time
    assert response.accepted_by_id == officer.id


@pytest.mark.parametrize("day", [date(2018, 2, 25), date(2018, 5, 2)])
def test_a_letter_came_neither_before_the_start_nor_tomorrow(app: Flask, day: date) -> None:
    officer = people.a_user()
    with pytest.raises(NotAllowed, match="between the opening date and today"):
        builders.keyed_in(builders.a_consultation(), by=officer.id, received_on=day)


def test_nothing_is_keyed_in_to_a_draft(app: Flask) -> None:
    officer = people.a_user()
    with pytest.raises(NotAllowed, match="has been published"):
        builders.keyed_in(builders.a_consultation(published=False), by=officer.id)


@pytest.mark.parametrize(
    "change",
    [
        {"on_time": False},
        {"channel": Channel.LETTER},
        {"signatures": 0},
    ],
)
def test_the_database_refuses_what_no_response_can_be(app: Flask, change: dict) -> None:
    response = builders.a_response(builders.a_consultation())
    for name, value in change.items():
        setattr(response, name, value)
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_repeats_are_linked_to_the_one_that_counts(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    first, second, third = (builders.a_response(made) for _ in range(3))
    responding.same_person(third, second.receipt, by=officer.id)
    responding.same_person(second, first.receipt, by=officer.id)
    db.session.refresh(third)
    assert second.same_person_as_id == third.same_person_as_id == first.id
    responding.not_the_same_person(second, by=officer.id)
    assert second.same_person_as_id is None


def test_a_response_is_not_linked_to_itself_nor_across_consultations(app: Flask) -> None:
    officer = people.a_user()
    one = builders.a_response(builders.a_consultation())
    other = builders.a_response(builders.a_consultation(people.a_committee()))
    for receipt in (one.receipt, other.receipt, "nonsense"):
        with pytest.raises(NotAllowed, match="no other response"):
            responding.same_person(one, receipt, by=officer.id)
