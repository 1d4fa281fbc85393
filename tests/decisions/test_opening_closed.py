"""A record of decision that is or was closed is opened by nobody who was not asked twice."""

from committee.confidentiality.rules import Classification
from committee.extensions import db
from tests.decisions.builders import EXEMPT, classed
from tests.decisions.conftest import People
from tests.decisions.test_class_pages import drafted


def test_an_exempt_record_is_opened_by_a_second_answer(people: People) -> None:
    decision = drafted(people)
    classed(decision, EXEMPT)
    db.session.commit()
    officer, page = people.officer, f"/decisions/{decision.number}/class"
    officer.get(page)
    sent = {"classification": "open", "version": officer.value("version")}
    assert officer.post(page, sent).status_code == 200
    assert f"Make the record of {decision.number} open to the public?" in officer.words()
    assert decision.record is not None
    db.session.expire_all()
    assert decision.record.is_closed
    form, agree = officer.carried_on(), officer.button("Make it open and save")
    officer.post(page, form | officer.button("Back to what I typed"))
    assert officer.page.select_one("[name=classification][value=open][checked]")
    db.session.expire_all()
    assert decision.record.is_closed
    officer.follow(officer.post(page, form | agree))
    assert "is now open" in officer.words()
    db.session.expire_all()
    assert decision.record.is_open


def test_a_record_that_was_exempt_before_has_no_button_of_one_step(people: People) -> None:
    decision = drafted(people)
    classed(decision, EXEMPT)
    assert decision.record is not None
    decision.record.classification = Classification.UNCLASSED  # as by a change of its notice
    decision.record.exempt_paragraphs = []
    db.session.commit()
    officer, page = people.officer, f"/decisions/{decision.number}"
    for here in ("draft", "ready"):
        officer.get(f"{page}/{here}")
        assert not officer.page.select("[name=openness], [name=agreed]")
        assert officer.page.select_one(f'a[href="{page}/class"]') is not None
    for agreed in ({}, {"agreed": f"open-{decision.record.version}"}):
        officer.follow(officer.post(f"{page}/open", agreed))
    officer.get(f"{page}/class")
    officer.post(f"{page}/class", {"classification": "open", "version": officer.value("version")})
    assert "open to the public?" in officer.words()
    db.session.expire_all()
    assert decision.record.is_unclassed
