"""Word papers as an officer would send them in, written by python-docx.

The same paper is the same bytes: the dates inside are fixed, and so are those of the zip entries.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from examples.layouts import LAYOUTS, Block, head, minutes_head
from examples.pictures import bar_chart, picture
from examples.prose import Author

WRITTEN = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
ZIP_DATE = (2026, 11, 18, 9, 0, 0)
FONT = "DejaVu Sans"
# How LibreOffice fills an A4 page in this font at 10 points, found by converting papers.
LINES_A_PAGE = 60.0
LETTERS_A_LINE = 82


@dataclass(frozen=True)
class WordPaper:
    """What to write: `pages` is what LibreOffice should make of it, give or take one."""

    title: str
    pages: int
    seed: int
    topic: str
    style: str = "report"
    committee: str = "Children, Learning and Communities Cabinet Committee"
    day: str = "8 December 2026"
    classification: str = "Unrestricted"
    present: str = ""


def new_document(title: str) -> WordDocument:
    """Return an empty A4 document in UK English with a title and fixed dates."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.3)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Caption"):
        style = document.styles[name]
        style.font.name = FONT
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x79)
        fonts = style.element.rPr.rFonts
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        fonts.set(qn("w:cs"), FONT)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Heading 1"].font.size = Pt(15)
    document.styles["Heading 2"].font.size = Pt(11.5)
    facts = document.core_properties
    facts.title, facts.language, facts.author = title, "en-GB", ""
    facts.comments, facts.last_modified_by, facts.revision = "", "", 1
    facts.created = facts.modified = WRITTEN
    return document


def lines_of(block: Block) -> float:
    """Return about how many lines of text the block takes in height."""
    heading = 2.4 if block.get("heading") else 0.0
    kind = block["kind"]
    if kind in ("paragraph", "plain"):
        return heading + math.ceil(len(str(block["text"])) / LETTERS_A_LINE) + 0.5
    if kind == "bullets":
        texts = block["items"]
        return heading + sum(math.ceil(len(text) / LETTERS_A_LINE) + 0.5 for text in texts)
    if kind == "table":
        return heading + 1.5 * len(block["rows"]) + 2
    return heading + (18.5 if kind == "chart" else 20.5)


def add_table(document: WordDocument, rows: list[list[str]]) -> None:
    """Add a table whose first row is marked as a header and repeats on each page."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light Grid Accent 1")
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))


def add_image(document: WordDocument, image: bytes, alt: str) -> None:
    """Add a picture across the page with its alternative text."""
    shape = document.add_picture(io.BytesIO(image), width=Cm(14))
    shape._inline.docPr.set("descr", alt)


def add_text(document: WordDocument, block: Block) -> None:
    """Add a numbered or plain paragraph."""
    number = f"{block['number']}\t" if "number" in block else ""
    run = document.add_paragraph().add_run(f"{number}{block['text']}")
    run.bold = bool(block.get("strong"))


def add_block(document: WordDocument, block: Block) -> None:
    """Add one block, its heading first and its caption last."""
    if block.get("heading"):
        document.add_heading(str(block["heading"]), level=2)
    kind = block["kind"]
    if kind == "bullets":
        for text in block["items"]:
            document.add_paragraph(text, style="List Bullet")
    elif kind == "table":
        add_table(document, block["rows"])
    elif kind == "chart":
        add_image(document, bar_chart(tuple(block["points"])), str(block["alt"]))
    elif kind == "picture":
        add_image(document, picture(str(block["picture"])), str(block["alt"]))
    else:
        add_text(document, block)
    if "caption" in block:
        document.add_paragraph(str(block["caption"]), style="Caption")


def add_head(document: WordDocument, lines: Iterable[tuple[str, str]]) -> float:
    """Add the lines at the head of the paper and return their height in lines."""
    height = 3.0
    for name, words in lines:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(words)
        height += math.ceil((len(name) + len(words)) / LETTERS_A_LINE) + 0.5
    return height


def save(document: WordDocument, path: Path) -> None:
    """Write the document with fixed dates on every entry of the zip."""
    written = io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED, 6)


def write_paper(path: Path, paper: WordPaper) -> None:
    """Write the paper as a Word document at `path`."""
    author = Author(paper.topic, paper.seed)
    document = new_document(paper.title)
    document.add_heading(paper.title, level=1)
    if paper.style == "minutes":
        lines = minutes_head(paper.committee, paper.day, paper.present)
        closing = []
    else:
        lines = head(author, paper.title, paper.committee, paper.day, paper.classification)
        closing = author.closing()
    room = LINES_A_PAGE * (paper.pages - 0.45) - add_head(document, lines)
    room -= sum(len(words) / LETTERS_A_LINE + 3.5 for _, words in closing)
    for block in LAYOUTS[paper.style](author):
        room -= lines_of(block)
        if room < 0:
            break
        add_block(document, block)
    for heading, words in closing:
        document.add_heading(heading, level=2)
        document.add_paragraph(words)
    save(document, path)
