"""What there is to do, in the order in which it falls due, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from committee.law.calendar import in_words


@dataclass(frozen=True)
class ToDo:
    """One thing to do: words for its link, its address, what it belongs to, and by when.

    `due` is the last civil date in London that is in time; None for what has no such day.
    """

    what: str
    address: str
    about: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Part:
    """A part of somebody's home: its heading, what is to be done, and words for when nothing is.

    `more` leads to where the whole list is.
    """

    name: str
    heading: str
    todos: tuple[ToDo, ...]
    nothing: str
    more: tuple[str, str] | None = None


def by_deadline(todos: Iterable[ToDo]) -> tuple[ToDo, ...]:
    """What falls due first comes first; what has no deadline comes last, in the order given."""
    return tuple(sorted(todos, key=lambda todo: (todo.due is None, todo.due or date.max)))


def is_late(due: date | None, *, today: date) -> bool:
    """Whether the last day in time is over."""
    return due is not None and due < today


def due_in_words(due: date | None, *, today: date) -> str:
    """How far off the deadline is: "2 days late: was due Friday 27 April 2018"."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"{counted(-days)} late: was due {in_words(due)}"
    if days == 0:
        return "Due today"
    if days == 1:
        return "Due tomorrow"
    return f"Due in {counted(days)}, {in_words(due)}"


def counted(days: int) -> str:
    """A number of days, as "1 day" or "12 days"."""
    return "1 day" if days == 1 else f"{days:,} days"
