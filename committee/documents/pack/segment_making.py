"""Makes segments: papers in a form that can be put into any pack by copying bytes."""

import io
import json
import re
import zlib
from array import array
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel

from committee.documents.pack.bookmarks import Bookmark, bookmarks_of
from committee.documents.pack.page_shape import FONT_NAME, leaf_of, visible_box
from committee.documents.pack.papers import (
    UnusablePaperError,
    declares_accessibility,
    make_joinable,
)
from committee.documents.pack.segment import DAMAGED, VERSION, Facts, PageFacts, stored
from committee.documents.pack.segment_text import (
    IDENTIFIER,
    Piece,
    Template,
    UnexpectedLayoutError,
    in_order,
    pieces_of,
    reachable,
    template_of,
)
from committee.documents.pack.tags import TagFacts, tag_root
from committee.documents.pdf_destinations import Destinations

Links = Callable[[Object], str | None]
ODD = (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError)
"""What pikepdf raises for objects that are not what their place calls for."""


def no_links(_action: Object) -> None:
    """A paper's own links are all left to it."""


def segment_of(
    source: Path | bytes, links: Links = no_links, *, accessible: bool | None = None
) -> bytes:
    """Make a segment of any readable PDF and give its bytes. Raises UnusablePaperError.

    `links` tells which link actions the pack is to write itself, by giving each a word.
    `accessible` is whether the paper follows PDF/UA-1 by its own word; by default that is read
    in its metadata.
    """
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
        with Pdf.open(io.BytesIO(data)) as pdf:
            return make_segment(pdf, links, accessible=accessible)
    except pikepdf.PasswordError as error:
        raise UnusablePaperError("The file is protected by a password.") from error
    except FileNotFoundError as error:
        raise UnusablePaperError("The file is missing from the store.") from error
    except (pikepdf.PdfError, UnexpectedLayoutError, OSError, *ODD) as error:
        raise UnusablePaperError(DAMAGED) from error


def make_segment(pdf: Pdf, links: Links = no_links, *, accessible: bool | None = None) -> bytes:
    """Write `pdf` as a segment, itself a PDF, and give its bytes. `pdf` is changed by this.

    The same source gives the same bytes.
    """
    language = pdf.Root.get("/Lang")
    told = {
        "language": str(language) if isinstance(language, pikepdf.String) else None,
        "accessible": declares_accessibility(pdf) if accessible is None else accessible,
        "tagged": tag_root(pdf) is not None,
        "repaired": bool(pdf.get_warnings()),
    }
    marks = bookmarks_of(pdf.Root, Destinations(pdf, [page.obj for page in pdf.pages]))
    tags = make_joinable(pdf)
    plain = _Plain(pdf, tags, marks, links)
    return plain.with_template(told)


class _Plain:
    """The paper written as a plain file, with the numbers that its parts got in it."""

    def __init__(
        self,
        pdf: Pdf,
        tags: TagFacts,
        marks: list[Bookmark],
        links: Links,
    ) -> None:
        pages: list[Object] = [page.obj for page in pdf.pages]
        words, actions = _own_actions(pdf, pages, links)
        self._words = words
        register = Array(
            [
                Array([p["/Contents"][-1] for p in pages]),
                tags.top,
                Array(tags.kids),
                Array([value for _, value in tags.parents]),
                Array(tags.identified),
                Array([mark.target for mark in marks]),
                Array(actions),
            ]
        )
        pdf.Root["/QuorateRegister"] = pdf.make_indirect(register)
        written = io.BytesIO()
        pdf.save(
            written,
            min_version="1.7",
            object_stream_mode=ObjectStreamMode.disable,
            stream_decode_level=StreamDecodeLevel.none,
            fix_metadata_version=False,
            deterministic_id=True,
        )
        self._file = written.getvalue()
        self._keys = [key for key, _ in tags.parents]
        self._marks = marks

    def with_template(self, told: dict[str, Any]) -> bytes:
        """The file with its template and facts put where readers do not look."""
        with Pdf.open(io.BytesIO(self._file)) as pdf:
            numbers = _Numbers(pdf)
            pieces = pieces_of(self._file)
            special = numbers.special()
            barred = {pdf.Root.objgen[0], numbers.tag_root}
            starts = [*numbers.pages, *numbers.kids, *numbers.parents]
            reached = reachable(pieces, starts, barred | special | _strangers(pieces, numbers))
            kept = in_order([pieces[number] for number in reached if number not in special])
            order = [piece.number for piece in kept] + sorted(special)
            renumbered = {number: place for place, number in enumerate(order, start=1)}
            template = template_of(kept, renumbered)
            facts = self._facts_of(pdf, numbers, renumbered, template, told)
        return _with_gap(self._file, facts, template)

    def _facts_of(
        self,
        pdf: Pdf,
        numbers: "_Numbers",
        renumbered: dict[int, int],
        template: Template,
        told: dict[str, Any],
    ) -> Facts:
        parents = [renumbered[one] for one in numbers.parents]
        identified = [
            (
                bytes(element["/ID"]).removeprefix(IDENTIFIER).decode("ascii"),
                renumbered[element.objgen[0]],
            )
            for element in numbers.register[4]
            if element.objgen[0] in renumbered
        ]
        bookmarks = [
            (mark.title, mark.depth, renumbered[target[0].objgen[0]], _view(target))
            for mark, target in zip(self._marks, numbers.register[5], strict=True)
        ]
        return Facts(
            pages=[_page_facts(page.obj, renumbered) for page in pdf.pages],
            size=len(renumbered),
            node=renumbered[numbers.node],
            font=renumbered[numbers.font],
            top=renumbered[numbers.top],
            kids=[renumbered[one] for one in numbers.kids],
            parents=list(zip(self._keys, parents, strict=True)),
            identifiers=identified,
            streams=template.streams,
            bookmarks=bookmarks,
            item_links=[
                (word, renumbered[one])
                for word, one in zip(self._words, numbers.actions, strict=True)
            ],
            **told,
        )


