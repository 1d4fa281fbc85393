"""Makes a paper ready to be joined with others: its pages, links and tags stand on their own.

The paper is changed in memory; its file is never written.
"""

import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.pack.balance import content_streams, missing_operators, set_apart
from committee.documents.pack.bookmarks import settle_links
from committee.documents.pack.page_shape import FONT_NAME
from committee.documents.pack.tags import TagFacts, join_ready, page_by_page, tag_root
from committee.documents.pdf_destinations import Destinations

PAGE_KEYS = frozenset(
    {
        "/Type", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
        "/UserUnit", "/Resources", "/Contents", "/Annots", "/StructParents", "/Group",
    }
)  # fmt: skip
"""What a page may bring along. Thumbnails, private data, metadata and scripts stay behind."""
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
LONGEST_CLAIM = 1 << 16
"""Bytes of packed metadata within which a claim is looked for."""
CLAIM = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*1\b")
OPENING, CLOSING = b"q\n", b"\nQ"
WHOLE_PAGE, END_OF_PAGE = b"/P <</MCID 0>> BDC\n", b"\nEMC"


class UnusablePaperError(Exception):
    """A paper that cannot be read. `problem` says so in plain English for the placeholder page."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def declares_accessibility(pdf: Pdf) -> bool:
    """Whether the paper says of itself that it follows PDF/UA-1."""
    metadata = pdf.Root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream) or tag_root(pdf) is None:
        return False
    try:
        return (
            len(metadata.read_raw_bytes()) <= LONGEST_CLAIM
            and CLAIM.search(metadata.read_bytes()) is not None
        )
    except pikepdf.PdfError:
        return False


def make_joinable(pdf: Pdf) -> TagFacts:
    """Change `pdf` so that its pages can be put into a pack with nothing but a stamp added.

    Every page holds all its own attributes, its drawing state is closed, its last content stream
    is an empty one that a stamp replaces, its resources know the stamp's font, its links name
    pages, and all content is tagged. Raises UnusablePaperError for a file without pages.
    """
    pages: list[Object] = [page.obj for page in pdf.pages]
    if not pages:
        raise UnusablePaperError("The file holds no pages.")
    tagged = tag_root(pdf) is not None
    brackets = _Brackets(pdf, b"" if tagged else WHOLE_PAGE, b"" if tagged else END_OF_PAGE)
    for page in pages:
        _take_inherited(page)
    contents = [brackets.around(page) for page in pages]
    settle_links(Destinations(pdf, pages), pages)
    node = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array(pages), Count=len(pages)))
    for page, content in zip(pages, contents, strict=True):
        _make_portable(page)
        page["/Parent"] = node
        page["/Tabs"] = Name.S
        page["/Contents"] = content
    _add_font(pages, pdf.make_indirect(_stand_in_font()))
    pdf.Root.Pages = node
    return join_ready(pdf, pages) if tagged else page_by_page(pdf, pages)


class _Brackets:
    """Content streams before and after a page's own, shared by all pages that need the same."""

    def __init__(self, pdf: Pdf, first: bytes, last: bytes) -> None:
        self._pdf, self._first, self._last = pdf, first, last
        self._shared: dict[bytes, Object] = {}

    def _stream(self, content: bytes) -> Object:
        if content not in self._shared:
            self._shared[content] = self._pdf.make_stream(content)
        return self._shared[content]

    def around(self, page: Object) -> Object:
        """The page's content with its brackets, and an empty stream that a stamp replaces."""
        missing = missing_operators(self._pdf, page)
        own = content_streams(page) if missing else [set_apart(self._pdf, page)]
        before, after = missing or (0, 0)
        return Array(
            [
                self._stream(self._first + OPENING * (1 + before)),
                *own,
                self._stream(CLOSING * (1 + after) + self._last),
                self._pdf.make_stream(b""),
            ]
        )


def _take_inherited(page: Object) -> None:
    above, seen = page.get("/Parent"), set()
    while isinstance(above, pikepdf.Dictionary) and above.objgen not in seen:
        seen.add(above.objgen)
        for key in INHERITED:
            if key in above and key not in page:
                page[key] = above[key]
        above = above.get("/Parent")


def _make_portable(page: Object) -> None:
    for key in set(page.keys()) - PAGE_KEYS:
        del page[key]
    page["/Type"] = Name.Page


def _stand_in_font() -> Object:
    """Holds the place of the stamp's font in the paper's own file; nothing there is set in it."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )


def _add_font(pages: list[Object], font: Object) -> None:
    """Make the stamp's font known once for each resources object that pages share."""
    done: set[tuple[int, int]] = set()
    for page in pages:
        resources = page.get("/Resources")
        if not isinstance(resources, pikepdf.Dictionary):
            page["/Resources"] = Dictionary(Font=Dictionary({FONT_NAME: font}))
            continue
        if resources.objgen != (0, 0) and resources.objgen in done:
            continue
        done.add(resources.objgen)
        fonts = resources.get("/Font")
        if isinstance(fonts, pikepdf.Dictionary):
            fonts[FONT_NAME] = font
        else:
            resources["/Font"] = Dictionary({FONT_NAME: font})
