"""Somebody without an account responds: before, on the first and the last day, and after."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from committee.clock import LONDON
from committee.consultations.models import Consultation, Response
from committee.consultations.rules import Consent, Position
from committee.extensions import db, limiter
from committee.people import service as people_service
from tests import builders as people
from tests.consultations import builders
from tests.pages.reader import Reader

Clock = Callable[[date | datetime], None]


@pytest.fixture
def consultation(pages_app: Flask, set_clock: Clock) -> Consultation:
    """A consultation with a question of each kind, and somebody to write to."""
    committee = people.a_committee()
    people_service.set_contact(committee, name="Ada Clerk", telephone="01632", email="a@b.example")
    made = builders.a_consultation(committee, title="A new school", published=False)
    builders.a_question(made, "Should the price fall?", "Agree", "Disagree")
    builders.a_question(made, "Why?")
    builders.a_question(made, "Are you disabled?", "Yes", "No", monitoring=True)
    builders.publish(made)
    db.session.commit()
    return made


def address(consultation: Consultation, page: str = "respond") -> str:
    return f"/consultations/{consultation.slug}/{page}".rstrip("/")


def fields(page: BeautifulSoup) -> dict[str, list[str]]:
    """What a browser would send of the page's main form, but for its buttons."""
    found: dict[str, list[str]] = {}
    for field in page.select("main form input, main form textarea"):
        kind = field.get("type")
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        text = field.get("value") if field.name == "input" else field.get_text()
        found.setdefault(str(field["name"]), []).append(str(text or ""))
    return found


def answered(visitor: Reader, consultation: Consultation, **more: object) -> dict[str, object]:
    """The form as somebody fills it in."""
    visitor.get(address(consultation))
    price, why, disabled = consultation.questions
    parent, pupil = consultation.respondent_types
    return {
        **fields(visitor.page),
        "types": [parent.position, pupil.position],
        "position": "against",
        f"question-{price.position}": 2,
        f"question-{why.position}": "Because.\n\nIt is <b>far</b>.",
        f"question-{disabled.position}": 1,
        "name": "Jo Bloggs",
        "step": "check",
        **more,
    }


def kept() -> list[Response]:
    db.session.expire_all()
    return list(db.session.scalars(select(Response).order_by(Response.id)))


def test_somebody_responds_checks_and_gets_a_receipt(
    visitor: Reader, consultation: Consultation
) -> None:
    visitor.get("/consultations")
    assert "Open until 11.59 pm on Sunday 8 April 2018" in visitor.words()
    visitor.get(address(consultation, ""))
    assert "Respond to this consultation" in visitor.words()
    answer = visitor.post(address(consultation), answered(visitor, consultation))
    assert answer.status_code == 200
    assert "has not been sent yet" in visitor.words()
    assert "Disagree" in visitor.words()
    assert kept() == []
    answer = visitor.post(address(consultation), {**fields(visitor.page), "step": "send"})
    assert answer.status_code == 200
    (response,) = kept()
    assert response.receipt in visitor.words()
    assert [kind.name for kind in response.types] == ["Parents or carers", "Pupils"]
    assert response.position is Position.AGAINST
    assert response.consent is Consent.WITHOUT_NAME
    assert response.received_on == builders.INSIDE
    words = {answer.question.text: answer.text for answer in response.answers}
    assert words["Why?"].splitlines() == ["Because.", "", "It is <b>far</b>."]


def test_every_question_is_above_its_answers(visitor: Reader, consultation: Consultation) -> None:
    visitor.get(address(consultation))
    legends = [legend.get_text(strip=True) for legend in visitor.page.select("fieldset > legend")]
    assert legends == [
        "Who are you responding as?",
        "Do you support the proposal?",
        "Should the price fall?",
        "How may your response be published?",
        "Are you disabled?",
    ]
    assert visitor.page.select_one(f"label[for=question-{consultation.questions[1].position}]").text


