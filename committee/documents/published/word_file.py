"""A Word document in the council's dress, saved so that equal contents give equal bytes."""

import datetime
import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from committee.documents.pack.lettering import sound_line
from committee.documents.published.making import Section, Signature, write_whole
from committee.documents.running_text.word import to_word

FONT = "Arial"
"""Every office has it; a font that is missing would be replaced by who knows what."""

_BODY_POINTS = 11
_HEADING_POINTS = {1: 22, 2: 15, 3: 12.5, 4: 11.5}
# A file says when it was made, and equal minutes are to give equal files.
_ALWAYS = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - Word's own dates carry no time zone
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def new_document(*, title: str, council: str, colour: str, language: str) -> Document:
    """An empty document on A4 with header, numbered pages, real headings and its language."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(24), Mm(22)
    _dress(document, colour.removeprefix("#"))
    _speak(document, language)
    _describe(document, title, council, language)
    page.header.paragraphs[0].add_run(sound_line(council)).bold = True
    _number_pages(document, page.footer.paragraphs[0], title)
    return document


def add_section(document: Document, section: Section, level: int) -> None:
    """Add the section's heading at the level, and its running text below it."""
    document.add_heading(sound_line(section.heading), level)
    to_word(document, section.blocks, heading_level=level + 1)


def add_facts(document: Document, facts: tuple[tuple[str, str], ...]) -> None:
    """Add labels with their words, one to a line."""
    for label, words in facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{label}: ").bold = True
        line.add_run(sound_line(words))


def add_signature(document: Document, signature: Signature | None, unsigned: str) -> None:
    """Add who signed; where nobody has, the words for that."""
    if signature is None:
        document.add_paragraph(unsigned).paragraph_format.space_before = Pt(30)
        return
    pairs = (
        ("Signed by", signature.name),
        ("As", signature.capacity),
        ("On", signature.signed_on),
    )
    add_facts(document, pairs)


def save(document: Document, target: Path) -> None:
    """Write the document, every part of the file with one and the same date."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(fixed, "w") as kept:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Told, since Python otherwise writes the name of the system that it runs on.
            entry.create_system = 0
            kept.writestr(entry, parts.read(part))
    write_whole(fixed.getvalue(), target)


def _dress(document: Document, colour: str) -> None:
    body = document.styles["Normal"]
    body.font.name, body.font.size = FONT, Pt(_BODY_POINTS)
    body.paragraph_format.space_after = Pt(6)
    for level, points in _HEADING_POINTS.items():
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic = Pt(points), True, False
        style.font.color.rgb = RGBColor.from_string(colour.upper())
        style.paragraph_format.space_before = Pt(0 if level == 1 else 14)
        style.paragraph_format.space_after = Pt(5)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # The template's headings name the theme's font, which would win over ours.
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(name), FONT)


def _speak(document: Document, language: str) -> None:
    """Say the language once for all text, so that it is read aloud and spell-checked as it."""
    for told in document.styles.element.iter(qn("w:lang")):
        told.set(qn("w:val"), language)


def _describe(document: Document, title: str, council: str, language: str) -> None:
    about = document.core_properties
    about.title, about.language = sound_line(title)[:255], language
    about.author = about.last_modified_by = sound_line(council)[:255]
    about.created = about.modified = _ALWAYS
    about.subject = about.comments = about.keywords = about.category = ""
    about.revision = 1


def _number_pages(document: Document, line: Paragraph, title: str) -> None:
    line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    # The template's own stops are for other margins.
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)
    shown = sound_line(title)
    line.add_run(f"{shown if len(shown) <= 80 else shown[:79] + '…'}\tPage ")
    _field(line, "PAGE")
    line.add_run(" of ")
    _field(line, "NUMPAGES")
    for run in line.runs:
        run.font.size = Pt(8.5)


def _field(line: Paragraph, name: str) -> None:
    """A number that the reader's own program works out."""
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"/>')
    run, shown = OxmlElement("w:r"), OxmlElement("w:t")
    size = parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="17"/></w:rPr>')
    shown.text = "1"
    run.append(size)
    run.append(shown)
    field.append(run)
    line._p.append(field)
