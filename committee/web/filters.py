"""Words for dates, times, sizes and pages, as the pages of the product write them."""

from datetime import date, datetime, time

from flask import Flask

from committee.clock import LONDON
from committee.web.browsers import browser_in_words

KIBIBYTE = 1024
MEBIBYTE = KIBIBYTE * KIBIBYTE


def date_in_words(day: date) -> str:
    """A civil date as `8 May 2018`."""
    return f"{day.day} {day:%B %Y}"


def from_iso(text: str) -> date:
    """The civil date that frozen contents hold as `2018-05-08`."""
    return date.fromisoformat(text)


def weekday_in_words(day: date) -> str:
    """A civil date with its weekday, as `Tuesday 8 May 2018`."""
    return f"{day:%A} {date_in_words(day)}"


def time_in_words(at: time) -> str:
    """A time of day as `10.00 am`; noon and midnight by name, since 12 am and 12 pm mislead."""
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    half = "am" if at.hour < 12 else "pm"
    return f"{at.hour % 12 or 12}.{at.minute:02d} {half}"


def moment_in_words(moment: datetime) -> str:
    """An instant in London's time, as `8 May 2018 at 10.04 am`."""
    local = moment.astimezone(LONDON)
    return f"{date_in_words(local.date())} at {time_in_words(local.time())}"


def file_size(size: int) -> str:
    """A size in bytes as `640 bytes`, `12 kB` or `3.4 MB`."""
    if size < KIBIBYTE:
        return counted(size, "byte")
    if size < MEBIBYTE:
        return f"{round(size / KIBIBYTE)} kB"
    return f"{size / MEBIBYTE:.1f}".removesuffix(".0") + " MB"


def counted(number: int, noun: str, many: str | None = None) -> str:
    """A number with its noun, as `1 page` or `12 pages`; `many` is an irregular plural."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def page_range(first: int | None, last: int | None) -> str:
    """The pages from first to last as `page 7` or `pages 7 to 12`; nothing for no pages."""
    if first is None or last is None:
        return ""
    return f"page {first}" if first == last else f"pages {first} to {last}"


def register(app: Flask) -> None:
    """Give the templates these words as filters."""
    for word in (
        date_in_words,
        from_iso,
        weekday_in_words,
        time_in_words,
        moment_in_words,
        file_size,
        counted,
        browser_in_words,
    ):
        app.add_template_filter(word)
    app.add_template_global(page_range)
