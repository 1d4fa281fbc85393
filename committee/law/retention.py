"""How long documents stay open to inspection, and other periods of years, months and days."""

import calendar as gregorian
from datetime import date, timedelta

from committee.law.periods import Computed, Rule

MINUTES_YEARS = 6
BACKGROUND_YEARS = 4
ABSENCE_MONTHS = 6

INSPECTION = Rule(
    "PVA-20",
    "Local Government Act 1972, section 100C(1)",
    "Minutes, agenda and open reports stay open to inspection for 6 years beginning with the "
    "date of the meeting",
)
BACKGROUND_PAPERS = Rule(
    "PVA-22",
    "Local Government Act 1972, section 100D",
    "Background papers stay open to inspection for 4 years beginning with the date of the meeting",
)
ABSENCE = Rule(
    "MTG-10",
    "Local Government Act 1972, section 85(1)",
    "A member who attends nothing for 6 consecutive months ceases to be one, unless the reason "
    "was approved before they ran out",
)
NOTIFYING_INTERESTS = Rule(
    "INT-03",
    "Localism Act 2011, section 31(3)",
    "An interest declared at a meeting must be notified within 28 days beginning with that day",
)


def years_beginning_with(start: date, years: int, rule: Rule = INSPECTION) -> Computed:
    """The last day of a period of years that includes its first day (CAL-07)."""
    last = _months_later(start, 12 * years, clamp=False) - timedelta(days=1)
    return Computed(rule, last, {"start": start.isoformat(), "years": str(years)})


def days_beginning_with(start: date, days: int, rule: Rule = NOTIFYING_INTERESTS) -> Computed:
    """The last day of a period of days that includes its first day (CAL-07)."""
    last = start + timedelta(days=days - 1)
    return Computed(rule, last, {"start": start.isoformat(), "days": str(days)})


def seat_lost_after(last_attended: date) -> Computed:
    """The day at whose end a seat is lost for want of attendance, six months after the last.

    Where the month six months on is shorter, its last day counts.
    """
    last = _months_later(last_attended, ABSENCE_MONTHS, clamp=True)
    return Computed(ABSENCE, last, {"last_attended": last_attended.isoformat()})


def _months_later(start: date, months: int, *, clamp: bool) -> date:
    """The same day of the month, so many months on; where there is none, the month's last day
    if `clamp`, else the first day of the month after."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    length = gregorian.monthrange(year, month)[1]
    if start.day <= length:
        return date(year, month, start.day)
    return date(year, month, length) if clamp else date(year, month, length) + timedelta(days=1)
