"""Reads running text as people type it into a box: paragraphs, lists, headings, tables.

A blank line ends a paragraph, and a line ending within one is kept. Markers of lists are kept
as typed: where b) is missing, a list that begins at c) follows, so that nothing is renumbered that
somebody may have cited. A line after a list that is not indented is a paragraph of its own, as the
closing words of a resolution are.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from committee.documents.running_text.content import (
    Block,
    Blocks,
    Heading,
    ListBlock,
    ListItem,
    Marker,
    Paragraph,
    heading_levels,
)
from committee.documents.running_text.inline import inline
from committee.documents.running_text.numbering import readings
from committee.documents.running_text.tables import is_table_at, read_table

DEEPEST_LIST = 4
"""Lists within lists; deeper markers are words."""

_MARKED = re.compile(
    r"(?P<indent> *)(?P<marker>[-*•]|\(?[a-z0-9]{1,7}[.)])(?P<gap> +)(?P<rest>\S.*)"
)
_HEADING = re.compile(r"(?P<signs>#{1,3}) +(?P<words>\S.*)")
_LEAST_INDENT = 2
_NEVER_SHOWN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"


def parse(text: str) -> Blocks:
    """The blocks of a text. Any text can be read; what is no mark is words, HTML included."""
    return heading_levels(_blocks(_sound(text).split("\n"), depth=0))


def _sound(text: str) -> str:
    """Without control characters, halves of characters and what turns the direction of text."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(
        one
        for one in unicodedata.normalize("NFC", lines)
        if one == "\n"
        or not (unicodedata.category(one) in {"Cc", "Cs", "Cn"} or one in _NEVER_SHOWN)
    ).translate({0x2028: "\n", 0x2029: "\n"})


def _blocks(lines: list[str], depth: int) -> Blocks:
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        found, at = _one_block(lines, at, depth)
        blocks.append(found)
    return tuple(blocks)


def _one_block(lines: list[str], at: int, depth: int) -> tuple[Block, int]:
    if depth == 0 and (heading := _HEADING.fullmatch(lines[at].rstrip())):
        return Heading(len(heading["signs"]), inline(heading["words"])), at + 1
    if is_table_at(lines, at):
        return read_table(lines, at)
    if _starts_list(lines[at], depth):
        return _read_list(lines, at, depth)
    end = at + 1
    while end < len(lines) and not _ends_paragraph(lines, end, depth):
        end += 1
    words = "\n".join(line.strip() for line in lines[at:end])
    return Paragraph(inline(words)), end


def _ends_paragraph(lines: list[str], at: int, depth: int) -> bool:
    line = lines[at]
    if not line.strip() or _starts_list(line, depth) or is_table_at(lines, at):
        return True
    return depth == 0 and _HEADING.fullmatch(line.rstrip()) is not None


def _starts_list(line: str, depth: int) -> bool:
    found = _MARKED.fullmatch(line.rstrip())
    return depth < DEEPEST_LIST and found is not None and bool(readings(found["marker"]))


@dataclass
class _OpenList:
    """A list while its lines are read. Until a second item decides, "i)" may mean two things."""

    indent: int
    meanings: list[tuple[Marker, int]]
    items: list[list[str]] = field(default_factory=list)

    def takes(self, line: str) -> bool:
        """Whether the line is the list's next item; narrows down what its markers mean."""
        found = _MARKED.fullmatch(line.rstrip())
        if found is None or not self.is_level(len(found["indent"])):
            return False
        next_ones = readings(found["marker"])
        left = [
            (marker, start)
            for marker, start in self.meanings
            if (marker, 1 if marker == "-" else start + len(self.items)) in next_ones
        ]
        self.meanings = left or self.meanings
        return bool(left)

    def is_level(self, indent: int) -> bool:
        """Whether a marker indented so far belongs to this list and not to one within it."""
        return abs(indent - self.indent) < _LEAST_INDENT

    def add(self, line: str) -> None:
        """Begin an item with what stands behind its marker."""
        found = _MARKED.fullmatch(line.rstrip())
        self.items.append([found["rest"]] if found else [])

    def made(self, depth: int) -> ListBlock:
        """The list as a block."""
        marker, start = self.meanings[0]
        items = tuple(ListItem(_blocks(lines, depth + 1)) for lines in self.items)
        return ListBlock(marker, items, start)


def _read_list(lines: list[str], at: int, depth: int) -> tuple[ListBlock, int]:
    first = _MARKED.fullmatch(lines[at].rstrip())
    if first is None:
        raise ValueError("a list begins with a marker")
    made = _OpenList(len(first["indent"]), readings(first["marker"]))
    made.add(lines[at])
    at += 1
    while at < len(lines):
        upcoming = _next_with_words(lines, at)
        if upcoming is None:
            break
        if made.takes(lines[upcoming]):
            made.add(lines[upcoming])
        elif _indent(lines[upcoming]) >= made.indent + _LEAST_INDENT:
            made.items[-1] += [""] * (upcoming - at)
            made.items[-1].append(lines[upcoming][made.indent + _LEAST_INDENT :])
        else:
            break
        at = upcoming + 1
    return made.made(depth), at


def _next_with_words(lines: list[str], at: int) -> int | None:
    return next((n for n in range(at, len(lines)) if lines[n].strip()), None)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
