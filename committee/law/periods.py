"""What every computed date carries: the rule it comes from, what was counted, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from committee.law.calendar import Calendar, Mode, days_from, in_words


@dataclass(frozen=True)
class Rule:
    """A rule, its place in statute or in this council's constitution, and what it says in short."""

    id: str
    source: str
    words: str
    tier: str = "statute"


@dataclass(frozen=True)
class Computed:
    """A date worked out by a rule. Stored with its inputs, so that it can be shown and checked.

    `counted` are the days that the rule counted, in order; `passed_over` are days between them
    that it did not count, each with its reason.
    """

    rule: Rule
    day: date
    inputs: dict[str, str]
    counted: tuple[date, ...] = ()
    passed_over: tuple[tuple[date, str], ...] = ()
    mode: Mode | None = None
    calendar_version: str = ""
    warnings: tuple[str, ...] = ()
    also: dict[str, date] = field(default_factory=dict)

    def explanation(self) -> str:
        """How the date was reached, in sentences that an officer can read out."""
        parts = [f"{in_words(self.day)}. {self.rule.words} ({self.rule.source})."]
        if self.counted:
            parts.append(f"Days counted: {listed(self.counted)}.")
        holidays = [(day, why) for day, why in self.passed_over if why != "weekend"]
        if holidays:
            told = ", ".join(f"{in_words(day)} ({why})" for day, why in holidays)
            parts.append(f"Not counted: {told}, and weekends.")
        return " ".join([*parts, *self.warnings])

    def as_json(self) -> dict[str, Any]:
        """Everything that was computed and from what, to be stored with the date itself."""
        return {
            "rule": {"id": self.rule.id, "source": self.rule.source, "words": self.rule.words},
            "tier": self.rule.tier,
            "day": self.day.isoformat(),
            "inputs": dict(self.inputs),
            "counted": [day.isoformat() for day in self.counted],
            "passed_over": [[day.isoformat(), why] for day, why in self.passed_over],
            "mode": self.mode.value if self.mode else None,
            "calendar_version": self.calendar_version,
            "warnings": list(self.warnings),
            "also": {name: day.isoformat() for name, day in self.also.items()},
            "explanation": self.explanation(),
        }


def passed_over(calendar: Calendar, first: date, last: date) -> tuple[tuple[date, str], ...]:
    """The days from `first` to `last`, both included, that a rule of working days does not count,
    each with its reason."""
    reasons = ((day, calendar.why_not_counted(day)) for day in days_from(first, last))
    return tuple((day, why) for day, why in reasons if why)


def listed(days: Sequence[date]) -> str:
    """Days in a row, shortened where there are many: "30 April, 1 May, …"."""
    short = [f"{day.day} {day:%B}" for day in days]
    if len(short) > 7:
        return f"{len(short)} days from {short[0]} to {short[-1]}"
    return ", ".join(short)
