"""Two officers change one thing: the second is told what the first saved, and loses nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from committee.agendas import programme
from committee.agendas.models import ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.clock import now, today
from committee.consultations import questions, service, themes
from committee.consultations.models import Consultation, Question, RespondentType, Theme
from committee.consultations.questions import QuestionFields
from committee.consultations.rules import ConsultationStatus, Position, QuestionKind
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from tests import builders as people
from tests.consultations import builders
from tests.consultations.test_public_pages import fields
from tests.pages.reader import Reader

TOLD = "Somebody else saved a change while you were working."


def told(officer: Reader, address: str, sent: dict[str, object], *, theirs: str) -> None:
    """Send a form that was overtaken: nothing is saved, theirs is shown, and what was typed."""
    answer = officer.post(address, sent)
    assert answer.status_code == 422
    assert any(mistake.startswith(TOLD) for mistake in officer.mistakes())
    assert theirs in officer.page.select_one("[aria-labelledby=their-text]").get_text(" ")


@pytest.fixture
def draft(officer: Reader) -> Consultation:
    """A draft with a question and a theme."""
    made = builders.a_consultation(published=False)
    builders.a_question(made, "Should it fall?", "Agree", "Disagree")
    db.session.commit()
    return made


def test_a_theme_keeps_the_answer_of_the_first(
    officer: Reader, open_consultation: Consultation
) -> None:
    theme = themes.add_theme(open_consultation, ThemeFields("Noise", Position.AGAINST), by=None)
    db.session.commit()
    address = f"/consultations/{open_consultation.slug}/themes/{theme.id}/edit"
    officer.get(address)
    mine = {**fields(officer.page), "name": "Noise at night", "officers_answer": "Mine"}
    themes.change_theme(
        open_consultation,
        theme,
        ThemeFields("Noise", Position.AGAINST, officers_answer="Theirs"),
        by=None,
    )
    db.session.commit()
    told(officer, address, mine, theirs="Theirs")
    db.session.expire_all()
    assert db.session.scalars(select(Theme)).one().officers_answer == "Theirs"
    assert officer.value("officers_answer").strip() == "Mine"
    again = {**fields(officer.page), "stance": "against"}
    officer.follow(officer.post(address, again))
    db.session.expire_all()
    saved = db.session.scalars(select(Theme)).one()
    assert (saved.name, saved.officers_answer) == ("Noise at night", "Mine")


def test_a_type_of_respondent(officer: Reader, draft: Consultation) -> None:
    kind = draft.respondent_types[0]
    address = f"/consultations/{draft.slug}/types/{kind.id}/edit"
    officer.get(address)
    mine = {**fields(officer.page), "name": "Mine"}
    questions.change_type(kind, name="Theirs", singular="One of theirs", by=None)
    db.session.commit()
    told(officer, address, mine, theirs="One of theirs")
    assert officer.value("name") == "Mine"
    db.session.expire_all()
    assert db.session.get(RespondentType, kind.id).name == "Theirs"
    officer.follow(officer.post(address, fields(officer.page)))
    db.session.expire_all()
    assert db.session.get(RespondentType, kind.id).name == "Mine"


def test_a_question_of_which_only_the_answers_were_changed(
    officer: Reader, draft: Consultation
) -> None:
    question = draft.questions[0]
    address = f"/consultations/{draft.slug}/questions/{question.id}/edit"
    officer.get(address)
    mine = {**fields(officer.page), "text": "Should it fall to £400?", "kind": "one_choice"}
    same = QuestionFields(QuestionKind.ONE_CHOICE, question.text, options=("Yes", "Perhaps"))
    questions.change_question(question, same, by=None)
    db.session.commit()
    told(officer, address, mine, theirs="Perhaps")
    assert officer.value("text") == "Should it fall to £400?"
    db.session.expire_all()
    kept = db.session.get(Question, question.id)
    assert [option.label for option in kept.options] == ["Yes", "Perhaps"]


def test_a_closing_date_is_put_off_by_one_of_two(
    officer: Reader, open_consultation: Consultation, set_clock: Callable
) -> None:
    db.session.commit()
    address = f"/consultations/{open_consultation.slug}/extend"
    officer.get(address)
    mine = {**fields(officer.page), "closes_on": ["30", "4", "2018"], "reason": "Mine"}
    service.extend(
        open_consultation,
        date(2018, 4, 20),
        "The post was late",
        now=builders.AN_INSTANT,
        today=builders.INSIDE,
        by=None,
    )
    db.session.commit()
    told(officer, address, mine, theirs="Friday 20 April 2018")
    assert officer.value("reason") == "Mine"
    db.session.expire_all()
    assert db.session.get(Consultation, open_consultation.id).closes_on == date(2018, 4, 20)


def test_withdrawing_what_was_changed_meanwhile(
    officer: Reader, open_consultation: Consultation
) -> None:
    db.session.commit()
    address = f"/consultations/{open_consultation.slug}/withdraw"
    officer.get(address)
    mine = {**fields(officer.page), "reason": "Mine"}
    service.note_promotion(open_consultation, promotion="Posters", copies_sent=None, by=None)
    db.session.commit()
    told(officer, address, mine, theirs="Posters")
    assert officer.value("reason") == "Mine"
    db.session.expire_all()
    found = db.session.get(Consultation, open_consultation.id)
    assert found.status is ConsultationStatus.PUBLISHED


def test_a_planned_item_is_deferred_by_one_of_two(pages_app: Flask, officer: Reader) -> None:
    committee = people.a_committee()
    item = programme.plan(committee, PlannedFields("The harbour"))
    first, second = (people.a_meeting(committee) for _ in range(2))
    first.held_on = second.held_on = date(2018, 7, 3)
    db.session.commit()
    address = f"/work-programme/{item.id}/defer"
    officer.get(address)
    mine = {**fields(officer.page), "meeting": str(second.id), "reason": "Mine"}
    programme.defer(item, first, reason="No figures yet", today=today(), now=now())
    db.session.commit()
    told(officer, address, mine, theirs="No figures yet")
    assert officer.value("reason").strip() == "Mine"
    db.session.expire_all()
    assert db.session.get(ProgrammeItem, item.id).meeting_id == first.id
