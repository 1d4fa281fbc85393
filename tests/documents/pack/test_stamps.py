"""Stamps, looked at as a reader would: as pictures of the pages and as their text."""

import dataclasses
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from committee.documents.pack.build import build_pack

WHITE, BLACK = 250, 60
DARK = "0.5 0 0 rg"

PAGES = {
    "portrait": {},
    "landscape": {"MediaBox": Array([0, 0, 842, 595])},
    "a3": {"MediaBox": Array([0, 0, 1191, 842])},
    "quarter turn": {"Rotate": 90},
    "half turn": {"Rotate": 180},
    "three quarter turn": {"Rotate": 270},
    "backward turn": {"Rotate": -90},
    "cropped": {"CropBox": Array([100, 150, 500, 700])},
    "cropped and turned": {"CropBox": Array([100, 150, 500, 700]), "Rotate": 90},
    "cropped beyond its paper": {"CropBox": Array([-500, -500, 400, 600])},
    "offset origin": {"MediaBox": Array([-300, 1000, 295, 1842])},
    "offset and turned": {"MediaBox": Array([-300, 1000, 295, 1842]), "Rotate": 270},
    "corners swapped": {"MediaBox": Array([595, 842, 0, 0])},
    "large units": {"MediaBox": Array([0, 0, 297.5, 421]), "UserUnit": 2},
    "tiny": {"MediaBox": Array([0, 0, 90, 60])},
    "narrow strip": {"MediaBox": Array([0, 0, 60, 800])},
    "broken boxes": {"CropBox": Array([0, 0, 0, 0]), "Rotate": 45},
}


