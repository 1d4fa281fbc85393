"""Tables in running text: lines of cells between upright strokes, dashes below the first."""

import re

from committee.documents.running_text.content import Runs, Table
from committee.documents.running_text.inline import inline

MOST_COLUMNS = 12
"""More do not fit across a page that a person can read."""

_DASHES = re.compile(r"\|?( *:?-+:? *\|)+( *:?-+:? *)?")
_STROKE = re.compile(r"(?<!\\)\|")


def is_table_at(lines: list[str], at: int) -> bool:
    """Whether a table begins on that line: a row, then as many runs of dashes as it has cells."""
    if at + 1 >= len(lines) or "|" not in lines[at]:
        return False
    dashes = lines[at + 1].strip()
    if "|" not in dashes or _DASHES.fullmatch(dashes) is None:
        return False
    columns = len(_cells(lines[at]))
    return columns <= MOST_COLUMNS and columns == len(_cells(dashes))


def read_table(lines: list[str], at: int) -> tuple[Table, int]:
    """The table that begins on that line, and the line after it.

    A row that is too short gets empty cells; one that is too long keeps the rest in its last.
    """
    header = _cells(lines[at])
    numeric = tuple(dashes.endswith(":") for dashes in _cells(lines[at + 1]))
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = tuple(_row(line, len(header)) for line in lines[at + 2 : end])
    return Table(tuple(map(inline, header)), rows, numeric), end


def _row(line: str, columns: int) -> tuple[Runs, ...]:
    cells = _cells(line)
    kept = [*cells[: columns - 1], " | ".join(cells[columns - 1 :])]
    return tuple(inline(cell) for cell in kept + [""] * (columns - len(kept)))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _STROKE.split(inner)]
