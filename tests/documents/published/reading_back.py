"""What a published file says, read with libraries that had no part in writing it."""

from pathlib import Path

import docx
import pypdfium2
from pikepdf import Array, Dictionary, Pdf


def pdf_words(path: Path) -> str:
    """All words of a PDF, with single spaces."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).split())


def tags_of(path: Path) -> list[str]:
    """The tags of a PDF in reading order; fails where it is not declared accessible."""
    with Pdf.open(path) as pdf:
        assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        return list(_tags(pdf.Root.StructTreeRoot.K))


def title_of(path: Path) -> str:
    """The title of a PDF as viewers show it."""
    with Pdf.open(path) as pdf:
        return str(pdf.docinfo.Title)


def _tags(element):
    if isinstance(element, Array):
        for one in element:
            yield from _tags(one)
    elif isinstance(element, Dictionary) and "/S" in element:
        yield str(element.S)[1:]
        if "/K" in element:
            yield from _tags(element.K)


def word_words(path: Path) -> str:
    """All words in the body of a Word file, tables in their place, with single spaces."""
    document = docx.Document(path)
    said = []
    for part in document.element.body.iter():
        if part.tag.endswith("}p"):
            said.append(" ")
        elif part.tag.endswith("}t"):
            said.append(part.text or "")
    return " ".join("".join(said).split())
