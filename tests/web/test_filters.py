"""Dates, times and sizes in words."""

from datetime import UTC, date, datetime, time

import pytest

from committee.web import filters


def test_dates() -> None:
    assert filters.date_in_words(date(2027, 5, 8)) == "8 May 2027"
    assert filters.weekday_in_words(date(2027, 5, 8)) == "Saturday 8 May 2027"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(10), "10.00 am"),
        (time(0, 5), "12.05 am"),
        (time(12, 30), "12.30 pm"),
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(23, 59), "11.59 pm"),
    ],
)
def test_times(at: time, words: str) -> None:
    assert filters.time_in_words(at) == words


def test_an_instant_is_told_in_londons_time() -> None:
    summer = datetime(2027, 7, 1, 9, 4, tzinfo=UTC)
    assert filters.moment_in_words(summer) == "1 July 2027 at 10.04 am"
    winter = datetime(2027, 1, 1, 9, 4, tzinfo=UTC)
    assert filters.moment_in_words(winter) == "1 January 2027 at 9.04 am"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (1023, "1,023 bytes"),
        (1024, "1 kB"),
        (1_048_576, "1 MB"),
        (3_565_158, "3.4 MB"),
    ],
)
def test_sizes(size: int, words: str) -> None:
    assert filters.file_size(size) == words


def test_counts_and_ranges() -> None:
    assert filters.counted(1, "page") == "1 page"
    assert filters.counted(1500, "page") == "1,500 pages"
    assert filters.counted(2, "copy", "copies") == "2 copies"
    assert filters.page_range(7, 7) == "page 7"
    assert filters.page_range(7, 12) == "pages 7 to 12"
    assert filters.page_range(None, None) == ""
