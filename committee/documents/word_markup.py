"""Reads the text of a Word document for what must not be published: changes, comments, fields."""

import re
from dataclasses import dataclass, field

from committee.documents.findings import Unusable
from committee.documents.word_relationships import may_be_followed

WORD_NAMESPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_VML_NAMESPACES = frozenset({"urn:schemas-microsoft-com:vml"})
_OFFICE_NAMESPACES = frozenset({"urn:schemas-microsoft-com:office:office"})

# A move is marked at both its ends; only where it arrives is counted.
_CHANGES = frozenset(
    {
        "ins", "del", "moveTo", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange",
        "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange", "numberingChange",
        "cellIns", "cellDel", "cellMerge", "customXmlInsRangeStart", "customXmlDelRangeStart",
        "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart",
    }
)  # fmt: skip
_TEXTS = frozenset({"t", "delText"})
_FETCHING_FIELDS = frozenset(
    {"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "LINK", "IMPORT", "DATABASE", "RD"}
)
_OFF = frozenset({"0", "false", "off", "none"})
_SNIPPET_CHARACTERS = 60
_LONGEST_FIELD_CHARACTERS = 20_000
_WORDS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass
class Markup:
    """What was found over all the parts that hold text."""

    changes: int = 0
    first_change: str = ""
    comments: int = 0
    first_comment: str = ""
    hidden: int = 0
    first_hidden: str = ""
    hidden_styles: set[str] = field(default_factory=set)


class PartReader:
    """Follows one part element by element; names come as (namespace, local name)."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._root: str | None = None
        self._text: list[str] = []
        self._capturing = False
        self._field: list[str] = []
        self._in_instruction = False
        self._change_depth = 0
        self._last_change: tuple[str, str] | None = None
        self._paragraph_changed = False
        self._run_hidden = self._paragraph_hidden = False
        self._in_run = False
        self._style: str | None = None

    def start(self, name: tuple[str | None, str], attributes: dict[str, str]) -> None:
        """An element opens; attributes are by local name."""
        namespace, local = name
        if self._root is None:
            self._root = local
        if namespace in WORD_NAMESPACES:
            self._start_word(local, attributes)
        elif namespace in _VML_NAMESPACES:
            _check_vml(local, attributes)
        elif namespace in _OFFICE_NAMESPACES and local == "OLEObject":
            raise Unusable("embedded_object", part=attributes.get("ProgID", "OLE"))

    def end(self, name: tuple[str | None, str]) -> None:
        """An element closes."""
        namespace, local = name
        if namespace not in WORD_NAMESPACES:
            return
        if local in _CHANGES:
            self._change_depth -= 1
        elif local == "p":
            self._end_paragraph()
        elif local == "r":
            self._in_run = self._run_hidden = False
        elif local in _TEXTS:
            self._capturing = False
        elif local in ("instrText", "delInstrText"):
            self._in_instruction = False

    def characters(self, text: str) -> None:
        """Text inside the element."""
        if self._in_instruction:
            self._field.append(text)
            if sum(map(len, self._field)) > _LONGEST_FIELD_CHARACTERS:
                raise Unusable("damaged")
        elif self._capturing:
            self._take_text(text)

    def finish(self) -> None:
        """The part is at its end: a field that was never closed is looked at too."""
        self._end_field()

    def _start_word(self, local: str, attributes: dict[str, str]) -> None:
        self._in_run = self._in_run or local == "r"
        if local in _CHANGES:
            self._start_change(local, attributes)
        elif local in _TEXTS:
            self._capturing = True
        elif local in ("p", "comment", "style"):
            self._start_block(local, attributes)
        elif local in ("instrText", "delInstrText"):
            self._in_instruction = True
        elif local == "fldChar":
            # It opens, divides or closes a field: in each case an instruction ends here.
            self._end_field()
        elif local in ("fldSimple", "altChunk", "subDoc"):
            _check_whole(local, attributes)
        elif local in ("vanish", "rStyle", "pStyle"):
            self._start_hiding(local, attributes)

    def _start_block(self, local: str, attributes: dict[str, str]) -> None:
        if local == "comment":
            self._markup.comments += 1
        elif local == "style":
            self._style = attributes.get("styleId")
        else:
            self._text = []
            self._paragraph_changed = self._paragraph_hidden = False

    def _start_change(self, local: str, attributes: dict[str, str]) -> None:
        self._change_depth += 1
        change = (local, attributes.get("author", ""))
        if local == "moveFrom" or self._root == "glossaryDocument":
            return
        if change != self._last_change:
            self._markup.changes += 1
        self._last_change = change
        self._paragraph_changed = True

    def _start_hiding(self, local: str, attributes: dict[str, str]) -> None:
        value = attributes.get("val", "")
        if local == "vanish":
            if value.lower() in _OFF:
                return
            if self._root == "styles" and self._style:
                self._markup.hidden_styles.add(self._style)
            elif self._in_run:
                self._run_hidden = True
        elif value in self._markup.hidden_styles:
            if local == "rStyle":
                self._run_hidden = self._in_run
            else:
                self._paragraph_hidden = True

    def _take_text(self, text: str) -> None:
        self._text.append(text)
        if not text.strip():
            return
        if self._change_depth == 0:
            # Unchanged words in between make the next change a new one, as Word counts them.
            self._last_change = None
        if self._run_hidden or self._paragraph_hidden:
            self._markup.hidden += 1
            self._markup.first_hidden = self._markup.first_hidden or _snippet(text)

    def _end_paragraph(self) -> None:
        text = _snippet("".join(self._text))
        if self._paragraph_changed and not self._markup.first_change:
            self._markup.first_change = text
        if self._root == "comments" and not self._markup.first_comment:
            self._markup.first_comment = text

    def _end_field(self) -> None:
        instruction, self._field = "".join(self._field), []
        check_field(instruction)


def check_field(instruction: str) -> None:
    """Refuse a field that starts a program, fetches a file or leads to an unsafe place."""
    words = [quoted or plain for quoted, plain in _WORDS.findall(instruction)]
    keywords = {word.upper() for word in words}
    first = words[0].upper() if words else ""
    if keywords & {"DDE", "DDEAUTO"}:
        raise Unusable("dde")
    if first in _FETCHING_FIELDS:
        raise Unusable("linked_content", target=words[1] if len(words) > 1 else first)
    if first == "HYPERLINK" and len(words) > 1:
        target = words[1]
        if not target.startswith("\\") and not may_be_followed(target):
            raise Unusable("unsafe_link", target=target)


def _check_whole(local: str, attributes: dict[str, str]) -> None:
    if local == "fldSimple":
        check_field(attributes.get("instr", ""))
    else:
        raise Unusable("inserted_file", part=local)


def _check_vml(local: str, attributes: dict[str, str]) -> None:
    places = [attributes.get("src", "")]
    if local in ("imagedata", "fill", "stroke"):
        places.append(attributes.get("href", "") if ":" in attributes.get("href", "") else "")
    for place in places:
        if ":" in place or place.startswith(("//", "\\\\")):
            raise Unusable("linked_picture", target=place)


def _snippet(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SNIPPET_CHARACTERS else line[: _SNIPPET_CHARACTERS - 1] + "…"
