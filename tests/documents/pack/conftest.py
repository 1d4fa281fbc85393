"""Papers and plans to build packs from."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from pikepdf import Dictionary, Name, Pdf

from committee.documents.pack.lettering import FONT_FOLDER
from committee.documents.pack.plan import (
    ContactLine,
    GroupLine,
    MemberLine,
    PackItem,
    PackPaper,
    PackPlan,
)
from committee.documents.pack.segment_making import segment_of

REAL = Path(__file__).resolve().parents[4] / "shared" / "real" / "kent-2018-05-08"

PaperMaker = Callable[..., Path]


@pytest.fixture
def real_meeting() -> Path:
    if not REAL.exists():
        pytest.skip("the real meeting's papers are not on this machine")
    return REAL


@pytest.fixture
def untagged_paper(tmp_path: Path) -> PaperMaker:
    """Makes a paper without tags whose pages carry `token` and a rectangle over all the page."""

    def make(token: str, pages: int = 1, *, background: str = "1 g", **page_entries) -> Path:
        pdf = Pdf.new()
        font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        for number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842)).obj
            page["/Resources"] = Dictionary(Font=Dictionary(F1=font))
            drawn = f"{background} -5000 -5000 20000 20000 re f 0 g BT /F1 12 Tf 200 400 Td "
            drawn += f"({token} {number + 1}) Tj ET"
            page["/Contents"] = pdf.make_stream(drawn.encode())
            for key, value in page_entries.items():
                page[f"/{key}"] = value
        path = tmp_path / f"untagged-{token}-{len(list(tmp_path.iterdir()))}.pdf"
        pdf.save(path)
        return path

    return make


@pytest.fixture
def tagged_paper(tmp_path: Path) -> PaperMaker:
    """Makes a paper with tags, bookmarks and an inner link, set in a subset font."""
    template = Path(__file__).with_name("tagged_paper.typ").read_text()

    def make(token: str, pages: int = 2) -> Path:
        data = {"token": token, "pages": pages, "fonts": ["Noto Sans"]}
        compiler = typst.Compiler(
            template.encode(), font_paths=[FONT_FOLDER], ignore_system_fonts=True
        )
        made = compiler.compile(
            format="pdf",
            pdf_standards="ua-1",
            sys_inputs={"data": json.dumps(data)},
            timestamp=0,
        )
        path = tmp_path / f"tagged-{token}-{len(list(tmp_path.iterdir()))}.pdf"
        path.write_bytes(made)
        return path

    return make


@pytest.fixture
def as_segment(tmp_path: Path) -> Callable[[Path], Path]:
    """Prepares a paper the way that an upload is prepared."""

    def make(path: Path) -> Path:
        made = tmp_path / f"prepared-{path.name}"
        made.write_bytes(segment_of(path))
        return made

    return make


@pytest.fixture
def plan_of() -> Callable[..., PackPlan]:
    """A plan of a small fictional committee with the given items."""

    def make(*items: PackItem, **changed) -> PackPlan:
        usual = {
            "council": "Wexbury Council",
            "committee": "Parks and Libraries Committee",
            "date": datetime.date(2026, 3, 5),
            "time": datetime.time(18, 30),
            "place": "Council Chamber, Market Hall",
            "audience": "public",
            "contact": ContactLine("Olu Marsh", "01632 960101", "clerk@wexbury.example"),
            "groups": (GroupLine("Independent", (MemberLine("Cllr A Reed", "Chairman"),)),),
        }
        return PackPlan(items=items, **(usual | changed))

    return make


@pytest.fixture
def item_of() -> Callable[..., PackItem]:
    """An item whose first paper is its main paper and whose others are appendices."""

    def make(number: str, *papers: Path | None, title: str | None = None, **more) -> PackItem:
        listed = tuple(
            PackPaper(
                f"Paper {number}.{place}",
                "main" if place == 0 else "appendix",
                path,
                pages_in(path) if path else 1,
            )
            for place, path in enumerate(papers)
        )
        return PackItem(number, title or f"Subject {number}", papers=listed, **more)

    return make


def pages_in(path: Path) -> int:
    with Pdf.open(path) as pdf:
        return len(pdf.pages)
