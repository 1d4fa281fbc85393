"""Dates in three parts and times as people write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from committee.web.fields import DatePartsField, Needed, TimeField, tidy, time_of_day


class DateForm(Form):
    day = DatePartsField("Day", noun="The day", validators=[Needed("Enter the day")])
    at = TimeField("Time", validators=[Needed("Enter the time")])


def sent(*parts: str, at: str = "10.00 am") -> DateForm:
    form = DateForm(MultiDict([*(("day", part) for part in parts), ("at", at)]))
    form.validate()
    return form


@pytest.mark.parametrize(
    "parts", [("27", "3", "2027"), ("27", "March", "2027"), (" 27", "mar ", "2027")]
)
def test_a_date_is_read(parts: tuple[str, ...]) -> None:
    form = sent(*parts)
    assert form.errors == {}
    assert form.day.data == date(2027, 3, 27)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("", "", ""), "Enter the day"),
        ((), "Enter the day"),
        (("3", "", "2027"), "The day must include a month"),
        (("", "", "2027"), "The day must include a day and a month"),
        (("3", "4"), "The day must include a year"),
        (("31", "2", "2027"), "The day must be a real date, like 27 3 2027"),
        (("1", "Mayy", "2027"), "The day must be a real date, like 27 3 2027"),
        (("1", "5", "27"), "Year must be four numbers, like 2027"),
    ],
)
def test_what_is_wrong_with_a_date_is_said(parts: tuple[str, ...], message: str) -> None:
    assert list(sent(*parts).errors["day"]) == [message]


@given(st.lists(st.text(max_size=6), max_size=5))
def test_any_parts_are_kept_and_never_crash(parts: list[str]) -> None:
    form = sent(*parts)
    assert form.day.parts() == [*parts, "", "", ""][:3]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10.00 am", time(10)),
        ("10:00", time(10)),
        ("1000", time(10)),
        ("10am", time(10)),
        ("2.30 p.m.", time(14, 30)),
        ("2 PM", time(14)),
        ("14:30", time(14, 30)),
        ("02:30", time(2, 30)),
        ("12 am", time(0)),
        ("12.15pm", time(12, 15)),
        ("noon", time(12)),
    ],
)
def test_a_time_is_read(text: str, read: time) -> None:
    assert time_of_day(text) == read


@pytest.mark.parametrize("text", ["2.30", "7", "25:00", "10:75", "14.30 pm", "ten", "10.", "٣ pm"])
def test_a_time_that_may_mean_two_things_or_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="am or"):
        time_of_day(text)


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    form = sent("1", "5", "2027", at=text)
    assert (form.at.data is None) == ("at" in form.errors)


def test_text_is_tidied() -> None:
    assert tidy("  A\x00 title ") == "A title"
    assert tidy("12 High Street\tMaidstone\x1b\x7f\r\nKent") == "12 High Street Maidstone\r\nKent"
    assert tidy("   ") is None
    assert tidy(None) is None
