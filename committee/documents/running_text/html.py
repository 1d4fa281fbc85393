"""Running text as a piece of a page, in the classes of the GOV.UK Design System."""

import nh3
from markupsafe import Markup, escape

from committee.documents.running_text.content import (
    Block,
    Blocks,
    Heading,
    ListBlock,
    ListItem,
    Marker,
    Paragraph,
    Run,
    Runs,
    Table,
    heading_levels,
)

LOWEST_HEADING = 6
_SIZES = {1: "xl", 2: "l", 3: "m"}
_LIST_TYPES: dict[Marker, str] = {
    "1.": "1",
    "1)": "1",
    "(1)": "1",
    "a)": "a",
    "(a)": "a",
    "i)": "i",
    "(i)": "i",
}
LIST_CLASSES: dict[Marker, str] = {
    "-": "govuk-list govuk-list--bullet",
    "1.": "govuk-list govuk-list--number",
    "1)": "govuk-list govuk-list--number app-list--number-bracket",
    "(1)": "govuk-list govuk-list--number app-list--number-brackets",
    "a)": "govuk-list govuk-list--number app-list--letter-bracket",
    "(a)": "govuk-list govuk-list--number app-list--letter-brackets",
    "i)": "govuk-list govuk-list--number app-list--roman-bracket",
    "(i)": "govuk-list govuk-list--number app-list--roman-brackets",
}
"""Each kind of list; the style sheet sets the brackets, which HTML by itself cannot."""

_HEADINGS = tuple(f"h{level}" for level in range(1, LOWEST_HEADING + 1))
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", *_HEADINGS} | {
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
}
_ATTRIBUTES = {
    "a": {"href", "class"},
    "ol": {"type", "start", "class"},
    "th": {"scope", "class"},
} | {tag: {"class"} for tag in ("p", "ul", "table", "caption", "thead", "tbody", "tfoot", "tr")}
_ATTRIBUTES |= {tag: {"class"} for tag in ("td", *_HEADINGS)}


def to_html(blocks: Blocks, heading_level: int = 2) -> Markup:
    """The blocks as HTML, safe to put into a page.

    `heading_level` is the level that the text's own first headings get. Every word is escaped
    here; a sanitiser that knows nothing of our writer then lets only our own elements pass.
    """
    made = Markup("").join(_block(one, heading_level) for one in heading_levels(blocks))
    return Markup(  # noqa: S704 - the output of the sanitiser
        nh3.clean(
            str(made),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
        )
    )


def _block(block: Block, heading_level: int) -> Markup:
    if isinstance(block, Heading):
        level = min(heading_level + block.level - 1, LOWEST_HEADING)
        size = _SIZES.get(level, "s")
        return Markup('<h{0} class="govuk-heading-{1}">{2}</h{0}>\n').format(
            level, size, _runs(block.runs)
        )
    if isinstance(block, Paragraph):
        return Markup('<p class="govuk-body">{}</p>\n').format(_runs(block.runs))
    if isinstance(block, ListBlock):
        return _list(block, heading_level)
    return _table(block)


def _list(block: ListBlock, heading_level: int) -> Markup:
    items = Markup("").join(_item(item, heading_level) for item in block.items)
    classes = LIST_CLASSES[block.marker]
    if block.marker == "-":
        return Markup('<ul class="{}">\n{}</ul>\n').format(classes, items)
    start = Markup(' start="{}"').format(block.start) if block.start != 1 else ""
    return Markup('<ol type="{}"{} class="{}">\n{}</ol>\n').format(
        _LIST_TYPES[block.marker], start, classes, items
    )


def _item(item: ListItem, heading_level: int) -> Markup:
    """A point whose only paragraph comes first needs no element for it."""
    first, rest = item.blocks[:1], item.blocks[1:]
    simple = not any(isinstance(one, Paragraph | Heading | Table) for one in rest)
    if first and isinstance(first[0], Paragraph) and simple:
        words = _runs(first[0].runs)
    else:
        words, rest = Markup(""), item.blocks
    inner = Markup("").join(_block(one, heading_level) for one in rest)
    return Markup("<li>{}{}</li>\n").format(words, inner)


def _table(table: Table) -> Markup:
    caption = Markup("")
    if table.caption:
        caption = Markup('<caption class="govuk-table__caption">{}</caption>\n').format(
            table.caption
        )
    head = Markup("").join(
        Markup('<th scope="col" class="govuk-table__header{}">{}</th>\n').format(
            " govuk-table__header--numeric" if numeric else "", _runs(cell)
        )
        for cell, numeric in zip(table.header, table.numeric, strict=True)
    )
    totals = [*[False] * (len(table.rows) - 1), table.has_total]
    body = Markup("").join(
        _row(table, row, is_total) for row, is_total in zip(table.rows, totals, strict=False)
    )
    return Markup(
        '<table class="govuk-table">\n{}<thead class="govuk-table__head">\n'
        '<tr class="govuk-table__row">\n{}</tr>\n</thead>\n'
        '<tbody class="govuk-table__body">\n{}</tbody>\n</table>\n'
    ).format(caption, head, body)


def _row(table: Table, row: tuple[Runs, ...], is_total: bool) -> Markup:
    cells = Markup("")
    bold = " govuk-!-font-weight-bold" if is_total else ""
    for place, (cell, numeric) in enumerate(zip(row, table.numeric, strict=True)):
        if place == 0 and table.row_headings:
            made = Markup('<th scope="row" class="govuk-table__header">{}</th>\n')
            cells += made.format(_runs(cell))
        else:
            right = " govuk-table__cell--numeric" if numeric else ""
            made = Markup('<td class="govuk-table__cell{}{}">{}</td>\n')
            cells += made.format(right, bold, _runs(cell))
    return Markup('<tr class="govuk-table__row">\n{}</tr>\n').format(cells)


def _runs(runs: Runs) -> Markup:
    return Markup("").join(map(_run, runs))


def _run(run: Run) -> Markup:
    words = Markup("<br>").join(escape(line) for line in run.text.split("\n"))
    if run.emphasis:
        words = Markup("<em>{}</em>").format(words)
    if run.strong:
        words = Markup("<strong>{}</strong>").format(words)
    if run.link is not None:
        words = Markup('<a class="govuk-link" href="{}">{}</a>').format(run.link, words)
    return words
