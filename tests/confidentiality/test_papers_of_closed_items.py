"""Papers that are stricter than their closed item: read, tested and packed by their own class."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from committee.agendas import classing
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now, today
from committee.confidentiality import reading, service
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience
from committee.people.models import User
from committee.people.roles import Role
from committee.reports.models import Paper
from tests import builders
from tests.confidentiality.conftest import CONFIDENTIAL, SECRET, Closed, exempt, reader, someone
from tests.pages.test_publishing import with_packs, with_paper

Publish = Callable[..., Closed]
STRICTER = [exempt(1), exempt(3, terms_of_contract=True), CONFIDENTIAL]


def classify(paper: Paper, said: Said) -> None:
    service.classify(paper, said, acknowledged=True, now=now(), today=today())


def a_closed_item(meeting: Meeting, said: Said) -> AgendaItem:
    item = items.add_item(meeting, ItemFields(ItemKind.REPORT, SECRET))
    fields = ClassFields(said, "A property matter")
    classing.classify_item(item, fields, now=now(), today=today())
    return item


@pytest.fixture
def publish(pages_app: Flask) -> Publish:
    """Publish an agenda with one item that is exempt under paragraph 3, with two papers: one that
    is closed with it, and the other, that is given back, closed by itself as is said."""

    def make(said: Said, *, afterwards: bool = False) -> Closed:
        meeting = builders.a_meeting(held_on=date(2018, 5, 8))
        item = a_closed_item(meeting, exempt(3))
        with_paper(item)
        version = with_paper(item)
        if not afterwards:
            classify(version.paper, said)
        with_packs(meeting)
        built = [pack.id for each in Audience if (pack := packs.current(meeting, each))]
        published = agendas.publish(
            meeting, today=today(), now=now(), by=None, packs=(built[0], built[1])
        )
        if afterwards:
            classify(version.paper, said)
        db.session.commit()
        return Closed(meeting, item, version, published)

    return make


def frozen_papers(version: AgendaVersion) -> list[dict[str, Any]]:
    return list(version.restricted_contents["items"][0]["papers"])


@pytest.mark.parametrize("afterwards", [False, True])
@pytest.mark.parametrize("said", STRICTER)
def test_a_paper_under_a_closed_item_is_read_by_its_own_class_too(
    pages_app: Flask, publish: Publish, said: Said, afterwards: bool
) -> None:
    closed = publish(said, afterwards=afterwards)
    other = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    for address in (closed.page, closed.file, closed.pack):
        assert other.get(address).status_code == 404, address
    assert closed.page not in other.get(f"/meetings/{closed.meeting.id}").text
    own = reader(pages_app, someone(Role.COMMITTEE_MEMBER, closed.meeting.committee))
    for address in (closed.page, closed.file, closed.pack):
        assert own.get(address).status_code == 200, address


def test_the_paper_beside_it_is_read_as_the_item_is(pages_app: Flask, publish: Publish) -> None:
    closed = publish(exempt(1))
    beside = frozen_papers(closed.version)[0]["version_id"]
    other = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    assert other.get(f"{closed.page}/papers/{beside}").status_code == 200


def test_the_papers_own_class_is_frozen_for_those_who_may_read_and_for_nobody_else(
    publish: Publish,
) -> None:
    version = publish(CONFIDENTIAL).version
    beside, stricter = frozen_papers(version)
    assert "exempt" not in beside
    assert (stricter["exempt"], stricter["confidential"]) == (True, True)
    (stub,) = version.open_contents["items"]
    assert (stub["papers"], stub["paragraphs"]) == ([], [3])
    assert "confidential" not in stub
    both = {"open": version.open_contents, "restricted": version.restricted_contents}
    assert version.sha256 == canonical_sha256(both)


def test_an_exempt_paper_under_a_closed_item_needs_a_test_of_its_own(pages_app: Flask) -> None:
    meeting = builders.a_meeting(held_on=date(2018, 5, 8))
    paper = with_paper(a_closed_item(meeting, exempt(3))).paper
    untold = Said(Classification.EXEMPT, paragraphs=(1,))
    assert classing.stops(items.numbered_items(meeting)) == []
    service.take_over(paper, untold, source="a file", now=now())
    (stop,) = classing.stops(items.numbered_items(meeting))
    assert f"The public interest test of “{paper.title}”" in stop
    classify(paper, exempt(1))
    assert classing.stops(items.numbered_items(meeting)) == []


def an_officer_denied(ground: Ground) -> User:
    rule = (Role.DEMOCRATIC_SERVICES_OFFICER, Standing.ELSEWHERE, ground)
    officer = someone(Role.DEMOCRATIC_SERVICES_OFFICER)
    wanted = {**reading.table(), rule: False}
    reading.set_rules(
        wanted, seen=reading.last_set(), reason="A case about staff.", now=now(), by=officer.id
    )
    db.session.commit()
    return officer


def removed(item: AgendaItem, _: Paper) -> None:
    items.remove_item(item, now=now())


def paper_removed(_: AgendaItem, paper: Paper) -> None:
    paper.removed_at = now()


def paper_opened(_: AgendaItem, paper: Paper) -> None:
    classify(paper, OPENED)


def nothing_done(_: AgendaItem, __: Paper) -> None:
    """The pack is read as it was built."""


@pytest.mark.parametrize("since", [nothing_done, removed, paper_removed, paper_opened])
def test_an_earlier_pack_is_read_by_all_that_was_closed_in_it(
    pages_app: Flask, since: Callable[[AgendaItem, Paper], None]
) -> None:
    meeting = builders.a_meeting(held_on=date(2018, 5, 8))
    item = a_closed_item(meeting, exempt(3))
    paper = with_paper(item).paper
    classify(paper, exempt(1))
    with_packs(meeting)
    pack: Pack | None = packs.current(meeting, Audience.RESTRICTED)
    assert pack is not None
    address = f"/packs/{pack.id}/download"
    since(item, paper)
    db.session.commit()
    officer = reader(pages_app, someone(Role.DEMOCRATIC_SERVICES_OFFICER))
    assert officer.get(address).status_code == 200
    denied = reader(pages_app, an_officer_denied(Ground.PARAGRAPH_ONE))
    assert denied.get(address).status_code == 404
