"""On whatever day the example council is loaded, its year keeps the law and is in its middle."""

from datetime import date, timedelta

import pytest

from committee.commands.example_year.dating import redated
from committee.commands.example_year.days import Days
from committee.commands.example_year.stage import OPENED, numbers_of
from committee.commands.example_year.year import Act, acts_of
from committee.law.calendar import ENGLAND_AND_WALES, days_from
from committee.law.key_decisions import call_in, earliest_decision
from committee.law.notice import count_clear, latest_publication

# Two years that begin and end in the middle of a week, with Easter early and late.
EVERY_DAY = list(days_from(date(2026, 6, 1), date(2028, 5, 31)))
MEETINGS = ("first", "big", "next", "later", "other")


def day_of(acts: list[Act], verb: str, name: str) -> date:
    """The day on which an act is done that is called so, on what is called so."""
    (found,) = {
        act.day
        for act in acts
        if act.do.func.__name__ == verb and act.do.keywords.get("name") == name  # type: ignore[attr-defined]
    }
    return found


def test_nothing_is_played_in_the_future_and_all_in_order() -> None:
    for today in EVERY_DAY:
        acts = acts_of(Days(today))
        assert max(act.day for act in acts) < today
        assert [act.day for act in acts] == sorted(act.day for act in acts)
        assert acts[0].do.func.__name__ == "settle"  # type: ignore[attr-defined]


def test_meetings_are_on_working_days_and_agendas_give_five_clear_days() -> None:
    for today in EVERY_DAY:
        days = Days(today)
        assert all(ENGLAND_AND_WALES.is_working(days.meeting(name)) for name in MEETINGS)
        for name in ("first", "big", "other"):
            assert count_clear(days.agenda_published(name), days.meeting(name)).enough
        assert days.big < today < days.other
        assert today + timedelta(weeks=1) <= latest_publication(days.next).day
        assert days.next < days.later


@pytest.mark.parametrize("name", ["brackenhythe", "mobile"])
def test_what_was_decided_had_its_twenty_eight_clear_days(name: str) -> None:
    for today in EVERY_DAY:
        acts = acts_of(Days(today))
        assert earliest_decision(day_of(acts, "notify", name)).day <= day_of(acts, "sign", name)


def test_one_is_in_force_one_in_its_call_in_one_to_be_signed_one_under_notice() -> None:
    for today in EVERY_DAY:
        days = Days(today)
        acts = acts_of(days)
        assert call_in(days.after("first", days=15)).effective.day < today
        assert call_in(day_of(acts, "sign", "mobile")).last_day >= today
        assert earliest_decision(OPENED["music"](days)).day <= today
        assert earliest_decision(OPENED["stonecote"](days)).day > today


def test_one_report_is_late_and_reports_that_were_accepted_came_before_the_agenda() -> None:
    for today in EVERY_DAY:
        days = Days(today)
        acts = acts_of(days)
        (late,) = (
            act.do.keywords["due_on"]  # type: ignore[attr-defined]
            for act in acts
            if act.do.keywords.get("because")  # type: ignore[attr-defined]
        )
        assert day_of(acts, "ask", "spending") < late < today
        for name, meeting in (("brackenhythe", "first"), ("mobile", "big"), ("music", "big")):
            assert day_of(acts, "accept", name) <= days.agenda_published(meeting)
            assert day_of(acts, "propose", name) <= days.agenda_published(meeting)


def test_texts_are_told_in_the_days_years_and_numbers_of_the_year() -> None:
    days = Days(date(2028, 2, 29))
    numbers = numbers_of(days, {"mobile": {"number": "26/00071"}})
    change = redated(days, numbers)
    big = days.big
    text = 'on 8 December 2026 ("2026-12-08"), 26/00071, plans for 2027/28 and 2032'
    assert change(text) == (
        f'on {big.day} {big:%B %Y} ("{big.isoformat()}"), 27/00071, plans for 2029/30 and 2034'
    )
