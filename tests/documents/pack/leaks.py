"""Looks for words anywhere in a PDF: on pages, on pages that nothing leads to any more, in forms,
bookmarks, tags and metadata. Text is decoded with its fonts, as a copying thief would."""

import io
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf


def words_in(path: Path) -> str:
    """All text to be had from the file, by any way that we know."""
    with Pdf.open(path) as pdf:
        found = [*_loose_strings(pdf), *_raw_streams(pdf), *_page_texts(pdf)]
    found.append(path.read_bytes().decode("latin-1"))
    return "\n".join(found)


def _loose_strings(pdf: Pdf) -> Iterator[str]:
    for one in [*pdf.objects, pdf.trailer]:
        yield from _strings(one, 0)


def _strings(value, depth: int) -> Iterator[str]:
    if depth and getattr(value, "is_indirect", False):
        return
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, Array):
        for one in value:
            yield from _strings(one, depth + 1)
    elif isinstance(value, Dictionary | pikepdf.Stream):
        for _, one in value.items():
            yield from _strings(one, depth + 1)


def _raw_streams(pdf: Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream):
            try:
                yield one.read_bytes().decode("latin-1")
            except pikepdf.PdfError:
                yield one.read_raw_bytes().decode("latin-1")


def _page_texts(pdf: Pdf) -> Iterator[str]:
    """Attach everything that could be a page anew, and read it with its fonts."""
    pages = []
    for one in list(pdf.objects):
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Form:
            pages.append(_page(one, one.get("/Resources", Dictionary())))
        elif isinstance(one, Dictionary) and "/Contents" in one:
            pages.append(_page(one["/Contents"], one.get("/Resources", Dictionary())))
    pages = [pdf.make_indirect(page) for page in pages]
    pdf.Root.Pages = pdf.make_indirect(
        Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages))
    )
    written = io.BytesIO()
    pdf.save(written)
    with pypdfium2.PdfDocument(written.getvalue()) as document:
        for page in document:
            yield page.get_textpage().get_text_bounded()


def _page(contents, resources) -> Dictionary:
    return Dictionary(
        Type=Name.Page,
        MediaBox=[-9000, -9000, 9000, 9000],
        Contents=contents,
        Resources=resources,
    )
