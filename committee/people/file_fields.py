"""What the cells of a file of people say: dates, words, names; and days that overlap."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from committee.extensions import db
from committee.law.calendar import in_words
from committee.people.models import Council, Councillor, PoliticalGroup
from committee.people.rules import END_REASON_LABELS, EndReason
from committee.people.sheets import UNREADABLE, Problems, Row

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
BRITISH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})\Z")
FIRST_YEAR, LAST_YEAR = 1889, 2200  # county councils are not older
NUMBER = re.compile(r"[0-9]{1,9}\Z")

Word = TypeVar("Word", bound=str)
# A person of a file: the id of one who is known, or the name, in small letters, of a new one.
Person = int | str


@dataclass(frozen=True, slots=True)
class Period:
    """Days that a line of the file claims; line 0 is what is kept already."""

    line: int
    started_on: date
    ended_on: date | None
    group: str | None = None


class Known:
    """The people of the council, found by their numbers or by their names, capitals aside."""

    def __init__(self, council: Council) -> None:
        found = select(Councillor.id, Councillor.name).where(Councillor.council_id == council.id)
        self.names: dict[int, str] = {}
        self.ids: dict[str, list[int]] = defaultdict(list)
        for row in db.session.execute(found.order_by(Councillor.id)):
            self.names[row.id] = row.name
            self.ids[row.name.casefold()].append(row.id)
        groups = select(PoliticalGroup.name).where(PoliticalGroup.council_id == council.id)
        self.groups = {name.casefold(): name for name in set(db.session.scalars(groups))}
        self._given = dict(self.groups)

    def group(self, name: str | None) -> str | None:
        """A group's name as it is kept already, or as the file first wrote it."""
        return self._given.setdefault(name.casefold(), name) if name else None

    def is_new_group(self, name: str) -> bool:
        """Whether the council has no group of this name yet."""
        return name.casefold() not in self.groups

    def person(self, row: Row, problems: Problems) -> Person | None:
        """Whom a row speaks of: an id, or a new name; None where a problem was told."""
        number, name = row.get("number"), text_of(row, "name", problems, needed=True)
        if number == UNREADABLE or name is None:
            return None
        if number:
            return self._by_number(row, number, name, problems)
        same = self.ids.get(name.casefold(), [])
        if len(same) > 1:
            numbers = ", ".join(map(str, same))
            problems.add(
                row.line,
                "name",
                f"{len(same)} people are called {_short(name)}: give the number, one of {numbers}.",
            )
            return None
        return same[0] if same else name.casefold()

    def _by_number(self, row: Row, number: str, name: str, problems: Problems) -> int | None:
        known = self.names.get(int(number)) if NUMBER.match(number) else None
        if known is None:
            says = f"Nobody has the number {_short(number)}. Leave it empty for somebody new."
            problems.add(row.line, "number", says)
            return None
        if known != name:
            says = f"Number {number} is {known}. Names are corrected on the councillor's page."
            problems.add(row.line, "name", says)
            return None
        return int(number)


def text_of(
    row: Row, column: str, problems: Problems, *, needed: bool = False, most: int = 200
) -> str | None:
    """The words of a cell; None where there are none, or a problem was told."""
    found = row.get(column)
    if found == UNREADABLE:
        return None
    if needed and not found:
        problems.add(row.line, column, "The cell is empty.")
    if len(found) > most:
        problems.add(row.line, column, f"{most} characters are the most.")
        return None
    return found or None


def date_of(row: Row, column: str, problems: Problems, *, needed: bool = False) -> date | None:
    """The day in a cell, as 2026-05-12 or 12/05/2026; None where there is none, or it is wrong."""
    found = row.get(column)
    if found == UNREADABLE:
        return None
    if not found:
        if needed:
            problems.add(row.line, column, "The cell is empty. Give a date, like 2026-05-12.")
        return None
    day = _date(found)
    if day is None:
        says = f"“{_short(found)}” is no date. Write it like 2026-05-12 or 12/05/2026."
        problems.add(row.line, column, says)
    return day


def _date(text: str) -> date | None:
    if match := ISO.match(text):
        year, month, day = map(int, match.groups())
    elif match := BRITISH.match(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def period_of(row: Row, problems: Problems) -> tuple[date, date | None] | None:
    """First and last day of a row; None where a problem was told."""
    before = problems.total
    began, ended = date_of(row, "from", problems, needed=True), date_of(row, "to", problems)
    if began is None or problems.total > before or row.get("to") == UNREADABLE:
        return None
    if ended is not None and ended < began:
        says = f"The last day, {in_words(ended)}, is before the first, {in_words(began)}."
        problems.add(row.line, "to", says)
        return None
    return began, ended


def word_of(row: Row, column: str, labels: Mapping[Word, str], problems: Problems) -> Word | None:
    """Which of a few words a cell says, as it is exported or as people call it."""
    found = row.get(column)
    if not found or found == UNREADABLE:
        return None
    for word, label in labels.items():
        if found.casefold() in (word.casefold(), word.replace("_", " "), label.casefold()):
            return word
    known = ", ".join(labels)
    problems.add(row.line, column, f"“{_short(found)}” is not known. It can be: {known}.")
    return None


def reason_of(row: Row, ended_on: date | None, problems: Problems) -> EndReason | None:
    """Why a period ended; what has a last day and gives no reason simply came to its end."""
    reason = word_of(row, "ended_because", END_REASON_LABELS, problems)
    if reason is EndReason.ENTERED_IN_ERROR:
        problems.add(row.line, "ended_because", "What was entered in error is marked on its page.")
    if reason and ended_on is None:
        problems.add(row.line, "to", "A reason is given, but no last day.")
    return reason or (EndReason.ENDED if ended_on else None)


def overlapping(periods: Iterable[Period]) -> Iterator[tuple[Period, Period]]:
    """Periods of the file that have a day in common with another one, each with that other."""
    farthest: Period | None = None
    for period in sorted(periods, key=lambda each: (each.started_on, each.line)):
        if farthest and (farthest.ended_on is None or period.started_on <= farthest.ended_on):
            later, other = sorted((farthest, period), key=lambda each: -each.line)
            if later.line:
                yield later, other
        if farthest is None or _end(period) > _end(farthest):
            farthest = period


def _end(period: Period) -> date:
    return period.ended_on or date.max


def claimed(period: Period) -> str:
    """What another line, or the records, already say: “from 1 May 2025 (line 4)”."""
    where = f"line {period.line}" if period.line else "already recorded"
    until = f"to {in_words(period.ended_on)}" if period.ended_on else "with no last day"
    return f"from {in_words(period.started_on)} {until} ({where})"


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
