"""Officers say who may read a record where they work on it; readings of closed ones are noted."""

from datetime import date

import pytest
from sqlalchemy import select

from committee.audit.models import AuditEntry
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification, ConfidenceBasis, Said
from committee.decisions import calling_in, publishing, service, signing
from committee.decisions.models import Decision
from committee.decisions.rules import RecordKind, Restriction
from committee.extensions import db
from committee.states import NotAllowed
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    EXEMPT,
    NOTICE_DAY,
    a_drafted,
    a_notified,
    a_published,
    at,
    classed,
    sign,
    some_words,
    write,
)
from tests.decisions.conftest import Calendar, People
from tests.decisions.test_pages import RECORD, opened

CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)

EXEMPT_FORM = {
    "classification": "exempt",
    "paragraphs": ["3"],
    "must_be_registered": "no",
    "own_planning": "no",
    "factors_for": "A buyer would learn the price.",
    "factors_against": "Public money is spent.",
    "outweighs": "yes",
    "conclusion": "The price stays closed until the sale is over.",
    "review_on": ["3", "12", "2018"],
}


def drafted(people: People, **named: object) -> Decision:
    """A notified decision of theirs with all its words, whose record nobody has classed."""
    return a_drafted(committee=people.committee, portfolio=people.portfolio, **named)  # type: ignore[arg-type]


def readings() -> list[tuple[str, int, int | None]]:
    """Each reading of closed matter that was noted: what, which, and by whom."""
    noted = select(AuditEntry).where(AuditEntry.act == "exempt_matter:read")
    found = db.session.scalars(noted.order_by(AuditEntry.id))
    return [(each.subject_kind, each.subject_id, each.actor_id) for each in found]


def test_the_form_preselects_nothing_of_what_the_public_will_read(people: People) -> None:
    officer = people.officer
    officer.get("/decisions/new")
    boxes = officer.page.select("input[name=restriction]")
    assert len(boxes) == 3
    assert not [each for each in boxes if each.has_attr("checked")]
    unsaid = {name: value for name, value in opened(people).items() if name != "restriction"}
    assert officer.post("/decisions/new", unsaid).status_code == 422
    assert officer.mistakes() == ["Choose what the public will be able to read"]
    assert service.decision_with_number("18/00016") is None


def test_a_fully_exempt_decision_has_no_open_record(people: People) -> None:
    decision = drafted(
        people,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
    )
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/class")
    sent = {"classification": "open", "version": officer.value("version")}
    assert officer.post(f"{page}/class", sent).status_code == 422
    assert "publish the changed notice" in officer.mistakes()[0]
    officer.get(f"{page}/draft")
    mine = {**RECORD, "version": officer.value("version"), "reasons": "Typed with care."}
    assert officer.post(f"{page}/draft", mine).status_code == 422
    assert officer.value("reasons").strip() == "Typed with care."
    officer.get(f"{page}/ready")
    officer.follow(officer.post(f"{page}/open", {"agreed": officer.value("agreed")}))
    assert "publish the changed notice" in officer.words()
    db.session.expire_all()
    assert decision.record is not None
    assert decision.record.is_unclassed


# --- where officers say it ---


def test_the_draft_asks_once_and_opens_with_its_words(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}/draft"
    officer.get(page)
    assert [each["value"] for each in officer.page.select("input[name=openness][checked]")] == [
        "later"
    ]
    sent = {**RECORD, "version": officer.value("version")}
    officer.follow(officer.post(page, sent))
    assert "Who may read this record: Open" in officer.words()
    assert not officer.page.select("input[name=openness]")
    db.session.expire_all()
    assert decision.record is not None
    assert decision.record.is_open


