"""Days as the law counts them, checked against an oracle that counts in another way."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from committee.law import key_decisions, notice, retention
from committee.law.calendar import ENGLAND_AND_WALES, CalendarExhausted, Mode
from committee.law.notice import latest_publication

DAY = timedelta(days=1)
FIRST, LAST = date(2012, 1, 1), date(2028, 12, 31)

# Easter Sundays, as any almanac prints them.
EASTERS = """2012-04-08 2013-03-31 2014-04-20 2015-04-05 2016-03-27 2017-04-16 2018-04-01
2019-04-21 2020-04-12 2021-04-04 2022-04-17 2023-04-09 2024-03-31 2025-04-20
2026-04-05 2027-03-28 2028-04-16"""
# Days proclaimed, and days moved from their usual Monday.
PROCLAIMED = ("2012-06-04", "2012-06-05", "2020-05-08", "2022-06-02", "2022-06-03", "2022-09-19",
              "2023-05-08")  # fmt: skip
MOVED_AWAY = ("2012-05-28", "2020-05-04", "2022-05-30")


def oracle_holidays() -> set[date]:
    """Bank holidays worked out from the Banking and Financial Dealings Act and proclamations."""
    found = {date.fromisoformat(day) for day in PROCLAIMED}
    for easter in map(date.fromisoformat, EASTERS.split()):
        found |= {easter - 2 * DAY, easter + DAY}
    for year in range(FIRST.year, LAST.year + 1):
        found |= {first_monday(date(year, 5, 1)), last_monday(year, 5), last_monday(year, 8)}
        found |= set(with_substitutes(date(year, 1, 1)))
        found |= set(with_substitutes(date(year, 12, 25), date(year, 12, 26)))
    return found - {date.fromisoformat(day) for day in MOVED_AWAY}


def first_monday(day: date) -> date:
    return day + DAY * (-day.weekday() % 7)


def last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - DAY * last.weekday()


def with_substitutes(*days: date) -> Iterator[date]:
    """Each day, or in place of one at a weekend the next weekday that is free."""
    weekdays = [day for day in days if day.weekday() < 5]
    yield from weekdays
    free = days[-1] + DAY
    for day in days:
        if day.weekday() >= 5:
            while free.weekday() >= 5 or free in weekdays:
                free += DAY
            yield free
            weekdays.append(free)


HOLIDAYS = oracle_holidays()
WORKING = [
    day
    for day in (FIRST + DAY * n for n in range((LAST - FIRST).days + 1))
    if day.weekday() < 5 and day not in HOLIDAYS
]


def test_the_bank_holidays_are_those_that_the_rules_give() -> None:
    assert set(ENGLAND_AND_WALES.bank_holidays) == HOLIDAYS


def test_every_meeting_date_has_the_right_latest_publication() -> None:
    for event in every_day(FIRST + 40 * DAY, LAST):
        before = WORKING[index_at(event) - 5 : index_at(event)]
        strict = before[0] - DAY
        recommended = WORKING[index_at(strict + DAY) - 1]
        found = notice.latest_publication(event)
        assert (found.also["strict"], found.day, found.counted) == (
            strict,
            recommended,
            tuple(before),
        ), event


def test_every_record_has_the_right_call_in() -> None:
    for published in every_day(FIRST, LAST - 40 * DAY):
        after = WORKING[index_at(published + DAY) :]
        found = key_decisions.call_in(published)
        assert (found.window, found.effective.day) == (tuple(after[:5]), after[5]), published


def test_every_notice_has_the_right_earliest_decision() -> None:
    for published in every_day(FIRST, LAST - 60 * DAY):
        found = key_decisions.earliest_decision(published)
        assert found.day == published + 29 * DAY
        assert found.also["working"] == WORKING[index_at(found.day)], published
        urgent = notice.earliest_event(published)
        assert urgent.day == WORKING[index_at(published + DAY) + 4] + DAY, published


def test_clear_days_leave_out_both_ends() -> None:
    for event in every_day(date(2018, 1, 1), date(2019, 12, 31)):
        published = event - 17 * DAY
        found = notice.count_clear(published, event)
        assert found.count == index_at(event) - index_at(published + DAY), event


def every_day(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + DAY * number


def index_at(day: date) -> int:
    """Where in the list of working days the first one on or after `day` stands."""
    return bisect_left(WORKING, day)


@pytest.mark.parametrize("day", [date(2011, 12, 31), date(2029, 1, 1)])
def test_beyond_the_known_bank_holidays_the_calendar_refuses(day: date) -> None:
    with pytest.raises(CalendarExhausted, match="Bank holidays are known from"):
        ENGLAND_AND_WALES.is_working(day)


def test_an_answer_that_would_need_unknown_days_is_refused() -> None:
    with pytest.raises(CalendarExhausted, match="1 January 2029"):
        key_decisions.call_in(date(2028, 12, 27))
    with pytest.raises(CalendarExhausted):
        notice.latest_publication(date(2012, 1, 3))


def test_an_explanation_names_the_days_and_the_holiday_passed_over() -> None:
    told = notice.latest_publication(date(2018, 5, 8)).explanation()
    assert told.startswith("Friday 27 April 2018.")
    assert "30 April, 1 May, 2 May, 3 May, 4 May" in told
    assert "Monday 7 May 2018 (Early May bank holiday)" in told
    assert "section 100B" in told


def test_a_decision_day_at_a_weekend_is_told_with_the_next_working_day() -> None:
    found = key_decisions.earliest_decision(date(2018, 3, 23))
    assert found.day == date(2018, 4, 21)
    assert "Monday 23 April 2018" in found.warnings[0]


def test_periods_beginning_with_a_day_include_it() -> None:
    assert retention.years_beginning_with(date(2018, 5, 8), 6).day == date(2024, 5, 7)
    assert retention.years_beginning_with(date(2024, 2, 29), 4).day == date(2028, 2, 28)
    assert retention.years_beginning_with(date(2024, 2, 29), 6).day == date(2030, 2, 28)
    assert retention.days_beginning_with(date(2018, 5, 8), 28).day == date(2018, 6, 4)


def test_a_seat_is_lost_six_months_after_the_last_attendance() -> None:
    assert retention.seat_lost_after(date(2018, 3, 8)).day == date(2018, 9, 8)
    assert retention.seat_lost_after(date(2026, 8, 31)).day == date(2027, 2, 28)


def test_a_working_mode_key_decision_counts_working_days() -> None:
    found = key_decisions.earliest_decision(date(2018, 4, 17), mode=Mode.WORKING)
    assert found.day == date(2018, 5, 30)


@pytest.mark.parametrize(
    ("day", "facts", "route", "first"),
    [
        ("2018-05-16", {"notice_published": date(2018, 4, 17)}, "regulation_9", None),
        ("2018-05-15", {"notice_published": date(2018, 4, 17)}, "blocked", date(2018, 5, 16)),
        ("2025-03-19", {"exception_published": date(2025, 3, 11)}, "regulation_10", None),
        ("2025-03-18", {"exception_published": date(2025, 3, 11)}, "blocked", date(2025, 3, 19)),
        ("2025-03-18", {"special_urgency_agreed": True}, "regulation_11", None),
        ("2025-03-18", {}, "blocked", None),
    ],
)
def test_the_route_of_a_key_decision(day, facts, route, first) -> None:
    found = key_decisions.route(date.fromisoformat(day), is_key=True, **facts)
    assert found == (route, first)


def test_a_decision_that_is_not_key_needs_no_notice() -> None:
    found = key_decisions.route(date(2025, 3, 18), is_key=False)
    assert found == (key_decisions.Route.NOT_KEY, None)


def test_a_computed_date_is_stored_with_all_that_it_was_computed_from() -> None:
    stored = latest_publication(date(2018, 5, 8)).as_json()
    assert stored["day"] == "2018-04-27"
    assert stored["counted"][0] == "2018-04-30"
    assert len(stored["counted"]) == 5
    assert ["2018-05-07", "Early May bank holiday"] in stored["passed_over"]
    assert stored["also"] == {"strict": "2018-04-29"}
    assert json.loads(json.dumps(stored)) == stored
