"""Takes the words out of each page of a PDF. Runs inside the sandbox."""

import json
import re
from pathlib import Path

import pypdfium2

from committee.documents.findings import Unusable
from committee.documents.limits import MOST_PAGES

TEXT_NAME = "pages.json"
MOST_CHARACTERS_OF_A_PAGE = 60_000
"""A page of the smallest print holds some 15,000; what lies beyond is not there to be read."""

_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
# What the library puts for a hyphen that only divides a word at the end of a line.
_DIVIDED_WORD = re.compile("[\x02\ufffe\xad][ \t]*\r?\n?")
_NO_WORDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_SPACES = re.compile(r"[^\S\n]+")


def read(source: Path, folder: Path) -> dict[str, object]:
    """Leave the text of each page in the folder, and give the number of pages."""
    try:
        with pypdfium2.PdfDocument(source) as document:
            if len(document) > MOST_PAGES:
                raise Unusable("too_many_pages", pages=len(document), limit=MOST_PAGES)
            pages = [_text(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as problem:
        raise Unusable("damaged") from problem
    (folder / TEXT_NAME).write_text(json.dumps(pages), encoding="utf-8")
    return {"pages": len(pages)}


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The words of a page (counted from 0). One that cannot be opened has none."""
    try:
        page = document[number]
        words = page.get_textpage()
        count = min(words.count_chars(), MOST_CHARACTERS_OF_A_PAGE)
        found = words.get_text_range(0, count) if count else ""
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return tidied(found)


def tidied(text: str) -> str:
    """The text in lines, divided words whole again, ligatures as letters, without control signs."""
    whole = _DIVIDED_WORD.sub("", text).translate(_LIGATURES)
    lines = _NO_WORDS.sub(" ", whole.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    kept = (_SPACES.sub(" ", line).strip() for line in lines)
    return "\n".join(line for line in kept if line)
