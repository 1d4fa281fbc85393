"""The days of the example year, counted from the day on which it is loaded.

They are chosen so that the law is kept on each of them: periods and deadlines come from
committee.law, here and in the services that are called on these days.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from committee.clock import LONDON
from committee.law.calendar import DAY, ENGLAND_AND_WALES
from committee.law.notice import latest_publication

TUESDAY, THURSDAY = 1, 3
TEN = time(10, 0)


@dataclass(frozen=True)
class Days:
    """Meetings and other days of the year that is in its middle `today`, all civil dates."""

    today: date

    @cached_property
    def next(self) -> date:
        """The next meeting: the first Tuesday whose agenda is due in seven days at the earliest."""
        return _first(TUESDAY, self.today + DAY, self.today + timedelta(weeks=1))

    @cached_property
    def big(self) -> date:
        """The meeting of 17 items, about three weeks ago."""
        return _working_tuesday(self.next - timedelta(weeks=6))

    @cached_property
    def first(self) -> date:
        """The meeting before that one."""
        return _working_tuesday(self.big - timedelta(weeks=8))

    @cached_property
    def later(self) -> date:
        """The meeting after the next one."""
        return _working_tuesday(self.next + timedelta(weeks=8))

    @cached_property
    def other(self) -> date:
        """The coming meeting of another committee, whose agenda is already published."""
        return _first(THURSDAY, self.today + DAY, self.today - DAY)

    @cached_property
    def began(self) -> date:
        """When seats were taken and portfolios given."""
        return self.first - timedelta(weeks=24)

    @cached_property
    def last_working(self) -> date:
        """The last working day before today."""
        return ENGLAND_AND_WALES.this_or_last_working(self.today - DAY)

    def meeting(self, name: str) -> date:
        """The day of the meeting that goes by this name: first, big, next, later or other."""
        found: date = getattr(self, name)
        return found

    def before(self, name: str, *, weeks: int = 0, days: int = 0) -> date:
        """A working day so long before a meeting, or the last before it that is one."""
        day = self.meeting(name) - timedelta(weeks=weeks, days=days)
        return ENGLAND_AND_WALES.this_or_last_working(day)

    def after(self, name: str, *, days: int) -> date:
        """A working day so many days after a meeting, or the next that is one."""
        day = self.meeting(name) + timedelta(days=days)
        return ENGLAND_AND_WALES.this_or_next_working(day)

    def ago(self, days: int) -> date:
        """The day so many days before today, or the last working day before it."""
        return ENGLAND_AND_WALES.this_or_last_working(self.today - timedelta(days=days))

    def agenda_published(self, name: str) -> date:
        """The working day before the last lawful one for publishing the agenda of a meeting, or
        the last working day where that has not come yet."""
        last = latest_publication(self.meeting(name)).day
        return min(ENGLAND_AND_WALES.this_or_last_working(last - DAY), self.last_working)


def at_ten(day: date) -> datetime:
    """Ten in the morning of that day in London, when everything in this year is done."""
    return datetime.combine(day, TEN, LONDON)


def _first(weekday: int, after: date, agenda_from: date) -> date:
    """The first such working day of which the agenda is due on `agenda_from` or later."""
    day = after
    while not (
        day.weekday() == weekday
        and ENGLAND_AND_WALES.is_working(day)
        and latest_publication(day).day >= agenda_from
    ):
        day += DAY
    return day


def _working_tuesday(day: date) -> date:
    """The Tuesday of that week, or the next working day where that is a bank holiday."""
    return ENGLAND_AND_WALES.this_or_next_working(day - timedelta(days=day.weekday() - TUESDAY))
