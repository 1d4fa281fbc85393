"""The day on which a report is due."""

from datetime import date

import pytest

from committee.law.calendar import CalendarExhausted
from committee.reports.deadlines import report_due


@pytest.mark.parametrize(
    ("held_on", "working_days", "due_on"),
    [
        # The agenda of Tuesday 8 May 2018 had to be out by Friday 27 April: May Day was a holiday.
        (date(2018, 5, 8), 0, date(2018, 4, 27)),
        (date(2018, 5, 8), 1, date(2018, 4, 26)),
        (date(2018, 5, 8), 5, date(2018, 4, 20)),
        # Easter: the agenda of 3 April 2018 by 22 March; Good Friday and Easter Monday lie after.
        (date(2018, 4, 3), 5, date(2018, 3, 15)),
        # Counted back over Easter 2018 itself: publication by Monday 9 April, then 6, 5, 4, 3 April
        # and 29 March.
        (date(2018, 4, 17), 5, date(2018, 3, 29)),
    ],
)
def test_working_days_are_counted_back_from_the_latest_publication(
    held_on: date, working_days: int, due_on: date
) -> None:
    assert report_due(held_on, working_days=working_days).day == due_on


def test_the_date_is_explained() -> None:
    words = report_due(date(2018, 4, 17), working_days=5).explanation()
    assert "Thursday 29 March 2018" in words
    assert "5 working days before the last day on which the agenda can be published" in words
    assert "Monday 9 April 2018" in words
    assert "Not counted: Friday 30 March 2018 (Good Friday)" in words


def test_one_day_is_singular() -> None:
    assert "1 working day before" in report_due(date(2018, 5, 8), working_days=1).explanation()


def test_beyond_the_known_bank_holidays_nothing_is_guessed() -> None:
    with pytest.raises(CalendarExhausted):
        report_due(date(2090, 1, 3), working_days=5)
