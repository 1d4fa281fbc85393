"""Keying in, coding and linking responses, by those who may and nobody else."""

from datetime import date

from sqlalchemy import select

from committee.consultations import themes
from committee.consultations.models import Consultation, Response, ThemeOccurrence
from committee.consultations.rules import Channel, Position
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from committee.people.roles import Role
from tests import builders as people
from tests.consultations import builders
from tests.consultations.conftest import base, said, signed_in
from tests.consultations.test_public_pages import fields
from tests.pages.reader import Reader


def test_members_key_nothing_in_and_code_nothing(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Words")
    theme = themes.add_theme(open_consultation, ThemeFields("Noise", Position.SUPPORT), by=None)
    db.session.commit()
    member = signed_in(
        officer.client.application, Role.COMMITTEE_MEMBER, open_consultation.committee
    )
    assert member.get(f"{base(open_consultation)}/new").status_code == 404
    assert member.get(f"/consultations/{open_consultation.slug}/themes").status_code == 404
    linked = {"receipt": response.receipt}
    address = f"{base(open_consultation)}/{response.id}"
    assert member.post(f"{address}/same-person", linked).status_code == 404
    member.post(f"{address}/read", {"then": "next", "coded": "1", "themes": [theme.id]})
    assert db.session.scalars(select(ThemeOccurrence)).first() is None
    assert db.session.get(Response, response.id).considered_by_id is None


def test_a_letter_is_keyed_in(officer: Reader, open_consultation: Consultation) -> None:
    db.session.commit()
    officer.get(f"{base(open_consultation)}/new")
    why = open_consultation.questions[0]
    sent = {
        **fields(officer.page),
        "channel": "letter",
        "received_on": ["12", "3", "2018"],
        "signatures": "412",
        "position": "against",
        f"question-{why.position}": "We, the undersigned",
    }
    officer.follow(officer.post(f"{base(open_consultation)}/new", sent))
    (response,) = db.session.scalars(select(Response).order_by(Response.id)).all()
    assert (response.channel, response.received_on) == (Channel.LETTER, date(2018, 3, 12))
    assert (response.signatures, response.on_time) == (412, True)
    assert response.receipt in officer.words()


def test_mistakes_in_keying_in_lose_nothing(
    officer: Reader, open_consultation: Consultation
) -> None:
    db.session.commit()
    officer.get(f"{base(open_consultation)}/new")
    why = open_consultation.questions[0]
    sent = {
        **fields(officer.page),
        "channel": "letter",
        "received_on": ["12", "3", "2019"],
        f"question-{why.position}": "A long letter",
    }
    assert officer.post(f"{base(open_consultation)}/new", sent).status_code == 422
    assert officer.mistakes() == ["The date received must be between the opening date and today."]
    assert "A long letter" in officer.page.select_one(f"#question-{why.position}").get_text()


def test_themes_are_ticked_on_a_response(officer: Reader, open_consultation: Consultation) -> None:
    response = said(open_consultation, "Too loud, too dear")
    noise, cost = (
        themes.add_theme(open_consultation, ThemeFields(name, Position.SUPPORT), by=None)
        for name in ("Noise", "Cost")
    )
    db.session.commit()
    address = f"{base(open_consultation)}/{response.id}"
    officer.get(address)
    chosen = {"then": "stay", "coded": "1", "themes": [noise.id, cost.id]}
    officer.follow(officer.post(f"{address}/read", chosen))
    assert len(officer.page.select("input[name=themes][checked]")) == 2
    sent = {"then": "stay", "coded": "1", "themes": [cost.id, "x", "9" * 5000]}
    assert officer.post(f"{address}/read", sent).status_code == 303
    db.session.expire_all()
    found = db.session.scalars(select(ThemeOccurrence.theme_id)).all()
    assert found == [cost.id]


def test_a_theme_is_defined_answered_and_taken_away(
    officer: Reader, open_consultation: Consultation
) -> None:
    response = said(open_consultation, "Too loud")
    db.session.commit()
    address = f"/consultations/{open_consultation.slug}/themes"
    officer.get(address)
    assert "No themes yet" in officer.words()
    officer.follow(officer.post(address, {"name": "Noise", "stance": "against"}))
    assert officer.post(address, {"name": "noise", "stance": "against"}).status_code == 422
    assert officer.post(address, {"name": "", "stance": ""}).status_code == 422
    db.session.expire_all()
    (theme,) = open_consultation.themes
    officer.get(f"{address}/{theme.id}/edit")
    changed = {**fields(officer.page), "stance": "against", "officers_answer": "A wall."}
    officer.follow(officer.post(f"{address}/{theme.id}/edit", changed))
    assert "Answered." in officer.words()
    themes.set_themes(
        open_consultation, response, [theme.id], now=builders.AN_INSTANT, by=people.a_user().id
    )
    db.session.commit()
    officer.follow(officer.post(f"{address}/{theme.id}/remove"))
    assert "has responses under it" in officer.words()
    themes.set_themes(open_consultation, response, [], now=builders.AN_INSTANT, by=1)
    db.session.commit()
    officer.follow(officer.post(f"{address}/{theme.id}/remove"))
    assert "No themes yet" in officer.words()


def test_repeats_are_linked_and_unlinked_on_the_page(
    officer: Reader, open_consultation: Consultation
) -> None:
    first, second = said(open_consultation, "One"), said(open_consultation, "Two")
    db.session.commit()
    address = f"{base(open_consultation)}/{second.id}"
    officer.get(address)
    assert officer.post(f"{address}/same-person", {"receipt": "AAAA"}).status_code == 422
    officer.follow(officer.post(f"{address}/same-person", {"receipt": first.receipt}))
    assert f"This person is counted by {first.receipt}" in officer.words()
    officer.get(f"{base(open_consultation)}/{first.id}")
    assert second.receipt in officer.words()
    officer.follow(officer.post(f"{address}/same-person", {"undo": "1"}))
    db.session.expire_all()
    assert db.session.get(Response, second.id).same_person_as_id is None
