"""What may be said of a thing in a letter that is written now.

The table of obligations holds what could be said when they were worked out last, up to a minute
ago. Only these things can have been closed since: of the others nothing but what is public is said.
"""

from collections.abc import Callable

from committee.decisions.models import Decision
from committee.minutes.models import Action
from committee.reminders import of_actions, of_decisions, of_reports
from committee.reminders.models import Obligation
from committee.reports.models import Report

_NOW: dict[str, Callable[[Obligation], str | None]] = {
    Action.__tablename__: of_actions.words_now,
    Decision.__tablename__: of_decisions.words_now,
    Report.__tablename__: of_reports.words_now,
}


def words_now(obligation: Obligation) -> str:
    """What the letter of a reminder may say at this moment of what it concerns; what was said of
    it last where the thing is no longer there."""
    find = _NOW.get(obligation.subject_kind)
    return (find(obligation) if find else None) or obligation.words
