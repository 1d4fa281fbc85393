"""The objects of one PDF file as text in which every object number can be moved at once.

Works on files that pikepdf has just written: their layout is known, and strings in them never hold
a bare parenthesis or line end.
"""

import re
from array import array
from dataclasses import dataclass, field

IDENTIFIER = b"quorate-id-0000000-"
"""What identifiers in tags begin with: the number in it is moved like those of objects, so that
two papers of a pack never use the same identifier."""
TOKEN = re.compile(
    rb"\(quorate-id-0000000-(?P<name>[0-9a-f]*)\)"
    rb"|\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>"
    rb"|(?<![\d.])(?P<object>\d+) 0 R\b"
    rb"|(?P<entry>/StructParents? )(?P<key>\d+)",
    re.DOTALL,
)
HEAD = re.compile(rb"(\d+) 0 obj\n")
ENTRY = re.compile(rb"(\d{10}) \d{5} n")
LENGTH = re.compile(rb"/Length (\d+)\b")
NUMBER = b"%07d"
LARGEST_NUMBER = 9_999_999


class UnexpectedLayoutError(Exception):
    """The file was not written the way this module relies upon."""


@dataclass
class Piece:
    """One object: its text up to `stream`, and where its stream lies in the file, if it has one."""

    number: int
    text: bytes
    data: tuple[int, int] | None = None
    references: frozenset[int] = frozenset()


@dataclass
class Template:
    """Objects as a `%` template: each of `values` gets the same number added and is filled in.

    Object numbers count from 1 in the order of the text, those with streams last. `offsets` are
    where each object without a stream starts in the filled-in text. Of each stream, `streams` holds
    the start and end of its head in that text, and the start and length of its data in the file.
    """

    text: bytes
    values: array
    offsets: array
    streams: list[tuple[int, int, int, int]] = field(default_factory=list)

    def filled(self, base: int) -> bytes:
        """The text with `base` added to every object number."""
        return self.text % tuple([base + value for value in self.values])


def pieces_of(file: bytes) -> dict[int, Piece]:
    """The file's objects by number. Raises UnexpectedLayoutError."""
    start = file.rindex(b"startxref\n")
    table = int(file[start + 10 : file.index(b"\n", start + 10)])
    if file[table : table + 5] != b"xref\n":
        raise UnexpectedLayoutError("no plain table of objects")
    found = {}
    for entry in ENTRY.finditer(file, table, file.index(b"trailer", table)):
        piece = _piece(file, int(entry[1]))
        found[piece.number] = piece
    return found


def _piece(file: bytes, at: int) -> Piece:
    head = HEAD.match(file, at)
    if head is None:
        raise UnexpectedLayoutError(f"no object at {at}")
    end = file.index(b"\nendobj\n", at)
    stream = file.find(b"\nstream\n", at, end)
    text = file[head.end() : end if stream < 0 else stream]
    piece = Piece(int(head[1]), text)
    if stream >= 0:
        piece.data = (stream + 8, _stream_length(file, text, stream + 8))
    piece.references = frozenset(int(m["object"]) for m in TOKEN.finditer(text) if m["object"])
    return piece


def _stream_length(file: bytes, text: bytes, start: int) -> int:
    for entry in LENGTH.finditer(text):
        end = start + int(entry[1])
        if file[end : end + 10].lstrip().startswith(b"endstream"):
            return int(entry[1])
    raise UnexpectedLayoutError(f"a stream of unknown length at {start}")


def reachable(pieces: dict[int, Piece], start: list[int], barred: set[int]) -> list[int]:
    """Numbers of all objects that `start` leads to without passing `barred` ones, in order."""
    found: set[int] = set()
    waiting = [number for number in start if number in pieces]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting.extend(
                one for one in pieces[number].references if one in pieces and one not in barred
            )
    return sorted(found)


def moved_identifier(name: str, base: int) -> str:
    """What an identifier becomes, in PDF syntax, when numbers are moved by `base`."""
    return f"({IDENTIFIER[:-8].decode('ascii')}{base:07d}-{name})"


def in_order(pieces: list[Piece]) -> list[Piece]:
    """The order in which a template holds objects: those with streams come last."""
    return sorted(pieces, key=lambda one: (one.data is not None, one.number))


def template_of(pieces: list[Piece], renumbered: dict[int, int]) -> Template:
    """Make the template of `pieces`, given in order. References to numbers that `renumbered` does
    not know become null."""
    made = Template(b"", array("I"), array("I"))
    moved = _Moved(made.values, renumbered)
    texts: list[bytes] = []
    at = 0
    for piece in pieces:
        made.values.append(renumbered[piece.number])
        tail = b"\nendobj\n" if piece.data is None else b"\nstream\n"
        text = NUMBER + b" 0 obj\n" + TOKEN.sub(moved, piece.text.replace(b"%", b"%%")) + tail
        size = _filled_size(text)
        if piece.data is None:
            made.offsets.append(at)
        else:
            made.streams.append((at, at + size, *piece.data))
        texts.append(text)
        at += size
    made.text = b"".join(texts)
    return made


class _Moved:
    """Puts a place-holder for each number that moves, and notes the number."""

    def __init__(self, values: array, renumbered: dict[int, int]) -> None:
        self._values, self._renumbered = values, renumbered

    def __call__(self, match: re.Match[bytes]) -> bytes:
        if match["object"]:
            number = self._renumbered.get(int(match["object"]))
            if number is None:
                return b"null"
            self._values.append(number)
            return NUMBER + b" 0 R"
        if match["entry"]:
            self._values.append(int(match["key"]))
            return match["entry"] + NUMBER
        if match["name"]:
            self._values.append(0)
            return b"(" + IDENTIFIER[:-8] + NUMBER + b"-" + match["name"] + b")"
        return match[0]


def _filled_size(text: bytes) -> int:
    """Bytes of a template's text once its numbers, all of one width, are filled in."""
    doubled, numbers = text.count(b"%%"), text.replace(b"%%", b"").count(NUMBER)
    return len(text) - doubled + numbers * (7 - len(NUMBER))
