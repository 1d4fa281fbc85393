"""Page content whose every opening has its closing, so that a stamp after it lies right.

A page that saves the graphics state and never restores it would move, turn or hide whatever is
added to it later.
"""

import re
import zlib
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Object, Pdf

from committee.documents.findings import Unusable
from committee.documents.limits import MOST_CONTENT_BYTES

# Strings, comments, inline images and the operators that open and close. A name such as /q is
# none of them. A parenthesis that is no simple string is followed by hand.
_TOKENS = re.compile(
    rb"\((?:[^()\\]|\\.)*+\)"
    rb"|(?P<string>\()"
    rb"|%[^\r\n]*+"
    rb"|(?<![^\s\x00\[\]()<>{}])(?P<operator>q|Q|BT|ET|BI|BMC|BDC|EMC)(?=[\s\x00\[\]()<>{}/%]|$)",
    re.DOTALL,
)
_STRING_MARKS = re.compile(rb"\\.|[()]", re.DOTALL)
_IMAGE_DATA = re.compile(rb"[\s\x00]ID[\s\x00]")
_IMAGE_END = re.compile(rb"(?<=[\s\x00>])EI(?=[\s\x00]|$)")
_CLOSES = {b"Q": b"q", b"ET": b"BT", b"EMC": b"BMC"}
_OPENS = {b"q": b"q", b"BT": b"BT", b"BMC": b"BMC", b"BDC": b"BMC"}
_CLOSING_WORD = {b"q": b"Q", b"BT": b"ET", b"BMC": b"EMC"}


@dataclass
class _Balance:
    """What is open at the end, by opening word; and whether something closed what was not open."""

    open: dict[bytes, int] = field(default_factory=lambda: {b"BT": 0, b"BMC": 0, b"q": 0})
    excess: bool = False
    unclosed_string: bool = False

    def meet(self, operator: bytes) -> bool:
        """Count the operator. False where it closes what is not open."""
        if operator in _OPENS:
            self.open[_OPENS[operator]] += 1
        elif operator in _CLOSES:
            kind = _CLOSES[operator]
            if self.open[kind] == 0:
                self.excess = True
                return False
            self.open[kind] -= 1
        return True

    def missing(self) -> bytes:
        """The words that close everything."""
        words = [
            _CLOSING_WORD[kind] for kind in (b"BT", b"BMC", b"q") for _ in range(self.open[kind])
        ]
        return b" ".join(words)


def mend(pdf: Pdf, page: Object) -> bool:
    """Balance the page's content in place. False where some of it could not be read."""
    streams, all_there = _streams(page.get("/Contents"))
    pieces = []
    readable = all_there
    for number, stream in enumerate(streams):
        content = _decoded(stream)
        if content is None:
            readable = False
            content = _salvaged(stream)
            streams[number] = pdf.make_stream(content)
        pieces.append(content)
        _check_size(*pieces)
    page["/Contents"] = _balanced(pdf, page, streams, b"\n".join(pieces))
    return readable


def _streams(contents: object) -> tuple[list[Object], bool]:
    if isinstance(contents, pikepdf.Stream):
        return [contents], True
    if not isinstance(contents, Array):
        return [], contents is None
    entries = list(contents)
    streams: list[Object] = [entry for entry in entries if isinstance(entry, pikepdf.Stream)]
    return streams, len(streams) == len(entries)


def _check_size(*pieces: bytes) -> None:
    if sum(map(len, pieces)) > MOST_CONTENT_BYTES:
        raise Unusable("too_much_memory")


def _decoded(stream: Object) -> bytes | None:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, ValueError):
        return None


def _salvaged(stream: Object) -> bytes:
    """As much of a broken compressed stream as comes out, cut back to its last whole line."""
    try:
        content = zlib.decompressobj().decompress(stream.read_raw_bytes(), MOST_CONTENT_BYTES + 1)
    except (zlib.error, pikepdf.PdfError, ValueError):
        return b""
    _check_size(content)
    return content[: content.rfind(b"\n") + 1]


def _balanced(pdf: Pdf, page: Object, streams: list[Object], content: bytes) -> Object:
    balance = _count(content)
    if balance.excess or balance.unclosed_string:
        return pdf.make_stream(_rewritten(pdf, page, content))
    closing = balance.missing()
    if closing:
        streams = [*streams, pdf.make_stream(b"\n" + closing + b"\n")]
    return streams[0] if len(streams) == 1 else Array(streams)


def _count(content: bytes) -> _Balance:
    balance = _Balance()
    at = 0
    while match := _TOKENS.search(content, at):
        at = match.end()
        if match["string"]:
            at = _string_end(content, at)
            balance.unclosed_string = balance.unclosed_string or at > len(content)
        elif match["operator"] == b"BI":
            at = _image_end(content, at)
        elif match["operator"]:
            balance.meet(match["operator"])
    return balance


def _string_end(content: bytes, at: int) -> int:
    """Where the string that is open at this place ends; past the content where it does not."""
    depth = 1
    for mark in _STRING_MARKS.finditer(content, at):
        depth += {b"(": 1, b")": -1}.get(mark[0], 0)
        if depth == 0:
            return mark.end()
    return len(content) + 1


def _image_end(content: bytes, at: int) -> int:
    data = _IMAGE_DATA.search(content, at)
    end = _IMAGE_END.search(content, data.end()) if data else None
    return end.end() if end else at


def _rewritten(pdf: Pdf, page: Object, content: bytes) -> bytes:
    """The content instruction by instruction, without what closes nothing."""
    page["/Contents"] = pdf.make_stream(content)
    balance = _Balance()
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(pikepdf.Page(page))
        if balance.meet(str(instruction.operator).encode("latin-1"))
    ]
    return pikepdf.unparse_content_stream(kept) + b"\n" + balance.missing() + b"\n"
