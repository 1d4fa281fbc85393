"""What lies on top of a page: links are kept, form fields become part of it, the rest goes."""

from dataclasses import dataclass, field

from pikepdf import Array, Name, Object, Pdf

from committee.documents.findings import Unusable, counted, page_list
from committee.documents.notices import Notices
from committee.documents.pdf_actions import (
    as_dictionary,
    link_to,
    name_of,
    removed_kinds,
    web_address,
)
from committee.documents.pdf_destinations import Destinations

# What people leave on a draft for each other.
_COMMENTS = frozenset(
    {
        "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight",
        "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink",
    }
)  # fmt: skip
_MEDIA = frozenset({"/Sound", "/Movie", "/Screen", "/3D", "/RichMedia"})
# Their look becomes part of the page.
_FLATTENED = frozenset({"/Widget", "/Watermark"})
_LINK_KEYS = frozenset(
    {"/Rect", "/Border", "/BS", "/C", "/F", "/QuadPoints", "/StructParent", "/Contents"}
)
_DEEPEST_FIELD = 50
_INVISIBLE_BITS = 0x2 | 0x20  # hidden, or not to be shown on a screen


@dataclass
class Annotations:
    """Goes through the annotations of every page. Ask `refuse` once all pages are through.

    `altered` tells whether any was left out or made part of its page, even without a notice.
    """

    pdf: Pdf
    destinations: Destinations
    notices: Notices
    kept: set[tuple[int, int]] = field(default_factory=set)
    altered: bool = False
    _comments: list[int] = field(default_factory=list)
    _redactions: list[int] = field(default_factory=list)
    _flatten: bool = False
    _links: list[tuple[Object, list[Object]]] = field(default_factory=list)

    def take(self, page: Object, number: int) -> None:
        """Sort the page's annotations; only those to be flattened are left on it for now."""
        found = page.get("/Annots")
        entries = [as_dictionary(entry) for entry in found] if isinstance(found, Array) else []
        links, flattened = [], []
        seen: set[tuple[int, int]] = set()
        for entry in entries:
            if entry is None or (entry.is_indirect and entry.objgen in seen):
                continue
            seen.add(entry.objgen)
            kind = self._sort(entry, number)
            self.altered = self.altered or kind != "link"
            if kind == "link":
                links.append(entry if entry.is_indirect else self.pdf.make_indirect(entry))
            elif kind == "flatten":
                flattened.append(entry)
        page["/Annots"] = Array(flattened)
        self._flatten = self._flatten or bool(flattened)
        self._links.append((page, links))

    def refuse(self) -> None:
        """Raise Unusable where comments or unapplied redactions were met."""
        if self._redactions:
            raise Unusable("redaction_not_applied", pages=page_list(sorted(set(self._redactions))))
        if self._comments:
            raise Unusable(
                "pdf_comments",
                comments=counted(len(self._comments), "comment"),
                are="is" if len(self._comments) == 1 else "are",
                pages=page_list(sorted(set(self._comments))),
            )

    def finish(self) -> None:
        """Make form fields part of their pages, then put the links back."""
        if self._flatten:
            self.pdf.generate_appearance_streams()
            self.pdf.flatten_annotations("screen")
        for page, links in self._links:
            if "/Annots" in page:
                del page["/Annots"]
            if links:
                page["/Annots"] = Array(links)
                self.kept.update(link.objgen for link in links)

    def _sort(self, entry: Object, number: int) -> str:
        kind = name_of(entry.get("/Subtype"))
        if "/AA" in entry:
            self._note_automatic(entry["/AA"])
        if kind == "/Link":
            return "link" if self._keep_link(entry) else _emptied(entry)
        if kind in _FLATTENED:
            self._note_field(entry)
            return "flatten"
        if kind in _COMMENTS:
            self._comments.append(number)
        elif kind == "/Redact":
            self._redactions.append(number)
        elif kind != "/Popup":
            self.notices.add(_left_out(kind))
        self.notices.add(*removed_kinds(entry.get("/A")))
        return _emptied(entry)

    def _keep_link(self, link: Object) -> bool:
        """Rewrite the link in place with what is safe. False where it leads nowhere then."""
        address = web_address(link.get("/A"))
        destination = self.destinations.of(link)
        self.notices.add(*removed_kinds(link.get("/A")), *removed_kinds(link.get("/PA")))
        if address is None and destination is None:
            return False
        for key in list(link.keys()):
            if key not in _LINK_KEYS:
                del link[key]
        link["/Type"], link["/Subtype"] = Name.Annot, Name.Link
        if address is not None:
            link["/A"] = link_to(address)
        else:
            link["/Dest"] = destination
        return True

    def _note_field(self, entry: Object) -> None:
        self.notices.add(*removed_kinds(entry.get("/A")))
        if name_of(entry.get("/Subtype")) == "/Watermark":
            return
        self.notices.add("form")
        node: Object | None = entry
        for _ in range(_DEEPEST_FIELD):
            if node is None:
                return
            if "/AA" in node and node.objgen != entry.objgen:
                self._note_automatic(node["/AA"])
            if name_of(node.get("/FT")) == "/Sig" and "/V" in node:
                self.notices.add("signature")
            node = as_dictionary(node.get("/Parent"))

    def _note_automatic(self, triggers: object) -> None:
        self.notices.add("automatic", *triggered_kinds(triggers))


def triggered_kinds(triggers: object) -> list[str]:
    """The kinds of active content behind an /AA entry."""
    found = as_dictionary(triggers)
    if found is None:
        return []
    return [kind for key in list(found.keys()) for kind in removed_kinds(found[key])]


def _left_out(kind: str) -> str:
    if kind == "/FileAttachment":
        return "attachments"
    return "media" if kind in _MEDIA else "unknown"


def _emptied(entry: Object) -> str:
    """Empty the annotation itself: the structure tree may still point to it."""
    for key in list(entry.keys()):
        del entry[key]
    return "gone"
