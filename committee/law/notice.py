"""Notice of meetings: five clear days for agenda and reports.

Source: Local Government Act 1972, sections 100A(6)(a) and 100B(3), as amended by SI 2002/715;
for executive meetings SI 2012/2089, regulations 6 and 7.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from committee.law.calendar import DAY, ENGLAND_AND_WALES, Calendar, Mode
from committee.law.periods import Computed, Rule, passed_over

AGENDA_CLEAR_DAYS = 5

AGENDA = Rule(
    "PVA-02",
    "Local Government Act 1972, section 100B(3)",
    "The agenda and reports must be open to inspection at least 5 clear days before the meeting",
)
GENERAL_EXCEPTION = Rule(
    "KEY-04",
    "SI 2012/2089, regulation 10",
    "5 clear days must pass after the day on which the notice was made available",
)
AGENDA_SETTING = Rule(
    "KENT-03",
    "practice of the council",
    "The agenda is set 6 weeks before the meeting",
    tier="convention",
)
DOCUMENTS_TO_SCRUTINY = Rule(
    "EXE-08",
    "SI 2012/2089, regulation 17",
    "A scrutiny member has the documents no later than 10 clear days after asking for them",
)


@dataclass(frozen=True)
class ClearDays:
    """How many clear days lie between two dates, and whether they are enough."""

    counted: tuple[date, ...]
    needed: int

    @property
    def count(self) -> int:
        """The number of clear days."""
        return len(self.counted)

    @property
    def enough(self) -> bool:
        """Whether the rule is kept."""
        return self.count >= self.needed


def count_clear(
    published: date,
    event: date,
    *,
    needed: int = AGENDA_CLEAR_DAYS,
    mode: Mode = Mode.WORKING,
    calendar: Calendar = ENGLAND_AND_WALES,
) -> ClearDays:
    """The clear days between publication and event, neither included. Raises CalendarExhausted."""
    return ClearDays(calendar.clear_days(published, event, mode), needed)


def latest_publication(
    event: date,
    *,
    clear_days: int = AGENDA_CLEAR_DAYS,
    mode: Mode = Mode.WORKING,
    calendar: Calendar = ENGLAND_AND_WALES,
    rule: Rule = AGENDA,
) -> Computed:
    """The last working day on which publishing still leaves `clear_days` before the event.

    The strict limit, which may be a day when nobody can inspect anything, is under `also`.
    Raises CalendarExhausted.
    """
    counted = calendar.counted_before(event, clear_days, mode)
    strict = counted[0] - DAY
    recommended = calendar.this_or_last_working(strict)
    return Computed(
        rule=rule,
        day=recommended,
        inputs={"event": event.isoformat(), "clear_days": str(clear_days)},
        counted=counted,
        passed_over=_passed_over(calendar, mode, counted[0], event - DAY),
        mode=mode,
        calendar_version=calendar.version,
        also={"strict": strict},
    )


def earliest_event(
    published: date,
    *,
    clear_days: int = AGENDA_CLEAR_DAYS,
    mode: Mode = Mode.WORKING,
    calendar: Calendar = ENGLAND_AND_WALES,
    rule: Rule = GENERAL_EXCEPTION,
) -> Computed:
    """The first day that has `clear_days` between publication and itself. Raises CalendarExhausted.

    The day itself need not be a working day; the next that is one is under `also`.
    """
    counted = calendar.counted_after(published, clear_days, mode)
    first = counted[-1] + DAY
    return Computed(
        rule=rule,
        day=first,
        inputs={"published": published.isoformat(), "clear_days": str(clear_days)},
        counted=counted,
        passed_over=_passed_over(calendar, mode, published + DAY, counted[-1]),
        mode=mode,
        calendar_version=calendar.version,
        also={"working": calendar.this_or_next_working(first)},
    )


def agenda_setting(event: date, *, weeks: int = 6) -> Computed:
    """The day on which the agenda is set, so many weeks before the meeting."""
    return Computed(
        AGENDA_SETTING,
        event - timedelta(weeks=weeks),
        {"event": event.isoformat(), "weeks": str(weeks)},
    )


def documents_to_scrutiny(
    asked: date, *, clear_days: int = 10, calendar: Calendar = ENGLAND_AND_WALES
) -> Computed:
    """The last day for giving a scrutiny member what was asked for. Raises CalendarExhausted."""
    counted = calendar.counted_after(asked, clear_days, Mode.WORKING)
    return Computed(
        DOCUMENTS_TO_SCRUTINY,
        counted[-1],
        {"asked": asked.isoformat(), "clear_days": str(clear_days)},
        counted,
        passed_over(calendar, asked + DAY, counted[-1]),
        Mode.WORKING,
        calendar.version,
    )


def _passed_over(
    calendar: Calendar, mode: Mode, first: date, last: date
) -> tuple[tuple[date, str], ...]:
    return passed_over(calendar, first, last) if mode is Mode.WORKING else ()
