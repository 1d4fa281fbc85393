"""Numbers of decisions: two figures of the year, and five that run on within it (KENT-13)."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from committee.decisions.models import Decision, DecisionNumbers
from committee.decisions.rules import DECISION_NUMBER
from committee.extensions import db
from committee.states import NotAllowed

LAST_OF_A_YEAR = 99_999
CENTURY = 2000


def next_number(today: date) -> str:
    """The next number of the year in which it is given; no other transaction can be given it.

    The year's row stays locked until the transaction ends. A number is given once, whatever
    becomes of its decision. Raises NotAllowed when the year has no numbers left.
    """
    while True:
        number = _numbered(today.year, _advanced(today.year, None))
        if _is_free(number):
            return number


def take_number(number: str) -> str:
    """Keep a number that was given elsewhere, when a council moves over; the year's sequence goes
    on above it. Raises NotAllowed for what is no number, or was given already."""
    if not DECISION_NUMBER.match(number):
        raise NotAllowed("A decision number has two figures, a slash and five figures: 18/00016.")
    year, _, running = number.partition("/")
    _advanced(CENTURY + int(year), int(running))
    if not _is_free(number):
        raise NotAllowed(f"{number} has been given already, and a number is never given twice.")
    return number


def _advanced(year: int, to: int | None) -> int:
    """Move the year's sequence one on, or at least to a number; the last that is now given."""
    first = 1 if to is None else to
    put = insert(DecisionNumbers).values(year=year, last=first)
    moved = DecisionNumbers.last + 1 if to is None else func.greatest(DecisionNumbers.last, to)
    last = db.session.scalars(
        put.on_conflict_do_update(
            index_elements=[DecisionNumbers.year], set_={"last": moved}
        ).returning(DecisionNumbers.last)
    ).one()
    if last > LAST_OF_A_YEAR:
        raise NotAllowed(f"All decision numbers of {year} have been given.")
    return last


def _numbered(year: int, running: int) -> str:
    return f"{year % 100:02d}/{running:05d}"


def _is_free(number: str) -> bool:
    return db.session.scalar(select(Decision.id).where(Decision.number == number)) is None
