"""Playing the acts of the example year that have not been played yet.

What has been played is kept in the audit, in the transaction of the act itself, so that a first
start which was interrupted goes on where it stopped and nothing is done twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from committee.audit import service as audit
from committee.audit.models import AuditEntry
from committee.commands.example_year.days import Days
from committee.commands.example_year.stage import Stage
from committee.commands.example_year.year import Act as Act
from committee.commands.example_year.year import acts_of as acts_of
from committee.extensions import db

BEGUN, PLAYED = "example_year:begun", "example_year:played"


@dataclass
class Kept:
    """What the audit keeps of the year: its day of loading, or the number of an act."""

    id: int
    __tablename__: str = "example_year"


def loaded_on() -> date | None:
    """The day from which the year's days are counted, if it has been begun."""
    found = db.session.scalar(select(AuditEntry.subject_id).where(AuditEntry.act == BEGUN))
    return date.fromordinal(found) if found else None


def play(stage: Stage, told: Callable[[int], None]) -> None:
    """Do each act that has not been done, in a transaction of its own; `told` of each."""
    acts, done = acts_of(stage.days), set(_played())
    for number, act in enumerate(acts):
        if number not in done:
            act.do(stage, act.day)
            if number == 0:
                audit.record(BEGUN, Kept(stage.days.today.toordinal()), by=None)
            audit.record(PLAYED, Kept(number), by=None)
            db.session.commit()
        told(1)


def number_of_acts(stage: Stage) -> int:
    """How many acts the year has."""
    return len(acts_of(stage.days))


def is_over() -> bool:
    """Whether the whole year has been played."""
    began = loaded_on()
    return began is not None and len(set(_played())) == len(acts_of(Days(began)))


def _played() -> list[int]:
    found = select(AuditEntry.subject_id).where(AuditEntry.act == PLAYED)
    return list(db.session.scalars(found.order_by(AuditEntry.subject_id)))
