"""The specification: who is answered how, read from the three tables beside this module.

It is reasoned from the roles and the rules of the field, and asks nothing of the product's own
permissions. A cell is one view, one method, one person and one state of one thing.

- people.csv: the people, and which role each holds, and where.
- who.csv: the capacities in which people act on the things of the committee `home`.
- expected.csv: for each view and method, what its address names, in which states, and how people
  of these capacities are answered; under `reads`, who else is shown the page but cannot send what
  is in it. The first line that fits a cell counts. Where none fits, the
  thing is hidden: it answers as one that never was. At an address that is for nobody who has not
  signed in, those who have not are asked to.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from tests.matrix.people import Person, cast

WHO = Path(__file__).with_name("who.csv")
EXPECTED = Path(__file__).with_name("expected.csv")
EVERYTHING = "*"
PUBLIC = "anyone"


class Expected(StrEnum):
    """How a request is answered."""

    PAGE = "page"  # shown
    ONWARD = "onward"  # led to another page of ours
    PAGE_OR_ONWARD = "page or onward"
    ALLOWED = "allowed"  # taken in: done, or shown again with what is missing or in the way
    DONE = "done"  # and the database has changed
    REFUSED = "refused"  # in words, and nothing has changed
    GONE = "gone"  # 410
    HIDDEN = "hidden"  # as what never was
    SIGN_IN = "sign-in"  # asked to sign in


SHOWN = (Expected.PAGE, Expected.ONWARD, Expected.PAGE_OR_ONWARD)


@dataclass(frozen=True)
class Line:
    """One line of expected.csv."""

    view: str
    methods: tuple[str, ...]
    thing: str
    states: tuple[str, ...]
    who: frozenset[str]
    answer: Expected
    is_public: bool

    def fits(self, person: Person, state: str) -> bool:
        """Whether it says how this person is answered about a thing in this state."""
        known = EVERYTHING in self.who or person.name in self.who
        return known and (EVERYTHING in self.states or state in self.states)


@dataclass(frozen=True)
class Row:
    """All that expected.csv says of one view and method."""

    view: str
    method: str
    lines: tuple[Line, ...]

    @property
    def thing(self) -> str:
        """The kind of thing that the address names."""
        return self.lines[0].thing

    @property
    def is_public(self) -> bool:
        """Whether the address answers those who have not signed in."""
        return any(line.is_public for line in self.lines)

    def expected(self, person: Person, state: str) -> Expected:
        """How this person is answered about a thing in this state."""
        found = next((line.answer for line in self.lines if line.fits(person, state)), None)
        if found is not None and (self.is_public or person.is_signed_in):
            return found
        return Expected.HIDDEN if self.is_public or person.is_signed_in else Expected.SIGN_IN


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


def capacities() -> dict[str, frozenset[str]]:
    """The people of each capacity of who.csv."""
    with WHO.open(encoding="utf-8", newline="") as file:
        return {row["capacity"]: frozenset(_split(row["people"])) for row in csv.DictReader(file)}


def lines() -> Iterator[Line]:
    """The lines of expected.csv, in order. Raises KeyError for a capacity that who.csv lacks."""
    known = capacities()
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            said = Line(
                view=row["view"],
                methods=tuple(row["methods"].split()),
                thing=row["thing"],
                states=_split(row["states"]),
                who=_people_of(row["who"], known),
                answer=Expected(row["answer"]),
                is_public=PUBLIC in _split(row["who"]),
            )
            yield said
            if row["reads"]:
                answer = said.answer if said.answer in SHOWN else Expected.PAGE
                who = _people_of(row["reads"], known)
                yield replace(said, methods=("GET",), who=who, answer=answer)


def _people_of(named: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(known[each] for each in _split(named)))


@cache
def rows() -> Mapping[tuple[str, str], Row]:
    """What is said of each view and method."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines():
        for method in line.methods:
            found.setdefault((line.view, method), []).append(line)
    return {key: Row(*key, tuple(each)) for key, each in found.items()}


def people() -> tuple[Person, ...]:
    """Everybody in the matrix."""
    return cast()
