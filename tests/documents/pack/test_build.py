"""Whole packs: page numbers, bookmarks, links, what is in them and what must not be."""

import hashlib
import json
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Pdf

from committee.documents.pack.build import build_pack, key, linearise
from committee.documents.pack.plan import PackItem, PackPaper
from tests.documents.pack.leaks import words_in
from tests.documents.pack.pdf_reading import check_tags, inner_links, outline_of


def text_of(path: Path, page: int) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return document[page - 1].get_textpage().get_text_bounded()


def test_appendices_and_their_own_bookmarks_stand_beneath_their_item(
    tmp_path, tagged_paper, untagged_paper, plan_of, item_of
):
    item = item_of("7", tagged_paper("Heron", 3), untagged_paper("Otter"), tagged_paper("Pike", 2))
    pack = build_pack(plan_of(item), tmp_path / "pack.pdf")
    first = pack.items[0].first_page
    with Pdf.open(pack.path) as pdf:
        lines = outline_of(pdf)
    assert lines == [
        (1, "Agenda", 1),
        (1, "7. Subject 7", first),
        (2, "Heron summary", first),
        (3, "Part 1 of Heron", first + 1),
        (3, "Part 2 of Heron", first + 2),
        (2, "Paper 7.1", first + 4),
        (2, "Paper 7.2", first + 6),
        (3, "Pike summary", first + 6),
        (4, "Part 1 of Pike", first + 7),
    ]


def test_links_within_a_paper_lead_to_its_pages_in_the_pack(
    tmp_path, tagged_paper, plan_of, item_of
):
    pack = build_pack(plan_of(item_of("1", tagged_paper("Heron", 4))), tmp_path / "pack.pdf")
    first = pack.items[0].first_page
    with Pdf.open(pack.path) as pdf:
        assert (first, first + 3) in inner_links(pdf)


def test_named_links_become_pages_and_dead_ones_lead_nowhere(
    tmp_path, untagged_paper, plan_of, item_of
):
    paper = untagged_paper("named", 3)
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        pages = [page.obj for page in pdf.pages]
        dests = pikepdf.Dictionary(there=pikepdf.Array([pages[2], pikepdf.Name.Fit]))
        pdf.Root.Dests = dests
        common = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Link, "Rect": [0, 0, 9, 9]}
        to_name = pikepdf.Dictionary(**common, Dest=pikepdf.Name.there)
        to_nothing = pikepdf.Dictionary(**common, Dest=pikepdf.String("nowhere"))
        pages[0]["/Annots"] = pikepdf.Array([to_name, to_nothing])
        pdf.save(paper)
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    first = pack.items[0].first_page
    with Pdf.open(pack.path) as pdf:
        assert [link for link in inner_links(pdf) if link[0] == first] == [(first, first + 2)]


def test_a_page_taken_out_of_a_paper_does_not_come_back(tmp_path, tagged_paper, plan_of, item_of):
    paper = tagged_paper("Heron", 3)
    with Pdf.open(paper, allow_overwriting_input=True) as pdf:
        del pdf.pages[1]
        pdf.save(paper)
    assert "Part 1 of Heron" in words_in(paper), "the paper itself still hides it"
    pack = build_pack(plan_of(item_of("1", paper)), tmp_path / "pack.pdf")
    found = words_in(pack.path)
    assert "Part 2 of Heron" in found
    assert "Part 1 of Heron" not in found


