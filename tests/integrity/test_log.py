"""The log for those who audit, and the history on each thing's page."""

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import select

from committee.audit import service as audit
from committee.audit.models import AuditEntry
from committee.extensions import db
from committee.integrity import log
from committee.integrity.history import BELONGS
from committee.people.models import User
from committee.people.roles import Role
from tests import builders
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


def test_what_belongs_to_a_thing_is_in_the_tables() -> None:
    for kind, owned in BELONGS.items():
        assert kind in db.metadata.tables
        for table, column in owned.items():
            assert column in db.metadata.tables[table].c, f"{table}.{column}"
