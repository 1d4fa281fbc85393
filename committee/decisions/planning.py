"""Planning backwards from the day by which a decision has to be in force (CALL-10)."""

from dataclasses import dataclass
from datetime import date

from committee.law.calendar import DAY, ENGLAND_AND_WALES, Calendar, Mode, in_words

LEAST_IN_HAND = 3  # working days


@dataclass(frozen=True)
class BackwardPlan:
    """The last day on which the record can be published, and the working days to spare.

    `in_hand` counts working days after the earliest decision up to that day; below nought there
    is no time at all. It is None while no earliest day is known.
    """

    in_force_by: date
    latest_publication: date
    earliest_on: date | None
    in_hand: int | None

    @property
    def is_tight(self) -> bool:
        """Whether anything may easily come in between."""
        return self.in_hand is not None and self.in_hand < LEAST_IN_HAND

    @property
    def warning(self) -> str | None:
        """What to warn of, in words."""
        if not self.is_tight or self.in_hand is None:
            return None
        if self.in_hand < 0:
            return (
                f"This decision cannot be in force by {in_words(self.in_force_by)} after its full "
                "notice and call-in. It needs an earlier notice, or an urgency procedure."
            )
        days = "1 working day" if self.in_hand == 1 else f"{self.in_hand} working days"
        return f"Only {days} in hand: anything that comes in between makes this decision late."


def plan_backwards(
    in_force_by: date,
    *,
    earliest_on: date | None,
    call_in_days: int,
    calendar: Calendar = ENGLAND_AND_WALES,
) -> BackwardPlan:
    """When to publish at the latest for a decision to be in force on a day, call-in included.

    Raises CalendarExhausted for days whose bank holidays are not known.
    """
    in_force = calendar.this_or_last_working(in_force_by)
    window = calendar.counted_before(in_force, call_in_days, Mode.WORKING)
    latest = calendar.this_or_last_working(window[0] - DAY)
    return BackwardPlan(in_force_by, latest, earliest_on, _in_hand(earliest_on, latest, calendar))


def _in_hand(earliest_on: date | None, latest: date, calendar: Calendar) -> int | None:
    if earliest_on is None:
        return None
    first = calendar.this_or_next_working(earliest_on)
    if first > latest:
        return -1
    return len(calendar.clear_days(first, latest + DAY, Mode.WORKING))
