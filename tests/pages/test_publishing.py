"""Publishing an agenda by its page, and what the public and members may then read."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from flask import Flask

from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.models import AgendaItem
from committee.agendas.rules import Part
from committee.clock import now
from committee.constitution import current_constitution
from committee.documents.pack.plan import key
from committee.documents.preparation import Prepared
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import manifest
from committee.packs import service as packs
from committee.packs.rules import Audience, PackStatus
from committee.people.models import RoleGrant
from committee.people.roles import Role
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.storage import current_storage
from tests import builders
from tests.builders import a_pdf
from tests.pages.conftest import PASSWORD, signed_in
from tests.pages.reader import Reader

SECRET = "Sale of Blackacre to Zephyr Homes"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The spring of 2018, from before anybody signs in; a test may move on from there."""
    with time_machine.travel("2018-04-20 09:00", tick=False) as travelled:
        yield travelled


@pytest.fixture
def meeting(pages_app: Flask) -> Meeting:
    """A meeting on 8 May 2018 with an open and an exempt item, each with its paper."""
    made = builders.a_meeting(held_on=date(2018, 5, 8))
    with_paper(builders.an_item(made, "Post-16 transport policy"))
    exempt = builders.an_item(made, SECRET, part=Part.EXEMPT, public_title="A property matter")
    with_paper(exempt)
    db.session.commit()
    return made


def with_paper(item: AgendaItem) -> PaperVersion:
    version = builders.a_paper(item)
    path = current_storage().local_path(version.original_sha256)
    with path.open("rb") as file:
        stored = current_storage().save(file)
    reports.record_accepted(version, Prepared(path, 2, False, (), None), stored, now=now())
    db.session.flush()
    db.session.expire_all()
    return version


def with_packs(meeting: Meeting) -> None:
    db.session.expire_all()
    for audience in Audience:
        pack = packs.ask_for(meeting, audience)
        plan = manifest.plan_for(meeting, audience, constitution=current_constitution())
        pack.status, pack.pages, pack.finished_at, pack.key = PackStatus.BUILT, 6, now(), key(plan)
        words = f"{audience.value} pack {plan.items[-1].title}"
        pack.file_sha256 = current_storage().save(BytesIO(a_pdf(6, words=words))).sha256
    db.session.commit()


