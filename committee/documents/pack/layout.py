"""Where each page of a pack falls: arithmetic alone, no file is read."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class PaperPlace:
    """A paper's place. Pages count from 1; `fillers` blank pages follow so that the next paper
    starts on an odd page."""

    first_page: int
    pages: int
    fillers: int

    @property
    def last_page(self) -> int:
        """The paper's own last page, fillers not counted."""
        return self.first_page + self.pages - 1


@dataclass(frozen=True)
class ItemPlace:
    """An item's papers in their order; none when the item has no papers."""

    papers: tuple[PaperPlace, ...]

    @property
    def first_page(self) -> int | None:
        """First page of the item's first paper, None without papers."""
        return self.papers[0].first_page if self.papers else None

    @property
    def last_page(self) -> int | None:
        """Last page of the item's last paper, the fillers after it not counted."""
        return self.papers[-1].last_page if self.papers else None


@dataclass(frozen=True)
class Layout:
    """The whole pack. `front_pages` is even and includes `front_fillers`."""

    front_pages: int
    front_fillers: int
    items: tuple[ItemPlace, ...]
    pages: int


def even(pages: int) -> int:
    """So many pages with the blank one that makes their number even."""
    return pages + pages % 2


def lay_out(front_pages: int, papers: Sequence[Sequence[int]], *, reserved: int = 0) -> Layout:
    """Place the papers of each item behind front matter of `front_pages` pages.

    `papers` holds, for each item, the page count of each of its papers. The front matter is
    rounded up to an even number, and to `reserved` pages (an even number) at least; every paper
    starts on an odd page. No filler ends the pack.
    Raises ValueError for a paper without pages.
    """
    if front_pages < 0 or any(count < 1 for item in papers for count in item):
        raise ValueError("every paper needs at least one page")
    front_fillers = max(even(front_pages), reserved) - front_pages
    last_paper = sum(len(item) for item in papers)
    next_page, placed, seen = front_pages + front_fillers + 1, [], 0
    for item in papers:
        places = []
        for count in item:
            seen += 1
            fillers = count % 2 if seen < last_paper else 0
            places.append(PaperPlace(next_page, count, fillers))
            next_page += count + fillers
        placed.append(ItemPlace(tuple(places)))
    return Layout(front_pages + front_fillers, front_fillers, tuple(placed), next_page - 1)
