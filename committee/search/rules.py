"""What can be found."""

from enum import StrEnum


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
