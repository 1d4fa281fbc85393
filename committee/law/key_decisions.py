"""When an executive decision may be taken, and when it may be put into effect.

Source: SI 2012/2089, regulations 9 to 11; call-in is each council's own constitution.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from committee.law.calendar import DAY, ENGLAND_AND_WALES, Calendar, Mode, in_words
from committee.law.notice import earliest_event
from committee.law.periods import Computed, Rule, passed_over

KEY_DECISION_CLEAR_DAYS = 28
CALL_IN_WORKING_DAYS = 5

KEY_DECISION = Rule(
    "KEY-02",
    "SI 2012/2089, regulation 9",
    "A key decision needs 28 clear days after its notice was published",
)
CALL_IN = Rule(
    "CALL-IN",
    "the council's constitution, under Local Government Act 2000, section 9F",
    "A decision can be called in for 5 working days after its record is published",
    tier="constitution",
)


class Route(StrEnum):
    """By which regulation a key decision may be taken on a day."""

    NOT_KEY = "not_key"
    REGULATION_9 = "regulation_9"
    REGULATION_10 = "regulation_10"
    REGULATION_11 = "regulation_11"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class CallIn:
    """The days on which a decision can be called in, and when it takes effect if it is not."""

    window: tuple[date, ...]
    effective: Computed

    @property
    def last_day(self) -> date:
        """The last day for calling in."""
        return self.window[-1]


def earliest_decision(
    published: date,
    *,
    clear_days: int = KEY_DECISION_CLEAR_DAYS,
    mode: Mode = Mode.CALENDAR,
    calendar: Calendar = ENGLAND_AND_WALES,
) -> Computed:
    """The first day on which a key decision may be taken after its notice (CAL-04).

    Where that is no working day a warning names the next one. Raises CalendarExhausted.
    """
    found = earliest_event(
        published, clear_days=clear_days, mode=mode, calendar=calendar, rule=KEY_DECISION
    )
    working = found.also["working"]
    if working == found.day:
        return found
    warning = f"That is not a working day; the next one is {in_words(working)}."
    return replace(found, warnings=(warning,))


def call_in(
    published: date,
    *,
    working_days: int = CALL_IN_WORKING_DAYS,
    calendar: Calendar = ENGLAND_AND_WALES,
) -> CallIn:
    """The call-in window of a record published on a day (CAL-06). Raises CalendarExhausted."""
    window = calendar.counted_after(published, working_days, Mode.WORKING)
    effective = calendar.this_or_next_working(window[-1] + DAY)
    return CallIn(
        window,
        Computed(
            CALL_IN,
            effective,
            {"published": published.isoformat(), "working_days": str(working_days)},
            window,
            passed_over(calendar, published + DAY, window[-1]),
            Mode.WORKING,
            calendar.version,
            also={"last_day": window[-1]},
        ),
    )


def route(
    decision_on: date,
    *,
    is_key: bool,
    notice_published: date | None = None,
    exception_published: date | None = None,
    special_urgency_agreed: bool = False,
    mode: Mode = Mode.CALENDAR,
    calendar: Calendar = ENGLAND_AND_WALES,
) -> tuple[Route, date | None]:
    """By which regulation the decision may be taken on that day; else the first lawful day known.

    `exception_published` is when the regulation 10 notice was made available, with its notice to
    the scrutiny chair done. Raises CalendarExhausted.
    """
    if not is_key:
        return Route.NOT_KEY, None
    first = []
    if notice_published:
        earliest = earliest_decision(notice_published, mode=mode, calendar=calendar).day
        if decision_on >= earliest:
            return Route.REGULATION_9, None
        first.append(earliest)
    if exception_published:
        earliest = earliest_event(exception_published, calendar=calendar).day
        if decision_on >= earliest:
            return Route.REGULATION_10, None
        first.append(earliest)
    if special_urgency_agreed:
        return Route.REGULATION_11, None
    return Route.BLOCKED, min(first, default=None)
