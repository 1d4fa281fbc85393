"""What can be found, and how a search is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from committee.web.paging import page_from

LONGEST_QUERY = 200  # characters; what goes beyond is not looked for
PAGE = 20  # results of a page
MOST_PAGES = 500


class EntryKind(StrEnum):
    """What sort of thing a search finds."""

    MEETING = "meeting"
    AGENDA_ITEM = "agenda_item"
    PAPER = "paper"
    DECISION = "decision"
    CONSULTATION = "consultation"
    MINUTE = "minute"


ENTRY_KIND_LABELS = {
    EntryKind.MEETING: "Meeting",
    EntryKind.AGENDA_ITEM: "Agenda item",
    EntryKind.PAPER: "Paper",
    EntryKind.DECISION: "Decision",
    EntryKind.CONSULTATION: "Consultation",
    EntryKind.MINUTE: "Minutes",
}

# What is printed in papers, and what only marks the beginning and end of a word that was found.
BEGIN, END = "\x02", "\x03"


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for. `kind` and `committee` (its slug) narrow it down."""

    query: str
    kind: EntryKind | None = None
    committee: str | None = None
    page: int = 1
    was_cut: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether only one kind of thing or one committee is looked through."""
        return self.kind is not None or self.committee is not None

    @property
    def parts(self) -> list[str]:
        """The words of the query, each as it was typed."""
        return self.query.split()


def wanted_from(given: Mapping[str, str]) -> Wanted:
    """What was asked for, whatever was sent: anything that cannot be meant is left out."""
    said = given.get("q", "")
    query = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    kind = given.get("kind", "")
    return Wanted(
        query=query[:LONGEST_QUERY].strip(),
        kind=EntryKind(kind) if kind in list(EntryKind) else None,
        committee=given.get("committee", "").replace("\x00", "") or None,
        page=page_from(given, most=MOST_PAGES),
        was_cut=len(query) > LONGEST_QUERY,
    )
