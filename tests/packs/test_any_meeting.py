"""Any meeting at all, from its rows to both packs: nothing exempt is in the public one."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import STUB_TITLE, ItemKind, Part
from committee.agendas.service import ItemFields
from committee.clock import now
from committee.constitution import current_constitution
from committee.documents.pack.build import BuiltPack, build_pack
from committee.documents.preparation import Prepared
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import manifest
from committee.packs.rules import Audience
from committee.reports import service as reports
from committee.storage import current_storage
from tests import builders
from tests.documents.pack.leaks import words_in
from tests.documents.pack.pdf_reading import inner_links, outline_of

OPEN_WORD, EXEMPT_WORD = "Bluebell", "Wolfsbane"
APPROVED = "Disposal of land"
MARKING = "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A"
UNCHECKED = 0  # instead of a number of pages: a paper that nobody has checked yet


@dataclass(frozen=True)
class Row:
    """An item to be made: its papers by their pages, and whether a public title was approved."""

    part: Part
    papers: tuple[int, ...]
    approved: bool

    @property
    def word(self) -> str:
        """What every text of the item and its papers holds."""
        return EXEMPT_WORD if self.part is Part.EXEMPT else OPEN_WORD


PAPERS = st.lists(st.sampled_from([UNCHECKED, 1, 2, 3]), max_size=4).map(tuple)
ROWS = st.lists(st.builds(Row, st.sampled_from(Part), PAPERS, st.booleans()), max_size=6)


def meeting_of(rows: list[Row]) -> Meeting:
    """The meeting with these items, its papers accepted as they are."""
    meeting = builders.a_meeting()
    for place, row in enumerate(rows):
        item = agendas.add_item(meeting, fields_of(row, place))
        builders.opened_or_closed(item, row.part, public_title=APPROVED if row.approved else None)
        for column, pages in enumerate(row.papers):
            add_paper(item, f"{row.word} {place} {column}", pages)
    db.session.commit()
    return meeting


def fields_of(row: Row, place: int) -> ItemFields:
    return ItemFields(
        kind=ItemKind.REPORT,
        title=f"{row.word} title {place}",
        description=f"{row.word} description",
        decision_number=f"{row.word}26",
    )


def add_paper(item: AgendaItem, words: str, pages: int) -> None:
    storage = current_storage()
    upload = builders.an_upload(f"{words}.pdf", builders.a_pdf(pages or 1, words=words))
    version = reports.receive_paper(item.id, upload, title=f"{words} paper")
    builders.opened(version.paper)
    if pages != UNCHECKED:
        path = storage.local_path(upload.stored.sha256)
        prepared = Prepared(path=path, pages=pages, tagged=False, notices=(), title=words)
        reports.record_accepted(version, prepared, upload.stored, now=now())


def built(meeting: Meeting, audience: Audience, folder: Path) -> BuiltPack:
    """The pack as a worker builds it: from the rows, by the manifest."""
    plan = manifest.plan_for(meeting, audience, constitution=current_constitution())
    plan = manifest.with_files(plan, current_storage())
    return build_pack(plan, folder / f"{audience.value}.pdf")


def starts_of(listed: list[Row], front: int) -> Iterator[list[int]]:
    """For each item, the page on which each of its papers must start."""
    following = front + 1
    for row in listed:
        starts = []
        for pages in row.papers:
            starts.append(following)
            last = following + max(pages, 1) - 1
            following = last + 1 + last % 2
        yield starts


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_any_meeting(app: Flask, tmp_path: Path, rows: list[Row]) -> None:
    meeting = meeting_of(rows)
    ordered = sorted(rows, key=lambda row: row.part is Part.EXEMPT)
    open_only = [row if row.part is Part.OPEN else hidden(row) for row in ordered]
    restricted = built(meeting, Audience.RESTRICTED, tmp_path)
    public = built(meeting, Audience.PUBLIC, tmp_path)
    check_pack(restricted, ordered)
    check_pack(public, open_only)
    assert public.front_pages == restricted.front_pages
    for one, other in zip(public.items, restricted.items, strict=True):
        if one.first_page:
            assert (one.first_page, one.last_page) == (other.first_page, other.last_page)
    assert EXEMPT_WORD.lower() not in words_in(public.path).lower()
    stubs = [APPROVED if row.approved else STUB_TITLE for row in rows if row.part is Part.EXEMPT]
    assert [item.title for item in public.items[len(rows) - len(stubs) :]] == stubs
    if stubs:
        assert EXEMPT_WORD in words_in(restricted.path), "the search itself must work"


def hidden(row: Row) -> Row:
    """What is left of an exempt item in a public pack: no papers."""
    return Row(row.part, (), row.approved)


def check_pack(pack: BuiltPack, listed: list[Row]) -> None:
    """Assert that every paper starts where it must, by its pages, the outline and the links."""
    starts = list(starts_of(listed, pack.front_pages))
    assert all(start % 2 == 1 for start in itertools.chain(*starts))
    ranges = [(item.first_page, item.last_page) for item in pack.items]
    assert ranges == [
        (found[0], found[-1] + max(row.papers[-1], 1) - 1) if found else (None, None)
        for row, found in zip(listed, starts, strict=True)
    ]
    with pikepdf.open(pack.path) as pdf:
        assert len(pdf.pages) == pack.pages
        check_outline(outline_of(pdf), starts)
        links = [there for here, there in inner_links(pdf) if here <= pack.front_pages]
        assert sorted(links) == [found[0] for found in starts if found]
    check_pages(pack, listed, starts)


def check_outline(lines: list[tuple[int, str, int | None]], starts: list[list[int]]) -> None:
    """Assert that each item's line leads to its main paper and those below to its appendices."""
    items: list[list[int | None]] = []
    for depth, _title, page in lines[1:]:
        if depth == 1:
            items.append([page])
        elif depth == 2:
            items[-1].append(page)
    assert lines[0] == (1, "Agenda", 1)
    assert len(items) == len(starts)
    assert [pages for pages, found in zip(items, starts, strict=True) if found] == [
        found for found in starts if found
    ]


def check_pages(pack: BuiltPack, listed: list[Row], starts: list[list[int]]) -> None:
    """Assert that pages of papers hold the paper's words, and fillers nothing of any item."""
    with pypdfium2.PdfDocument(pack.path) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    of_papers = set()
    for row, found in zip(listed, starts, strict=True):
        for start, pages in zip(found, row.papers, strict=True):
            for number in range(1, max(pages, 1) + 1):
                text = texts[start + number - 2]
                of_papers.add(start + number - 1)
                assert row.word in text
                assert (MARKING in text) == (row.part is Part.EXEMPT)
                assert pages == UNCHECKED or text.split()[3] == str(number)
    for number in range(1, pack.pages + 1):
        assert f"Page {number}" in texts[number - 1]
        if number > pack.front_pages and number not in of_papers:
            assert OPEN_WORD not in texts[number - 1]
            assert EXEMPT_WORD not in texts[number - 1]
