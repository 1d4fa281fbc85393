"""Numbers of decisions: in order, never twice, and those that come from elsewhere."""

import threading
from datetime import date

import pytest
from flask import Flask

from committee.decisions import service
from committee.decisions.models import Decision, DecisionNumbers
from committee.decisions.numbers import next_number
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.states import NotAllowed
from tests import builders
from tests.decisions.builders import a_portfolio, some_fields

IN_2018, IN_2019 = date(2018, 12, 31), date(2019, 1, 1)


def numbered(today: date, number: str | None = None) -> Decision:
    committee = builders.a_committee()
    return service.open_decision(
        some_fields(committee, a_portfolio(committee)), today=today, number=number
    )


def test_numbers_run_on_within_the_year_of_allocation(app: Flask) -> None:
    given = [numbered(day).number for day in (IN_2018, IN_2018, IN_2019, IN_2018)]
    assert given == ["18/00001", "18/00002", "19/00001", "18/00003"]


def test_a_number_is_not_given_again_after_a_withdrawal(app: Flask) -> None:
    first = numbered(IN_2018)
    service.end(first, DecisionStatus.WITHDRAWN, "Another way was found.")
    assert numbered(IN_2018).number == "18/00002"
    with pytest.raises(NotAllowed, match="never given twice"):
        numbered(IN_2018, first.number)


def test_the_sequence_goes_on_above_a_number_that_was_brought(app: Flask) -> None:
    assert numbered(IN_2019, "18/00016").number == "18/00016"
    assert numbered(IN_2019, "18/00003").number == "18/00003"
    assert numbered(IN_2018).number == "18/00017"
    assert numbered(IN_2019).number == "19/00001"


@pytest.mark.parametrize("number", ["18/16", "2018/00016", "18-00016", " 18/00016", "18/00016\n"])
def test_what_is_no_number_is_refused(app: Flask, number: str) -> None:
    with pytest.raises(NotAllowed, match="18/00016"):
        numbered(IN_2018, number)


def test_a_year_has_an_end(app: Flask) -> None:
    db.session.add(DecisionNumbers(year=2018, last=99_999))
    with pytest.raises(NotAllowed, match="All decision numbers of 2018"):
        next_number(IN_2018)


def test_eight_at_once_are_given_eight_numbers(app: Flask) -> None:
    given: list[str] = []
    together = threading.Barrier(8)

    def take() -> None:
        with app.app_context():
            together.wait()
            number = next_number(IN_2018)
            db.session.commit()
            given.append(number)

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [f"18/{number:05d}" for number in range(1, 9)]
