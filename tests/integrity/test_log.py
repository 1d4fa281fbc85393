"""The log for those who audit, and the history on each thing's page."""

import csv
import io
from typing import Any

import pytest
from flask import Flask
from flask_login import login_user
from sqlalchemy import select

from committee.audit import service as audit
from committee.audit.models import AuditEntry
from committee.extensions import db
from committee.integrity import log
from committee.integrity.history import BELONGS, history_of
from committee.people import users
from committee.people.models import Committee, User
from committee.people.roles import Role
from tests import builders
from tests.decisions.builders import a_decision
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


def signed_in(app: Flask, role: Role, name: str = "") -> Reader:
    """Somebody with this role at a browser."""
    user = builders.a_user(role, password=PASSWORD)
    if name:
        user.name = name
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


@pytest.fixture
def auditor(app: Flask) -> Reader:
    """An auditor at a browser."""
    return signed_in(app, Role.AUDITOR)


@pytest.fixture
def rosa(app: Flask) -> User:
    """Somebody who did something to a meeting, in the place of somebody else."""
    made, away = builders.a_user(), builders.a_user()
    made.name, away.name = "Rosa Marsh", "=Hyper Link"
    meeting = builders.a_meeting()
    audit.record("meeting:changed", meeting, by=made.id, for_whom=away.id)
    audit.record("agenda:published", meeting, by=made.id)
    db.session.commit()
    return made


def acts(wanted: dict[str, str]) -> list[str]:
    return [line.act for line in log.find(log.wanted_from(wanted)).lines]


def test_entries_are_found_by_person_act_thing_day_and_request(rosa: User) -> None:
    assert acts({"person": "rosa"}) == ["agenda:published", "meeting:changed"]
    assert acts({"person": "hyper"}) == ["meeting:changed"], "whoever it was done for counts too"
    assert acts({"act": "agenda:published"}) == ["agenda:published"]
    assert acts({"kind": "meeting", "number": "1"})[0] == "agenda:published"
    assert acts({"kind": "meeting", "number": "99"}) == []
    assert acts({"first": "2020-01-01", "last": "2020-12-31"}) == []
    assert acts({"request_id": "not one"}) == []
    assert acts({"person": "%"}) == []


def test_what_cannot_be_meant_is_told_beside_its_field(auditor: Reader, rosa: User) -> None:
    page = auditor.get("/audit?first=yesterday&number=twelve")
    assert "There is a problem" in page.text
    assert "Enter a day as 2026-11-22" in page.text
    assert 'value="yesterday"' in page.text
    assert auditor.get("/audit.csv?first=yesterday").status_code == 404


def test_the_page_tells_in_words_who_did_what_for_whom(auditor: Reader, rosa: User) -> None:
    page = auditor.get("/audit?person=rosa")
    assert "Rosa Marsh changed the meeting, on behalf of =Hyper Link" in page.text
    assert "Rosa Marsh published the agenda" in page.text
    assert "has not been checked yet" in page.text


def test_the_table_is_safe_to_open_and_taking_it_is_noted(auditor: Reader, rosa: User) -> None:
    answer = auditor.get("/audit.csv?person=rosa")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["Act"] for row in rows] == ["agenda:published", "meeting:changed"]
    assert rows[1]["On behalf of"] == "'=Hyper Link"
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert last.act == "audit_log:exported"


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.REPORT_AUTHOR, Role.DIRECTOR])
def test_nobody_else_reads_the_log(app: Flask, role: Role) -> None:
    reader = signed_in(app, role)
    assert reader.get("/audit").status_code == 404
    assert reader.get("/audit.csv").status_code == 404


def test_staff_read_a_things_history_and_nobody_else_does(app: Flask, rosa: User) -> None:
    page = "/meetings/1"
    staff = signed_in(app, Role.REPORT_AUTHOR).get(page).text
    assert "Rosa Marsh published the agenda" in staff
    assert "on behalf of" in staff
    assert "/audit?" not in staff
    assert "/audit?" in signed_in(app, Role.AUDITOR).get(page).text
    for other in (signed_in(app, Role.COMMITTEE_MEMBER), Reader(app)):
        assert "Rosa Marsh" not in other.get(page).text


def author_of(committee: Committee) -> User:
    """A report author of one committee."""
    return users.add_user(
        f"author-{committee.id}@example.org",
        "Mr A",
        None,
        role=Role.REPORT_AUTHOR,
        committee=committee,
    )


@pytest.mark.parametrize("kind", ["meeting", "item", "paper", "committee", "decision"])
def test_staff_of_another_committee_read_no_history(app: Flask, kind: str) -> None:
    decision = a_decision()
    committee = decision.committee
    item = builders.an_item(builders.a_meeting(committee))
    paper = builders.a_paper(item).paper
    things = {"item": item, "paper": paper, "committee": committee, "decision": decision}
    thing: Any = things.get(kind, item.meeting)
    authors = [(author_of(committee), True), (author_of(builders.a_committee()), False)]
    db.session.commit()
    for author, reads in authors:
        with app.test_request_context():
            login_user(author)
            assert (history_of(thing) is not None) is reads


def test_who_read_exempt_matter_is_for_those_who_audit(app: Flask, rosa: User) -> None:
    audit.record_apart("exempt_matter:read", "meeting", 1, by=rosa.id)
    told = "Rosa Marsh read exempt matter"
    assert told in signed_in(app, Role.AUDITOR).get("/meetings/1").text
    staff = signed_in(app, Role.REPORT_AUTHOR).get("/meetings/1").text
    assert "Rosa Marsh published the agenda" in staff
    assert told not in staff


def test_what_belongs_to_a_thing_is_in_the_tables() -> None:
    for kind, owned in BELONGS.items():
        assert kind in db.metadata.tables
        for table, column in owned.items():
            assert column in db.metadata.tables[table].c, f"{table}.{column}"
