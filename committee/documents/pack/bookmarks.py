"""A paper's own bookmarks and links, resolved while the paper is still a file of its own."""

from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from committee.documents.pdf_destinations import Destinations

DEEPEST_BOOKMARK = 3
MOST_BOOKMARKS = 150
"""Of one paper; a paper with more keeps its first ones."""
LONGEST_TITLE = 200
"""Characters."""


@dataclass(frozen=True)
class Bookmark:
    """One bookmark: its title, its depth (1 is the outermost) and the destination it leads to."""

    title: str
    depth: int
    target: Object


def settle_links(destinations: Destinations, pages: list[Object]) -> None:
    """Make every link within the paper name its page: names do not survive joining.

    A link to a page that is not there loses its destination.
    """
    for page in pages:
        annotations = page.get("/Annots")
        for annotation in annotations if isinstance(annotations, Array) else ():
            if isinstance(annotation, pikepdf.Dictionary):
                _settle(destinations, annotation)


def _settle(destinations: Destinations, annotation: Object) -> None:
    action = annotation.get("/A")
    goes = isinstance(action, pikepdf.Dictionary) and action.get("/S") == Name.GoTo
    if "/Dest" not in annotation and not goes:
        return
    target = destinations.of(annotation)
    if "/Dest" in annotation:
        del annotation["/Dest"]
    if target is not None:
        annotation["/A"] = Dictionary(S=Name.GoTo, D=target)
    elif action is not None:
        del annotation["/A"]


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
