"""From draft to closed: what may become what, and what stays as people saw it."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from committee.audit.models import AuditEntry
from committee.consultations import questions, service
from committee.consultations.models import Consultation
from committee.consultations.questions import QuestionFields
from committee.consultations.rules import (
    CONSULTATION_MAY_BECOME,
    ConsultationStatus,
    QuestionKind,
    is_open,
    length_in_days,
    period_warnings,
)
from committee.extensions import db
from committee.law.calendar import ENGLAND_AND_WALES
from committee.states import NotAllowed
from tests import builders as people
from tests.consultations import builders

HOLIDAYS = ENGLAND_AND_WALES.bank_holidays


def test_a_period_counts_both_its_days() -> None:
    assert length_in_days(builders.OPENS, builders.CLOSES) == 42


def test_the_real_period_is_said_to_span_easter_and_to_end_on_a_sunday() -> None:
    warnings = period_warnings(builders.OPENS, builders.CLOSES, HOLIDAYS)
    assert len(warnings) == 2
    assert "over Easter (30 March to 2 April 2018)" in warnings[0]
    assert "Sunday" in warnings[1]


def test_a_short_period_over_christmas_is_warned_of() -> None:
    warnings = period_warnings(date(2026, 12, 14), date(2027, 1, 4), HOLIDAYS)
    assert "22 days" in warnings[0]
    assert "over Christmas" in warnings[1]


def test_a_sound_period_is_not_warned_of() -> None:
    assert period_warnings(date(2026, 6, 1), date(2026, 7, 13), HOLIDAYS) == []


@pytest.mark.parametrize("status", ConsultationStatus)
def test_only_a_published_one_within_its_days_is_open(status: ConsultationStatus) -> None:
    days = (builders.OPENS, builders.CLOSES)
    opened = [
        day
        for day in (days[0] - timedelta(1), *days, days[1] + timedelta(1))
        if is_open(status, *days, today=day)
    ]
    assert opened == (list(days) if status is ConsultationStatus.PUBLISHED else [])


def test_publishing_asks_for_what_is_missing(app: Flask) -> None:
    made = builders.a_consultation(types=(), position_question=None, published=False)
    builders.a_question(made, "Which?", "Only one")
    with pytest.raises(NotAllowed) as refusal:
        builders.publish(made)
    assert "Say whom you ask" in str(refusal.value)
    assert "“Which?” needs at least two answers" in str(refusal.value)
    assert made.status is ConsultationStatus.DRAFT


def test_equality_questions_alone_are_no_consultation(app: Flask) -> None:
    made = builders.a_consultation(position_question=None, published=False)
    builders.a_question(made, "Age?", "Under 30", "30 or over", monitoring=True)
    assert service.what_is_missing(made) == [
        "Ask something: a question about the proposal, or any other."
    ]


def test_what_has_ended_already_is_not_published(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    with pytest.raises(NotAllowed, match="closing date is past"):
        service.publish(made, now=builders.AN_INSTANT, today=builders.AFTER, by=None)


def test_what_was_published_stays_as_people_saw_it(app: Flask) -> None:
    made = builders.a_consultation()
    kind = made.respondent_types[0]
    fields = QuestionFields(kind=QuestionKind.LONG_TEXT, text="And?")
    particulars = service.Particulars("New", "New", builders.OPENS, builders.CLOSES)
    for act in (
        lambda: service.change(made, particulars, by=None),
        lambda: questions.add_type(made, name="New", singular="New", by=None),
        lambda: questions.change_type(kind, name="New", singular="New", by=None),
        lambda: questions.remove_type(kind, by=None),
        lambda: questions.move_type(kind, "down", by=None),
        lambda: questions.add_question(made, fields, by=None),
    ):
        with pytest.raises(NotAllowed, match="has been published"):
            act()


def test_the_closing_date_can_be_put_off_with_a_reason_that_is_kept(app: Flask) -> None:
    made = builders.a_consultation()
    later = builders.CLOSES + timedelta(14)
    service.extend(made, later, "Snow.", now=builders.AN_INSTANT, today=builders.CLOSES, by=None)
    db.session.refresh(made)
    assert made.closes_on == later
    assert [(each.closed_before, each.reason) for each in made.extensions] == [
        (builders.CLOSES, "Snow.")
    ]
    builders.a_response(made, on=later)


@pytest.mark.parametrize(
    ("closes_on", "today"),
    [
        (builders.CLOSES, builders.INSIDE),
        (builders.CLOSES - timedelta(1), builders.INSIDE),
        (builders.CLOSES + timedelta(9), builders.AFTER),
    ],
)
def test_it_is_never_shortened_nor_opened_again(app: Flask, closes_on: date, today: date) -> None:
    made = builders.a_consultation()
    with pytest.raises(NotAllowed):
        service.extend(made, closes_on, "Why", now=builders.AN_INSTANT, today=today, by=None)
    assert made.closes_on == builders.CLOSES


def test_the_sweep_closes_what_has_ended_and_nothing_else(app: Flask) -> None:
    ended, still_open = (
        builders.a_consultation(),
        builders.a_consultation(people.a_committee(), closes_on=builders.AFTER),
    )
    draft = builders.a_consultation(people.a_committee(), published=False)
    assert service.close_ended(builders.CLOSES) == []
    assert service.close_ended(builders.AFTER) == [ended]
    assert service.close_ended(builders.AFTER) == []
    assert (ended.status, ended.closed_on) == (ConsultationStatus.CLOSED, builders.AFTER)
    assert still_open.status is ConsultationStatus.PUBLISHED
    assert draft.status is ConsultationStatus.DRAFT


def test_a_withdrawn_one_says_why_and_keeps_its_responses(app: Flask) -> None:
    made = builders.a_consultation()
    response = builders.a_response(made)
    service.withdraw(made, "The government changed the grant.", by=None)
    with pytest.raises(NotAllowed):
        builders.a_response(made)
    assert db.session.get(type(response), response.id) is response
    with pytest.raises(NotAllowed, match="can no longer change"):
        service.withdraw(made, "Again", by=None)


def as_it_would_be(made: Consultation, status: ConsultationStatus) -> str:
    """What the database holds in that state, set there past every rule of ours."""
    return (
        f"UPDATE consultation SET status = '{status.value}', "  # noqa: S608
        "published_at = CASE WHEN '{0}' = 'draft' THEN NULL ELSE now() END, "
        "closed_on = CASE WHEN '{0}' IN ('closed', 'reported') THEN closes_on + 1 END, "
        "reported_on = CASE WHEN '{0}' = 'reported' THEN closes_on + 2 END, "
        "withdrawal_reason = CASE WHEN '{0}' = 'withdrawn' THEN 'Why' END WHERE id = {1}"
    ).format(status.value, made.id)


@pytest.mark.parametrize("status", ConsultationStatus)
def test_each_act_is_refused_unless_its_transition_is_allowed(
    app: Flask, status: ConsultationStatus
) -> None:
    made = builders.a_consultation(published=False)
    db.session.commit()
    acts = {
        ConsultationStatus.PUBLISHED: lambda: builders.publish(made),
        ConsultationStatus.WITHDRAWN: lambda: service.withdraw(made, "Why", by=None),
    }
    for wanted, act in acts.items():
        db.session.execute(text(as_it_would_be(made, status)))
        db.session.refresh(made)
        if wanted in CONSULTATION_MAY_BECOME[status]:
            act()
            db.session.flush()
            assert made.status is wanted
        else:
            with pytest.raises(NotAllowed, match="cannot become"):
                act()
        db.session.rollback()


@pytest.mark.parametrize(
    "change",
    [
        "status = 'published', published_at = NULL",
        "status = 'closed', closed_on = NULL",
        "status = 'closed', closed_on = closes_on",
        "status = 'published', closed_on = closes_on + 1",
        "status = 'reported', closed_on = closes_on + 1",
        "status = 'reported', closed_on = closes_on + 3, reported_on = closes_on + 2",
        "reported_on = closes_on + 2",
        "status = 'withdrawn'",
        "status = 'withdrawn', withdrawal_reason = ''",
        "status = 'draft'",
        "status = 'nonsense'",
        "closes_on = opens_on - 1",
        "copies_sent = -1",
    ],
)
def test_the_database_refuses_a_state_without_its_facts(app: Flask, change: str) -> None:
    made = builders.a_consultation()
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(f"UPDATE consultation SET {change} WHERE id = {made.id}"))  # noqa: S608
    db.session.rollback()


def test_two_of_one_title_have_addresses_of_their_own(app: Flask) -> None:
    council = people.a_committee()
    slugs = [builders.a_consultation(council, title="New").slug for _ in range(2)]
    assert slugs == ["new-2", "new-3"]
    assert builders.a_consultation(council, title="Café – “Été”").slug == "cafe-ete"
    assert builders.a_consultation(council, title="日本").slug == "consultation"


def test_types_and_questions_are_moved_without_gaps(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    first, second = made.respondent_types
    questions.move_type(second, "up", by=None)
    assert made.respondent_types == [second, first]
    questions.move_type(second, "up", by=None)
    assert made.respondent_types == [second, first]
    one, age, two = (
        builders.a_question(made, "One"),
        builders.a_question(made, "Age?", "Young", "Old", monitoring=True),
        builders.a_question(made, "Two"),
    )
    questions.move_question(two, "up", by=None)
    assert made.questions == [two, age, one]
    questions.remove_question(two, by=None)
    assert made.questions == [age, one]


def test_options_are_replaced_as_they_are_typed(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    asked = builders.a_question(made, "Price?", "Agree", "Disagree")
    fields = QuestionFields(QuestionKind.ONE_CHOICE, "Price?", options=("No", "Yes", "Unsure"))
    questions.change_question(asked, fields, by=None)
    assert [option.label for option in asked.options] == ["No", "Yes", "Unsure"]


def test_each_act_is_in_the_audit(app: Flask) -> None:
    made = builders.a_consultation()
    service.withdraw(made, "Why", by=None)
    db.session.flush()
    acts = db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    for act in ("consultation:added", "consultation:published", "consultation:withdrawn"):
        assert act in acts


def test_what_somebody_saved_in_between_is_not_written_over(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    db.session.commit()
    assert made.title  # read before the other saves
    with db.engine.begin() as other:
        other.execute(text("UPDATE consultation SET title = 'Theirs', version = version + 1"))
    particulars = service.Particulars("Mine", "Mine", builders.OPENS, builders.CLOSES)
    with pytest.raises(StaleDataError):
        service.change(made, particulars, by=None)
    db.session.rollback()
    assert made.title == "Theirs"
