"""The crawl finds what leaks: each planted leak is found, on the surface where it is.

About a quarter of them are planted in each run, another quarter each week; all of them by night.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.canary import leaks_of_access, leaks_of_traces, leaks_of_words
from tests.canary.planting import LEAKS, Leak, crawled_with
from tests.canary.watched import WatchedCouncil

PARTS = 4
THIS_WEEK = datetime.now(UTC).isocalendar().week % PARTS
PLANTED_IN = (leaks_of_access, leaks_of_traces, leaks_of_words)


def every_leak() -> Iterator[object]:
    """Each leak; those that are not of this week by night alone."""
    for number, planted in enumerate(LEAKS):
        by_night = () if number % PARTS == THIS_WEEK else (pytest.mark.nightly,)
        yield pytest.param(planted, id=planted.name, marks=by_night)


@pytest.fixture
def as_it_was(watched: WatchedCouncil) -> Iterator[WatchedCouncil]:
    """The council, whose database is made what it was after each leak."""
    try:
        yield watched
    finally:
        watched.installation.go_back()


@pytest.mark.parametrize("planted", list(every_leak()))
def test_a_planted_leak_is_found_where_it_is(planted: Leak, as_it_was: WatchedCouncil) -> None:
    found = crawled_with(as_it_was, planted)
    there = [each for each in found.on(planted.surface) if planted.of in each.secret]
    assert there, found.findings


def test_there_are_many_leaks_of_every_sort() -> None:
    assert len(LEAKS) >= 50
    assert len({each.name for each in LEAKS}) == len(LEAKS)
    assert all(module.__doc__ for module in PLANTED_IN)
