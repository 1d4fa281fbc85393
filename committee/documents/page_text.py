"""The words on each page of a PDF, for the search index."""

import json
import os
import stat
import tempfile
from pathlib import Path

from committee.documents.limits import MEGABYTE
from committee.documents.page_text_reader import TEXT_NAME
from committee.documents.reading import read
from committee.documents.refusals import refusal

__all__ = ["pages_text"]

MOST_TEXT_BYTES = 64 * MEGABYTE
"""Two thousand pages of print hold some ten; more is no text that anybody wrote."""


def pages_text(path: Path) -> list[str]:
    """The text of each page in order, lines parted by line ends; "" for a page without words.

    The first is that of the file's first sheet: which page number is printed on it, the caller
    knows. The file is read by a process of its own in the sandbox. Raises Refused where it cannot
    be read, and PreparationFailed where the machine was too busy.
    """
    with tempfile.TemporaryDirectory(prefix="page-text-") as name:
        folder = Path(name).resolve()
        pages = read("text", path.resolve(), folder)["pages"]
        found = _kept(folder / TEXT_NAME)
    if len(found) != pages:
        raise refusal("damaged")
    return found


def _kept(path: Path) -> list[str]:
    """What the reader left, taken only from a plain file: it may have been led to write a link."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as problem:
        raise refusal("damaged") from problem
    with os.fdopen(number, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_TEXT_BYTES:
            raise refusal("damaged")
        try:
            pages = json.loads(file.read())
        except ValueError as problem:
            raise refusal("damaged") from problem
    if not isinstance(pages, list) or not all(isinstance(page, str) for page in pages):
        raise refusal("damaged")
    return pages
