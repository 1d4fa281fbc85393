"""Pages that name closed items on the way to something else: who sees the words, and the note."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

from flask import Flask

from committee.agendas import classing
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now, today
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import Classification, Said
from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.rules import InterestKind, Presence
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people.roles import Role
from committee.storage import current_storage
from tests import builders
from tests.confidentiality.conftest import SECRET, Closed, exempt, reader, readings, someone
from tests.confidentiality.test_agendas_being_prepared import forbid
from tests.pages.test_publishing import with_packs, with_paper

Publish = Callable[..., Closed]
NATURE = "the owner of the field beside it"


def change_the_paper(closed: Closed) -> str:
    """Give the closed paper another title, so that the agenda waits to be published again."""
    closed.paper.paper.title = f"{SECRET}: the offer"
    db.session.commit()
    with_packs(closed.meeting)
    return f"/meetings/{closed.meeting.id}/agenda/publish"


def a_pack_that_says_what_is_in_it(closed: Closed, *, closed_part: bool = True) -> Pack:
    pack = packs.ask_for(closed.meeting, Audience.RESTRICTED)
    item = {"number": "1", "title": "Post-16 transport", "first_page": 3, "last_page": 4}
    pack.contents = [{**item, "warnings": [], "exempt": False}]
    if closed_part:
        told = {"title": SECRET, "warnings": [f"“{SECRET}” is damaged."], "exempt": True}
        pack.contents = [*pack.contents, {**item, **told}]
    pack.warnings = [f"Item 2: “{SECRET}” is damaged."] if closed_part else []
    pack.file_sha256 = current_storage().save(BytesIO(builders.a_pdf(6))).sha256
    pack.status, pack.pages, pack.finished_at, pack.key = PackStatus.BUILT, 6, now(), "then"
    db.session.commit()
    return pack


def declared_in(item: AgendaItem) -> str:
    """An interest that a member declared in a closed item, which tells what it is about."""
    councillor = builders.a_member(item.meeting.committee, since=date(2017, 5, 16)).councillor
    attendance.record_members(item.meeting, {councillor.id: Presence.PRESENT})
    attendance_others.add_declaration(
        item.meeting,
        councillor_id=councillor.id,
        agenda_item_id=item.id,
        kind=InterestKind.OTHER,
        nature=NATURE,
        left_meeting=True,
    )
    db.session.commit()
    return f"/meetings/{item.meeting_id}/attendance"


def test_a_meeting_whose_closed_items_an_officer_is_shown_is_one_reading(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(3))
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    at = reader(pages_app, officer)
    at.get(f"/meetings/{closed.meeting.id}")
    assert SECRET in at.words()
    assert readings() == [("meeting", closed.meeting.id, officer.id)]
    for other in (Role.COMMITTEE_MEMBER, Role.AUDITOR):
        apart = reader(pages_app, someone(other))
        apart.get(f"/meetings/{closed.meeting.id}")
        assert SECRET not in str(apart.page)
    assert len(readings()) == 1


def test_papers_that_are_about_to_be_published_are_one_reading(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(3))
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    at = reader(pages_app, officer)
    at.get(f"/meetings/{closed.meeting.id}/agenda/publish")
    assert "Nothing has changed" in at.words()
    assert SECRET not in at.words()
    assert readings() == []
    at.get(change_the_paper(closed))
    assert f"{SECRET}: the offer" in at.words()
    assert readings() == [("meeting", closed.meeting.id, officer.id)]


def test_whoever_may_not_read_them_is_not_told_what_is_about_to_be_published(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(1))
    publishing = change_the_paper(closed)
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    at = reader(pages_app, someone(Role.AUDITOR))
    assert at.get(publishing).status_code == 200
    assert "What goes out" in at.words()
    assert "A property matter" in at.words()
    assert SECRET not in str(at.page)
    assert readings() == []


def test_nor_which_paper_stands_in_the_way(pages_app: Flask, publish: Publish) -> None:
    closed = publish(exempt(3))
    paper = with_paper(builders.an_item(closed.meeting, "School places")).paper
    paper.title = "Offer of Wharfedale"
    untold = Said(Classification.EXEMPT, paragraphs=(1,))
    builders.confidentiality.take_over(paper, untold, source="a file", now=now())
    db.session.commit()
    publishing = f"/meetings/{closed.meeting.id}/agenda/publish"
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    at = reader(pages_app, officer)
    at.get(publishing)
    assert "test of “Offer of Wharfedale”, a paper of item 2, is not written down" in at.words()
    assert readings() == [("meeting", closed.meeting.id, officer.id)]
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    auditing = reader(pages_app, someone(Role.AUDITOR))
    auditing.get(publishing)
    assert "public interest test of a paper of item 2 is not written down" in auditing.words()
    assert "Wharfedale" not in str(auditing.page)
    assert len(readings()) == 1


def test_what_is_in_a_restricted_pack_is_one_reading_of_it(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(3))
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    at = reader(pages_app, officer)
    a_pack_that_says_what_is_in_it(closed, closed_part=False)
    at.get(f"/meetings/{closed.meeting.id}/packs")
    assert readings() == []
    pack = a_pack_that_says_what_is_in_it(closed)
    at.get(f"/meetings/{closed.meeting.id}/packs")
    assert SECRET in at.words()
    assert readings() == [("pack", pack.id, officer.id)]


def test_whoever_may_not_read_a_restricted_pack_is_not_told_what_is_in_it(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(1))
    a_pack_that_says_what_is_in_it(closed)
    auditor = someone(Role.AUDITOR)
    at = reader(pages_app, auditor)
    at.get(f"/meetings/{closed.meeting.id}/packs")
    assert SECRET in at.words()
    assert len(readings()) == 1
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    assert at.get(f"/meetings/{closed.meeting.id}/packs").status_code == 200
    assert SECRET not in str(at.page)
    assert len(readings()) == 1


def test_what_was_declared_in_a_closed_item_is_one_reading(
    pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(1))
    page = declared_in(closed.item)
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER, closed.meeting.committee)
    at = reader(pages_app, officer)
    at.get(page)
    assert SECRET in at.words()
    assert NATURE in at.words()
    assert readings() == [("meeting", closed.meeting.id, officer.id)]
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    auditing = reader(pages_app, someone(Role.AUDITOR))
    assert auditing.get(page).status_code == 200
    assert "A property matter" in auditing.words()
    assert "Post-16 transport" in auditing.words()
    assert SECRET not in str(auditing.page)
    assert NATURE not in str(auditing.page)
    assert len(readings()) == 1


def test_whoever_does_not_prepare_an_agenda_is_noted_before_it_is_published_too(
    pages_app: Flask,
) -> None:
    coming = builders.a_meeting()
    item = items.add_item(coming, ItemFields(ItemKind.REPORT, SECRET))
    classing.classify_item(item, ClassFields(exempt(3)), now=now(), today=today())
    db.session.commit()
    auditor = someone(Role.AUDITOR)
    at = reader(pages_app, auditor)
    at.get(f"/meetings/{coming.id}/agenda")
    assert SECRET in at.words()
    assert readings() == [("meeting", coming.id, auditor.id)]
