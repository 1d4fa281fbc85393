"""Putting the days of the year in place of those that the example's texts are written with."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from committee.commands.example_year.days import Days

# The days of the texts in the repository, and the days of the year that stand for them.
WRITTEN: dict[date, Callable[[Days], date]] = {
    date(2026, 6, 23): lambda days: days.before("first", weeks=12),
    date(2026, 9, 15): lambda days: days.first,
    date(2026, 10, 6): lambda days: days.before("big", weeks=9),
    date(2026, 12, 8): lambda days: days.big,
    date(2027, 1, 21): lambda days: days.other,
    date(2027, 2, 2): lambda days: days.next,
    # When the exemption is weighed again, which is within a year of the meeting that closed it.
    date(2027, 3, 1): lambda days: days.next + timedelta(days=27),
}
YEAR_OF_TEXTS = 2026
A_YEAR = re.compile(r"\b(20[23]\d)(?:/(\d\d))?\b")  # 2027, or 2027/28
# A decision number begins with the year in which it was given.
NUMBER = re.compile(r"\b26/(\d{5})\b")


def redated(days: Days, numbers: Mapping[str, str]) -> Callable[[str], str]:
    """What puts the dates, years and decision numbers of this year into a text."""
    known = {written: when(days) for written, when in WRITTEN.items()}
    swaps = {form: put for day, new in known.items() for form, put in _forms(day, new)}
    exact = re.compile("|".join(map(re.escape, swaps)))
    later_by = days.big.year - YEAR_OF_TEXTS

    def change(text: str) -> str:
        pieces = []
        end = 0
        for found in exact.finditer(text):
            pieces += [_years(text[end : found.start()], later_by), swaps[found.group()]]
            end = found.end()
        whole = "".join([*pieces, _years(text[end:], later_by)])
        return NUMBER.sub(lambda found: numbers.get(found.group(), found.group()), whole)

    return change


def _forms(day: date, new: date) -> list[tuple[str, str]]:
    return [(day.isoformat(), new.isoformat()), (_spoken(day), _spoken(new))]


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _years(text: str, later_by: int) -> str:
    def later(found: re.Match[str]) -> str:
        year = str(int(found[1]) + later_by)
        return f"{year}/{(int(found[2]) + later_by) % 100:02d}" if found[2] else year

    return A_YEAR.sub(later, text)
