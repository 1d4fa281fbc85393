"""The pages that say who may do what, who holds what, and why: and that they say what is so."""

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask, request

from committee.audit.models import AuditEntry
from committee.clock import today
from committee.extensions import db
from committee.people import explaining, rehearsing
from committee.people.models import Committee, User
from committee.people.roles import ROLE_PERMISSIONS, Permission, Role
from committee.people.rules import EndReason
from committee.people.tenure_models import TermOfOffice
from committee.web.filters import date_in_words
from tests import builders
from tests.pages.reader import Reader
from tests.people.belongings import Belongings, belongings

PASSWORD = "a long enough password"


def somebody(role: Role, committee: Committee | None = None, name: str | None = None) -> User:
    user = builders.a_user(role, password=PASSWORD)
    db.session.refresh(user)
    user.grants[0].committee_id = committee.id if committee else None
    user.name = name or user.name
    db.session.commit()
    return user


def at_browser(app: Flask, user: User) -> Reader:
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


def rows(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.removeprefix("\ufeff"))))


def test_the_table_names_every_permission_and_who_holds_it(reader: Reader) -> None:
    assert reader.get("/permissions").status_code == 200
    shown = reader.page.select("main tbody tr")
    assert len(shown) == len(Permission)
    taking = next(row for row in shown if "Take and sign" in row.get_text())
    assert [a.get_text() for a in taking.select("a")] == ["Decision maker"]


def test_the_file_of_the_table_is_the_table(reader: Reader) -> None:
    found = rows(reader.get("/permissions/table.csv").text)
    held = {
        (row["Permission"], role)
        for row in found
        for role, mark in list(row.items())[3:]
        if mark == "yes"
    }
    assert len(found) == len(Permission)
    assert len(held) == sum(len(each) for each in ROLE_PERMISSIONS.values())


def test_who_holds_what_says_how_each_came_by_it(
    pages: Flask, reader: Reader, administrator: User
) -> None:
    committee = builders.a_committee("Highways")
    seat = builders.a_member(committee, "Mrs Able", since=today() - timedelta(days=30))
    member = somebody(Role.REPORT_AUTHOR, committee, "Mrs Able")
    member.councillor_id = seat.councillor_id
    member.grants[0].given_by_id = administrator.id
    db.session.commit()
    reader.get("/permissions/holders?words=able&order=role")
    text = reader.words()
    assert "2 roles held" in text
    assert f"Given by {administrator.name}" in text
    assert "By a seat on the committee: member" in text
    found = rows(reader.get("/permissions/holders.csv?role=committee_member").text)
    assert [(row["Person"], row["Where"], row["To"]) for row in found] == [
        ("Mrs Able", "Highways", "")
    ]
    assert reader.get(f"/permissions/holders?committee={committee.slug}").status_code == 200
    assert len(reader.page.select("tbody tr")) == 3  # the administrator's role reaches it too


def test_what_is_asked_for_wrongly_is_not_asked_for(reader: Reader) -> None:
    answer = reader.get("/permissions/holders?role=king&committee=none&order=up&page=x")
    assert answer.status_code == 200


@pytest.mark.parametrize("many", [3, 70])
def test_the_list_takes_as_many_queries_however_long(
    reader: Reader, questions: list[str], many: int
) -> None:
    committee = builders.a_committee()
    for number in range(many):
        user = somebody(Role.REPORT_AUTHOR, committee)
        user.councillor_id = builders.a_member(committee, f"Member {number}").councillor_id
    db.session.commit()
    questions.clear()
    assert reader.get("/permissions/holders").status_code == 200
    assert len(questions) <= 15, questions


@pytest.mark.parametrize("role", [Role.MONITORING_OFFICER, Role.AUDITOR])
def test_the_monitoring_officer_and_auditors_read_them(pages: Flask, role: Role) -> None:
    other = at_browser(pages, somebody(role))
    for path in ("/permissions", "/permissions/holders", "/permissions/why"):
        assert other.get(path).status_code == 200


@pytest.mark.parametrize("role", [Role.DEMOCRATIC_SERVICES_OFFICER, Role.COMMITTEE_MEMBER])
def test_to_others_there_are_no_such_pages(pages: Flask, role: Role) -> None:
    other = at_browser(pages, somebody(role))
    for path in ("", "/table.csv", "/holders", "/holders.csv", "/why", "/delegations"):
        assert other.get(f"/permissions{path}").status_code == 404


# What people open, and who tries: the answer to "why" must be the answer that they get.
PLACES = (
    "/meetings/{meeting}/agenda",
    "/meetings/{meeting}/packs",
    "/meetings/{meeting}",
    "/meetings/{meeting}/minutes",
    "/meetings/{meeting}/agenda/1/restricted-pack",
    "/reports/{report}",
    "/people",
    "/decisions/in-hand",
)


@pytest.fixture
def own(app: Flask) -> Belongings:
    found = belongings()
    db.session.commit()
    return found


