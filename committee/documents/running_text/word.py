"""Running text as parts of a Word document: real headings, lists, tables and links."""

from collections.abc import Iterable

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.oxml.text.run import CT_R
from docx.shared import Length, Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from committee.documents.pack.lettering import sound_line
from committee.documents.running_text.content import (
    Block,
    Blocks,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Table,
    heading_levels,
)
from committee.documents.running_text.word_lists import INDENT_MM, new_list

LOWEST_HEADING = 9
TABLE_STYLE = "Table Grid"
_NUMBER_WIDTH = Mm(27)
_KEPT_WHOLE = 15
"""Rows of a table that is moved to the next page rather than divided."""


def to_word(document: Document, blocks: Blocks, heading_level: int = 2) -> None:
    """Add the blocks to the end of the document.

    `heading_level` is the level that the text's own first headings get.
    """
    for block in heading_levels(blocks):
        _add(document, block, heading_level, depth=0)


def _add(document: Document, block: Block, heading_level: int, depth: int) -> None:
    if isinstance(block, Heading):
        level = min(heading_level + block.level - 1, LOWEST_HEADING)
        add_runs(document.add_heading(level=level), block.runs)
    elif isinstance(block, Paragraph):
        made = document.add_paragraph()
        add_runs(made, block.runs)
        if depth:
            made.paragraph_format.left_indent = Mm(INDENT_MM * depth)
    elif isinstance(block, ListBlock):
        _add_list(document, block, heading_level, depth)
    else:
        add_table(document, block)


def _add_list(document: Document, block: ListBlock, heading_level: int, depth: int) -> None:
    points = new_list(document, block.marker, block.start, depth)
    for item in block.items:
        first, rest = item.blocks[:1], item.blocks[1:]
        made = document.add_paragraph()
        points.mark(made)
        if first and isinstance(first[0], Paragraph):
            add_runs(made, first[0].runs)
        else:
            rest = item.blocks
        for one in rest:
            _add(document, one, heading_level, depth + 1)


def add_table(document: Document, table: Table) -> WordTable:
    """Add a table whose first row is repeated on each page and read out as its heading."""
    if table.caption:
        caption = document.add_paragraph()
        caption.add_run(sound_line(table.caption)).bold = True
        caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=0, cols=len(table.header), style=TABLE_STYLE)
    made.autofit = False
    last = len(table.rows)
    for number, row in enumerate((table.header, *table.rows)):
        cells = made.add_row().cells
        is_strong = number == 0 or (table.has_total and number == last)
        for column, (cell, runs) in enumerate(zip(cells, row, strict=True)):
            bold = is_strong or (column == 0 and table.row_headings)
            _fill(cell, runs, bold=bold, right=table.numeric[column])
            cell.paragraphs[0].paragraph_format.keep_with_next = number < last <= _KEPT_WHOLE
    for column, width in zip(made.columns, _widths(document, table), strict=True):
        # Word goes by the cells, other programs by the column.
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in made.rows:
        _never_split(row._tr)
    _repeat(made.rows[0]._tr)
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    return made


def _widths(document: Document, table: Table) -> list[Length]:
    """Narrow columns for numbers, and twice the room for the first where the rest are words."""
    page = document.sections[-1]
    room = (page.page_width or Mm(210)) - (page.left_margin or 0) - (page.right_margin or 0)
    numbers = sum(table.numeric)
    narrow = min(_NUMBER_WIDTH, room // (len(table.numeric) + 1))
    shares = [0 if numeric else 1 + (place == 0) for place, numeric in enumerate(table.numeric)]
    each = (room - narrow * numbers) // max(1, sum(shares))
    return [Length(each * share if share else narrow) for share in shares]


def _fill(cell: _Cell, runs: Runs, *, bold: bool, right: bool) -> None:
    words = cell.paragraphs[0]
    words.paragraph_format.space_before = words.paragraph_format.space_after = Pt(2)
    add_runs(words, [Run(run.text, run.strong or bold, run.emphasis, run.link) for run in runs])
    if right:
        words.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _never_split(row: CT_Row) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def add_runs(paragraph: WordParagraph, runs: Iterable[Run]) -> None:
    """Add the runs to the paragraph, links as links that Word can follow."""
    for run in runs:
        made = paragraph.add_run()
        for number, line in enumerate(run.text.split("\n")):
            if number:
                made.add_break()
            made.add_text(sound_line(line))
        made.bold, made.italic = run.strong or None, run.emphasis or None
        if run.link is not None:
            made.font.underline = True
            _make_link(paragraph, made._r, run.link)


def _make_link(paragraph: WordParagraph, run: CT_R, address: str) -> None:
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run.addprevious(link)
    link.append(run)
