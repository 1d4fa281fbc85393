"""The blocks of running text: plain values without any markup of a format in them."""

import re
from dataclasses import dataclass
from typing import Literal

Marker = Literal["-", "1.", "1)", "(1)", "a)", "(a)", "i)", "(i)"]
"""How a list is marked: its first marker, with `-` for points without order."""

MARKERS: tuple[Marker, ...] = ("-", "1.", "1)", "(1)", "a)", "(a)", "i)", "(i)")

LONGEST_ADDRESS = 2_000
"""Characters of a link's address: browsers and PDF viewers cut longer ones."""

_ADDRESS = re.compile(
    r"https?://[^\s/?#@:\\]+(:\d{1,5})?([/?#]\S*)?|mailto:[^\s@?]+@[^\s@?]+|tel:\+?[\d()-]+",
    re.IGNORECASE,
)


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: a web page, an e-mail address or a telephone number.

    An address on the web names no user before the host, as that is how a host is disguised.
    """
    return len(address) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(address) is not None


@dataclass(frozen=True)
class Run:
    """A stretch of text in one manner. A line ending in it is a line break within the block.

    Raises ValueError for an address that a link may not lead to.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str | None = None

    def __post_init__(self) -> None:
        """Refuse a link that could run a script or read a file, wherever it came from."""
        if self.link is not None and not is_safe_address(self.link):
            raise ValueError(f"A link cannot lead to {self.link[:100]!r}.")


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading within the text. Level 1 stands one below the heading that the text is under."""

    level: int
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    runs: Runs


@dataclass(frozen=True)
class ListItem:
    """One point of a list: most often a paragraph, with lists of its own below it perhaps."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class ListBlock:
    """A list. `start` is the number of its first item, so c) has 3; it means nothing to `-`."""

    marker: Marker
    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True)
class Table:
    """A table whose first row names its columns, each row being as long as that one.

    `numeric` says of each column whether it is set to the right. With `row_headings` the first
    column names the rows; with `has_total` the last row is their sum. Raises ValueError for
    rows of another length.
    """

    header: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    numeric: tuple[bool, ...]
    caption: str = ""
    row_headings: bool = False
    has_total: bool = False

    def __post_init__(self) -> None:
        """A cell without a column could not be read out with its heading."""
        if {len(row) for row in (*self.rows, self.numeric)} != {len(self.header)}:
            raise ValueError("Each row of a table is as long as its header.")


Block = Heading | Paragraph | ListBlock | Table
Blocks = tuple[Block, ...]


def plain_runs(text: str) -> Runs:
    """The text as it stands, in one run; no runs for no text."""
    return (Run(text),) if text else ()


def paragraph(text: str) -> Paragraph:
    """A paragraph of the text as it stands, nothing in it read as a mark."""
    return Paragraph(plain_runs(text))


def heading_levels(blocks: Blocks) -> Blocks:
    """The same blocks with headings that begin at level 1 and leave out none on the way down.

    Screen readers list headings by level, and PDF/UA-1 forbids a gap.
    """
    deepest, done = 0, list[Block]()
    for block in blocks:
        if isinstance(block, Heading):
            deepest = max(1, min(block.level, deepest + 1))
            done.append(Heading(deepest, block.runs))
        else:
            done.append(block)
    return tuple(done)
