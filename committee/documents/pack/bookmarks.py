"""A paper's own bookmarks and links, resolved while the paper is still a file of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf

DEEPEST_BOOKMARK = 3
MOST_BOOKMARKS = 150
"""Of one paper; a paper with more keeps its first ones."""
LONGEST_TITLE = 200
"""Characters."""
VIEWS = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}


@dataclass(frozen=True)
class Bookmark:
    """One bookmark: its title, its depth (1 is the outermost) and the destination it leads to."""

    title: str
    depth: int
    target: Object


class Destinations:
    """Finds where a paper's links lead, be they written as pages or as names."""

    def __init__(self, pdf: Pdf, pages: list[Object]) -> None:
        self._pages = {page.objgen for page in pages}
        self._root = pdf.Root
        self._named = _named(pdf.Root)

    def explicit(self, target: Object | None) -> Object | None:
        """A destination on a page of this paper, or None when there is no such page."""
        if isinstance(target, pikepdf.String | pikepdf.Name):
            target = self._named.get(str(target))
        if isinstance(target, pikepdf.Dictionary):
            target = target.get("/D")
        if not isinstance(target, Array) or not len(target):
            return None
        page = target[0]
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self._pages:
            return None
        view = str(target[1]) if len(target) > 1 and isinstance(target[1], Name) else ""
        return target if view in VIEWS else Array([page, Name.Fit])

    def of(self, holder: Object) -> Object | None:
        """The destination of a bookmark or link, be it its own or its action's."""
        if "/Dest" in holder:
            return self.explicit(holder.get("/Dest"))
        action = holder.get("/A")
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == Name.GoTo:
            return self.explicit(action.get("/D"))
        return None

    def settle_links(self, pages: list[Object]) -> None:
        """Make every link within the paper name its page: names do not survive joining.

        A link to a page that is not there loses its destination.
        """
        for page in pages:
            annotations = page.get("/Annots")
            if isinstance(annotations, Array):
                for annotation in annotations:
                    if isinstance(annotation, pikepdf.Dictionary):
                        self._settle(annotation)

    def _settle(self, annotation: Object) -> None:
        target = self.of(annotation)
        action = annotation.get("/A")
        if "/Dest" in annotation:
            del annotation["/Dest"]
        elif not (isinstance(action, pikepdf.Dictionary) and action.get("/S") == Name.GoTo):
            return
        if target is not None:
            annotation["/A"] = Dictionary(S=Name.GoTo, D=target)
        elif action is not None:
            del annotation["/A"]


def _named(root: Object) -> dict[str, Object]:
    found: dict[str, Object] = {}
    old = root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        found.update((name, value) for name, value in old.items())
    names = root.get("/Names")
    tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
    if isinstance(tree, pikepdf.Dictionary):
        try:
            found.update((str(name), value) for name, value in NameTree(tree).items())
        except (pikepdf.PdfError, ValueError, RuntimeError):
            return found
    return found


def bookmarks_of(root: Object, destinations: Destinations) -> list[Bookmark]:
    """The paper's bookmarks in reading order, no deeper and no more than a pack can carry."""
    outlines = root.get("/Outlines")
    if not isinstance(outlines, pikepdf.Dictionary):
        return []
    found: list[Bookmark] = []
    for title, depth, entry in _entries(outlines, 1, set()):
        target = destinations.of(entry)
        if target is not None and title:
            found.append(Bookmark(title, depth, target))
        if len(found) >= MOST_BOOKMARKS:
            break
    return found


def _entries(
    parent: Object, depth: int, seen: set[tuple[int, int]]
) -> Iterator[tuple[str, int, Object]]:
    entry = parent.get("/First")
    while isinstance(entry, pikepdf.Dictionary) and entry.objgen not in seen:
        seen.add(entry.objgen)
        title = " ".join(str(entry.get("/Title", "")).split())[:LONGEST_TITLE]
        yield title, depth, entry
        if depth < DEEPEST_BOOKMARK:
            yield from _entries(entry, depth + 1, seen)
        entry = entry.get("/Next")