def test_the_same_plan_gives_the_same_bytes(tmp_path, tagged_paper, plan_of, item_of):
    plan = plan_of(item_of("1", tagged_paper("Heron")), item_of("2", None))
    first = build_pack(plan, tmp_path / "first.pdf")
    second = build_pack(plan, tmp_path / "second.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.sha256 == second.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()
    assert linearise(first.path, tmp_path / "a.pdf") == linearise(first.path, tmp_path / "b.pdf")


def test_prepared_and_raw_papers_give_the_same_pack(
    tmp_path, tagged_paper, untagged_paper, plan_of, item_of, as_segment
):
    raw = [tagged_paper("Heron"), untagged_paper("Otter")]
    prepared = [as_segment(one) for one in raw]
    packs = [
        build_pack(plan_of(item_of("1", *papers)), tmp_path / f"{number}.pdf")
        for number, papers in enumerate((raw, prepared))
    ]
    assert packs[0].sha256 == packs[1].sha256


def test_a_paper_may_stand_in_a_pack_twice(tmp_path, tagged_paper, plan_of, item_of, as_segment):
    paper = as_segment(tagged_paper("Heron", 1))
    pack = build_pack(plan_of(item_of("1", paper), item_of("2", paper)), tmp_path / "pack.pdf")
    for item in pack.items:
        assert "Heron summary" in text_of(pack.path, item.first_page)
    with Pdf.open(pack.path) as pdf:
        check_tags(pdf)


def test_a_missing_paper_gets_a_page_that_says_so(tmp_path, untagged_paper, plan_of, item_of):
    absent = PackPaper("Budget", "main", None, 4, "The Word file could not be converted.")
    lost = PackPaper("Maps", "appendix", tmp_path / "no-such-file.pdf", 4)
    plan = plan_of(PackItem("5", "Money", papers=(absent, lost)), item_of("6", untagged_paper("A")))
    pack = build_pack(plan, tmp_path / "pack.pdf")
    first = pack.items[0].first_page
    assert (pack.items[0].last_page, pack.items[1].first_page) == (first + 2, first + 4)
    shown = text_of(pack.path, first)
    assert "Budget" in shown
    assert "The Word file could not be converted." in shown
    assert "intentionally left blank" in text_of(pack.path, first + 1)
    assert "missing from the store" in text_of(pack.path, first + 2)
    assert len(pack.items[0].warnings) == 2
    assert pack.items[1].warnings == ()
    assert all(one.startswith("Item 5: ") for one in pack.warnings)


@pytest.mark.parametrize(
    ("kept", "instead"), [(0, b""), (0, b"%PDF-1.7 and no more"), (0, b"\x00" * 900), (0.3, b"")]
)
def test_a_damaged_paper_does_not_stop_the_pack(
    tmp_path, untagged_paper, plan_of, item_of, as_segment, kept, instead
):
    paper = as_segment(untagged_paper("good", 3))
    item = item_of("1", paper)
    data = paper.read_bytes()
    paper.write_bytes(data[: int(len(data) * kept)] + instead)
    pack = build_pack(plan_of(item, item_of("2", untagged_paper("fine"))), tmp_path / "pack.pdf")
    assert "fine" in text_of(pack.path, pack.items[1].first_page)
    assert "damaged" in pack.items[0].warnings[0]


def test_a_prepared_paper_that_lost_its_inside_is_replaced(
    tmp_path, untagged_paper, plan_of, item_of, as_segment
):
    paper = as_segment(untagged_paper("good", 3))
    item = item_of("1", paper)
    data = bytearray(paper.read_bytes())
    mark = data.rindex(b"/QuorateSegment [")
    start = int(data[mark:].split()[4])
    data[start : start + 40] = b"\x00" * 40
    paper.write_bytes(bytes(data))
    pack = build_pack(plan_of(item), tmp_path / "pack.pdf")
    assert "damaged" in pack.items[0].warnings[0]
    assert pack.items[0].first_page == pack.items[0].last_page


def test_cancelling_leaves_the_old_pack_and_nothing_else(
    tmp_path, untagged_paper, plan_of, item_of
):
    class CancelledError(Exception):
        pass

    target = tmp_path / "packs" / "pack.pdf"
    plan = plan_of(item_of("1", untagged_paper("A")), item_of("2", untagged_paper("B")))
    before = build_pack(plan, target).sha256
    told = []

    def stop(done: int, total: int, label: str) -> None:
        told.append((done, total))
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        build_pack(plan_of(*plan.items, place="Elsewhere"), target, progress=stop)
    assert told == [(0, 2), (0, 2), (1, 2)]
    assert [one.name for one in target.parent.iterdir()] == ["pack.pdf"]
    assert hashlib.sha256(target.read_bytes()).hexdigest() == before


def test_what_is_made_on_the_way_lies_beside_the_pack(
    tmp_path, untagged_paper, plan_of, item_of, monkeypatch
):
    """A killed build leaves nothing where nobody looks for it."""
    elsewhere, target = tmp_path / "elsewhere", tmp_path / "packs" / "pack.pdf"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    beside, astray = [], []

    def look(*_step) -> None:
        beside.extend(one.name for one in target.parent.iterdir())
        astray.extend(elsewhere.iterdir())

    build_pack(plan_of(item_of("1", untagged_paper("A"))), target, progress=look)
    assert beside
    assert all(name.startswith(".pack.pdf.") for name in beside)
    assert astray == []
    assert [one.name for one in target.parent.iterdir()] == ["pack.pdf"]


def test_progress_goes_through_the_items(tmp_path, untagged_paper, plan_of, item_of):
    told = []
    plan = plan_of(item_of("1", untagged_paper("A")), item_of("2"))
    build_pack(plan, tmp_path / "pack.pdf", progress=lambda *step: told.append(step))
    assert told == [
        (0, 2, "Front matter"),
        (0, 2, "Item 1: Subject 1"),
        (1, 2, "Item 2: Subject 2"),
        (2, 2, "Finishing the pack"),
    ]


def test_a_linearised_pack_holds_the_same_pages(tmp_path, tagged_paper, plan_of, item_of):
    pack = build_pack(plan_of(item_of("1", tagged_paper("Heron"))), tmp_path / "pack.pdf")
    linearise(pack.path, tmp_path / "fast.pdf")
    with Pdf.open(tmp_path / "fast.pdf") as pdf:
        assert pdf.is_linearized
        assert len(pdf.pages) == pack.pages
        check_tags(pdf)
    assert text_of(tmp_path / "fast.pdf", pack.pages) == text_of(pack.path, pack.pages)


def test_the_key_changes_with_the_plan_and_with_a_paper(tmp_path, untagged_paper, plan_of, item_of):
    paper = untagged_paper("A")
    plan = plan_of(item_of("1", paper))
    before = key(plan)
    assert key(plan_of(item_of("1", paper))) == before
    assert key(plan_of(item_of("1", paper), place="Elsewhere")) != before
    paper.write_bytes(paper.read_bytes() + b"\n")
    assert key(plan) != before
    stored = tmp_path / ("ab" * 32)
    by_name = plan_of(PackItem("1", "A", papers=(PackPaper("A", "main", stored, 1),)))
    assert len(key(by_name)) == 64, "a stored paper is known by its name and not read"


def test_the_real_meeting_comes_out_as_it_was_printed(tmp_path, plan_of, real_meeting):
    meeting = json.loads((real_meeting / "meeting.json").read_text())
    items = [
        PackItem(
            str(one["number"]),
            one["title"],
            one.get("description"),
            one.get("decision_number"),
            papers=(
                (PackPaper(one["title"], "main", real_meeting / one["paper"], 0),)
                if "paper" in one
                else ()
            ),
        )
        for one in meeting["items"]
    ]
    pack = build_pack(plan_of(*items, committee=meeting["committee"]), tmp_path / "pack.pdf")
    assert pack.pages == 210
    for item, packed in zip(meeting["items"], pack.items, strict=True):
        printed = tuple(item.get("printed_pages", (None, None)))
        assert (packed.first_page, packed.last_page) == printed
    shown = text_of(pack.path, 39)
    assert "39" in shown
    assert "Agenda Item 8" in shown
