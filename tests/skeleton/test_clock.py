"""Instants are aware and in UTC; today is London's."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from committee.clock import now, today


def test_an_instant_knows_its_zone() -> None:
    assert now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 15, 23, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 7, 15, 23, 30, tzinfo=UTC), date(2026, 7, 16)),
        (datetime(2026, 7, 15, 22, 59, tzinfo=UTC), date(2026, 7, 15)),
        # The clocks go forward at 01:00 UTC on 29 March 2026, and back on 25 October.
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_today_is_the_date_in_london(instant: datetime, day: date) -> None:
    with time_machine.travel(instant, tick=False):
        assert today() == day
        assert now() == instant


def test_a_moved_clock_moves_every_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    moved = tmp_path / "moved-clock"
    monkeypatch.setenv("QUORATE_MOVED_CLOCK", str(moved))
    with time_machine.travel(datetime(2026, 7, 15, 12, tzinfo=UTC), tick=False):
        assert today() == date(2026, 7, 15)
        moved.write_text(str(-timedelta(days=8).total_seconds()))
        assert today() == date(2026, 7, 7)
        assert now() == datetime(2026, 7, 7, 12, tzinfo=UTC)