@pytest.mark.parametrize("role", [*Role, None])
def test_why_says_what_each_is_really_answered(
    pages: Flask, administrator: User, own: Belongings, role: Role | None
) -> None:
    away = builders.a_committee()
    trying = [somebody(role), somebody(role, own.committee), somebody(role, away)] if role else []
    for user in [*trying, None] if role is None else trying:
        person = at_browser(pages, user) if user else Reader(pages)
        for place in PLACES:
            path = place.format(meeting=own.meeting.id, report=own.report.id)
            with pages.test_request_context("/permissions/why"):
                found = explaining.explained(user, path, asker_id=administrator.id, on=today())
            answer = person.get(path)
            assert found.found, path
            assert found.opened == (answer.status_code == 200), (role, path, found.verdict)


def test_why_says_which_role_gives_it_and_what_is_missing(reader: Reader, own: Belongings) -> None:
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, own.committee, "Yes Person")
    away = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, builders.a_committee("Other"), "No Person")
    at = f"http://localhost/meetings/{own.meeting.id}/agenda"
    reader.get("/permissions/why", query_string={"person": clerk.id, "address": at})
    assert "Yes Person may see this page." in reader.words()
    assert f"Democratic services officer: {own.committee.name}, from" in reader.words()
    reader.get("/permissions/why", query_string={"person": away.id, "address": at})
    assert "No Person may not see this page" in reader.words()
    assert "Holds it elsewhere only: Democratic services officer, Other." in reader.words()
    reader.get("/permissions/why", query_string={"person": "anyone", "address": at})
    assert "is asked to sign in" in reader.words()


def why(reader: Reader, user: User, address: str) -> str:
    reader.get("/permissions/why", query_string={"person": user.id, "address": address})
    return reader.words()


def test_why_says_what_is_recorded_but_counts_no_more(
    pages: Flask, reader: Reader, own: Belongings
) -> None:
    seat = builders.a_member(own.committee, "Mr Gone", since=today() - timedelta(days=900))
    user = somebody(Role.GROUP_SPOKESMAN, None, "Mr Gone")
    user.councillor_id = seat.councillor_id
    db.session.commit()
    restricted = f"/meetings/{own.meeting.id}/agenda/1/restricted-pack"
    assert "does not count" not in why(reader, user, restricted)
    seat.ended_on = today() - timedelta(days=1)
    db.session.commit()
    since = "since they sit on no committee as a councillor today."
    said = f"Group spokesman, Whole council: does not count, {since}"
    assert said in why(reader, user, restricted)
    reader.get(f"/people/{user.id}")
    assert f"Does not count, {since}" in reader.words()
    seat.ended_on = None
    last = today() - timedelta(days=2)
    db.session.add(
        TermOfOffice(
            councillor_id=seat.councillor_id,
            division="Ashford Central",
            started_on=seat.started_on,
            ended_on=last,
            ended_because=EndReason.RESIGNED,
        )
    )
    db.session.commit()
    told = why(reader, user, restricted)
    ended = f"since their term of office ended on {date_in_words(last)}."
    assert f"Group spokesman, Whole council: does not count, {ended}" in told
    assert f"Committee member, {own.committee.name}: does not count, {ended}" in told


def test_why_reads_nothing_in_anybodys_name(reader: Reader, own: Belongings) -> None:
    member = somebody(Role.COMMITTEE_MEMBER, own.committee)
    before = db.session.query(AuditEntry).count()
    at = f"/meetings/{own.meeting.id}/agenda/1/restricted-pack"
    reader.get("/permissions/why", query_string={"person": member.id, "address": at})
    assert "may see this page. Each time it is read, an entry is made" in reader.words()
    assert "A committee member on the committee may read it." in reader.words()
    assert db.session.query(AuditEntry).count() == before


@pytest.mark.parametrize("address", ["/nowhere", "/meetings/999999", "http://[", "\\", "//x", "/"])
def test_an_address_of_nothing_is_told_as_such(
    reader: Reader, administrator: User, address: str
) -> None:
    answer = reader.get(
        "/permissions/why", query_string={"person": administrator.id, "address": address}
    )
    assert answer.status_code == 200
    if address not in ("/", "//x"):  # the public home
        assert "There is no such page" in reader.words()


def test_why_is_not_explained_of_itself_without_end(
    reader: Reader, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []
    answered = rehearsing._answered

    def counted(app: Flask, view: Any, arguments: dict[str, Any]) -> tuple[int, bool]:
        tried.append(request.path)
        return answered(app, view, arguments)

    monkeypatch.setattr(rehearsing, "_answered", counted)
    at = "/permissions"
    for _ in range(3):
        at = f"/permissions/why?{urlencode({'person': administrator.id, 'address': at})}"
    assert reader.get(at).status_code == 200
    assert f"{administrator.name} may see this page." in reader.words()
    assert tried == ["/permissions/why"] * 2  # for the one who asks and the one asked about


def test_why_for_nobody_is_no_page(reader: Reader) -> None:
    for person in ("0", "x", "99999999", str(2**31), "9" * 60):
        assert reader.get(f"/permissions/why?person={person}&address=/").status_code == 404
