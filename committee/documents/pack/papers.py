"""Papers on their way into a pack: opened, and copied with all that belongs to their pages.

A paper is opened for this build alone and changed in memory only; its file is never written.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.pack.bookmarks import Bookmark, Destinations, bookmarks_of

PAGE_KEYS = frozenset(
    {
        "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit",
        "/Resources", "/Contents", "/Annots", "/StructParents", "/Group",
    }
)  # fmt: skip
"""What a page may bring along. Thumbnails, private data, metadata and scripts stay behind."""
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
IN_TRANSIT = Name("/QuoratePage")
"""A page of another type is copied like any other object, so that links between the pages of a
paper and its tags arrive whole; true pages would be left out of the copy."""
CLAIM = re.compile(rb"pdfuaid:part\s*(?:>|=\s*[\"'])\s*1\b")


class UnusablePaperError(Exception):
    """A paper that cannot be read. `problem` says so in plain English for the placeholder page."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass
class CopiedPaper:
    """A paper's pages inside the pack's file, with its tags (None when it has none), its language,
    its bookmarks, and whether it declares PDF/UA-1."""

    pages: list[Object]
    node: Object
    tags: Object | None = None
    language: str | None = None
    accessible: bool = False
    bookmarks: list[Bookmark] = field(default_factory=list)


class OpenPaper:
    """A prepared PDF opened for reading. Raises UnusablePaperError when it cannot be."""

    def __init__(self, source: Path | Pdf) -> None:
        try:
            self._pdf = source if isinstance(source, Pdf) else Pdf.open(source)
            self._pages: list[Object] = [page.obj for page in self._pdf.pages]
        except pikepdf.PasswordError as error:
            raise UnusablePaperError("The file is protected by a password.") from error
        except FileNotFoundError as error:
            raise UnusablePaperError("The file is missing from the store.") from error
        except (pikepdf.PdfError, OSError, ValueError, TypeError, AttributeError) as error:
            raise UnusablePaperError("The file is damaged and cannot be read.") from error
        if not self._pages:
            raise UnusablePaperError("The file holds no pages.")

    @property
    def pages(self) -> int:
        """Number of pages that the file really has."""
        return len(self._pages)

    def copy_into(self, pack: Pdf) -> CopiedPaper:
        """Copy all pages and what belongs to them into `pack`, as one node of a page tree.

        May be called once. Raises UnusablePaperError when the file turns out to be damaged.
        """
        try:
            return self._copy(pack)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise UnusablePaperError("The file is damaged and cannot be read.") from error

    def _copy(self, pack: Pdf) -> CopiedPaper:
        root = self._pdf.Root
        destinations = Destinations(self._pdf, self._pages)
        bookmarks = bookmarks_of(root, destinations)
        destinations.settle_links(self._pages)
        inherited: dict[tuple[int, int], dict[str, Object]] = {}
        for page in self._pages:
            _make_portable(page, inherited)
        tags = _tags(root)
        bundle = Array([Array(self._pages), Array([mark.target for mark in bookmarks])])
        if tags is not None:
            bundle.append(tags)
        copied = pack.copy_foreign(self._pdf.make_indirect(bundle))
        kids, targets = copied[0], copied[1]
        node = pack.make_indirect(Dictionary(Type=Name.Pages, Kids=kids, Count=len(kids)))
        pages = list(kids)
        for page in pages:
            page["/Type"] = Name.Page
            page["/Parent"] = node
        return CopiedPaper(
            pages,
            node,
            tags=copied[2] if tags is not None else None,
            language=_language(root),
            accessible=tags is not None and _declares_accessibility(root),
            bookmarks=[mark.moved(target) for mark, target in zip(bookmarks, targets, strict=True)],
        )


def _make_portable(page: Object, inherited: dict[tuple[int, int], dict[str, Object]]) -> None:
    parent = page.get("/Parent")
    if isinstance(parent, pikepdf.Dictionary):
        for key, value in _inherited(parent, inherited).items():
            if key not in page:
                page[key] = value
    for key in set(page.keys()) - PAGE_KEYS:
        del page[key]
    page["/Type"] = IN_TRANSIT


def _inherited(node: Object, known: dict[tuple[int, int], dict[str, Object]]) -> dict[str, Object]:
    """What a page takes from the nodes above it, nearest first."""
    if node.objgen not in known:
        found: dict[str, Object] = {}
        above: Object | None = node
        seen: set[tuple[int, int]] = set()
        while isinstance(above, pikepdf.Dictionary) and above.objgen not in seen:
            seen.add(above.objgen)
            for key in INHERITED:
                if key in above:
                    found.setdefault(key, above[key])
            above = above.get("/Parent")
        known[node.objgen] = found
    return known[node.objgen]


def _tags(root: Object) -> Object | None:
    tags = root.get("/StructTreeRoot")
    return tags if isinstance(tags, pikepdf.Dictionary) and "/K" in tags else None


def _language(root: Object) -> str | None:
    language = root.get("/Lang")
    return str(language) or None if isinstance(language, pikepdf.String) else None


def _declares_accessibility(root: Object) -> bool:
    metadata = root.get("/Metadata")
    if not isinstance(metadata, pikepdf.Stream):
        return False
    try:
        return CLAIM.search(metadata.read_bytes()) is not None
    except pikepdf.PdfError:
        return False
