"""A page as its reader sees it, whatever its boxes, rotation and units."""

import math
from dataclasses import dataclass

from pikepdf import Array, Object

FONT_NAME = "/QuorateStamp"
"""What every page's resources call the font of the stamps."""
Box = tuple[float, float, float, float]
A4: Box = (0.0, 0.0, 595.276, 841.89)
TURNED = {
    0: (1, 0, 0, 1, 0, 1),
    90: (0, 1, -1, 0, 2, 1),
    180: (-1, 0, 0, -1, 2, 3),
    270: (0, -1, 1, 0, 0, 3),
}
"""For each rotation: the four numbers of the matrix, and which of the box's sides are its origin
(0 left, 1 bottom, 2 right, 3 top)."""


def sides(box: object) -> Box | None:
    """Left, bottom, right and top of a box, whichever corners it names; None unless they are four
    finite numbers with an area between them."""
    if not isinstance(box, Array) or len(box) != 4:
        return None
    try:
        a, b, c, d = (float(side) for side in list(box))
    except (TypeError, ValueError):
        return None
    if not all(map(math.isfinite, (a, b, c, d))):
        return None
    tidy = (min(a, c), min(b, d), max(a, c), max(b, d))
    return tidy if tidy[2] > tidy[0] and tidy[3] > tidy[1] else None


def media_box(page: Object) -> Box:
    """Left, bottom, right and top of the whole page; A4 when it does not say."""
    return sides(page.get("/MediaBox")) or A4


def visible_box(page: Object) -> Box:
    """Left, bottom, right and top of what a reader sees of the page, in the page's own units."""
    media = media_box(page)
    crop = sides(page.get("/CropBox"))
    if crop is None:
        return media
    seen = (
        max(media[0], crop[0]), max(media[1], crop[1]),
        min(media[2], crop[2]), min(media[3], crop[3]),
    )  # fmt: skip
    return seen if seen[2] > seen[0] and seen[3] > seen[1] else media


def _rotation(page: Object) -> int:
    try:
        return int(page.get("/Rotate", 0)) // 90 * 90 % 360
    except (TypeError, ValueError):
        return 0


def _unit(page: Object) -> float:
    try:
        unit = float(page.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return unit if unit > 0 else 1.0


@dataclass(frozen=True)
class Leaf:
    """What stamping needs to know of a page: its size as read, in points, and the matrix (as PDF
    text) from there to the page's own units."""

    width: float
    height: float
    matrix: str
    turned: bool = False


def leaf_of(page: Object) -> Leaf:
    """Measure a page as its reader sees it: cropped, turned and scaled."""
    box, turn, unit = visible_box(page), _rotation(page), _unit(page)
    width, height = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    if turn in (90, 270):
        width, height = height, width
    a, b, c, d, x, y = TURNED[turn]
    scale = [f"{side / unit:.5g}" for side in (a, b, c, d)]
    return Leaf(width, height, f"{' '.join(scale)} {box[x]:.3f} {box[y]:.3f} cm", bool(turn))