def page(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/agenda/publish"


def publish(officer: Reader, meeting: Meeting, **typed: str) -> str:
    with_packs(meeting)
    officer.get(page(meeting))
    officer.follow(officer.post(page(meeting), {"seen": officer.value("seen"), **typed}))
    return officer.words()


def post_as_seen(officer: Reader, meeting: Meeting, **typed: str) -> int:
    return officer.post(page(meeting), {"seen": officer.value("seen"), **typed}).status_code


def a_member(app: Flask, committee_id: int) -> Reader:
    user = builders.a_user(Role.COMMITTEE_MEMBER, password=PASSWORD)
    grant = db.session.scalars(db.select(RoleGrant).where(RoleGrant.user_id == user.id)).one()
    grant.committee_id = committee_id
    db.session.commit()
    reader = Reader(app)
    assert reader.sign_in(user.email, PASSWORD).status_code == 303
    return reader


def test_the_last_day_in_time_is_explained_and_the_agenda_published(
    clock: time_machine.Traveller, pages_app: Flask, visitor: Reader, meeting: Meeting
) -> None:
    clock.move_to("2018-04-27 14:00")
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    with_packs(meeting)
    officer.get(page(meeting))
    words = officer.words()
    assert "The last day in time is Friday 27 April 2018" in words
    assert "Early May bank holiday" in words
    assert "with 5 clear days before the meeting" in publish(officer, meeting)
    visitor.get(f"/meetings/{meeting.id}")
    assert "Post-16 transport policy" in visitor.words()
    assert "A property matter" in visitor.words()
    assert "Blackacre" not in visitor.get(f"/meetings/{meeting.id}").text


def test_a_day_late_asks_for_the_reason_beside_the_field_and_keeps_what_was_typed(
    clock: time_machine.Traveller, pages_app: Flask, visitor: Reader, meeting: Meeting
) -> None:
    clock.move_to("2018-04-30 09:00")
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    with_packs(meeting)
    officer.get(page(meeting))
    assert post_as_seen(officer, meeting, late="  ") == 422
    assert "Say who convened the meeting at shorter notice" in officer.words()
    assert not agendas.versions(meeting)
    publish(officer, meeting, late="The Chairman convened it on 30 April.")
    visitor.get(f"/meetings/{meeting.id}")
    assert "The Chairman convened it on 30 April." in visitor.words()


def test_nothing_is_published_before_both_packs_are_up_to_date(
    officer: Reader, meeting: Meeting
) -> None:
    officer.get(page(meeting))
    assert "The public pack has not been built since" in officer.words()
    with_packs(meeting)
    builders.an_item(meeting, "Budget")
    db.session.commit()
    officer.post(page(meeting), {})
    assert not agendas.versions(meeting)


def test_where_nothing_is_closed_the_public_pack_is_enough_and_members_read_it(
    pages_app: Flask, officer: Reader, meeting: Meeting
) -> None:
    for entry in items.numbered_items(meeting):
        builders.opened_or_closed(entry.item, Part.OPEN)
    db.session.commit()
    publish(officer, meeting)
    (version,) = agendas.versions(meeting)
    assert version.public_pack_id is not None
    assert version.restricted_pack_id is None, "though one was built"
    member = a_member(pages_app, meeting.committee_id)
    member.get(f"/meetings/{meeting.id}")
    assert "Agenda and all open papers in one PDF" in member.words()
    assert "Restricted pack" not in member.words()


def test_what_was_published_can_be_read_and_nothing_else(
    officer: Reader, visitor: Reader, meeting: Meeting, pages_app: Flask
) -> None:
    opened, exempt = (entry.item.papers[0].newest.id for entry in items.numbered_items(meeting))
    shown = f"/meetings/{meeting.id}/agenda/papers/{opened}"
    closed = f"/meetings/{meeting.id}/agenda/papers/{exempt}"
    pack = f"/meetings/{meeting.id}/agenda/1/pack"
    restricted = f"/meetings/{meeting.id}/agenda/1/restricted-pack"
    assert [visitor.get(a).status_code for a in (shown, closed, pack)] == [404, 404, 404]
    publish(officer, meeting)
    assert [visitor.get(a).status_code for a in (shown, closed, pack)] == [200, 404, 200]
    assert visitor.get(restricted).status_code == 303
    assert SECRET.encode() not in visitor.get(pack).data
    member = a_member(pages_app, meeting.committee_id)
    assert member.get(restricted).status_code == 200
    stranger = a_member(pages_app, builders.a_committee().id)
    assert stranger.get(restricted).status_code == 404
    assert stranger.get(pack).status_code == 200


def test_a_correction_is_a_second_version_and_the_first_stays(
    officer: Reader, visitor: Reader, meeting: Meeting
) -> None:
    publish(officer, meeting)
    first = visitor.get(f"/meetings/{meeting.id}/agenda/1/pack").data
    builders.an_item(meeting, "Budget")
    db.session.commit()
    with_packs(meeting)
    officer.get(page(meeting))
    assert post_as_seen(officer, meeting) == 422
    assert "version 2" in publish(officer, meeting, change="The budget has been added.")
    visitor.get(f"/meetings/{meeting.id}")
    assert "The budget has been added." in visitor.words()
    assert visitor.get(f"/meetings/{meeting.id}/agenda/1/pack").data == first


def test_a_draft_change_is_not_public_until_it_is_published(
    officer: Reader, visitor: Reader, meeting: Meeting
) -> None:
    publish(officer, meeting)
    builders.an_item(meeting, "A secret plan")
    db.session.commit()
    visitor.get(f"/meetings/{meeting.id}")
    assert "A secret plan" not in visitor.get(f"/meetings/{meeting.id}").text


def test_an_agenda_that_changed_meanwhile_is_looked_at_again(
    officer: Reader, meeting: Meeting
) -> None:
    with_packs(meeting)
    officer.get(page(meeting))
    as_it_was = officer.value("seen")
    items.numbered_items(meeting)[0].item.title = "Something else"
    db.session.commit()
    with_packs(meeting)
    assert officer.post(page(meeting), {"seen": as_it_was}).status_code == 422
    assert "has changed since you opened this page" in officer.words()
    assert not agendas.versions(meeting)
    assert post_as_seen(officer, meeting) == 303