def test_a_record_that_is_left_unsettled_stays_closed(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/draft")
    sent = {**RECORD, "openness": "later", "version": officer.value("version")}
    officer.follow(officer.post(f"{page}/draft", sent))
    for act in ("propose", "ready"):
        assert officer.post(f"{page}/{act}", {}).status_code == 422
        assert "Say whether it is open, exempt or confidential" in officer.mistakes()[0]
        assert officer.page.select_one(f'a[href="{page}/class"]') is not None
    assert people.visitor.get(f"{page}/record").status_code == 404


def test_one_button_opens_it_where_it_is_handed_over(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/ready")
    assert "Nobody has said yet who may read this record" in officer.words()
    officer.follow(officer.post(f"{page}/open", {"agreed": officer.value("agreed")}))
    assert "The record is open" in officer.words()
    officer.follow(officer.post(f"{page}/ready", {}))
    assert "can now take this decision" in officer.words()
    officer.follow(officer.post(f"{page}/open", {"agreed": "open-1"}))
    assert "it was not opened" in officer.words()


def test_one_button_opens_the_proposed_record_and_publishes_it(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/draft")
    agreed = officer.value("agreed")
    assert decision.record is not None
    decision.record.reasons = "Changed by the author meanwhile."
    db.session.commit()
    assert officer.post(f"{page}/propose", {"agreed": agreed}).status_code == 422
    assert "changed or classed by somebody else meanwhile" in officer.mistakes()[0]
    assert people.visitor.get(f"{page}/record").status_code == 404
    officer.follow(officer.post(f"{page}/propose", {"agreed": officer.value("agreed")}))
    people.visitor.get(f"{page}/record")
    assert "Changed by the author meanwhile." in people.visitor.words()


def test_closing_asks_why_on_a_page_of_its_own_and_keeps_what_was_said(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/draft")
    sent = {**RECORD, "openness": "closed", "version": officer.value("version")}
    officer.follow(officer.post(f"{page}/draft", sent))
    assert officer.page.select_one("h1").get_text().startswith("Who may read the record of")
    assert "Nobody has said yet" in officer.words()
    version = officer.value("version")
    unsaid = {"classification": "exempt", "paragraphs": ["3"], "version": version}
    assert officer.post(f"{page}/class", unsaid).status_code == 422
    assert "Say what speaks for disclosing it" in officer.mistakes()
    officer.follow(officer.post(f"{page}/class", {**EXEMPT_FORM, "version": version}))
    assert "is now exempt" in officer.words()
    assert "NOT FOR PUBLICATION by virtue of paragraph 3" in officer.words()
    officer.get(f"{page}/class")
    assert "Public money is spent." in officer.words()
    officer.follow(officer.post(f"{page}/propose", {}))
    people.visitor.get(f"{page}/record")
    assert "not for publication" in people.visitor.words()
    assert "paragraph 3" in people.visitor.words()
    assert RECORD["reasons"] not in people.visitor.words()


def test_two_who_class_a_record_at_once_see_both_texts(people: People) -> None:
    decision = drafted(people)
    officer, page = people.officer, f"/decisions/{decision.number}/class"
    officer.get(page)
    seen = officer.value("version")
    classed(decision, CONFIDENTIAL)
    db.session.commit()
    mine = {**EXEMPT_FORM, "conclusion": "My own conclusion.", "version": seen}
    assert officer.post(page, mine).status_code == 422
    assert "Somebody else saved a change" in officer.words()
    assert officer.value("conclusion").strip() == "My own conclusion."
    assert "Confidential" in officer.words()
    db.session.expire_all()
    assert decision.record is not None
    assert decision.record.classification is Classification.CONFIDENTIAL
    officer.follow(officer.post(page, {**mine, "version": officer.value("version")}))
    db.session.expire_all()
    assert decision.record.classification is Classification.EXEMPT
    assert len(confidentiality.determinations_of(decision.record)) == 2


# --- who reads the words before they are published ---


def test_whoever_signs_sees_the_class_and_the_reading_is_noted(
    people: People, calendar: Calendar
) -> None:
    decision = drafted(people)
    classed(decision, EXEMPT)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    db.session.commit()
    assert decision.record is not None
    calendar.day = date(2018, 5, 16)
    maker = people.decision_maker
    maker.get(f"/decisions/{decision.number}/sign")
    assert "Who may read this record: Exempt" in maker.words()
    assert "NOT FOR PUBLICATION by virtue of paragraph 3" in maker.words()
    assert readings() == [("decision_record", decision.record.id, people.holder.id)]
    assert people.other_decision_maker.get(f"/decisions/{decision.number}/sign").status_code == 404
    assert len(readings()) == 1


def test_a_class_given_after_the_words_were_shown_has_them_read_again(people: People) -> None:
    decision = drafted(people)
    classed(decision)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    _, shown = signing.to_be_signed(decision)
    classed(decision, EXEMPT)
    with pytest.raises(NotAllowed, match="Read it again"):
        sign(decision, shown_sha256=shown)


def test_the_draft_of_a_closed_record_notes_each_reading_once(people: People) -> None:
    decision = drafted(people)
    assert decision.record is not None
    officer, page = people.officer, f"/decisions/{decision.number}"
    officer.get(f"{page}/draft")
    classed(decision)
    db.session.commit()
    officer.get(f"{page}/draft")
    assert readings() == []
    classed(decision, CONFIDENTIAL)
    db.session.commit()
    officer.get(f"{page}/draft")
    assert [each[:2] for each in readings()] == [("decision_record", decision.record.id)]
    for shows_no_words in ("ready", "publish", "class"):
        officer.get(f"{page}/{shows_no_words}")
    assert len(readings()) == 1
    officer.client.head(f"{page}/draft")
    assert len(readings()) == 1


def test_why_a_closed_decision_was_called_in_is_a_reading_of_its_record(people: People) -> None:
    closed = a_notified(committee=people.committee, portfolio=people.portfolio)
    write(closed, some_words())
    classed(closed, EXEMPT)
    signing.mark_ready(closed, CHOICES, today=NOTICE_DAY)
    sign(closed)
    publishing.publish_record(closed, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    db.session.commit()
    assert closed.record is not None
    officer, page = people.officer, f"/decisions/{closed.number}/call-in"
    officer.get(page)
    assert readings() == []
    calling_in.request_call_in(
        closed,
        requested_on=DECISION_DAY,
        requested_by="Five members",
        reasons="The price is too low.",
        today=DECISION_DAY,
    )
    db.session.commit()
    officer.get(page)
    assert "The price is too low." in officer.words()
    assert [each[:2] for each in readings()] == [("decision_record", closed.record.id)]


def test_correcting_a_closed_record_notes_a_reading_and_an_open_one_none(people: People) -> None:
    where = {"committee": people.committee, "portfolio": people.portfolio}
    openly = a_published(**where)
    closed = a_notified(**where)
    write(closed, some_words())
    classed(closed, EXEMPT)
    signing.mark_ready(closed, CHOICES, today=NOTICE_DAY)
    sign(closed)
    publishing.publish_record(closed, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    db.session.commit()
    people.officer.get(f"/decisions/{openly.number}/correct")
    assert readings() == []
    people.officer.get(f"/decisions/{closed.number}/correct")
    version = publishing.newest(closed, RecordKind.FINAL)
    assert version is not None
    assert [each[:2] for each in readings()] == [("record_version", version.id)]
