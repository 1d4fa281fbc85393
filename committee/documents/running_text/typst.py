"""Running text as data for the typesetter: JSON that templates/documents/running_text.typ sets."""

from collections.abc import Callable
from typing import Any

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

Printable = Callable[[str], str]
"""Makes one line of text printable in our fonts."""


def to_typst_data(blocks: Blocks, printable: Printable) -> list[dict[str, Any]]:
    """The blocks as JSON; every text goes through `printable` first."""
    return [_block(block, printable) for block in heading_levels(blocks)]


def _block(block: Block, printable: Printable) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "runs": _runs(block.runs, printable)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "runs": _runs(block.runs, printable)}
    if isinstance(block, ListBlock):
        return {
            "kind": "list",
            "marker": block.marker,
            "start": block.start,
            "items": [[_block(one, printable) for one in item.blocks] for item in block.items],
        }
    return _table(block, printable)


def _table(table: Table, printable: Printable) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": printable(table.caption),
        "header": [_runs(cell, printable) for cell in table.header],
        "rows": [[_runs(cell, printable) for cell in row] for row in table.rows],
        "numeric": list(table.numeric),
        "row_headings": table.row_headings,
        "has_total": table.has_total,
    }


def _runs(runs: Runs, printable: Printable) -> list[dict[str, Any]]:
    return [_run(run, printable) for run in runs]


def _run(run: Run, printable: Printable) -> dict[str, Any]:
    return {
        "lines": [_spaced(line, printable) for line in run.text.split("\n")],
        "strong": run.strong,
        "emphasis": run.emphasis,
        "link": run.link,
    }


def _spaced(line: str, printable: Printable) -> str:
    """Printable, with the space that parts this run from its neighbours."""
    words = printable(line)
    if not words:
        return " " if line.isspace() else ""
    return " " * line[:1].isspace() + words.strip() + " " * line[-1:].isspace()
