"""Every page of consultations: sound for those who may open it, and shut for all others."""

import pytest
from flask import Flask

from committee.consultations import publishing, service, themes
from committee.consultations.models import Consultation
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from committee.people.roles import Role
from tests import builders as people
from tests.consultations import builders
from tests.consultations.conftest import signed_in
from tests.consultations.test_public_pages import Clock
from tests.pages.reader import Reader

OPEN = {
    "consultations.overview": "/consultations",
    "consultations.check_receipt": "/consultations/receipt",
    "consultations.consultation": "/consultations/{slug}",
    "consultations.show_form": "/consultations/{slug}/respond",
    "consultation_classes.readable": "/consultations/{reported}/open-responses",
    "consultation_summaries.summary": "/consultations/{reported}/summary",
    "consultation_summaries.version": "/consultations/{reported}/summary/1",
}
NOT_MADE_YET = {"consultation_summaries.pdf": "/consultations/{reported}/summary/1/pdf"}
FOR_READERS = {
    "consultation_responses.overview": "/consultations/{slug}/responses",
    "consultation_responses.response": "/consultations/{slug}/responses/{response}",
}
FOR_AUTHORS = {
    "consultation_responses.key_in": "/consultations/{slug}/responses/new",
    "consultation_setting_up.set_up": "/consultations/new",
    "consultation_setting_up.edit": "/consultations/{draft}/edit",
    "consultation_setting_up.preview": "/consultations/{draft}/preview",
    "consultation_questions.questions": "/consultations/{draft}/questions",
    "consultation_questions.add_question": "/consultations/{draft}/questions/new",
    "consultation_questions.edit_question": "/consultations/{draft}/questions/{question}/edit",
    "consultation_questions.edit_type": "/consultations/{draft}/types/{type}/edit",
    "consultation_themes.overview": "/consultations/{slug}/themes",
    "consultation_themes.edit": "/consultations/{slug}/themes/{theme}/edit",
}
FOR_OFFICERS = {
    "consultation_classes.open_all": "/consultations/{slug}/responses/open",
    "consultation_classes.response": "/consultations/{slug}/responses/{response}/class",
    "consultation_setting_up.publish": "/consultations/{draft}/publish",
    "consultation_setting_up.extend": "/consultations/{slug}/extend",
    "consultation_setting_up.withdraw": "/consultations/{slug}/withdraw",
}
SHUT = FOR_READERS | FOR_AUTHORS | FOR_OFFICERS


@pytest.fixture
def places(pages_app: Flask, set_clock: Clock) -> dict[str, object]:
    """Consultations in three states of one committee, and what is in them."""
    committee = people.a_committee("Planning & “Highways” Committee")
    reported = reported_consultation(committee)
    running = builders.a_consultation(committee, title="Fewer <b>buses</b> & “trams”")
    theme = themes.add_theme(running, ThemeFields("Cost & <i>time</i>"), by=None)
    response = builders.a_response(running, "Pupils", name="Jo <b>Bloggs</b>")
    draft = builders.a_consultation(committee, title="Not yet", published=False)
    question = builders.a_question(draft, "Which?", "One", "Two")
    db.session.commit()
    return {
        "committee": committee,
        "slug": running.slug,
        "draft": draft.slug,
        "reported": reported.slug,
        "response": response.id,
        "question": question.id,
        "type": draft.respondent_types[0].id,
        "theme": theme.id,
    }


def reported_consultation(committee: object) -> Consultation:
    """One that has ended and whose results are published."""
    made = builders.a_consultation(committee, published=False)
    builders.a_question(made, "Price?", "Agree", "Disagree")
    age = builders.a_question(made, "Age?", "Young", "Old", monitoring=True)
    builders.publish(made)
    themes.add_theme(made, ThemeFields("Noise", officers_answer="A wall."), by=None)
    for _ in range(7):
        chosen = {age.id: (age.options[0].id,)}
        response = builders.a_response(made, "Pupils", name="Jo <b>Bloggs</b>", monitoring=chosen)
        builders.opened(response)
    service.close_ended(builders.AFTER)
    made.closes_on = builders.INSIDE  # so that only this one has ended at the time of the tests
    made.closed_on = builders.AFTER
    db.session.flush()
    publishing.publish_summary(
        made, change_reason=None, now=builders.AN_INSTANT, today=builders.AFTER, by=None
    )
    return made


def test_every_page_is_in_a_list(app: Flask) -> None:
    ours = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint.startswith("consultation")
    }
    assert ours == set(OPEN | SHUT | NOT_MADE_YET)


@pytest.mark.parametrize("name", sorted(OPEN | SHUT))
def test_an_officer_sees_a_sound_page(
    name: str, officer: Reader, places: dict[str, object]
) -> None:
    assert officer.get((OPEN | SHUT)[name].format(**places)).status_code == 200


@pytest.mark.parametrize("name", sorted(OPEN | NOT_MADE_YET))
def test_anyone_sees_what_is_open(name: str, visitor: Reader, places: dict[str, object]) -> None:
    found = visitor.get((OPEN | NOT_MADE_YET)[name].format(**places))
    assert found.status_code == (404 if name in NOT_MADE_YET else 200)
    assert "Bloggs" not in found.text


@pytest.mark.parametrize("name", sorted(SHUT))
def test_a_visitor_is_asked_to_sign_in(
    name: str, visitor: Reader, places: dict[str, object]
) -> None:
    answer = visitor.get(SHUT[name].format(**places))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.COMMITTEE_MEMBER, set(FOR_READERS)),
        (Role.REPORT_AUTHOR, set(FOR_READERS) | set(FOR_AUTHORS)),
        (Role.DECISION_MAKER, set(FOR_READERS)),
        (Role.DEMOCRATIC_SERVICES_OFFICER, set(SHUT)),
    ],
)
def test_each_role_on_the_committee_finds_its_pages_and_no_others(
    pages_app: Flask, places: dict[str, object], role: Role, may: set[str]
) -> None:
    reader = signed_in(pages_app, role, places["committee"])  # type: ignore[arg-type]
    found = {
        name
        for name, address in SHUT.items()
        if reader.get(address.format(**places)).status_code == 200
    }
    assert found == may


def test_with_nothing_going_on_the_list_says_so(visitor: Reader, set_clock: Clock) -> None:
    visitor.get("/consultations")
    assert "No consultation is open now" in visitor.words()
