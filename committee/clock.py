"""The only place that asks what time it is. Rules and services take the answer as an argument."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

# Names a file that holds seconds by which this installation's clock is moved, so that a rehearsal
# or a test can live through months. Settings refuse it in production.
MOVED_CLOCK = "QUORATE_MOVED_CLOCK"


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC) + _moved()


def today() -> date:
    """Today's civil date in London, which is the date that the law counts by."""
    return now().astimezone(LONDON).date()


def _moved() -> timedelta:
    """By how much the clock is moved; read each time, since every process must move together."""
    named = os.environ.get(MOVED_CLOCK)
    if not named:
        return timedelta()
    try:
        return timedelta(seconds=float(Path(named).read_text(encoding="ascii")))
    except FileNotFoundError:
        return timedelta()
