"""Which page of a long list an address asks for, whatever somebody wrote there."""

from collections.abc import Mapping

# Beyond any list here; a row number of fifty times as much is still one that the database takes.
MOST_PAGES = 100_000


def page_from(given: Mapping[str, str], *, most: int = MOST_PAGES) -> int:
    """The page that these parameters ask for, from 1 to `most`; 1 where it is no number."""
    asked = given.get("page", "")
    if not (asked.isascii() and asked.isdigit()):
        return 1
    digits = asked.lstrip("0")
    if len(digits) > len(str(most)):
        return most  # not read as a number at all: Python refuses very long ones
    return min(max(1, int(digits or "0")), most)


def pages_of(total: int, size: int) -> int:
    """How many pages of `size` rows a list of so many rows has; one at least."""
    return max(1, -(-total // size))


def place_of(page: int, total: int, size: int) -> int:
    """The page to show of a list of so many rows: the last where a later one was asked for."""
    return min(max(1, page), pages_of(total, size))
