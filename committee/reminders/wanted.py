"""What should be said to whom on which day: plain values, worked out from things as they are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from committee.law.calendar import DAY, ENGLAND_AND_WALES, CalendarExhausted, Mode
from committee.reminders.rules import ObligationKind

# Characters of a thing's own title in lists and letters, so that a subject line stays one.
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Wanted:
    """One person is to be reminded of one thing on one day.

    `remind_on` and `deadline_on` are civil dates in London; `occasion` tells this reminder from
    others of the same thing, as in "2018-04-20.d5", five days before the day on which it is due.
    """

    kind: ObligationKind
    subject_kind: str
    subject_id: int
    committee_id: int
    user_id: int
    occasion: str
    words: str
    address: str
    remind_on: date
    deadline_on: date | None

    @property
    def dedupe_key(self) -> str:
        """The name under which this reminder exists once, whoever works it out and however often.

        Letters a to z, digits, dots and hyphens alone, since mail servers read it too.
        """
        kind = self.kind.value.replace("_", "-")
        return f"{kind}.{self.subject_id}.{self.occasion}.u{self.user_id}"


def newest_alone(wanted: Iterable[Wanted], *, today: date) -> list[Wanted]:
    """The same without reminders that a later one has overtaken.

    Of several reminders of one thing to one person whose days have come, only the last is of use:
    after some days of silence nobody needs to be told that something was due in five days.
    """
    of_one: dict[tuple[object, ...], list[Wanted]] = defaultdict(list)
    for each in wanted:
        of_one[each.kind, each.subject_id, each.deadline_on, each.user_id].append(each)
    kept: list[Wanted] = []
    for several in of_one.values():
        come = [each for each in several if each.remind_on <= today]
        kept += [each for each in several if each.remind_on > today]
        if come:
            kept.append(max(come, key=lambda each: each.remind_on))
    return kept


def working_days_before(day: date, number: int) -> date:
    """So many working days before `day`; none is the day itself.

    Where the bank holidays are not known, every Monday to Friday counts: a reminder that comes a
    day early is better than none. No date that the law sets is worked out here.
    """
    return _counted_off(day, number, -DAY)


def working_days_after(day: date, number: int) -> date:
    """So many working days after `day`, counted likewise."""
    return _counted_off(day, number, DAY)


def _counted_off(day: date, number: int, step: timedelta) -> date:
    for _ in range(number):
        day += step
        while not _is_working(day):
            day += step
    return day


def _is_working(day: date) -> bool:
    try:
        return ENGLAND_AND_WALES.counts(day, Mode.WORKING)
    except CalendarExhausted:
        return day.weekday() < 5


def shortened(title: str) -> str:
    """A title on one line and not without end, as letters and lists quote it."""
    line = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", title).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"


def occasions(
    days_before: Sequence[int], deadline: date, *, working: bool
) -> list[tuple[str, date]]:
    """The reminders of something due on `deadline`: what each is called, and its day."""
    return [
        (
            f"{deadline.isoformat()}.d{number}",
            working_days_before(deadline, number) if working else deadline - number * DAY,
        )
        for number in days_before
    ]
