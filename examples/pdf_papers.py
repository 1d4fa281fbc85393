"""Tagged PDF papers of an exact number of pages, set by Typst."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

import typst

from examples.layouts import LAYOUTS, head, minutes_head
from examples.pictures import SCENES, picture
from examples.prose import Author

# The product's own open fonts; Typst falls back on those inside it.
FONTS = Path(__file__).parent.parent / "committee" / "documents" / "fonts"
# Sizes of a sheet held upright, in millimetres.
SHEETS = {"a4": (210, 297), "a3": (297, 420)}
# More blocks than any layout can fit on one page.
BLOCKS_A_PAGE = 16
# A fixed moment stands for the time of writing, so that the same paper is the same bytes.
WRITTEN = 1_795_000_000


@dataclass(frozen=True)
class PdfPaper:
    """What to set: `pages` is exact, `style` one of `layouts.LAYOUTS`, `sheet` a4 or a3."""

    title: str
    pages: int
    seed: int
    topic: str
    style: str = "report"
    sheet: str = "a4"
    landscape: bool = False
    committee: str = "Children, Learning and Communities Cabinet Committee"
    day: str = "8 December 2026"
    classification: str = "Unrestricted"
    present: str = ""
    tagged: bool = True


@cache
def workshop() -> tuple[tempfile.TemporaryDirectory[str], typst.Compiler]:
    """Return a folder holding the template and the pictures, and a compiler that reads only it."""
    folder = tempfile.TemporaryDirectory(prefix="example-papers-")
    root = Path(folder.name)
    template = Path(__file__).parent / "paper.typ"
    (root / "paper.typ").write_bytes(template.read_bytes())
    for scene in SCENES:
        (root / f"{scene}.jpg").write_bytes(picture(scene))
    fonts = [str(FONTS)] if FONTS.is_dir() else []
    compiler = typst.Compiler(
        root / "paper.typ", root=root, font_paths=fonts, ignore_system_fonts=True
    )
    return folder, compiler


def margins(style: str) -> int:
    """Return the width of each margin in millimetres."""
    return 30 if style == "slides" else 24


def head_lines(author: Author, paper: PdfPaper) -> list[tuple[str, str]]:
    """Return the lines above the first section; slides and registers have none."""
    if paper.style == "minutes":
        return minutes_head(paper.committee, paper.day, paper.present)
    if paper.style == "report":
        return head(author, paper.title, paper.committee, paper.day, paper.classification)
    return []


def content(paper: PdfPaper) -> dict[str, object]:
    """Return everything the template needs, with more blocks than the pages can take."""
    author = Author(paper.topic, paper.seed)
    width, height = SHEETS[paper.sheet]
    if paper.landscape:
        width, height = height, width
    edge = margins(paper.style)
    reported = paper.style == "report"
    return {
        "title": paper.title,
        "style": paper.style,
        "size": paper.sheet,
        "landscape": paper.landscape,
        "margin": edge,
        "width": width - 2 * edge,
        "room": height - 2 * edge,
        "pages": paper.pages,
        "head": head_lines(author, paper),
        "blocks": list(islice(LAYOUTS[paper.style](author), paper.pages * BLOCKS_A_PAGE + 4)),
        "closing": author.closing() if reported and paper.pages > 1 else [],
    }


def set_paper(path: Path, paper: PdfPaper) -> None:
    """Write the paper as a PDF at `path`."""
    _, compiler = workshop()
    pdf = compiler.compile(
        sys_inputs={"data": json.dumps(content(paper))},
        format="pdf",
        timestamp=WRITTEN,
        pdf_tags=paper.tagged,
    )
    path.write_bytes(pdf)
