"""Who may read closed matter: by law, by the table that is set, and noted each time."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from flask import Flask

from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Ground, Matter, Standing
from committee.confidentiality.rules import Said
from committee.extensions import db
from committee.people import accounts
from committee.people.roles import Role
from tests import builders
from tests.confidentiality.conftest import (
    CONFIDENTIAL,
    SECRET,
    Closed,
    exempt,
    reader,
    readings,
    someone,
    text_of_pages,
)
from tests.pages.reader import Reader

Publish = Callable[[Said], Closed]

OFF_THE_COMMITTEE = [
    (exempt(1), 404),
    (exempt(2), 404),
    (exempt(3), 200),
    (exempt(3, terms_of_contract=True), 404),
    (exempt(4), 404),
    (exempt(5), 404),
    (exempt(6), 200),
    (exempt(7), 404),
    (exempt(3, 6), 200),
    (exempt(1, 3), 404),
    (CONFIDENTIAL, 404),
]


@pytest.mark.parametrize(("said", "status"), OFF_THE_COMMITTEE)
def test_other_members_read_what_every_member_may_inspect(
    pages_app: Flask, publish: Publish, said: Said, status: int
) -> None:
    closed = publish(said)
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    for address in (closed.page, closed.file, closed.pack):
        assert member.get(address).status_code == status, address
    assert len(readings()) == (3 if status == 200 else 0)


@pytest.mark.parametrize("said", [exempt(1), exempt(3, terms_of_contract=True), CONFIDENTIAL])
@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.CO_OPTED_MEMBER])
def test_members_of_the_committee_read_all_of_it(
    pages_app: Flask, publish: Publish, said: Said, role: Role
) -> None:
    closed = publish(said)
    member = reader(pages_app, someone(role, closed.meeting.committee))
    assert member.get(closed.page).status_code == 200
    assert SECRET in member.words()


def test_a_member_of_another_committee_finds_nothing_at_all(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(6))
    stranger = reader(pages_app, someone(Role.COMMITTEE_MEMBER, builders.a_committee()))
    there = stranger.get(closed.page)
    nowhere = stranger.get(closed.page.replace(f"/{closed.item.id}", "/99999"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.data.replace(closed.page.encode(), b"") == nowhere.data.replace(
        closed.page.replace(f"/{closed.item.id}", "/99999").encode(), b""
    )
    assert readings() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MONITORING_OFFICER, Role.ADMINISTRATOR])
def test_those_who_answer_for_the_council_read_it(
    pages_app: Flask, publish: Publish, role: Role
) -> None:
    closed = publish(CONFIDENTIAL)
    user = someone(role)
    assert reader(pages_app, user).get(closed.page).status_code == 200
    assert readings() == [("agenda_item", closed.item.id, user.id)]


def test_each_opening_is_noted_once_and_what_is_refused_is_not(
    pages_app: Flask, publish: Publish, visitor: Reader
) -> None:
    closed = publish(exempt(3))
    user = someone(Role.COMMITTEE_MEMBER, closed.meeting.committee)
    member = reader(pages_app, user)
    member.get(closed.page)
    member.get(closed.file, headers={"Range": "bytes=0-99"})
    member.client.head(closed.file)
    visitor.get(closed.page)
    assert readings() == [
        ("agenda_item", closed.item.id, user.id),
        ("paper_version", closed.paper.id, user.id),
    ]


def test_what_cannot_be_noted_is_not_shown(
    pages_app: Flask, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = publish(exempt(3))
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER, closed.meeting.committee))

    def broken(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(reading.audit, "record_apart", broken)
    pages_app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = member.get(closed.page)
    assert answer.status_code == 500
    assert SECRET not in answer.text


@pytest.mark.parametrize("address", ["file", "pack"])
def test_a_copy_bears_its_readers_name_and_the_time_on_each_page(
    pages_app: Flask, publish: Publish, address: str
) -> None:
    closed = publish(exempt(3))
    user = someone(Role.COMMITTEE_MEMBER, closed.meeting.committee)
    user.name = "Siân Ó Briain"
    db.session.commit()
    answer = reader(pages_app, user).get(getattr(closed, address))
    assert "no-store" in answer.headers["Cache-Control"]
    with pikepdf.open(BytesIO(answer.data)) as pdf:
        pages = len(pdf.pages)
    texts = text_of_pages(answer.data)
    assert len(texts) == pages
    for text in texts:
        assert "Copy for Siân Ó Briain, 20 April 2018" in " ".join(text.split())


def test_the_public_page_of_the_meeting_leads_those_who_may_to_closed_items(
    pages_app: Flask, publish: Publish, visitor: Reader
) -> None:
    closed = publish(exempt(1))
    address = f"/meetings/{closed.meeting.id}"
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER, closed.meeting.committee))
    member.get(address)
    assert member.page.select_one(f'a[href="{closed.page}"]') is not None
    assert SECRET not in member.words()
    for other in (visitor, reader(pages_app, someone(Role.COMMITTEE_MEMBER))):
        assert closed.page not in other.get(address).text
    assert readings() == []


def test_confidential_matter_is_marked_with_its_own_words(
    pages_app: Flask, publish: Publish, visitor: Reader
) -> None:
    closed = publish(CONFIDENTIAL)
    visitor.get(f"/meetings/{closed.meeting.id}")
    assert "Confidential information within section 100A(3)" in visitor.words()
    assert "Exempt under" not in visitor.words()
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER, closed.meeting.committee))
    member.get(closed.page)
    assert "NOT FOR PUBLICATION: contains confidential information" in member.words()


def ticked(page: Reader) -> dict[str, str]:
    return {box["name"]: "yes" for box in page.page.select("input[type=checkbox][checked]")}


def test_the_monitoring_officer_sets_the_table_and_it_holds_at_once(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(3))
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    assert member.get(closed.page).status_code == 200
    officer = reader(pages_app, someone(Role.MONITORING_OFFICER))
    officer.get("/confidentiality/reading-rules")
    form = ticked(officer) | {"seen": officer.value("seen"), "reason": "A sale is under way."}
    del form["committee_member-elsewhere-paragraph_three"]
    officer.follow(officer.post("/confidentiality/reading-rules", form))
    assert "A sale is under way." in officer.words()
    assert "may not read" in officer.words()
    assert member.get(closed.page).status_code == 404


@pytest.mark.parametrize("role", [Role.CLEARANCE_OFFICER, Role.DIRECTOR])
def test_the_table_has_rows_for_those_who_read_reports_ticked_until_they_are_set(
    pages_app: Flask, role: Role
) -> None:
    officer = reader(pages_app, someone(Role.MONITORING_OFFICER))
    officer.get("/confidentiality/reading-rules")
    form = ticked(officer) | {"seen": officer.value("seen"), "reason": "A sale is under way."}
    for standing in Standing:
        for ground in Ground:
            assert form[f"{role.value}-{standing.value}-{ground.value}"] == "yes"
    del form[f"{role.value}-on_committee-paragraph_three"]
    officer.follow(officer.post("/confidentiality/reading-rules", form))
    assert "Rules changed: 1." in officer.words()
    assert not reading.table()[(role, Standing.ON_COMMITTEE, Ground.PARAGRAPH_THREE)]


def test_a_table_that_somebody_else_has_set_meanwhile_is_not_overwritten(
    pages_app: Flask,
) -> None:
    officer = reader(pages_app, someone(Role.MONITORING_OFFICER))
    officer.get("/confidentiality/reading-rules")
    first = ticked(officer) | {"seen": officer.value("seen"), "reason": "One."}
    del first["committee_member-elsewhere-paragraph_six"]
    second = {**first, "reason": "Two.", "committee_member-elsewhere-paragraph_five": "yes"}
    officer.follow(officer.post("/confidentiality/reading-rules", first))
    assert officer.post("/confidentiality/reading-rules", second).status_code == 422
    assert "Somebody else has set a rule meanwhile" in officer.words()
    rule = (Role.COMMITTEE_MEMBER, Standing.ELSEWHERE, Ground.PARAGRAPH_FIVE)
    assert reading.table()[rule] is False


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DEMOCRATIC_SERVICES_OFFICER])
def test_nobody_else_opens_the_table(pages_app: Flask, role: Role) -> None:
    officer = reader(pages_app, someone(role))
    assert officer.get("/confidentiality/reading-rules").status_code == 404
    assert officer.post("/confidentiality/reading-rules", {"reason": "x"}).status_code == 404


def test_the_answer_says_why(app: Flask) -> None:
    member = someone(Role.COMMITTEE_MEMBER)
    matter = Matter(builders.a_committee().id, (Ground.PARAGRAPH_ONE, Ground.PARAGRAPH_SIX))
    answer = reading.may_read(member, matter, on=builders.A_DAY)
    assert answer == reading.Answer(
        False,
        "A committee member for the whole council may not read what is closed on: Paragraph 1.",
    )
    own = Matter(matter.committee_id, matter.grounds, frozenset({member.id}))
    assert reading.may_read(member, own, on=builders.A_DAY).may


@pytest.mark.parametrize("role", [Role.CLEARANCE_OFFICER, Role.DIRECTOR])
def test_those_who_read_reports_read_nothing_else_that_is_closed(app: Flask, role: Role) -> None:
    committee = builders.a_committee()
    user = someone(role, committee)
    words = Matter(committee.id, tuple(Ground), words_of_report=True)
    assert reading.may_read(user, words, on=builders.A_DAY).may
    assert not reading.may_read(user, Matter(committee.id, tuple(Ground)), on=builders.A_DAY).may


def test_who_clears_reports_there_is_no_member_of_the_committee_by_that(app: Flask) -> None:
    committee = builders.a_committee()
    user = someone(Role.COMMITTEE_MEMBER)
    accounts.grant(user, Role.CLEARANCE_OFFICER, committee, now=builders.A_MOMENT, by=None)
    rule = (Role.CLEARANCE_OFFICER, Standing.ON_COMMITTEE, Ground.PARAGRAPH_ONE)
    reading.set_rules({rule: False}, seen="0", reason="To try it", now=builders.A_MOMENT, by=None)
    words = Matter(committee.id, (Ground.PARAGRAPH_ONE,), words_of_report=True)
    assert not reading.may_read(user, words, on=builders.A_DAY).may
