"""What an agenda item is, and how items are numbered."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from committee.law.exempt_information import EXEMPT_PARAGRAPHS as EXEMPT_PARAGRAPHS
from committee.states import States


class ItemKind(StrEnum):
    """What sort of business an item is."""

    PROCEDURAL = "procedural"
    MINUTES = "minutes"
    VERBAL_UPDATE = "verbal_update"
    REPORT = "report"
    PRESENTATION = "presentation"


ITEM_KIND_LABELS = {
    ItemKind.PROCEDURAL: "Procedural",
    ItemKind.MINUTES: "Minutes",
    ItemKind.VERBAL_UPDATE: "Verbal update",
    ItemKind.REPORT: "Report",
    ItemKind.PRESENTATION: "Presentation",
}

# Kinds that are expected to come with a paper; the builder points out those that have none.
KINDS_WITH_PAPERS = {ItemKind.MINUTES, ItemKind.REPORT}


class Part(StrEnum):
    """The part of the agenda in which an item is taken: with the public, or after it is excluded.

    An item that nobody has classed yet stands among the open ones, where most will stay, so that
    the others keep their numbers; what it says is closed all the same.
    """

    OPEN = "open"
    EXEMPT = "exempt"


PART_LABELS = {Part.OPEN: "Open", Part.EXEMPT: "Exempt"}

STUB_TITLE = "Item not open to the public"


class Numbered(Protocol):
    """What numbering needs to know of an item."""

    @property
    def own_number(self) -> str | None: ...


def numbers(items: Sequence[Numbered]) -> list[str]:
    """The printed number of each item in order: its own where it has one, else its place from 1."""
    return [item.own_number or str(place) for place, item in enumerate(items, start=1)]


class ProgrammeStatus(StrEnum):
    """Where an item of a committee's work programme stands."""

    PLANNED = "planned"
    ON_AGENDA = "on_agenda"
    TAKEN = "taken"
    DROPPED = "dropped"


PROGRAMME_STATUS_LABELS = {
    ProgrammeStatus.PLANNED: "Planned",
    ProgrammeStatus.ON_AGENDA: "On the agenda",
    ProgrammeStatus.TAKEN: "Taken",
    ProgrammeStatus.DROPPED: "Dropped",
}

PROGRAMME_MAY_BECOME = {
    ProgrammeStatus.PLANNED: {ProgrammeStatus.ON_AGENDA, ProgrammeStatus.DROPPED},
    ProgrammeStatus.ON_AGENDA: {ProgrammeStatus.PLANNED, ProgrammeStatus.TAKEN},
    ProgrammeStatus.TAKEN: set(),
    ProgrammeStatus.DROPPED: {ProgrammeStatus.PLANNED},
}

PROGRAMME_STATES = States("work programme item", PROGRAMME_STATUS_LABELS, PROGRAMME_MAY_BECOME)
