"""The example council as `./quorate examples load` leaves it, also after it was interrupted."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from committee.audit.models import AuditEntry
from committee.commands import examples
from committee.commands.example_year import playing
from committee.commands.example_year.days import Days
from committee.commands.example_year.settled import ACCOUNTS, PASSWORD
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.minutes.models import Minutes
from committee.minutes.rules import MinutesStatus
from committee.people import service as people
from committee.people import users
from tests.commands.conftest import Command

# Days on which deadlines fall on bank holidays: over Christmas, at Easter, on 29 February.
AWKWARD = [date(2026, 12, 29), date(2027, 3, 29), date(2028, 2, 29)]
EVERY_STANDING = {
    DecisionStatus.EFFECTIVE,
    DecisionStatus.PUBLISHED,
    DecisionStatus.READY,
    DecisionStatus.NOTIFIED,
    DecisionStatus.DRAFT,
    DecisionStatus.WITHDRAWN,
}


def standings() -> list[DecisionStatus]:
    return list(db.session.scalars(select(Decision.status).order_by(Decision.id)))


def test_another_council_is_left_alone(app: Flask, command: Command) -> None:
    people.add_council("Real County Council")
    db.session.commit()
    done = command("examples", "load")
    assert "was not loaded" in done.output
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 0
    assert command("examples", "accounts").output == ""


class Cut(Exception):
    """The power went."""


@pytest.mark.nightly
@pytest.mark.libreoffice
def test_an_interrupted_start_is_finished_and_nothing_is_done_twice(
    app: Flask, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut short before the commit of each tenth act, begun again each time, and once more."""
    acts = playing.acts_of

    def cut_short(days: Days) -> list[playing.Act]:
        return [
            playing.Act(act.day, cut(number, act.do)) if number % 10 == 5 else act
            for number, act in enumerate(acts(days))
        ]

    before: set[int] = set()

    def cut(number: int, do: Callable[..., None]) -> Callable[..., None]:
        def half_done(*arguments: object) -> None:
            do(*arguments)
            if number not in before:
                before.add(number)
                raise Cut

        return half_done

    monkeypatch.setattr(playing, "acts_of", cut_short)
    starts = 0
    while not playing.is_over():
        starts += 1
        command("examples", "load")
        db.session.rollback()
    assert starts == len(before) + 1
    assert set(standings()) == EVERY_STANDING
    assert len(standings()) == 7
    played = select(AuditEntry.subject_id).where(AuditEntry.act == playing.PLAYED)
    numbers = list(db.session.scalars(played))
    assert sorted(numbers) == list(range(len(numbers)))
    assert db.session.scalar(select(func.count(Minutes.id))) == 2
    for email, _, _ in ACCOUNTS:
        assert users.user_with_password(email, PASSWORD)
    assert len(command("examples", "accounts").output.splitlines()) == len(ACCOUNTS)


@pytest.mark.nightly
@pytest.mark.libreoffice
@pytest.mark.parametrize("day", AWKWARD)
def test_the_year_is_played_on_an_awkward_day_as_well(
    app: Flask, command: Command, monkeypatch: pytest.MonkeyPatch, day: date
) -> None:
    monkeypatch.setattr(examples, "today", lambda: day)
    done = command("examples", "load")
    assert done.exit_code == 0, done.output
    assert playing.loaded_on() == day
    assert set(standings()) == EVERY_STANDING
    states = set(db.session.scalars(select(Minutes.status)))
    assert states == {MinutesStatus.APPROVED, MinutesStatus.PUBLISHED_DRAFT}