def test_answers_can_be_changed_before_they_are_sent(
    visitor: Reader, consultation: Consultation
) -> None:
    visitor.post(address(consultation), answered(visitor, consultation))
    answer = visitor.post(address(consultation), {**fields(visitor.page), "step": "change"})
    assert answer.status_code == 200
    why = consultation.questions[1]
    assert "It is <b>far</b>." in visitor.page.select_one(f"#question-{why.position}").get_text()
    assert visitor.page.select_one("input[name=position][checked]")["value"] == "against"
    assert visitor.page.select_one(
        f"input[name=question-{consultation.questions[2].position}][checked]"
    )


def test_the_same_form_sent_twice_is_one_response_with_one_receipt(
    visitor: Reader, consultation: Consultation
) -> None:
    visitor.post(address(consultation), answered(visitor, consultation))
    sent = {**fields(visitor.page), "step": "send"}
    for _ in range(2):
        visitor.post(address(consultation), sent)
    (response,) = kept()
    assert response.receipt in visitor.words()


def test_nothing_at_all_is_not_sent_and_one_answer_is_enough(
    visitor: Reader, consultation: Consultation
) -> None:
    visitor.get(address(consultation))
    answer = visitor.post(address(consultation), {**fields(visitor.page), "step": "send"})
    assert answer.status_code == 422
    assert visitor.mistakes() == ["Answer at least one question before you go on"]
    sent = {**fields(visitor.page), "position": "support", "step": "send"}
    assert visitor.post(address(consultation), sent).status_code == 200
    assert len(kept()) == 1


def test_a_mistake_loses_nothing(visitor: Reader, consultation: Consultation) -> None:
    sent = answered(visitor, consultation, name="x" * 201)
    assert visitor.post(address(consultation), sent).status_code == 422
    assert visitor.mistakes() == ["This must be 200 characters or fewer"]
    assert "It is <b>far</b>." in visitor.page.get_text()
    assert visitor.page.select_one("input[name=position][checked]")["value"] == "against"


@pytest.mark.parametrize(
    "wrong", [{"types": ["999999"]}, {"position": "maybe"}, {"consent": "nobody"}]
)
def test_what_was_not_offered_is_refused(
    visitor: Reader, consultation: Consultation, wrong: dict
) -> None:
    sent = answered(visitor, consultation, step="send", **wrong)
    assert visitor.post(address(consultation), sent).status_code == 422
    assert kept() == []


def test_a_submission_of_fifty_pages_gets_through(
    visitor: Reader, consultation: Consultation
) -> None:
    why = consultation.questions[1]
    long = "é" * 99_000
    sent = answered(visitor, consultation, step="send", **{f"question-{why.position}": long})
    assert visitor.post(address(consultation), sent).status_code == 200
    assert any(answer.text == long for answer in kept()[0].answers)


def test_a_form_whose_token_has_gone_shows_what_was_typed_and_offers_to_send_it(
    visitor: Reader, consultation: Consultation
) -> None:
    sent = answered(visitor, consultation, step="send", csrf_token="old")
    answer = visitor.client.post(
        address(consultation), data=sent, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 400
    page = BeautifulSoup(answer.text, "html.parser")
    assert "Because." in page.get_text()
    again = page.select_one(f'form[action^="{address(consultation)}"]')
    assert again.select_one("input[name=form_number]")["value"] == sent["form_number"][0]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2018, 2, 25, 23, 59, 59, tzinfo=LONDON), False),
        (datetime(2018, 2, 26, 0, 0, 0, tzinfo=LONDON), True),
        # The clocks went forward on 25 March: in London it is an hour later than in UTC.
        (datetime(2018, 4, 8, 23, 59, 30, tzinfo=LONDON), True),
        (datetime(2018, 4, 9, 0, 0, 0, tzinfo=LONDON), False),
    ],
)
def test_it_is_open_from_the_first_minute_to_the_last_in_london(
    visitor: Reader, consultation: Consultation, set_clock: Clock, at: datetime, is_open: bool
) -> None:
    sent = answered(visitor, consultation, step="send")
    set_clock(at)
    visitor.post(address(consultation), sent)
    assert len(kept()) == is_open
    visitor.get(address(consultation))
    assert bool(visitor.page.select_one("input[name=form_number]")) == is_open


