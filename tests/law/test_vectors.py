"""Worked examples of every rule: nothing is said of a right answer, and a wrong one is named."""

from datetime import date

import pytest

from committee.law.calendar import ENGLAND_AND_WALES, CalendarExhausted
from committee.law.vectors import FUNCTIONS, Vector, differences

# Each rule with what it is told, the right answers, and a wrong one for each.
EXAMPLES: dict[str, tuple[Vector, dict[str, tuple[object, object]]]] = {
    "latest_publication": (
        {"event": "2018-05-08", "n": 5},
        {
            "strict": ("2018-04-29", "2018-04-30"),
            "recommended": ("2018-04-27", "2018-04-30"),
            "negative_calendar": ("2018-05-02", "2018-05-01"),
        },
    ),
    "count_clear": (
        {"published": "2018-04-30", "event": "2018-05-08", "n": 5},
        {"count": (4, 5), "ok": (False, True)},
    ),
    "key_decision": (
        {"published": "2018-04-17", "n": 28, "test_date": "2018-05-15"},
        {
            "earliest": ("2018-05-16", "2018-05-15"),
            "earliest_working": ("2018-05-16", "2018-05-17"),
            "count": (27, 28),
            "ok": (False, True),
        },
    ),
    "earliest_event": (
        {"published": "2025-03-11", "n": 5},
        {"earliest": ("2025-03-19", "2025-03-18")},
    ),
    "call_in": (
        {"published": "2018-05-21", "n": 5},
        {
            "last_day": ("2018-05-29", "2018-05-28"),
            "effective": ("2018-05-30", "2018-05-29"),
        },
    ),
    "years_beginning_with": (
        {"start": "2018-05-08", "years": 6},
        {"last_day": ("2024-05-07", "2024-05-08")},
    ),
    "days_beginning_with": (
        {"start": "2018-05-08", "n": 28},
        {"last_day": ("2018-06-04", "2018-06-05")},
    ),
    "s85": ({"start": "2026-08-31"}, {"last_day": ("2027-02-28", "2027-03-01")}),
    "agenda_setting": ({"event": "2018-05-08"}, {"date": ("2018-03-27", "2018-03-28")}),
    "reg17": ({"start": "2018-05-08"}, {"last_day": ("2018-05-22", "2018-05-23")}),
}

ANSWERS = [
    (fn, name, right, wrong)
    for fn, (_, answers) in EXAMPLES.items()
    for name, (right, wrong) in answers.items()
]


def example(fn: str, **changed: object) -> Vector:
    """The worked example of a rule, with its right answers but for what is changed."""
    told, answers = EXAMPLES[fn]
    right = {name: both[0] for name, both in answers.items()}
    return {"id": "X1", "fn": fn, **told, **right, **changed}


def test_every_rule_has_an_example_of_every_answer() -> None:
    assert set(EXAMPLES) == set(FUNCTIONS)
    for fn in FUNCTIONS:
        assert set(FUNCTIONS[fn](example(fn))) == set(EXAMPLES[fn][1])


@pytest.mark.parametrize("fn", EXAMPLES)
def test_right_answers_agree(fn: str) -> None:
    assert differences(example(fn)) == []


@pytest.mark.parametrize(("fn", "name", "right", "wrong"), ANSWERS)
def test_a_wrong_answer_is_named_with_the_right_one(
    fn: str, name: str, right: object, wrong: object
) -> None:
    assert differences(example(fn, **{name: wrong})) == [f"X1 {fn}: {name} is {right}, not {wrong}"]


def test_each_wrong_answer_is_named() -> None:
    found = differences(example("call_in", last_day="2018-05-25", effective="2018-05-28"))
    assert [line.split(":")[1].split()[0] for line in found] == ["last_day", "effective"]


def test_what_an_example_does_not_say_is_not_compared() -> None:
    assert differences({"fn": "reg17", "id": "X1", "start": "2018-05-08"}) == []


def test_the_way_of_counting_can_be_chosen() -> None:
    other = {"mode": "calendar", "count": 7, "ok": True}
    assert differences(example("count_clear", **other)) == []


@pytest.mark.parametrize("fn", ["calling_in", None, 3])
def test_a_rule_that_is_not_there_is_said(fn: object) -> None:
    assert differences({"id": "X1", "fn": fn}) == [f"X1: no rule is called {fn!r}"]


def test_beyond_the_known_bank_holidays_nothing_is_computed() -> None:
    last = max(ENGLAND_AND_WALES.bank_holidays)
    with pytest.raises(CalendarExhausted):
        differences(example("call_in", published=date(last.year + 1, 6, 1).isoformat()))
