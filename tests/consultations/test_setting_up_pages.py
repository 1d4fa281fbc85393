"""An officer sets a consultation up, without a script, and publishes it."""

from datetime import date

import pytest
from sqlalchemy import select

from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.extensions import db
from committee.people.roles import Role
from tests import builders as people
from tests.consultations import builders
from tests.consultations.conftest import signed_in
from tests.consultations.test_public_pages import Clock, fields
from tests.pages.reader import Reader


def the_one() -> Consultation:
    db.session.expire_all()
    return db.session.scalars(select(Consultation).order_by(Consultation.id.desc())).first()


def dates(opens_on: date, closes_on: date) -> dict[str, list[str]]:
    return {
        name: [str(day.day), str(day.month), str(day.year)]
        for name, day in (("opens_on", opens_on), ("closes_on", closes_on))
    }


def add_types(officer: Reader, base: str) -> None:
    """Add, move, rename and take off types."""
    for name, singular in (("Parents", "Parent"), ("Pupils", "Pupil"), ("Staff", "Staff member")):
        officer.follow(officer.post(f"{base}/questions", {"name": name, "singular": singular}))
    pupils = the_one().respondent_types[1]
    officer.follow(officer.post(f"{base}/types/{pupils.id}/place", {"to": "up"}))
    assert [kind.name for kind in the_one().respondent_types] == ["Pupils", "Parents", "Staff"]
    officer.get(f"{base}/types/{pupils.id}/edit")
    renamed = {**fields(officer.page), "name": "Students", "singular": "Student"}
    officer.post(f"{base}/types/{pupils.id}/edit", renamed)
    staff = the_one().respondent_types[2]
    officer.post(f"{base}/types/{staff.id}/place", {"to": "off"})
    assert [kind.name for kind in the_one().respondent_types] == ["Students", "Parents"]


def add_questions(officer: Reader, base: str) -> None:
    """Add a closed question and one for equality monitoring, and look at the form."""
    officer.get(f"{base}/questions/new")
    asked = {"text": "Should it fall?", "kind": "one_choice", "options": "Agree\n\n Disagree \n"}
    officer.follow(officer.post(f"{base}/questions/new", asked))
    officer.get(f"{base}/questions/new?monitoring=1")
    assert officer.page.select_one("input[name=is_monitoring][checked]")
    monitored = {"text": "Sex?", "kind": "one_choice", "options": "F\nM", "is_monitoring": "y"}
    officer.follow(officer.post(f"{base}/questions/new", monitored))
    price, sex = the_one().questions
    assert [option.label for option in price.options] == ["Agree", "Disagree"]
    assert [option.label for option in sex.options] == ["F", "M", "Prefer not to say"]
    officer.get(f"{base}/preview")
    officer.post(f"{base}/preview", {**fields(officer.page), "position": "support"})
    assert "Nothing is sent" in officer.words()


def test_from_nothing_to_a_published_consultation(officer: Reader, set_clock: Clock) -> None:
    people.a_committee()
    db.session.commit()
    set_clock(date(2018, 2, 1))
    officer.get("/consultations/new")
    answer = officer.post(
        "/consultations/new",
        {
            **fields(officer.page),
            **dates(builders.OPENS, builders.CLOSES),
            "committee_id": 1,
            "decision_id": 0,
            "title": "Transport after sixteen",
            "proposal": "We propose to lower a price.\n\n- one reason\n- another",
            "position_question": "Do you support this?",
            "copies_sent": "1200",
        },
    )
    officer.follow(answer)
    made = the_one()
    base = f"/consultations/{made.slug}"
    assert base == "/consultations/transport-after-sixteen"
    add_types(officer, base)
    add_questions(officer, base)
    officer.get(f"{base}/publish")
    assert "Monday 26 February 2018" in officer.words()
    assert "Sunday 8 April 2018 : 42 days" in officer.words()
    assert "over Easter" in officer.words()
    officer.follow(officer.post(f"{base}/publish"))
    assert the_one().status is ConsultationStatus.PUBLISHED
    officer.get(f"{base}/questions")
    assert "stay as people saw them" in officer.words()
    assert officer.post(f"{base}/questions", {"name": "X", "singular": "Y"}).status_code == 422
    assert len(the_one().respondent_types) == 2


@pytest.mark.parametrize(
    ("wrong", "mistake"),
    [
        ({"title": " "}, "Enter the title of the consultation"),
        ({"proposal": ""}, "Say what is proposed and why"),
        ({"opens_on": ["31", "2", "2018"]}, "The first day must be a real date, like 27 3 2027"),
        ({"closes_on": ["1", "2", "2018"]}, "The last day must not be before the first day"),
        ({"copies_sent": "-1"}, "Enter a number that is not below none"),
    ],
)
def test_mistakes_are_said_and_what_was_typed_is_kept(
    officer: Reader, wrong: dict, mistake: str
) -> None:
    people.a_committee()
    db.session.commit()
    officer.get("/consultations/new")
    answer = officer.post(
        "/consultations/new",
        {
            **fields(officer.page),
            **dates(builders.OPENS, builders.CLOSES),
            "committee_id": 1,
            "decision_id": 0,
            "title": "Buses",
            "proposal": "Fewer of them.",
            "promotion": "By posters",
            **wrong,
        },
    )
    assert answer.status_code == 422
    assert officer.mistakes() == [mistake]
    assert officer.value("promotion").strip() == "By posters"
    assert the_one() is None


