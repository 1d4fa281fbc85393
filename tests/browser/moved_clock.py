"""An installation whose clock the test moves, so that months can be lived through in minutes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from committee.clock import LONDON


@dataclass(frozen=True)
class MovedClock:
    """The file that every process of the installation reads its clock's shift from."""

    path: Path

    def move_to(self, day: date, at: time = time(10)) -> None:
        """Make it this time of day in London on this civil date, for every process at once."""
        there = datetime.combine(day, at, LONDON)
        shift = (there - datetime.now(UTC)).total_seconds()
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(str(shift), encoding="ascii")
        unfinished.replace(self.path)
