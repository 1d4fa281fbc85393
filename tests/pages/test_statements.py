"""Pages that list things ask the database a small number of questions, however long they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import event

from committee.clock import now, today
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people.models import Committee
from committee.reports import service as reports
from committee.storage import current_storage
from tests import builders
from tests.pages.reader import Reader

MOST = 15  # statements for one page
# A meeting's page is no list: it brings together the agenda, its papers' classes, both packs, what
# is still to do, and the history of what was done.
MOST_OF_A_MEETING = 20
PAGES = {
    "home": "/",
    "committees": "/committees",
    "committee": "/committees/{slug}",
    "members": "/committees/{slug}/members",
    "meeting": "/meetings/{meeting}",
    "agenda": "/meetings/{meeting}/agenda",
    "papers": "/meetings/{meeting}/papers",
    "packs": "/meetings/{meeting}/packs",
}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that is sent to the database meanwhile."""
    sent: list[str] = []

    def note(*details: object) -> None:
        sent.append(str(details[2]))

    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        for engine in db.engines.values():
            event.remove(engine, "before_cursor_execute", note)


def fill(committee: Committee, meeting: Meeting, rows: int) -> None:
    """Add so many meetings, members, items with a paper each, and packs."""
    upload = builders.an_upload()
    file = current_storage().save(BytesIO(b"%PDF-")).sha256
    for number in range(rows):
        builders.a_meeting(committee, held_on=today() + timedelta(days=40 + number))
        builders.a_meeting(committee, held_on=today() - timedelta(days=40 + number))
        builders.a_member(committee, group=f"Group {number % 5}")
        builders.a_committee()
        item = builders.an_item(meeting)
        db.session.flush()
        reports.receive_paper(item.id, upload)
        for audience in Audience:
            pack = Pack(meeting=meeting, audience=audience, status=PackStatus.BUILT, pages=2)
            pack.file_sha256, pack.finished_at, pack.key = file, now(), "then"
            db.session.add(pack)
    db.session.commit()


@pytest.fixture
def counts(officer: Reader) -> dict[str, list[int]]:
    """How many statements each page takes with 10 rows and with 200."""
    committee = builders.a_committee("Planning Committee", seats=300)
    meeting = builders.a_meeting(committee, held_on=today() + timedelta(days=20))
    found: dict[str, list[int]] = {page: [] for page in PAGES}
    for rows in (10, 190):
        fill(committee, meeting, rows)
        known = {"slug": committee.slug, "meeting": meeting.id}
        for page, address in PAGES.items():
            db.session.expunge_all()
            with statements() as sent:
                assert officer.get(address.format(**known)).status_code == 200
            found[page].append(len(sent))
        committee, meeting = db.session.merge(committee), db.session.merge(meeting)
    return found


def test_no_page_asks_more_the_longer_it_is(counts: dict[str, list[int]]) -> None:
    assert {page: few for page, (few, many) in counts.items() if many > few} == {}
    most = dict.fromkeys(PAGES, MOST) | {"meeting": MOST_OF_A_MEETING}
    assert {page: many for page, (_, many) in counts.items() if many > most[page]} == {}
