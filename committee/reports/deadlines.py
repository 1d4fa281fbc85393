"""When a report is due: so many working days before its agenda must be published (KENT-02)."""

from datetime import date

from committee.law.calendar import DAY, ENGLAND_AND_WALES, Calendar, Mode, in_words
from committee.law.notice import latest_publication
from committee.law.periods import Computed, Rule, passed_over


def report_due(
    held_on: date, *, working_days: int, calendar: Calendar = ENGLAND_AND_WALES
) -> Computed:
    """The last day for sending a report to a meeting held on this day.

    `working_days` are counted back from the last day on which the agenda can be published; none
    makes that day itself the last. Raises CalendarExhausted.
    """
    publication = latest_publication(held_on, calendar=calendar).day
    counted = calendar.counted_before(publication, working_days, Mode.WORKING)
    return Computed(
        rule=_rule(working_days, publication),
        day=counted[0] if counted else publication,
        inputs={"event": held_on.isoformat(), "working_days": str(working_days)},
        counted=counted,
        passed_over=passed_over(calendar, counted[0], publication - DAY) if counted else (),
        mode=Mode.WORKING,
        calendar_version=calendar.version,
        also={"publication": publication},
    )


def _rule(working_days: int, publication: date) -> Rule:
    days = f"{working_days} working day{'' if working_days == 1 else 's'} before"
    return Rule(
        "KENT-02",
        "constitution of the council",
        f"A report is due {days if working_days else 'on'} the last day on which the agenda can "
        f"be published, {in_words(publication)}",
        tier="constitution",
    )
