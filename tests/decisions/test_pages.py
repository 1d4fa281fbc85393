"""A decision by its pages, from its number until it is in force, as the people who do it see it."""

from datetime import date

from sqlalchemy import select

from committee.decisions import service, signing
from committee.decisions.models import RecordVersion
from committee.extensions import db
from committee.work.models import Work
from tasks import records
from tasks.perform import perform_now
from tests.decisions.conftest import Calendar, People


def opened(people: People, **changed: object) -> dict[str, object]:
    """The form of a new key decision."""
    return {
        "title": "Transport for learners over 16",
        "matter": "Whether to adopt the policy.",
        "committee_id": people.committee.id,
        "portfolio_id": people.portfolio.id,
        "lead_officer_id": 0,
        "key": "two_divisions",
        "restriction": "open",
        "documents": "The report.",
        "external_deadline_on": ["31", "5", "2018"],
        "number": "18/00016",
        **changed,
    }


RECORD = {
    "report_id": 0,
    "decision_text": "I agree to:\n\na) adopt the policy; and\n\nb) publish it.",
    "reasons": "The council has to publish a policy.",
    "financial": "Within the budget.",
    "alternatives": "None.",
    "interests": "None.",
    "equality_state": "assessed",
    "equality_assessed_on": ["10", "4", "2018"],
    "openness": "open",
}


NUMBER = "18/00016"
AT = f"/decisions/{NUMBER}"


def test_a_decision_is_led_through_by_its_pages(people: People, calendar: Calendar) -> None:
    announce(people)
    propose(people)
    calendar.day = date(2018, 5, 9)
    hand_over(people)
    signed = try_too_early(people)
    calendar.day = date(2018, 5, 16)
    take(people, signed)
    publish(people)
    calendar.day = date(2018, 5, 24)
    refuse_late_call_in(people)
    put_into_force(people, calendar)


def announce(people: People) -> None:
    officer, visitor = people.officer, people.visitor
    officer.follow(officer.post("/decisions/new", opened(people)))
    assert "The number of this decision is 18/00016" in officer.words()
    assert "Wednesday 16 May 2018" in officer.words()
    assert "4 working days in hand" in officer.words()
    assert visitor.get(AT).status_code == 404
    officer.follow(officer.post(f"{AT}/notice", {"version": officer.value("version")}))
    assert "Notice published" in officer.words()
    visitor.get("/forward-plan")
    assert "Not before Wednesday 16 May 2018" in visitor.words()
    assert "New" in visitor.words()
    assert visitor.get(AT).status_code == 200


def propose(people: People) -> None:
    officer, visitor = people.officer, people.visitor
    officer.get(f"{AT}/draft")
    officer.follow(officer.post(f"{AT}/draft", {**RECORD, "version": officer.value("version")}))
    officer.follow(officer.post(f"{AT}/propose", {}))
    visitor.get(f"{AT}/record")
    assert "Decision to be taken by" in visitor.words()
    assert "Not signed" in visitor.words()


def hand_over(people: People) -> None:
    decision = service.decision_with_number(NUMBER)
    assert decision
    service.record_committee_view(decision, "RESOLVED that it be endorsed.", minute_id=1)
    db.session.commit()
    people.officer.get(f"{AT}/ready")
    people.officer.follow(people.officer.post(f"{AT}/ready", {}))


def try_too_early(people: People) -> dict[str, str]:
    maker = people.decision_maker
    maker.get(f"{AT}/sign")
    assert "Not yet." in maker.words()
    decision = service.decision_with_number(NUMBER)
    assert decision
    _, shown = signing.to_be_signed(decision)
    assert shown in maker.words()
    assert maker.page.select_one("input[name=shown_sha256]") is None
    signed = {"shown_sha256": shown, "equality": "y", "responses": "y", "interest": "none"}
    assert maker.post(f"{AT}/sign", signed).status_code == 422
    assert "may be taken from Wednesday 16 May 2018, not before" in maker.words()
    return signed


def take(people: People, signed: dict[str, str]) -> None:
    maker = people.decision_maker
    maker.get(f"{AT}/sign")
    assert maker.value("shown_sha256") == signed["shown_sha256"]
    maker.follow(maker.post(f"{AT}/sign", signed))
    assert "You have taken decision 18/00016" in maker.words()


def publish(people: People) -> None:
    officer, visitor = people.officer, people.visitor
    officer.get(f"{AT}/publish")
    assert "Wednesday 23 May 2018" in officer.words()
    officer.follow(officer.post(f"{AT}/publish", {}))
    assert "Approved, subject to call-in" in officer.words()
    visitor.get(f"{AT}/record")
    for words in (
        "Decision taken by",
        "RESOLVED that it be endorsed.",
        "on Thursday 24 May 2018, on the expiry of 5 working days",
        "unless it is called in by Wednesday 23 May 2018",
        "due regard",
    ):
        assert words in visitor.words()
    visitor.get("/decisions")
    assert "Transport for learners over 16" in visitor.words()
    make_files()
    visitor.get(f"{AT}/record")
    pdf = visitor.get(f"{AT}/record/final/1.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF-")


def refuse_late_call_in(people: People) -> None:
    officer = people.officer
    officer.get(f"{AT}/call-in")
    late = {"requested_on": ["24", "5", "2018"], "requested_by": "Cllr A", "reasons": "Why"}
    assert officer.post(f"{AT}/call-in", late).status_code == 422
    assert "until the end of Wednesday 23 May 2018" in officer.words()


def put_into_force(people: People, calendar: Calendar) -> None:
    officer, visitor = people.officer, people.visitor
    records.end_call_ins(calendar.day, calendar.now())
    db.session.commit()
    db.session.expire_all()
    visitor.get(AT)
    assert "In force" in visitor.words()
    officer.get(f"{AT}/publish")
    officer.follow(officer.post(f"{AT}/implemented", {}))
    assert "Implemented" in officer.words()


def make_files() -> None:
    """Do what the worker would do."""
    for work_id in db.session.scalars(select(Work.id).order_by(Work.id)).all():
        perform_now(work_id)
    for version in db.session.scalars(select(RecordVersion).order_by(RecordVersion.id)):
        assert version.pdf_sha256
