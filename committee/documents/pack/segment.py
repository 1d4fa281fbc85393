"""A paper in a form that can be put into any pack by copying bytes.

A segment is a PDF like any other. Beside its objects it holds, where readers do not look, the same
objects as a template in which all numbers can be moved at once, and the facts that a pack needs of
its pages. Making one takes a while and is done once, when a paper is prepared; using one is quick.
"""

import json
import re
import sys
import zlib
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from committee.documents.pack.papers import UnusablePaperError
from committee.documents.pack.segment_text import Template

VERSION = 1
MARK = re.compile(rb"/QuorateSegment \[(\d+) (\d+) (\d+) (\d+) (\d+)\]")
TAIL = 4096
"""Bytes at the end of a file within which the mark of a segment stands."""
DAMAGED = "The file is damaged and cannot be read."


@dataclass(frozen=True)
class PageFacts:
    """A page and its stamp by object number; its size as read, in points, the matrix from there to
    its own units, and the view that shows its top."""

    number: int
    stamp: int
    width: float
    height: float
    matrix: str
    top: str


@dataclass(frozen=True)
class Facts:
    """What a pack needs to know of a paper. Numbers are the segment's own object numbers.

    `repaired` means that the file was damaged and only what could be read of it is here.
    The objects `node` (of the page tree), `font`, `top` (of the tags), every page's stamp and
    every one of `item_links` are not in the template: the pack writes its own.
    """

    pages: list[PageFacts]
    size: int
    node: int
    font: int
    top: int
    kids: list[int]
    parents: list[tuple[int, int]]
    identifiers: list[tuple[str, int]]
    streams: list[tuple[int, int, int, int]]
    bookmarks: list[tuple[str, int, int, str]] = field(default_factory=list)
    item_links: list[tuple[str, int]] = field(default_factory=list)
    language: str | None = None
    accessible: bool = False
    tagged: bool = False
    repaired: bool = False


class Segment:
    """A segment opened for reading; `source` is its file, or its bytes."""

    def __init__(self, source: Path | bytes) -> None:
        self._source = source
        try:
            head = self._find_mark()
            self._text = head[2:]
            self.facts = _facts(zlib.decompress(self._read(*head[:2])))
        except (OSError, ValueError, KeyError, TypeError, zlib.error) as error:
            raise UnusablePaperError(DAMAGED) from error

    def _find_mark(self) -> tuple[int, int, int, int]:
        if isinstance(self._source, bytes):
            tail = self._source[-TAIL:]
        else:
            with self._source.open("rb") as file:
                file.seek(max(0, self._source.stat().st_size - TAIL))
                tail = file.read()
        found = MARK.search(tail)
        if found is None or int(found[1]) != VERSION:
            raise ValueError("not a segment")
        return int(found[2]), int(found[3]), int(found[4]), int(found[5])

    def _read(self, start: int, length: int) -> bytes:
        if isinstance(self._source, bytes):
            return self._source[start : start + length]
        with self._source.open("rb") as file:
            file.seek(start)
            return file.read(length)

    def content(self) -> tuple[Template, bytes]:
        """The template, and the whole file for the data of its streams.

        Raises UnusablePaperError when the file is damaged.
        """
        try:
            whole = self._source if isinstance(self._source, bytes) else self._source.read_bytes()
            start, length = self._text
            packed = zlib.decompress(memoryview(whole)[start : start + length])
        except (OSError, zlib.error) as error:
            raise UnusablePaperError(DAMAGED) from error
        counts = _integers(packed[:8])
        values_end = 8 + 4 * counts[0]
        offsets_end = values_end + 4 * counts[1]
        template = Template(
            packed[offsets_end:],
            _integers(packed[8:values_end]),
            _integers(packed[values_end:offsets_end]),
            self.facts.streams,
        )
        return template, whole


def _integers(stored: bytes) -> array:
    numbers = array("I")
    numbers.frombytes(stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def stored(numbers: array) -> bytes:
    """Numbers as a segment keeps them: four bytes each, the least first, on every machine."""
    if sys.byteorder == "big":
        numbers = array("I", numbers)
        numbers.byteswap()
    return numbers.tobytes()


def _facts(stored: bytes) -> Facts:
    read: dict[str, Any] = json.loads(stored)
    read["pages"] = [PageFacts(*page) for page in read["pages"]]
    return Facts(**read)


def is_segment(path: Path) -> bool:
    """Whether the file was written by `make_segment` of this version."""
    try:
        Segment(path)
    except UnusablePaperError:
        return False
    return True
