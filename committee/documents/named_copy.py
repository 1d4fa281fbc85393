"""Writing a reader's name on each page of a PDF that is handed to them.

Beside the name and the time nothing changes: page labels, links, bookmarks and tags stay as they
are, and the same words on the same file give the same bytes.
"""

import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name, Object

from committee.documents.pack.lettering import FONT_FOLDER
from committee.documents.pack.page_shape import leaf_of

FONT_NAME = "/QuorateReader"
BASE_FONT = "/QRRDER+NotoSans-Regular"
SIZE = 7.0
"""Height in points of the lettering on a page of common size."""
FROM_EDGE = 7.0
"""Points between the left edge and the lettering, which runs up the page."""
FROM_FOOT = 60.0
"""Points above the foot at which the lettering begins, clear of the page number."""
MOST_OF_PAGE = 0.75
"""The share of a page's height that the lettering may take; a longer one is set smaller."""


def write_named_copy(source: Path, target: BinaryIO, words: str) -> None:
    """Write the PDF at `source` to `target` with `words` up the left edge of each page.

    Raises pikepdf.PdfError where `source` is not a PDF.
    """
    words = _printable(words)
    with pikepdf.open(source) as pdf:
        font = _add_font(pdf)
        begin = pdf.make_indirect(pdf.make_stream(b"q\n"))
        drawn: dict[str, Object] = {}
        for page in pdf.pages:
            leaf = leaf_of(page.obj)
            stamp = _stamp(words, leaf.height, leaf.matrix)
            if stamp not in drawn:
                drawn[stamp] = pdf.make_indirect(pdf.make_stream(stamp.encode("cp1252")))
            _give_font(page, font)
            page.obj.Contents = pdf.make_indirect(
                pikepdf.Array([begin, *_streams(page.obj), drawn[stamp]])
            )
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.preserve,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )


def _streams(page: Object) -> list[Object]:
    contents = page.get("/Contents")
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _give_font(page: pikepdf.Page, font: Object) -> None:
    resources = page.obj.get("/Resources")
    if resources is None:
        resources = page.obj.Resources = page.resources
    if "/Font" not in resources:
        resources.Font = Dictionary()
    resources.Font[FONT_NAME] = font


def _stamp(words: str, height: float, matrix: str) -> str:
    """The drawing of the words, after the page's own: a white strip and the lettering upon it."""
    font = _font()
    wide = font.width(words)
    size = min(SIZE, height * MOST_OF_PAGE / max(wide, 1.0))
    low, base = min(FROM_FOOT, height * 0.08), FROM_EDGE + size * 0.75
    shown = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return (
        f"\nQ\nq {matrix} /Artifact <</Type /Pagination /Subtype /Watermark>> BDC 0 1 -1 0 "
        f"{base:.2f} {low:.2f} cm 1 g -2 {-size * 0.3:.2f} {wide * size + 4:.2f} {size * 1.3:.2f} "
        f"re f 0 g BT {FONT_NAME} {size:.3f} Tf ({shown}) Tj ET EMC Q\n"
    )


def _printable(words: str) -> str:
    """The words in the characters that the lettering has, others without their accents or as a
    question mark."""
    tried = (one if _is_known(one) else unicodedata.normalize("NFKD", one)[0] for one in words)
    return "".join(one if _is_known(one) else "?" for one in tried)


def _is_known(one: str) -> bool:
    try:
        return one.encode("cp1252") >= b" " and one.isprintable()
    except UnicodeEncodeError:
        return False


@dataclass(frozen=True)
class ReaderFont:
    """The font of the lettering, and its widths in thousandths of the size from code 32."""

    file: bytes
    widths: tuple[int, ...]

    def width(self, text: str) -> float:
        """Width of `text` in points at a size of one point."""
        return sum(self.widths[code - 32] for code in text.encode("cp1252")) / 1000


@lru_cache(maxsize=1)
def _font() -> ReaderFont:
    """Noto Sans cut down to the characters of Windows code page 1252."""
    codes = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT"]
    cutter = subset.Subsetter(options)
    with TTFont(FONT_FOLDER / "NotoSans-Regular.ttf", recalcTimestamp=False) as font:
        cutter.populate(text="".join(codes))
        cutter.subset(font)
        scale = 1000 / font["head"].unitsPerEm
        names, advance = font.getBestCmap(), font["hmtx"]
        widths = tuple(round(advance[names.get(ord(one), ".notdef")][0] * scale) for one in codes)
        written = io.BytesIO()
        font.save(written)
    return ReaderFont(written.getvalue(), widths)


def _add_font(pdf: pikepdf.Pdf) -> Object:
    font = _font()
    program = pdf.make_stream(font.file)
    program.Length1 = len(font.file)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(BASE_FONT),
        Flags=32,
        FontBBox=[-1000, -400, 2000, 1100],
        ItalicAngle=0,
        Ascent=1069,
        Descent=-293,
        CapHeight=714,
        StemV=90,
        FontFile2=pdf.make_indirect(program),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name(BASE_FONT),
            FirstChar=32,
            LastChar=255,
            Widths=list(font.widths),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )
