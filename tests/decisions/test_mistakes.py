"""Bad input, two people at once, and refusals by the pages: nothing is lost, nothing written."""

from datetime import date

from committee.audit import service as audit
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from tests.decisions.builders import a_decision, a_notified, a_published, a_ready
from tests.decisions.conftest import Calendar, People
from tests.decisions.test_pages import RECORD, opened


def test_each_mistake_is_said_and_what_was_typed_stays(people: People) -> None:
    wrong = opened(
        people,
        title="",
        restriction="part_exempt",
        external_deadline_on=["31", "2", "2018"],
        number="18/16",
    )
    assert people.officer.post("/decisions/new", wrong).status_code == 422
    assert people.officer.mistakes() == [
        "Enter the title of the decision",
        "Say why not all of it is open",
        "The date by which it must be in force must be a real date, like 27 3 2027",
        "Enter a number like 18/00016",
    ]
    assert people.officer.value("matter").strip() == "Whether to adopt the policy."


def test_a_number_is_brought_by_administrators_alone(people: People) -> None:
    author = people.author
    author.get("/decisions/new")
    assert author.page.select_one("input[name=number]") is None
    author.follow(author.post("/decisions/new", opened(people)))
    assert "The number of this decision is 18/00001" in author.words()


def test_an_author_drafts_but_does_not_publish(people: People) -> None:
    decision = a_decision(people.committee, people.portfolio)
    db.session.commit()
    at = f"/decisions/{decision.number}"
    people.author.get(f"{at}/notice")
    sent = {"version": "1"}
    assert people.author.post(f"{at}/notice", sent).status_code == 404
    db.session.expire_all()
    assert decision.notices == []


def test_a_record_that_was_changed_meanwhile_loses_neither_text(people: People) -> None:
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    at = f"/decisions/{decision.number}/draft"
    people.officer.get(at)
    seen = people.officer.value("version")
    decision.record.reasons = "The other officer's reasons."
    db.session.commit()
    mine = {**RECORD, "version": seen, "reasons": "My reasons."}
    assert people.officer.post(at, mine).status_code == 422
    assert "Somebody else saved a change" in people.officer.words()
    assert "The other officer's reasons." in people.officer.words()
    assert people.officer.value("reasons").strip() == "My reasons."


def test_particulars_that_were_changed_meanwhile_are_shown(people: People) -> None:
    decision = a_decision(people.committee, people.portfolio)
    db.session.commit()
    at = f"/decisions/{decision.number}/edit"
    people.officer.get(at)
    seen = people.officer.value("version")
    decision.title = "The other officer's title"
    db.session.commit()
    sent = opened(people, title="My title", version=seen)
    assert people.officer.post(at, sent).status_code == 422
    assert "The other officer's title" in people.officer.words()
    assert people.officer.value("title") == "My title"


def test_a_disclosable_interest_is_kept_and_nothing_is_taken(
    people: People, calendar: Calendar
) -> None:
    decision = a_ready(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    calendar.day = date(2018, 5, 16)
    at = f"/decisions/{decision.number}/sign"
    people.decision_maker.get(at)
    assert people.decision_maker.post(at, {"interest": "disclosable"}).status_code == 422
    assert "you may not take this decision" in people.decision_maker.words()
    db.session.expire_all()
    assert decision.status is DecisionStatus.READY
    assert audit.history(decision)[0].act == "decision:interest_declared"


def test_a_call_in_is_led_through_by_its_pages(people: People, calendar: Calendar) -> None:
    decision = a_published(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    calendar.day = date(2018, 5, 21)
    officer, at = people.officer, f"/decisions/{decision.number}/call-in"
    asked = {"requested_on": ["21", "5", "2018"], "requested_by": "Cllrs A and B"}
    assert officer.post(at, asked).status_code == 422
    assert officer.mistakes() == ["Enter their reasons"]
    officer.follow(officer.post(at, {**asked, "reasons": "Outside the budget."}))
    ruling = f"{at}/{decision.call_ins[0].id}"
    assert officer.post(ruling, {"ruling": "refuse"}).status_code == 422
    assert officer.mistakes() == ["Say why the request is not valid."]
    officer.follow(officer.post(ruling, {"ruling": "accept"}))
    assert "Called in" in officer.words()
    officer.follow(officer.post(ruling, {"ruling": "refer_back", "words": "Look again."}))
    db.session.expire_all()
    assert decision.status is DecisionStatus.READY
    people.visitor.get(f"/decisions/{decision.number}")
    assert "Call-in asked for by Cllrs A and B" in people.visitor.words()
    assert "Record of decision published" in people.visitor.words()