@dataclass(frozen=True)
class Picture:
    """A grey picture of a page, one byte a pixel."""

    width: int
    height: int
    rows: list[bytes]

    def box(self, top: int, bottom: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the white between two rows."""
        lit = [
            (x, y)
            for y in range(top, bottom)
            for x, value in enumerate(self.rows[y])
            if value > WHITE
        ]
        assert lit, "no white box"
        across, down = [x for x, _ in lit], [y for _, y in lit]
        return min(across), min(down), max(across), max(down)

    def share_of_black(self, box: tuple[int, int, int, int]) -> float:
        left, top, right, bottom = box
        area = [v for row in self.rows[top : bottom + 1] for v in row[left : right + 1]]
        return sum(value < BLACK for value in area) / len(area)

    def corner(self, box: tuple[int, int, int, int]) -> list[bytes]:
        left, top, right, bottom = box
        return [row[left : right + 1] for row in self.rows[top : bottom + 1]]


def picture_of(path: Path, page: int, scale: float) -> Picture:
    with pypdfium2.PdfDocument(path) as document:
        bitmap = document[page - 1].render(scale=scale, grayscale=True)
        data = bytes(bitmap.buffer)
        rows = [
            data[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
        ]
        return Picture(bitmap.width, bitmap.height, rows)


@pytest.fixture
def stamped(tmp_path, untagged_paper, plan_of, item_of):
    """Builds a pack of one dark page with the given entries; gives its path and page number."""

    def make(**entries) -> tuple[Path, int]:
        paper = untagged_paper("dark", background=DARK, **entries)
        pack = build_pack(plan_of(item_of("8", paper)), tmp_path / "pack.pdf")
        return pack.path, pack.items[0].first_page

    return make


@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES)
def test_stamps_lie_inside_the_visible_page_and_can_be_read(stamped, entries):
    path, page = stamped(**entries)
    scale = 6 if entries.get("MediaBox", [0, 0, 999])[2] < 100 else 2
    seen = picture_of(path, page, scale)
    half = seen.height // 2
    foot, head = seen.box(half, seen.height), seen.box(0, half)
    for left, top, right, bottom in (foot, head):
        assert left > 0
        assert top > 0
        assert right < seen.width - 1
        assert bottom < seen.height - 1
        assert right - left > bottom - top, "stamps are wider than high when upright"
    assert abs((foot[0] + foot[2]) / 2 - seen.width / 2) <= 3
    assert seen.width - head[2] < seen.width / 4
    for box in (foot, head):
        assert 0.05 < seen.share_of_black(box) < 0.6


ONE = (
    "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local "
    "Government Act 1972: Financial or business affairs of a particular person or body."
)
LABEL = "Agenda Item 8"
MANY = f"{ONE} {ONE} {ONE} {ONE}"


@pytest.mark.parametrize("marking", [ONE, MANY], ids=["one ground", "many grounds"])
@pytest.mark.parametrize("entries", PAGES.values(), ids=PAGES)
def test_a_marking_lies_inside_the_visible_page_apart_from_the_other_stamps(
    tmp_path, untagged_paper, plan_of, item_of, entries, marking
):
    item = item_of("8", untagged_paper("dark", background=DARK, **entries))
    papers = tuple(dataclasses.replace(paper, marking=marking) for paper in item.papers)
    plan = plan_of(dataclasses.replace(item, papers=papers))
    pack = build_pack(plan, tmp_path / "pack.pdf")
    with pypdfium2.PdfDocument(pack.path) as document:
        page = document[pack.items[0].first_page - 1]
        reading = page.get_textpage()
        boxes = [whole_box(reading, words) for words in (marking, LABEL, "Page 5")]
        seen = page.get_cropbox() if any(page.get_cropbox()) else page.get_mediabox()
        a, b, c, d = seen
    for box in boxes:
        assert min(a, c) < box[0] < box[2] < max(a, c)
        assert min(b, d) < box[1] < box[3] < max(b, d)
    for here, there in itertools.combinations(boxes, 2):
        apart = (here[2] <= there[0], there[2] <= here[0], here[3] <= there[1], there[3] <= here[1])
        assert any(apart), "stamps lie upon each other"


def whole_box(reading, words: str) -> tuple[float, float, float, float]:
    """What the words take of the page, in its own units. The item's label, which readers may take
    for the end of a marking's line, is not counted with it."""
    text = reading.get_text_range()
    between = rf"\s+(?:{LABEL}\s+)?"
    found = re.search(between.join(re.escape(word) for word in words.split()), text)
    assert found is not None
    places = set(range(*found.span()))
    if words != LABEL:
        places -= set(range(*re.search(LABEL, text).span()))
    corners = [reading.get_charbox(place) for place in sorted(places) if text[place].strip()]
    return (
        min(one[0] for one in corners),
        min(one[1] for one in corners),
        max(one[2] for one in corners),
        max(one[3] for one in corners),
    )


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_stamps_on_turned_pages_look_like_those_on_upright_ones(stamped, turn):
    # The visible size is the same, so the very same picture of the stamp is to be seen.
    upright, page = stamped(MediaBox=Array([0, 0, 600, 600]))
    reference = picture_of(upright, page, 2)
    turned, page = stamped(MediaBox=Array([0, 0, 600, 600]), Rotate=turn)
    seen = picture_of(turned, page, 2)
    for top, bottom in ((0, 600), (600, 1200)):
        expected = reference.corner(reference.box(top, bottom))
        found = seen.corner(seen.box(top, bottom))
        assert len(expected) == len(found)
        pairs = [
            (a, b) for x, y in zip(expected, found, strict=True) for a, b in zip(x, y, strict=True)
        ]
        unlike = sum(abs(a - b) > 128 for a, b in pairs) / len(pairs)
        assert unlike < 0.02


def test_stamps_are_text_with_page_and_item(stamped):
    path, page = stamped()
    with pypdfium2.PdfDocument(path) as document:
        text = document[page - 1].get_textpage().get_text_bounded()
        assert f"Page {page}" in text
        assert "Agenda Item 8" in text
        cover = document[0].get_textpage().get_text_bounded()
    assert "Page 1" in cover
    assert "Agenda Item" not in cover


def test_a_paper_without_a_marking_bears_none(stamped):
    path, page = stamped()
    with pypdfium2.PdfDocument(path) as document:
        assert "PUBLICATION" not in document[page - 1].get_textpage().get_text_bounded()


def test_sizes_of_pages_stay_as_they_were(stamped):
    path, page = stamped(MediaBox=Array([0, 0, 1191, 842]))
    with Pdf.open(path) as pdf:
        assert [int(side) for side in pdf.pages[page - 1].mediabox] == [0, 0, 1191, 842]


def test_stamps_are_marked_as_no_part_of_the_content(stamped):
    path, page = stamped()
    with Pdf.open(path) as pdf:
        drawn = pdf.pages[page - 1].obj.Contents[-1].read_bytes()
    assert drawn.count(b"/Artifact <</Type /Pagination") == drawn.count(b"EMC") == 2
    assert drawn.index(b"/Artifact") < drawn.index(b"BT")


@pytest.mark.parametrize(
    "content",
    [
        b"q 0.01 0 0 0.01 0 0 cm q q",
        b"Q Q 0.01 0 0 0.01 900 900 cm",
        b"q Q Q q 0 0 1 1 re W n 5 0 0 5 0 0 cm q",
        b"BT /None 12 Tf (unclosed text",
        b"\xff\xfe\x00 not a drawing <<<< ]",
    ],
)
def test_a_page_that_leaves_its_drawing_state_open_still_shows_its_stamps(
    tmp_path, plan_of, item_of, content
):
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    page["/Contents"] = pdf.make_stream(content)
    pdf.save(tmp_path / "open.pdf")
    pack = build_pack(plan_of(item_of("8", tmp_path / "open.pdf")), tmp_path / "pack.pdf")
    with pypdfium2.PdfDocument(pack.path) as document:
        number = pack.items[0].first_page
        text_page = document[number - 1].get_textpage()
        found = text_page.search(f"Page {number}").get_next()
        assert found is not None
        left, bottom, right, top = text_page.get_charbox(found[0])
    assert 280 < left < right < 320
    assert 10 < bottom < top < 40


def test_pages_that_share_resources_get_the_font_once(tmp_path, plan_of, item_of):
    pdf = Pdf.new()
    shared = pdf.make_indirect(Dictionary(ProcSet=Array([Name.PDF])))
    for _ in range(3):
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        page["/Resources"] = shared
        page["/Contents"] = pdf.make_stream(b"0 0 10 10 re f")
    pdf.save(tmp_path / "shared.pdf")
    pack = build_pack(plan_of(item_of("1", tmp_path / "shared.pdf")), tmp_path / "pack.pdf")
    with Pdf.open(pack.path) as built:
        first = pack.items[0].first_page - 1
        resources = {page.obj.Resources.objgen for page in built.pages[first : first + 3]}
    assert len(resources) == 1
