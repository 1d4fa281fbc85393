"""Who writes a record: officers, the lead officer and the authors of a report on the matter."""

from datetime import date

from flask import Flask

from committee.decisions.models import Decision
from committee.extensions import db
from committee.people.models import User
from committee.people.roles import Role
from committee.reports.models import Report
from tests import builders
from tests.decisions.builders import a_notified
from tests.decisions.conftest import PASSWORD, People
from tests.decisions.test_mistakes import opened
from tests.decisions.test_pages import RECORD
from tests.pages.reader import Reader


def an_author(app: Flask) -> tuple[Reader, User]:
    """An author at a browser."""
    user = builders.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader, user


def a_matter(people: People) -> Decision:
    """A decision with its notice."""
    decision = a_notified(committee=people.committee, portfolio=people.portfolio)
    db.session.commit()
    return decision


def test_an_author_without_part_in_the_matter_finds_no_draft(people: People) -> None:
    at = f"/decisions/{a_matter(people).number}"
    for page in ("draft", "notice", "edit"):
        assert people.author.get(f"{at}/{page}").status_code == 404
        assert people.author.post(f"{at}/{page}", RECORD).status_code == 404
    assert people.author.post(f"{at}/figures", {}).status_code == 404


def test_the_lead_officer_and_a_reports_author_write_the_draft(app: Flask, people: People) -> None:
    decision = a_matter(people)
    (leading, lead), (writing, writer) = an_author(app), an_author(app)
    decision.lead_officer_id = lead.id
    meeting = builders.a_meeting(people.committee, held_on=date(2018, 5, 8))
    db.session.add(
        Report(
            meeting=meeting,
            author=writer,
            decision_number=decision.number,
            subject="Buses",
            due_on=date(2018, 4, 17),
        )
    )
    db.session.commit()
    for reader in (leading, writing):
        assert reader.get(f"/decisions/{decision.number}/draft").status_code == 200


def test_only_officers_say_who_may_read_a_record(app: Flask, people: People) -> None:
    decision = a_matter(people)
    reader, user = an_author(app)
    decision.lead_officer_id = user.id
    db.session.commit()
    at = f"/decisions/{decision.number}/draft"
    reader.get(at)
    assert not reader.page.select("input[name=openness]")
    sent = {**RECORD, "openness": "open", "version": reader.value("version")}
    assert reader.post(at, sent).status_code == 303
    db.session.refresh(decision.record)
    assert decision.record.is_unclassed
    assert reader.get(f"/decisions/{decision.number}/class").status_code == 404
    assert reader.post(f"/decisions/{decision.number}/open", {}).status_code == 404


def test_an_author_who_opens_a_decision_leads_it(people: People) -> None:
    people.author.get("/decisions/new")
    people.author.follow(people.author.post("/decisions/new", opened(people)))
    assert people.author.get("/decisions/18/00001/draft").status_code == 200


def test_each_sees_those_decisions_in_hand_in_which_they_have_a_part(
    app: Flask, people: People
) -> None:
    led, reported, others = a_matter(people), a_matter(people), a_matter(people)
    reader, author = an_author(app)
    led.lead_officer_id = author.id
    meeting = builders.a_meeting(people.committee, held_on=date(2018, 5, 8))
    report = Report(
        meeting=meeting,
        author=author,
        decision_number=reported.number,
        subject="Buses",
        due_on=date(2018, 4, 17),
    )
    db.session.add(report)
    db.session.commit()
    assert reader.get("/decisions/in-hand").status_code == 200
    shown = {a.get_text().split()[0] for a in reader.page.select("tbody a")}
    assert shown == {led.number, reported.number}
    people.officer.get("/decisions/in-hand")
    shown = {a.get_text().split()[0] for a in people.officer.page.select("tbody a")}
    assert shown >= {led.number, reported.number, others.number}
    for role in (Role.DIRECTOR, Role.AUDITOR):
        user = builders.a_user(role, password=PASSWORD)
        db.session.commit()
        looking = Reader(app)
        looking.sign_in(user.email, PASSWORD)
        assert looking.get("/decisions/in-hand").status_code == 200
        assert others.number in looking.words()
        assert looking.get(f"/decisions/{others.number}/edit").status_code == 200
        assert looking.post(f"/decisions/{others.number}/edit", {}).status_code == 404