def test_when_the_clocks_go_back_the_last_day_has_its_whole_last_hour(
    visitor: Reader, pages_app: Flask, set_clock: Clock
) -> None:
    closes = date(2018, 11, 4)
    made = builders.a_consultation(opens_on=date(2018, 10, 1), closes_on=closes)
    db.session.commit()
    for at, is_open in (
        (datetime(2018, 11, 4, 23, 59, 30, tzinfo=LONDON), True),
        (datetime(2018, 11, 5, 0, 0, 0, tzinfo=LONDON), False),
    ):
        set_clock(at)
        visitor.get(address(made))
        assert bool(visitor.page.select_one("input[name=form_number]")) == is_open


def test_before_the_first_day_it_says_when_it_opens(
    visitor: Reader, consultation: Consultation, set_clock: Clock
) -> None:
    set_clock(builders.OPENS - timedelta(1))
    visitor.get(address(consultation))
    assert "Opens on Monday 26 February 2018" in visitor.words()
    visitor.get("/consultations")
    assert "Opens on Monday 26 February 2018" in visitor.words()


def test_a_form_that_comes_too_late_says_so_and_gives_the_words_back(
    visitor: Reader, consultation: Consultation, set_clock: Clock
) -> None:
    sent = answered(visitor, consultation, step="send")
    set_clock(builders.AFTER)
    answer = visitor.post(address(consultation), sent)
    assert answer.status_code == 409
    assert "Your response was not received" in visitor.words()
    assert "Because." in visitor.words()
    assert "a@b.example" in visitor.words()
    assert kept() == []


def test_a_receipt_says_that_it_was_received_on_which_day_and_nothing_else(
    visitor: Reader, consultation: Consultation
) -> None:
    response = builders.a_response(consultation, "Pupils", name="Jo Bloggs")
    db.session.commit()
    visitor.get("/consultations/receipt")
    answer = visitor.post("/consultations/receipt", {"receipt": response.receipt.lower()})
    assert answer.status_code == 200
    assert "was received on Wednesday 14 March 2018" in visitor.words()
    for secret in ("Jo Bloggs", "Pupil", "upport", consultation.title):
        assert secret not in visitor.words()
    assert visitor.post("/consultations/receipt", {"receipt": "K7QM"}).status_code == 422


def test_three_hundred_people_behind_one_address_get_through(
    visitor: Reader, consultation: Consultation
) -> None:
    sent = answered(visitor, consultation, step="send", csrf_token=visitor.token())
    limiter.enabled = True
    try:
        for number in range(300):
            visitor.client.post(address(consultation), data={**sent, "step": "check"})
            answer = visitor.client.post(
                address(consultation), data={**sent, "form_number": str(number)}
            )
            assert answer.status_code == 200, number
    finally:
        limiter.enabled = False
    assert db.session.scalar(select(func.count()).select_from(Response)) == 300


def test_a_draft_is_no_page_for_anyone_but_those_who_prepare_it(
    visitor: Reader, officer: Reader
) -> None:
    draft = builders.a_consultation(published=False)
    db.session.commit()
    for page in ("", "respond", "summary"):
        assert visitor.get(address(draft, page)).status_code == 404
    assert officer.get(address(draft, "")).status_code == 200
    assert draft.title not in visitor.get("/consultations").text
    assert draft.title in officer.get("/consultations").text


def test_the_results_are_no_page_before_they_are_published(
    visitor: Reader, consultation: Consultation
) -> None:
    assert visitor.get(address(consultation, "summary")).status_code == 404
