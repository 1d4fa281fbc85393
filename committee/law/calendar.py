"""Days as the law counts them: working days and clear days in England and Wales.

All dates are civil dates in London. The calendar knows the bank holidays of certain years; asked
about any other day it raises instead of guessing.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

DAY = timedelta(days=1)


class Mode(StrEnum):
    """Which days a clear-day rule counts."""

    WORKING = "working"  # Monday to Friday without bank holidays (CAL-02)
    CALENDAR = "calendar"  # every day (CAL-04)


class CalendarExhausted(Exception):
    """The answer depends on a day whose bank holidays are not known. The message says which."""


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of a division of the United Kingdom, for the years that are known.

    `closed` are days on which this council's offices are shut beside bank holidays; they are not
    excluded by law, so a council puts them here only on advice (CAL-09).
    """

    bank_holidays: Mapping[date, str]
    known_from: date
    known_until: date
    version: str
    closed: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Whether `day` is a Monday to Friday that is no bank holiday. Raises CalendarExhausted."""
        self.check_known(day)
        return day.weekday() < 5 and day not in self.bank_holidays and day not in self.closed

    def counts(self, day: date, mode: Mode) -> bool:
        """Whether a clear-day rule in this mode counts `day`. Raises CalendarExhausted."""
        if mode is Mode.CALENDAR:
            return True
        return self.is_working(day)

    def clear_days(self, published: date, event: date, mode: Mode) -> tuple[date, ...]:
        """The counted days strictly between the two dates, neither of which is itself counted.

        Source: R v Herefordshire Justices (1820); R v Swansea CC ex p Elitestone (CA, 1993).
        Raises CalendarExhausted.
        """
        between = (published + DAY * n for n in range(1, (event - published).days))
        return tuple(day for day in between if self.counts(day, mode))

    def counted_after(self, day: date, number: int, mode: Mode) -> tuple[date, ...]:
        """The first `number` counted days after `day`. Raises CalendarExhausted."""
        return self._first_counted(day, number, mode, DAY)

    def counted_before(self, day: date, number: int, mode: Mode) -> tuple[date, ...]:
        """The last `number` counted days before `day`, earliest first. Raises CalendarExhausted."""
        return tuple(reversed(self._first_counted(day, number, mode, -DAY)))

    def this_or_next_working(self, day: date) -> date:
        """`day` if it is a working day, else the next that is. Raises CalendarExhausted."""
        while not self.is_working(day):
            day += DAY
        return day

    def this_or_last_working(self, day: date) -> date:
        """`day` if it is a working day, else the last before it. Raises CalendarExhausted."""
        while not self.is_working(day):
            day -= DAY
        return day

    def why_not_counted(self, day: date) -> str | None:
        """The reason why `day` is no working day, in words, or None if it is one."""
        if day in self.bank_holidays:
            return self.bank_holidays[day]
        if day.weekday() >= 5:
            return "weekend"
        return "offices closed" if day in self.closed else None

    def check_known(self, day: date) -> None:
        """Raises CalendarExhausted unless the bank holidays of the day's year are known."""
        if not self.known_from <= day <= self.known_until:
            raise CalendarExhausted(
                f"Bank holidays are known from {in_words(self.known_from)} to "
                f"{in_words(self.known_until)}, so {in_words(day)} cannot be counted. "
                "Add the bank holidays of that year to the calendar."
            )

    def _first_counted(
        self, day: date, number: int, mode: Mode, step: timedelta
    ) -> tuple[date, ...]:
        found: list[date] = []
        while len(found) < number:
            day += step
            if self.counts(day, mode):
                found.append(day)
        return tuple(found)


def in_words(day: date) -> str:
    """A date as it is spoken: Tuesday 8 May 2018."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + DAY * number


def _load(path: Path) -> Calendar:
    data = json.loads(path.read_text(encoding="utf-8"))
    return Calendar(
        bank_holidays={date.fromisoformat(d): name for d, name in data["bank_holidays"].items()},
        known_from=date.fromisoformat(data["known_from"]),
        known_until=date.fromisoformat(data["known_until"]),
        version=data["version"],
    )


ENGLAND_AND_WALES = _load(Path(__file__).with_name("bank_holidays.json"))