class _Numbers:
    """The object numbers of a paper's parts, read back from the file that was written."""

    def __init__(self, pdf: Pdf) -> None:
        self.register = pdf.Root["/QuorateRegister"]
        self.pages = [page.obj.objgen[0] for page in pdf.pages]
        self.node = pdf.Root.Pages.objgen[0]
        self.tag_root = pdf.Root.StructTreeRoot.objgen[0]
        self.stamps = [one.objgen[0] for one in self.register[0]]
        self.top = self.register[1].objgen[0]
        self.kids = [one.objgen[0] for one in self.register[2]]
        self.parents = [one.objgen[0] for one in self.register[3]]
        self.actions = [one.objgen[0] for one in self.register[6]]
        self.font = pdf.pages[0].obj["/Resources"]["/Font"][FONT_NAME].objgen[0]

    def special(self) -> set[int]:
        """Numbers of the objects that a pack writes itself."""
        return {self.node, self.font, self.top, *self.stamps, *self.actions}


def _strangers(pieces: dict[int, Piece], numbers: _Numbers) -> set[int]:
    """Pages that are no longer in the paper's page tree: nothing may bring them back."""
    own = {*numbers.pages, numbers.node}
    return {
        number
        for number, piece in pieces.items()
        if number not in own and re.search(rb"/Type /Pages?\b", piece.text)
    }


def _own_actions(pdf: Pdf, pages: list[Object], links: Links) -> tuple[list[str], list[Object]]:
    words, actions = [], []
    for page in pages:
        annotations = page.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            action = annotation.get("/A")
            if not isinstance(action, pikepdf.Dictionary):
                continue
            word = links(action)
            if word is not None:
                annotation["/A"] = pdf.make_indirect(action)
                words.append(word)
                actions.append(annotation["/A"])
    return words, actions


def _view(target: Object) -> str:
    """A destination without its page: numbers and names alone, others become null."""
    parts = [part for at, part in enumerate(target) if at]
    return " ".join(
        str(part) if isinstance(part, int | Decimal | Name) else "null" for part in parts
    )


def _page_facts(page: Object, renumbered: dict[int, int]) -> PageFacts:
    leaf = leaf_of(page)
    left, _, _, top = visible_box(page)
    view = "/Fit" if leaf.turned else f"/XYZ {left:.2f} {top:.2f} 0"
    stamp = page["/Contents"][-1].objgen[0]
    return PageFacts(
        renumbered[page.objgen[0]], renumbered[stamp], leaf.width, leaf.height, leaf.matrix, view
    )


def _with_gap(file: bytes, facts: Facts, template: Template) -> bytes:
    told = vars(facts) | {"pages": [list(vars(page).values()) for page in facts.pages]}
    first = zlib.compress(json.dumps(told, separators=(",", ":")).encode("ascii"))
    counts = array("I", [len(template.values), len(template.offsets)])
    numbers = stored(counts) + stored(template.values) + stored(template.offsets)
    second = zlib.compress(numbers + template.text)
    start = file.rindex(b"startxref\n")
    table = int(file[start + 10 : file.index(b"\n", start + 10)])
    mark = f"/QuorateSegment [{VERSION} {table} {len(first)} {table + len(first)} {len(second)}] "
    trailer = file[table:start].replace(b"trailer << ", b"trailer << " + mark.encode("ascii"), 1)
    moved = table + len(first) + len(second)
    return b"".join((file[:table], first, second, trailer, b"startxref\n%d\n%%%%EOF\n" % moved))
