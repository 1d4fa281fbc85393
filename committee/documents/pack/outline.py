"""The pack's bookmarks: front matter, items, appendices, and the papers' own beneath them."""

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from committee.documents.pack.bookmarks import Bookmark
from committee.documents.pack.stamps import visible_box


@dataclass
class Entry:
    """One bookmark of the pack: where it leads (None for a heading alone) and what is under it."""

    title: str
    target: Object | None
    under: list["Entry"] = field(default_factory=list)
    open: bool = False


def top_of(page: Object) -> Object:
    """A destination that shows the start of a page without changing the reader's zoom."""
    if page.get("/Rotate", 0):
        return Array([page, Name.Fit])
    left, _, _, top = visible_box(page)
    return Array([page, Name.XYZ, round(left, 2), round(top, 2), 0])


def carried_over(bookmarks: list[Bookmark]) -> list[Entry]:
    """A paper's own bookmarks as entries, each beneath the last one of a lesser depth."""
    outermost: list[Entry] = []
    trail: list[tuple[int, Entry]] = []
    for bookmark in bookmarks:
        entry = Entry(bookmark.title, bookmark.target)
        while trail and trail[-1][0] >= bookmark.depth:
            trail.pop()
        (trail[-1][1].under if trail else outermost).append(entry)
        trail.append((bookmark.depth, entry))
    return outermost


def write_outline(pdf: Pdf, entries: list[Entry]) -> None:
    """Give `pdf` these bookmarks in place of any it has."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    shown = _write_under(pdf, root, entries)
    root["/Count"] = shown
    pdf.Root.Outlines = root


def _write_under(pdf: Pdf, parent: Object, entries: list[Entry]) -> int:
    """Write `entries` beneath `parent`; gives how many lines they show when `parent` is open."""
    previous: Object | None = None
    shown = 0
    for entry in entries:
        line = pdf.make_indirect(Dictionary(Title=String(entry.title), Parent=parent))
        if entry.target is not None:
            line["/Dest"] = entry.target
        if previous is None:
            parent["/First"] = line
        else:
            previous["/Next"] = line
            line["/Prev"] = previous
        shown += 1
        if entry.under:
            inner = _write_under(pdf, line, entry.under)
            line["/Count"] = inner if entry.open else -inner
            shown += inner if entry.open else 0
        previous = line
    if previous is not None:
        parent["/Last"] = previous
    return shown
