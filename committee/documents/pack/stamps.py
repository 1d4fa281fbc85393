"""Page numbers, item numbers and markings, drawn on every page upright and within what is seen of
it."""

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from fontTools import subset
from fontTools.ttLib import TTFont

from committee.documents.pack.lettering import FONT_FOLDER
from committee.documents.pack.pack_file import PackFile
from committee.documents.pack.page_shape import FONT_NAME

BASE_FONT = "/QRSTMP+NotoSans-Bold"
CHARACTERS = bytes(range(32, 127)).decode("ascii")
SIZE = 10.0
"""Lettering height in points on a page of common size."""
MARGIN, PADDING = 14.0, 3.0
DESCENT, ASCENT = 0.22, 0.74
SMALLEST_LEAF = 4 * (SIZE + 2 * PADDING + MARGIN)
"""Below this height or in proportion to this width (points) stamps shrink with the page."""
MARKING_SIZE = 7.0
"""Height in points of a marking's lettering on a page of common size."""
MARKING_LEAF = 300.0
"""Below this width (points) a marking shrinks with the page."""
MOST_OF_LEAF = 0.4
"""The share of a page's height that a marking may take; a longer one is set smaller."""


@dataclass(frozen=True)
class StampFont:
    """The small font of the stamps: its file, and its widths in thousandths of the size."""

    file: bytes
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]

    def width(self, text: str) -> float:
        """Width of `text` in points at a size of one point."""
        return sum(self.widths[ord(one) - 32] for one in text) / 1000


@lru_cache(maxsize=1)
def stamp_font() -> StampFont:
    """Noto Sans Bold cut down to the printable ASCII characters (about 8 kB)."""
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT"]
    cutter = subset.Subsetter(options)
    with TTFont(FONT_FOLDER / "NotoSans-Bold.ttf", lazy=True, recalcTimestamp=False) as font:
        cutter.populate(text=CHARACTERS)
        cutter.subset(font)
        scale = 1000 / font["head"].unitsPerEm
        names, advance = font.getBestCmap(), font["hmtx"]
        widths = tuple(round(advance[names[ord(one)]][0] * scale) for one in CHARACTERS)
        head = font["head"]
        box = tuple(round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax))
        written = io.BytesIO()
        font.save(written)
    return StampFont(written.getvalue(), widths, box)


def font_dictionary(file: PackFile) -> str:
    """Write the stamp's font to `file`; gives its dictionary, small enough to stand anywhere."""
    font = stamp_font()
    program = file.add_stream(font.file, f"/Length1 {len(font.file)}")
    box = " ".join(map(str, font.box))
    descriptor = file.add(
        f"<< /Type /FontDescriptor /FontName {BASE_FONT} /Flags 32 /FontBBox [{box}] "
        "/ItalicAngle 0 /Ascent 1069 /Descent -293 /CapHeight 714 /StemV 140 "
        f"/FontFile2 {program} 0 R >>"
    )
    widths = file.add(f"[{' '.join(map(str, font.widths))}]")
    return (
        f"<< /Type /Font /Subtype /TrueType /BaseFont {BASE_FONT} /FirstChar 32 /LastChar 126 "
        f"/Widths {widths} 0 R /Encoding /WinAnsiEncoding /FontDescriptor {descriptor} 0 R >>"
    )


def plain_ascii(text: str) -> str:
    """`text` in the characters that the stamp font holds, others as a question mark."""
    return "".join(one if one in CHARACTERS else "?" for one in text)


