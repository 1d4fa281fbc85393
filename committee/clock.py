"""The only place that asks what time it is. Rules and services take the answer as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's civil date in London, which is the date that the law counts by."""
    return datetime.now(LONDON).date()
