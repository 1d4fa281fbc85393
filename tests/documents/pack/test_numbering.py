"""Both copies of a meeting's pack have the same page numbers, and the public one tells nothing."""

import dataclasses

import pypdfium2
import pytest
from pikepdf import Pdf

from committee.documents.pack.build import BuiltPack, build_pack
from committee.documents.pack.numbering import NUMBERED_APART, SHEET_TITLE
from committee.documents.pack.plan import PackPlan
from tests.documents.pack.leaks import words_in
from tests.documents.pack.pdf_reading import check_tags, inner_links, outline_of

MARKING = "NOT FOR PUBLICATION by virtue of paragraph 3"
SECRET = "Wolfsbane price of the land that is offered to one bidder alone"


@pytest.fixture
def copies(tmp_path, untagged_paper, plan_of, item_of):
    """Builds both copies of a meeting with three open items and so many exempt ones."""
    papers = [untagged_paper(f"Bluebell{place}", 3) for place in range(3)]
    shut = untagged_paper("Wolfsbane", 2)

    def make(exempt: int, text: str, **more) -> tuple[BuiltPack, BuiltPack, PackPlan]:
        open_items = [item_of(str(place), paper) for place, paper in enumerate(papers, 1)]
        stubs = [
            item_of(str(4 + place), title="Disposal of land", exempt=True, exempt_reason="Ground")
            for place in range(exempt)
        ]
        whole = [
            dataclasses.replace(
                item_of(stub.number, shut, title=f"{SECRET} {stub.number}"),
                exempt=True,
                exempt_reason="Ground",
                description=text,
                public_title=stub.title,
            )
            for stub in stubs
        ]
        whole = [
            dataclasses.replace(
                item,
                papers=tuple(dataclasses.replace(one, marking=MARKING) for one in item.papers),
            )
            for item in whole
        ]
        plan = plan_of(*open_items, *whole, audience="restricted", **more)
        public = build_pack(plan_of(*open_items, *stubs, **more), tmp_path / "public.pdf")
        return public, build_pack(plan, tmp_path / "restricted.pdf"), plan

    return make


def open_ranges(pack: BuiltPack) -> list[tuple[int | None, int | None]]:
    return [(item.first_page, item.last_page) for item in pack.items[:3]]


def texts_of(pack: BuiltPack) -> list[str]:
    with pypdfium2.PdfDocument(pack.path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.mark.parametrize("exempt", [1, 5, 12])
@pytest.mark.parametrize("text", ["", f"{SECRET}. " * 12])
def test_open_papers_have_the_same_pages_in_both_copies(copies, exempt, text):
    public, restricted, _ = copies(exempt, text)
    assert public.front_pages == restricted.front_pages
    assert open_ranges(public) == open_ranges(restricted)
    assert restricted.warnings == public.warnings == ()
    shown, seen = texts_of(restricted), texts_of(public)
    for first, last in open_ranges(public):
        assert shown[first - 1 : last] == seen[first - 1 : last]


def test_the_public_copy_is_the_same_whatever_is_exempt(copies):
    public, _, _ = copies(12, "")
    before = public.path.read_bytes()
    again, _, _ = copies(12, f"{SECRET}. " * 12)
    assert again.path.read_bytes() == before
    assert "Wolfsbane" not in words_in(again.path)


def test_what_the_agenda_has_no_room_for_is_told_before_the_exempt_papers(copies):
    _, restricted, plan = copies(12, f"{SECRET}. " * 12)
    sheet = restricted.items[3].first_page
    assert sheet > restricted.items[2].last_page
    texts = texts_of(restricted)
    in_front = " ".join(texts[: restricted.front_pages])
    assert "Disposal of land" in in_front
    assert "Wolfsbane" not in in_front
    told = " ".join(texts[sheet - 1 :])
    assert SHEET_TITLE in texts[sheet - 1]
    assert texts[sheet - 1].count(MARKING) == 1
    for item in plan.items[3:]:
        assert item.title in told
    with Pdf.open(restricted.path) as pdf:
        lines = [(title, page) for depth, title, page in outline_of(pdf)]
        assert (SHEET_TITLE, sheet) in lines
        assert (f"4. {SECRET} 4", sheet) in lines
        links = [there for here, there in inner_links(pdf) if here <= restricted.front_pages]
        assert sorted(links) == [item.first_page for item in restricted.items]
        check_tags(pdf)
    for item in restricted.items:
        first, last = item.first_page, item.last_page
        assert f"(Pages {first} - {last})" in in_front
        for number in range(first, last + 1):
            text = texts[number - 1]
            assert (MARKING in text) == (item in restricted.items[3:] and "left blank" not in text)


def test_an_agenda_with_room_tells_of_exempt_items_where_they_stand(copies):
    _, restricted, _ = copies(1, "Wolfsbane in a few words.")
    texts = texts_of(restricted)
    assert "Wolfsbane in a few words." in " ".join(texts[: restricted.front_pages])
    assert not any(SHEET_TITLE in text for text in texts)


def test_a_restricted_agenda_that_is_shorter_keeps_the_numbers_of_the_public_one(
    tmp_path, untagged_paper, plan_of, item_of
):
    paper = untagged_paper("Bluebell", 2)
    opened = item_of("1", paper)
    long = "Disposal of land " * 12
    stubs = [item_of(str(n), title=long, exempt=True) for n in range(2, 40)]
    whole = [
        dataclasses.replace(item, title="Land", public_title=long, papers=opened.papers)
        for item in stubs
    ]
    public = build_pack(plan_of(opened, *stubs), tmp_path / "public.pdf")
    restricted = build_pack(plan_of(opened, *whole, audience="restricted"), tmp_path / "r.pdf")
    assert restricted.front_pages == public.front_pages
    assert restricted.items[0].first_page == public.items[0].first_page
    texts = texts_of(restricted)
    assert "left blank" in texts[public.front_pages - 2]
    front = " ".join(texts[: public.front_pages])
    for item in restricted.items:
        assert f"(Pages {item.first_page} - {item.last_page})" in front


def test_a_cover_that_is_longer_in_one_copy_is_told(copies):
    place = "The very large hall of the people on the far side of the market square " * 23
    public, restricted, _ = copies(1, "", place=place)
    apart = public.front_pages != restricted.front_pages
    assert (NUMBERED_APART in restricted.warnings) == apart