class Sized(Protocol):
    """A page as its reader sees it."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    @property
    def matrix(self) -> str: ...


@dataclass(frozen=True)
class Size:
    """Width and height of a page as its reader sees it, in points."""

    width: float
    height: float


def _scale(text: str, leaf: Size | Sized) -> float:
    """How much smaller than usual a label is set so that it lies within the page."""
    wide = stamp_font().width(text) * SIZE
    return min(
        1.0,
        leaf.height / SMALLEST_LEAF,
        leaf.width / (wide + 2 * PADDING + 2 * MARGIN),
    )


def _label(text: str, leaf: Sized, *, top: bool) -> str:
    """One stamp as drawing operators: a white box and the text upon it."""
    scale = _scale(text, leaf)
    size, pad, margin = SIZE * scale, PADDING * scale, MARGIN * scale
    wide = stamp_font().width(text) * size
    left = leaf.width - margin - pad - wide if top else (leaf.width - wide) / 2
    tall = size * (ASCENT + DESCENT)
    base = leaf.height - margin - pad - size * ASCENT if top else margin + pad + size * DESCENT
    bottom = base - size * DESCENT - pad
    return (
        f"1 g {left - pad:.2f} {bottom:.2f} {wide + 2 * pad:.2f} {tall + 2 * pad:.2f} re f "
        f"0 g BT {FONT_NAME} {size:.3f} Tf {left:.2f} {base:.2f} Td {_shown(text)} ET"
    )


def _shown(text: str) -> str:
    """Text as the operator that shows it."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"({escaped}) Tj"


@lru_cache(maxsize=64)
def _marking(text: str, label: str, leaf: Size) -> str:
    """A marking at the head of a page, left of the item's label or, where that leaves too little
    room, beneath it."""
    scale = _scale(label, leaf)
    taken = (MARGIN + 2 * PADDING + stamp_font().width(label) * SIZE) * scale
    height = SIZE * (ASCENT + DESCENT) + 2 * PADDING
    margin = MARGIN * min(scale, leaf.width / MARKING_LEAF)
    room, top = leaf.width - margin - taken - margin, leaf.height - margin
    if room < leaf.width / 2:
        room, top = leaf.width - 2 * margin, leaf.height - (MARGIN + height) * scale - margin / 2
    size = MARKING_SIZE * min(1.0, leaf.height / SMALLEST_LEAF, leaf.width / MARKING_LEAF)
    lines = _lines(text, room / size - 1)
    while len(lines) * size * 1.2 > leaf.height * MOST_OF_LEAF:
        size *= 0.8
        lines = _lines(text, room / size - 1)
    pad, leading = size / 2, size * 1.2
    wide = max(stamp_font().width(line) for line in lines) * size
    tall = (len(lines) - 1) * leading + size * (ASCENT + DESCENT)
    drawn = f" 0 {-leading:.3f} Td ".join(_shown(line) for line in lines)
    return (
        f"1 g {margin:.2f} {top - tall - 2 * pad:.2f} {wide + 2 * pad:.2f} {tall + 2 * pad:.2f} "
        f"re f 0 g BT {FONT_NAME} {size:.3f} Tf {margin + pad:.2f} {top - pad - size * ASCENT:.2f} "
        f"Td {drawn} ET"
    )


@lru_cache(maxsize=256)
def _lines(text: str, width: float) -> tuple[str, ...]:
    """The text in lines of no more than `width`, in units of the lettering's size, unless a word
    alone is longer."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and stamp_font().width(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return tuple(lines)


@lru_cache(maxsize=64)
def _artifact(edge: str, kind: str) -> str:
    return f"/Artifact <</Type /Pagination /Subtype /{kind} /Attached [/{edge}]>> BDC"


def stamp_stream(
    leaf: Sized, page_number: int, item_number: str | None, marking: str | None = None
) -> bytes:
    """What follows a page's own content: page number at the foot, item at the top right, and a
    marking at the top left."""
    drawn = [
        _artifact("Bottom", "Footer"), _label(f"Page {page_number}", leaf, top=False), "EMC",
    ]  # fmt: skip
    if item_number is not None:
        label = plain_ascii(f"Agenda Item {item_number}")
        drawn += [_artifact("Top", "Header"), _label(label, leaf, top=True), "EMC"]
        if marking:
            words = "\n".join(map(plain_ascii, marking.splitlines()))
            drawn += [
                _artifact("Top", "Header"),
                _marking(words, label, Size(leaf.width, leaf.height)),
                "EMC",
            ]
    return "\n".join(["", "q", leaf.matrix, *drawn, "Q"]).encode("ascii")
