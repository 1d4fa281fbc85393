"""Files of comma-separated values, read row by row with their line numbers, and written safely.

A file is UTF-8 with one heading. Whatever cannot be read is told as a problem with its line: a
person mends the file by that list, and nothing is guessed. Reading never holds more than the row
at hand, and ends at fixed limits.
"""

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

MOST_BYTES = 32 * 2**20
MOST_ROWS = 100_000
MOST_COLUMNS = 50
MOST_PROBLEMS = 200_000
MOST_CHARACTERS = 2_000  # of one cell

# Programs for tables run a cell that begins with one of these (OWASP, CSV injection).
FORMULA = re.compile(r"[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
# An international telephone number begins with a plus, and does nothing.
TELEPHONE = re.compile(r"\+[0-9() ]+\Z")
# A line may break inside an address; no other control character is typed by anybody.
CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
NOT_UTF8 = re.compile(r"[\udc80-\udcff]+")
LINE_BREAK = re.compile(r"\r\n?")

UNREADABLE = "\ufffd"  # stands for the content of a cell whose problem has been told


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line; the column is empty where it is the line as a whole."""

    line: int
    column: str
    says: str


@dataclass
class Problems:
    """The problems of one file, as many as can be kept, and how many there are."""

    kept: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, line: int, column: str, says: str) -> None:
        """Tell a problem."""
        self.total += 1
        if self.total <= MOST_PROBLEMS:
            self.kept.append(Problem(line, column, says))

    def by_line(self) -> list[Problem]:
        """All that were kept, in the order of the file."""
        return sorted(self.kept, key=lambda each: each.line)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: the line on which it begins, and its cells by column."""

    line: int
    columns: dict[str, int]
    cells: list[str]

    def get(self, column: str) -> str:
        """The text of a cell, empty where the file has no such column; UNREADABLE if told."""
        place = self.columns.get(column)
        return "" if place is None else self.cells[place]


@dataclass(frozen=True)
class Headings:
    """The columns that a file must have, and those that it may have besides."""

    needed: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All columns, in the order in which they are written."""
        return self.needed + self.others


def sha256(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def heading_of(content: bytes) -> list[str]:
    """The names of the columns, as far as they can be read; for guessing what a file is."""
    first = content[:4096].removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    line = first.splitlines()[0] if first.splitlines() else ""
    try:
        return [_name(cell) for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return []


def rows(content: bytes, headings: Headings, problems: Problems) -> Iterator[Row]:
    """The rows of a file under these headings. What is wrong is added to the problems.

    With a heading that cannot be used no row is read. Rows that are empty are passed over.
    """
    if says := _not_a_table(content):
        problems.add(1, "", says)
        return
    lines = _lines(content)
    heading = next(lines, None)
    if heading is None:
        problems.add(1, "", "The file is empty. Its first line must name the columns.")
        return
    line, cells = heading
    if cells is None:
        problems.add(line, "", _broken(line))
        return
    if len(cells) > MOST_COLUMNS:
        says = f"The line has {len(cells):,} columns; {MOST_COLUMNS} are the most."
        problems.add(line, "", f"{says} Keep those that the file needs.")
        return
    names = [_name(cell) for cell in cells]
    if _check_heading(line, names, headings, problems):
        columns = {name: place for place, name in enumerate(names)}
        yield from _rows_under(names, columns, lines, problems)


def _rows_under(
    names: list[str],
    columns: dict[str, int],
    lines: Iterator[tuple[int, list[str] | None]],
    problems: Problems,
) -> Iterator[Row]:
    found = 0
    for line, cells in lines:
        if cells is None:
            problems.add(line, "", _broken(line))
            return
        if not any(cell.strip() for cell in cells):
            continue
        found += 1
        if found > MOST_ROWS:
            problems.add(
                line, "", f"The file has more than {MOST_ROWS:,} rows. Divide it into several."
            )
            return
        if len(cells) != len(names):
            problems.add(
                line, "", f"The line has {len(cells)} cells, but there are {len(names)} columns."
            )
            continue
        tidied = [_cell(line, *each, problems) for each in zip(names, cells, strict=True)]
        yield Row(line, columns, tidied)


def _lines(content: bytes) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the line on which it begins; nothing for one that cannot be parsed."""
    text = io.TextIOWrapper(
        io.BytesIO(content.removeprefix(codecs.BOM_UTF8)), "utf-8", "surrogateescape", newline=""
    )
    reader = csv.reader(text, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield begins, None
            return
        yield begins, cells


def _broken(line: int) -> str:
    return (
        "A quotation mark begins a cell and is not closed, or stands inside a cell undoubled. "
        f"Nothing after line {line} was read."
    )


def _not_a_table(content: bytes) -> str | None:
    if len(content) > MOST_BYTES:
        return f"The file is larger than {MOST_BYTES // 2**20} MB. Divide it into several."
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if wide or content[:400].count(0) * 4 > len(content[:400]):
        return (
            "The file is written in UTF-16 (“Unicode text”). Save it as “CSV UTF-8 (comma "
            "delimited)” and send it again."
        )
    if content.startswith(b"PK\x03\x04"):
        return "This is a workbook, not CSV. Save it as “CSV UTF-8 (comma delimited)”."
    return None


def _name(cell: str) -> str:
    return re.sub(r"[\s_-]+", "_", cell.strip().lower())


def _check_heading(line: int, names: list[str], headings: Headings, problems: Problems) -> bool:
    before = problems.total
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        problems.add(line, "", "Separate the columns by commas, not by semicolons or tabs.")
        return False
    often = {name for name, times in Counter(names).items() if times > 1}
    for name in sorted(often - {""}):
        problems.add(line, _quoted(name), "The column is there more than once.")
    for place, name in enumerate(names, start=1):
        if not name:
            problems.add(line, "", f"Column {place} has no name.")
        elif name not in headings.every:
            known = ", ".join(headings.every)
            problems.add(line, _quoted(name), f"There is no such column. The columns are: {known}.")
    for name in headings.needed:
        if name not in names:
            problems.add(line, name, "The column is missing.")
    return problems.total == before


def _cell(line: int, column: str, text: str, problems: Problems) -> str:
    """The text of a cell without spaces around it; UNREADABLE if something is wrong with it."""
    says = _wrong_with(column, text)
    if says:
        problems.add(line, column, says)
        return UNREADABLE
    text = LINE_BREAK.sub("\n", text).strip()
    return text[1:] if GUARDED.match(text) else text


def _wrong_with(column: str, text: str) -> str | None:
    if bad := NOT_UTF8.search(text):
        return _not_utf8(bad[0])
    if UNREADABLE in text:
        return "The cell holds the sign for a lost character (“\ufffd”). Type the name anew."
    if CONTROL.search(text):
        kind = "NUL characters" if "\x00" in text else "characters that cannot be seen"
        return f"The cell holds {kind}. Delete them."
    if len(text) > MOST_CHARACTERS:
        return f"The cell holds {len(text):,} characters; {MOST_CHARACTERS:,} are the most."
    tidied = text.strip()
    if FORMULA.match(tidied) and not (column == "telephone" and TELEPHONE.match(tidied)):
        return (
            f"The cell begins with “{tidied[0]}”, which programs for tables take for a formula. "
            "Put an apostrophe (') before it if it is meant."
        )
    return None


def _not_utf8(bad: str) -> str:
    found = bad.encode("utf-8", "surrogateescape")
    meant = found.decode("cp1252", "replace").replace(UNREADABLE, "?")
    return (
        f"The cell is not written in UTF-8: it holds the byte {found[0]:#04x}, which would be "
        f"“{meant[:10]}” in the Windows encoding (cp1252). Save the file as “CSV UTF-8”."
    )


def _quoted(name: str) -> str:
    """The name of a column that somebody else made up, short and without what cannot be shown."""
    return re.sub(r"[^\x20-\x7e\xa0-\ud7ff]", "?", name)[:40]


def written(headings: Sequence[str], of: Iterable[Sequence[str]]) -> Iterator[str]:
    """The text of a file, piece by piece, each cell safe in programs for tables."""
    yield "\ufeff" + line_of(headings)
    for cells in of:
        yield line_of([guarded(cell) for cell in cells])


def line_of(cells: Sequence[str]) -> str:
    """One line of a file."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerow(cells)
    return made.getvalue()


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a program for tables would run."""
    return f"'{cell}" if FORMULA.match(cell) or GUARDED.match(cell) else cell
