"""Running text as plain text, for search, for e-mail and for checks."""

from collections.abc import Iterator

from committee.documents.running_text.content import Blocks, ListBlock, Runs, Table
from committee.documents.running_text.numbering import marker_in_words


def words_of(runs: Runs) -> str:
    """The text of the runs without their manner."""
    return "".join(run.text for run in runs)


def to_plain(blocks: Blocks) -> str:
    """Paragraphs with a blank line between them, list items behind their markers.

    A cell of a table is parted from the next by a tab.
    """
    return "\n\n".join("\n".join(_lines((block,))) for block in blocks)


def _lines(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from _list(block)
        elif isinstance(block, Table):
            yield from _table(block)
        else:
            yield from words_of(block.runs).split("\n")


def _list(block: ListBlock) -> Iterator[str]:
    for number, item in enumerate(block.items, start=block.start):
        marker = marker_in_words(block.marker, number)
        for place, line in enumerate(_lines(item.blocks) if item.blocks else [""]):
            yield f"{' ' * (len(marker) + 1) if place else marker + ' '}{line}".rstrip()


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield table.caption
    for row in (table.header, *table.rows):
        yield "\t".join(words_of(cell).replace("\n", " ") for cell in row)
