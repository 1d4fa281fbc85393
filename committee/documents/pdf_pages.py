"""Pages that stand by themselves: sound boxes, their own resources, nothing that acts."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from committee.documents.findings import Unusable
from committee.documents.limits import LONGEST_PAGE_EDGE_POINTS, SHORTEST_PAGE_EDGE_POINTS
from committee.documents.notices import Notices
from committee.documents.pack.page_shape import A4, Box, sides
from committee.documents.pdf_actions import as_dictionary
from committee.documents.pdf_content import mend

_MILLIMETRES_PER_POINT = 25.4 / 72
_FARTHEST_CORNER_POINTS = 1_000_000.0
_DEEPEST_TREE = 100
_LARGEST_UNIT = 75_000.0
# All that a page needs to be seen and read aloud. Whatever else a page may hold acts, plays or
# tells who made it.
_KEPT = ("/Group", "/StructParents", "/Tabs", "/UserUnit", "/Annots")


def settle(pdf: Pdf, page: Object, number: int, notices: Notices) -> None:
    """Rewrite the page's dictionary in place. Raises Unusable for a page of absurd size."""
    kept = {key: page[key] for key in _KEPT if key in page}
    resources = as_dictionary(_inherited(page, "/Resources"))
    media = _media_box(_inherited(page, "/MediaBox"), number)
    if media is None:
        notices.on_page(number, "size")
        media = A4
    crop = _crop_box(sides(_inherited(page, "/CropBox")), media)
    rotate = _rotation(_inherited(page, "/Rotate"))
    contents = page.get("/Contents")
    for key in list(page.keys()):
        del page[key]
    new = {"/Type": Name.Page, "/Contents": contents, "/Rotate": rotate or None}
    new["/Resources"] = Dictionary() if resources is None else resources
    new["/MediaBox"] = _array(media)
    new["/CropBox"] = None if crop == media else _array(crop)
    new |= {key: value for key, value in kept.items() if _sound(key, value)}
    for key, value in new.items():
        if value is not None:
            page[key] = value
    if not mend(pdf, page):
        notices.on_page(number, "unreadable")


def _inherited(page: Object, key: str) -> object:
    """The page's own value, or the one that it takes from the page tree above it."""
    node: Object | None = page
    for _ in range(_DEEPEST_TREE):
        if node is None:
            return None
        if key in node:
            return node[key]
        node = as_dictionary(node.get("/Parent"))
    return None


def _media_box(value: object, number: int) -> Box | None:
    """The page's size; None where it does not state a usable one."""
    box = sides(value)
    if box is None or min(_edges(box)) < SHORTEST_PAGE_EDGE_POINTS:
        return None
    width, height = _edges(box)
    if (
        max(width, height) > LONGEST_PAGE_EDGE_POINTS
        or max(map(abs, box)) > _FARTHEST_CORNER_POINTS
    ):
        size = " × ".join(f"{edge * _MILLIMETRES_PER_POINT:.0f} mm" for edge in (width, height))
        raise Unusable("page_size", page=number, size=size)
    return box


def _crop_box(box: Box | None, media: Box) -> Box:
    """The part of the page that is shown; the whole page where that part is empty."""
    if box is None:
        return media
    low = max(box[0], media[0]), max(box[1], media[1])
    high = min(box[2], media[2]), min(box[3], media[3])
    shown = (*low, *high)
    return shown if min(_edges(shown)) >= SHORTEST_PAGE_EDGE_POINTS else media


def _edges(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _array(box: Box) -> Array:
    return Array([int(edge) if edge.is_integer() else round(edge, 4) for edge in box])


def _rotation(value: object) -> int:
    return value % 360 if isinstance(value, int) and value % 90 == 0 else 0


def _sound(key: str, value: object) -> bool:
    """Whether a kept entry is of the kind that readers of it expect."""
    if key == "/UserUnit":
        try:
            return 0 < float(value) <= _LARGEST_UNIT  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return False
    if key == "/StructParents":
        return isinstance(value, int) and value >= 0
    kinds = {"/Group": Dictionary, "/Tabs": pikepdf.Name, "/Annots": Array}
    return isinstance(value, kinds[key])
