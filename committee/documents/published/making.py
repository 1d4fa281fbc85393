"""What every published document has: parts under headings, signatures, and a file in its place."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

from committee.documents.pack.lettering import FAMILIES, Wording
from committee.documents.pack.plan import COUNCIL_BLUE
from committee.documents.pack.typesetting import typeset_wording
from committee.documents.running_text.content import Blocks, paragraph
from committee.documents.running_text.typst import to_typst_data

__all__ = ["COUNCIL_BLUE", "Section", "Signature", "list_of_names", "section_data", "write_pdf"]


@dataclass(frozen=True)
class Section:
    """A part of a document under its heading. Its running text stands one level below."""

    heading: str
    blocks: Blocks


@dataclass(frozen=True)
class Signature:
    """Who signed, as what, and when, in words: "Mr R Gough", "Cabinet Member", "16 May 2018"."""

    name: str
    capacity: str
    signed_on: str


def list_of_names(names: tuple[str, ...]) -> Blocks:
    """The names as one sentence; no blocks for no names."""
    if not names:
        return ()
    joined = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return (paragraph(joined),)


def section_data(section: Section, wording: Wording) -> dict[str, Any]:
    """The section as the templates take it."""
    return {
        "heading": wording.printable(section.heading),
        "blocks": to_typst_data(section.blocks, wording.printable),
    }


def signature_data(signature: Signature | None, wording: Wording) -> dict[str, str] | None:
    """The signature as the templates take it."""
    if signature is None:
        return None
    return {name: wording.printable(value) for name, value in vars(signature).items()}


def page_data(title: str, council: str, colour: str, language: str) -> dict[str, Any]:
    """What the layout of every document asks for; `title` and `council` are printable."""
    spoken, _, region = language.partition("-")
    return {
        "title": title,
        "council": council,
        "colour": colour,
        "lang": spoken.lower(),
        "region": region.upper() if len(region) == 2 else "GB",
        "fonts": list(FAMILIES),
    }


def write_pdf(template: str, contents: Callable[[Wording], dict[str, Any]], target: Path) -> int:
    """Typeset the template as PDF/UA-1 into the target; the number of its pages.

    The same contents give the same bytes. The file is there whole or not at all.
    """
    pdf, _ = typeset_wording(template, contents)
    write_whole(pdf, target)
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def write_whole(content: bytes, target: Path) -> None:
    """Put the bytes where the target is, by one rename."""
    number, name = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
