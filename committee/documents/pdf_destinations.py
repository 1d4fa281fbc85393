"""Where the links and bookmarks of a paper lead: made explicit, so that they survive joining.

A named destination is looked up in its own file, and is lost as soon as pages are copied into
another. An explicit one holds the page itself.
"""

import itertools
import math
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.limits import DEEPEST_OUTLINE, MOST_OUTLINE_ENTRIES
from committee.documents.pdf_actions import as_dictionary, name_of

_MOST_NAMES = 50_000
_LONGEST_TITLE = 500
# How many numbers follow each way of showing a page.
_VIEWS = {
    "/XYZ": 3, "/Fit": 0, "/FitH": 1, "/FitV": 1, "/FitR": 4, "/FitB": 0, "/FitBH": 1, "/FitBV": 1,
}  # fmt: skip


class Destinations:
    """Resolves the destinations of one document against its own pages."""

    def __init__(self, pdf: Pdf, pages: Sequence[Object]) -> None:
        self._pages = pages
        self._known = {page.objgen for page in pages}
        self._names = _named(pdf.Root)

    def of(self, holder: Object) -> Array | None:
        """The explicit destination of a link or bookmark, or None where it leads nowhere."""
        action = as_dictionary(holder.get("/A"))
        if action is not None and name_of(action.get("/S")) == "/GoTo":
            return self.explicit(action.get("/D"))
        return self.explicit(holder.get("/Dest"))

    def explicit(self, value: object) -> Array | None:
        """A fresh [page view numbers] array, or None where the destination leads nowhere."""
        if isinstance(value, pikepdf.String | pikepdf.Name):
            value = self._names.get(
                bytes(value) if isinstance(value, pikepdf.String) else str(value)
            )
        found = as_dictionary(value)
        if found is not None:
            value = found.get("/D")
        if not isinstance(value, Array) or len(value) == 0:
            return None
        page = self._page(value[0])
        return None if page is None else Array([page, *_view(list(value)[1:])])

    def _page(self, value: object) -> Object | None:
        if isinstance(value, Dictionary):
            return value if value.objgen in self._known else None
        if isinstance(value, int) and 0 <= value < len(self._pages):
            return self._pages[value]
        return None


def _view(rest: Sequence[object]) -> list[object]:
    kind = name_of(rest[0]) if rest else ""
    if kind not in _VIEWS:
        return [Name.Fit]
    numbers = ([*rest[1:], *[None] * 4])[: _VIEWS[kind]]
    return [Name(kind), *[_number(value) for value in numbers]]


def _number(value: object) -> object:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return round(number, 3) if math.isfinite(number) and abs(number) < 1e6 else None


def _named(root: Object) -> dict[bytes | str, object]:
    """Every named destination: of the name tree (by bytes) and of the old dictionary (by name)."""
    found: dict[bytes | str, object] = {}
    old = as_dictionary(root.get("/Dests"))
    if old is not None:
        found.update({str(key): old[key] for key in list(old.keys())[:_MOST_NAMES]})
    names = as_dictionary(root.get("/Names"))
    for key, value in name_tree(names.get("/Dests") if names is not None else None):
        found.setdefault(key, value)
    return found


def name_tree(top: object) -> list[tuple[bytes, object]]:
    """The pairs of a name tree, whatever its shape; a loop in it is followed once."""
    pairs: list[tuple[bytes, object]] = []
    seen: set[tuple[int, int]] = set()
    waiting = [top]
    while waiting and len(pairs) < _MOST_NAMES:
        node = as_dictionary(waiting.pop())
        if node is None or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        leaves = node.get("/Names")
        if isinstance(leaves, Array):
            flat = list(leaves)
            pairs += [
                (bytes(key), value)
                for key, value in zip(flat[::2], flat[1::2], strict=False)
                if isinstance(key, pikepdf.String)
            ]
        kids = node.get("/Kids")
        if isinstance(kids, Array):
            waiting.extend(reversed(list(kids)))
    return pairs


class Outline:
    """The paper's bookmarks, written anew with explicit destinations."""

    def __init__(self, pdf: Pdf, destinations: Destinations) -> None:
        self._pdf = pdf
        self._destinations = destinations
        self._seen: set[tuple[int, int]] = set()

    def rebuilt(self) -> Object | None:
        """A fresh outline; None where the paper has none. Loops and excess depth are cut off."""
        old = as_dictionary(self._pdf.Root.get("/Outlines"))
        if old is None:
            return None
        top = self._pdf.make_indirect(Dictionary(Type=Name.Outlines))
        waiting: list[tuple[Object, Object, int]] = [(old, top, 0)]
        while waiting:
            source, target, depth = waiting.pop()
            pairs = self._children(source)
            _link(target, [new for _, new in pairs])
            if depth < DEEPEST_OUTLINE:
                waiting += [(entry, new, depth + 1) for entry, new in pairs]
        return top if "/First" in top else None

    def _children(self, parent: Object) -> list[tuple[Object, Object]]:
        pairs = []
        entry = as_dictionary(parent.get("/First"))
        while entry is not None and len(self._seen) < MOST_OUTLINE_ENTRIES:
            if entry.objgen in self._seen:
                break
            self._seen.add(entry.objgen)
            pairs.append((entry, self._entry(entry)))
            entry = as_dictionary(entry.get("/Next"))
        return pairs

    def _entry(self, entry: Object) -> Object:
        title = entry.get("/Title")
        text = str(title) if isinstance(title, pikepdf.String) else ""
        new = Dictionary(Title=pikepdf.String(" ".join(text.split())[:_LONGEST_TITLE] or "–"))
        destination = self._destinations.of(entry)
        if destination is not None:
            new["/Dest"] = destination
        return self._pdf.make_indirect(new)


def _link(parent: Object, children: list[Object]) -> None:
    if not children:
        return
    parent["/First"], parent["/Last"] = children[0], children[-1]
    # Only the first level is shown open: an outline of many levels is read from the top.
    parent["/Count"] = len(children) if "/Type" in parent else -len(children)
    for child in children:
        child["/Parent"] = parent
    for before, after in itertools.pairwise(children):
        before["/Next"], after["/Prev"] = after, before