def test_two_who_edit_at_once_lose_nothing(officer: Reader) -> None:
    made = builders.a_consultation(published=False)
    db.session.commit()
    base = f"/consultations/{made.slug}/edit"
    officer.get(base)
    sent = {
        **fields(officer.page),
        "committee_id": made.committee_id,
        "decision_id": 0,
    }
    made.title = "Theirs"
    db.session.commit()
    answer = officer.post(base, {**sent, "title": "Mine"})
    assert answer.status_code == 422
    assert "Theirs" in officer.words()
    assert officer.value("title") == "Mine"
    assert the_one().title == "Theirs"
    again = {**fields(officer.page), "committee_id": made.committee_id, "decision_id": 0}
    officer.follow(officer.post(base, {**again, "title": "Mine"}))
    assert the_one().title == "Mine"


def test_how_people_are_told_can_be_noted_after_publishing(officer: Reader) -> None:
    made = builders.a_consultation()
    db.session.commit()
    base = f"/consultations/{made.slug}/edit"
    officer.get(base)
    sent = {**fields(officer.page), "promotion": "By posters", "title": "Another"}
    officer.follow(officer.post(base, sent))
    assert the_one().promotion == "By posters"
    assert the_one().title != "Another"


def test_the_closing_date_is_put_off_with_its_reason_in_sight(
    officer: Reader, visitor: Reader
) -> None:
    made = builders.a_consultation()
    db.session.commit()
    base = f"/consultations/{made.slug}"
    officer.get(f"{base}/extend")
    assert officer.post(f"{base}/extend", {}).status_code == 422
    early = {**fields(officer.page), "closes_on": ["1", "4", "2018"], "reason": "Snow"}
    assert officer.post(f"{base}/extend", early).status_code == 422
    assert officer.mistakes() == ["The new closing date must be later than the present one."]
    later = {**early, "closes_on": ["22", "4", "2018"], "reason": "Snow closed the schools."}
    officer.follow(officer.post(f"{base}/extend", later))
    visitor.get(base)
    assert "Open until 11.59 pm on Sunday 22 April 2018" in visitor.words()
    assert "from Sunday 8 April 2018 to Sunday 22 April 2018: Snow closed" in visitor.words()


def test_a_withdrawn_consultation_says_why(officer: Reader, visitor: Reader) -> None:
    made = builders.a_consultation()
    db.session.commit()
    base = f"/consultations/{made.slug}"
    officer.get(f"{base}/withdraw")
    assert officer.post(f"{base}/withdraw", {}).status_code == 422
    sent = {**fields(officer.page), "reason": "The grant was ended."}
    officer.follow(officer.post(f"{base}/withdraw", sent))
    visitor.get(base)
    assert "The grant was ended." in visitor.words()
    visitor.get(f"{base}/respond")
    assert visitor.page.select_one("input[name=form_number]") is None


def test_an_incomplete_one_is_not_published_by_any_means(officer: Reader) -> None:
    made = builders.a_consultation(types=(), published=False)
    db.session.commit()
    base = f"/consultations/{made.slug}/publish"
    officer.get(base)
    assert "Say whom you ask" in officer.words()
    assert officer.page.select_one('form[action$="/publish"]') is None
    assert officer.post(base).status_code == 422
    assert the_one().status is ConsultationStatus.DRAFT


@pytest.mark.parametrize(
    ("text", "kind", "options", "more", "mistake"),
    [
        ("", "long_text", "", {}, "Enter the question"),
        ("Q", "", "", {}, "Choose how it is answered"),
        ("Q", "one_choice", "One", {}, "Enter at least two answers, one on each line"),
        ("Q", "one_choice", "One\none", {}, "Enter each answer once"),
        (
            "Q",
            "long_text",
            "",
            {"is_monitoring": "y"},
            "An equality question is answered by choosing",
        ),
    ],
)
def test_mistakes_in_a_question_are_said(
    officer: Reader, text: str, kind: str, options: str, more: dict, mistake: str
) -> None:
    made = builders.a_consultation(published=False)
    db.session.commit()
    address = f"/consultations/{made.slug}/questions/new"
    sent = {"text": text, "kind": kind, "options": options, **more}
    officer.get(address)
    assert officer.post(address, sent).status_code == 422
    assert mistake in officer.mistakes()
    assert the_one().questions == []


def test_a_question_is_changed_and_taken_off(officer: Reader) -> None:
    made = builders.a_consultation(published=False)
    asked = builders.a_question(made, "Price?", "Agree", "Disagree")
    db.session.commit()
    base = f"/consultations/{made.slug}/questions/{asked.id}"
    officer.get(f"{base}/edit")
    assert officer.value("options").split() == ["Agree", "Disagree"]
    changed = {**fields(officer.page), "kind": "one_choice", "options": "No\nYes"}
    officer.post(f"{base}/edit", changed)
    assert [option.label for option in the_one().questions[0].options] == ["No", "Yes"]
    officer.post(f"{base}/place", {"to": "off"})
    assert the_one().questions == []


def test_an_author_prepares_and_an_officer_publishes(
    pages_app: object, officer: Reader, set_clock: Clock
) -> None:
    made = builders.a_consultation(published=False)
    other = builders.a_consultation(people.a_committee(), published=False)
    db.session.commit()
    author = signed_in(officer.client.application, Role.REPORT_AUTHOR, made.committee)
    assert author.get(f"/consultations/{made.slug}/edit").status_code == 200
    assert author.get(f"/consultations/{other.slug}/edit").status_code == 404
    assert author.get(f"/consultations/{made.slug}/publish").status_code == 404
    author.get("/consultations")
    assert made.title in author.words()
    assert other.title not in author.words()
    author.get("/consultations/new")
    options = author.page.select("select[name=committee_id] option")
    assert [option.get_text(strip=True) for option in options] == [made.committee.name]
