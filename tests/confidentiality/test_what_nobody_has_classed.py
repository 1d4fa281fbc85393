"""What nobody has classed may be closed on any ground: only who prepares it reads it as it is."""

from collections.abc import Callable

import pytest
from flask import Flask

from committee.agendas import service as items
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.clock import now, today
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import OPENED, Classification
from committee.confidentiality.service import classify
from committee.extensions import db
from committee.minutes import service as minutes
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.people.roles import Role
from committee.reports.models import PaperVersion
from tests import builders
from tests.confidentiality.conftest import SECRET, Closed, exempt, reader, someone
from tests.confidentiality.test_agendas_being_prepared import forbid
from tests.pages.reader import Reader
from tests.pages.test_publishing import with_paper

OFFICER = Role.DEMOCRATIC_SERVICES_OFFICER
Publish = Callable[..., Closed]


@pytest.fixture
def item(pages_app: Flask) -> AgendaItem:
    """An item that nobody has classed, with a paper that is said to be exempt under paragraph 3."""
    added = items.add_item(builders.a_meeting(), ItemFields(ItemKind.REPORT, SECRET))
    classify(with_paper(added).paper, exempt(3), now=now(), today=today())
    db.session.commit()
    return added


@pytest.fixture
def auditor(pages_app: Flask) -> Reader:
    """Who reads everything, but for what is closed under paragraph 1."""
    forbid(Role.AUDITOR, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    return reader(pages_app, someone(Role.AUDITOR))


def file_of(paper: PaperVersion) -> str:
    return f"/papers/{paper.paper_id}/versions/{paper.number}/prepared"


def test_a_spokesman_of_the_whole_council_reads_no_title(
    pages_app: Flask, item: AgendaItem
) -> None:
    agenda = f"/meetings/{item.meeting_id}/agenda"
    elsewhere = reader(pages_app, someone(Role.GROUP_SPOKESMAN))
    assert elsewhere.get(agenda).status_code == 200
    assert SECRET not in str(elsewhere.page)
    assert elsewhere.get(f"/agenda-items/{item.id}/edit").status_code == 404
    here = reader(pages_app, someone(Role.GROUP_SPOKESMAN, item.meeting.committee))
    here.get(agenda)
    assert SECRET in here.words()


def test_who_may_not_read_one_paragraph_reads_nothing_that_may_be_of_it(
    auditor: Reader, item: AgendaItem
) -> None:
    paper = item.papers[0]
    pages = [f"/agenda-items/{item.id}/edit", f"/papers/{paper.id}", file_of(paper.newest)]
    assert [auditor.get(page).status_code for page in pages] == [404] * len(pages)
    auditor.get(f"/meetings/{item.meeting_id}/papers")
    assert SECRET not in str(auditor.page)
    classify(item, exempt(3), now=now(), today=today())
    db.session.commit()
    assert [auditor.get(page).status_code for page in pages] == [200] * len(pages)


def test_nor_a_paper_that_nobody_has_classed_under_an_open_item(
    auditor: Reader, item: AgendaItem
) -> None:
    classify(item, OPENED, now=now(), today=today())
    paper = with_paper(item)
    paper.paper.classification = Classification.UNCLASSED
    db.session.commit()
    assert auditor.get(file_of(paper)).status_code == 404
    assert auditor.get(f"/agenda-items/{item.id}/edit").status_code == 200


def test_a_paper_of_a_closed_item_is_closed_on_the_grounds_of_its_item(
    auditor: Reader, item: AgendaItem
) -> None:
    classify(item, exempt(3), now=now(), today=today())
    item.papers[0].classification = Classification.UNCLASSED
    item.papers[0].exempt_paragraphs = []
    db.session.commit()
    assert auditor.get(f"/papers/{item.papers[0].id}").status_code == 200


def test_nor_a_draft_pack_or_a_minute_with_it(
    auditor: Reader, pages_app: Flask, publish: Publish
) -> None:
    closed = publish(exempt(3))
    pack = packs.current(closed.meeting, Audience.RESTRICTED)
    assert pack is not None
    written = minutes.begin(closed.meeting)
    db.session.commit()
    minute = f"/minutes/{minutes.entries_of(written)[0].id}"
    page = f"/packs/{pack.id}/download"
    assert auditor.get(page).status_code == 200
    assert auditor.get(minute).status_code == 404
    items.add_item(closed.meeting, ItemFields(ItemKind.REPORT, "Added since"))
    db.session.commit()
    assert auditor.get(page).status_code == 404
    officer = reader(pages_app, someone(OFFICER))
    assert [officer.get(each).status_code for each in (page, minute)] == [200, 200]


def test_who_prepares_it_reads_what_a_rule_does_not_yet_keep_from_them(
    pages_app: Flask, item: AgendaItem
) -> None:
    forbid(OFFICER, Standing.ELSEWHERE, Ground.PARAGRAPH_ONE)
    officer, paper = reader(pages_app, someone(OFFICER)), item.papers[0]
    pages = ("edit", "class", "remove")
    for page in pages:
        assert officer.get(f"/agenda-items/{item.id}/{page}").status_code == 200
    assert officer.get(f"/papers/{paper.id}").status_code == 200
    assert officer.get(file_of(paper.newest)).status_code == 200
