"""The minutes of a meeting."""

from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from committee.documents.pack.lettering import Wording
from committee.documents.published.making import (
    COUNCIL_BLUE,
    Section,
    Signature,
    list_of_names,
    page_data,
    section_data,
    signature_data,
    write_pdf,
)
from committee.documents.running_text.content import (
    Block,
    Blocks,
    ListBlock,
    Paragraph,
    Run,
    Table,
    heading_levels,
    paragraph,
    plain_runs,
)
from committee.documents.running_text.numbering import number_paragraphs

OPEN_PART = ("Unrestricted items", "Meeting open to the press and public")
EXEMPT_PART = ("Exempt items", "Open access to minutes")
RESOLVED = "RESOLVED"


@dataclass(frozen=True)
class Attendance:
    """Somebody at the meeting. `capacity` is a role ("Chairman") or a job title, and may be ""."""

    name: str
    capacity: str = ""
    substitute_for: str = ""

    @property
    def in_words(self) -> str:
        """ "Mr G Cooke (Chairman)", "Ms S Hamilton (Substitute for Mr R C Love)"."""
        notes = [self.capacity] if self.capacity else []
        if self.substitute_for:
            notes.append(f"Substitute for {self.substitute_for}")
        return f"{self.name} ({', '.join(notes)})" if notes else self.name


@dataclass(frozen=True)
class Action:
    """What somebody is to do. `due` is in words and may be ""."""

    text: str
    owner: str
    due: str


@dataclass(frozen=True)
class Entry:
    """One minute.

    `number` is "" for a note without one. `order_note` says that the item was taken out of order.
    `votes` is a line such as "For 9, against 2, abstained 1", `named_votes` a line for each who
    asked for theirs to be noted.
    """

    number: str
    title: str
    item_number: str = ""
    paragraphs: Blocks = ()
    resolution: Blocks = ()
    votes: str | None = None
    named_votes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    is_exempt: bool = False
    order_note: str = ""

    @property
    def heading(self) -> str:
        """ "84. 18/00004 - Rates and charges (Item 7)"."""
        number = f"{self.number}. " if self.number else ""
        return number + self.title + (f" (Item {self.item_number})" if self.item_number else "")


@dataclass(frozen=True)
class MinutesText:
    """All that the minutes say. Date, time and status are in words ("Draft minutes").

    Only what the reader may see may be in here: nothing is left out by the writers.
    """

    council: str
    committee: str
    date: str
    time: str
    place: str
    status: str
    present: tuple[Attendance, ...]
    entries: tuple[Entry, ...]
    apologies: tuple[str, ...] = ()
    also_present: tuple[Attendance, ...] = ()
    in_attendance: tuple[Attendance, ...] = ()
    declarations: tuple[str, ...] = ()
    signature: Signature | None = None
    colour: str = COUNCIL_BLUE
    language: str = "en-GB"


@dataclass(frozen=True)
class MinutesPart:
    """Minutes that stand under one heading: those of open items, or those of exempt ones."""

    heading: str
    note: str
    entries: tuple[Entry, ...]


def minutes_title(text: MinutesText) -> str:
    """ "Minutes: Parks Committee, Tuesday 8 May 2018"."""
    return f"Minutes: {text.committee}, {text.date}"


def held_line(text: MinutesText) -> str:
    """When and where, as far as they are known."""
    return ", ".join(part for part in (text.date, text.time, text.place) if part)


def attendance_sections(text: MinutesText) -> tuple[Section, ...]:
    """Who was there, who was not, and what was declared; empty parts are left out."""
    parts = (
        Section("Present", _people(text.present)),
        Section("Also present", _people(text.also_present)),
        Section("In attendance", _people(text.in_attendance)),
        Section("Apologies", list_of_names(text.apologies)),
        Section("Declarations of interest", tuple(map(paragraph, text.declarations))),
    )
    return tuple(part for part in parts if part.blocks)


def _people(people: tuple[Attendance, ...]) -> Blocks:
    return list_of_names(tuple(one.in_words for one in people))


def minutes_parts(text: MinutesText) -> tuple[MinutesPart, ...]:
    """The minutes in the order taken, parted wherever open and exempt items meet."""
    return tuple(
        MinutesPart(*(EXEMPT_PART if is_exempt else OPEN_PART), tuple(entries))
        for is_exempt, entries in groupby(text.entries, key=lambda entry: entry.is_exempt)
    )


def entry_blocks(entry: Entry) -> Blocks:
    """What stands below the heading of a minute, for page, PDF and Word alike.

    Its paragraphs and its resolution are numbered (1), (2) and so on; a single one is not.
    """
    said = (*entry.paragraphs, *_with_strong_beginning(entry.resolution))
    numbered = number_paragraphs(said)
    lists = [one for one in numbered if isinstance(one, ListBlock)]
    blocks: list[Block] = [paragraph(f"({entry.order_note})")] if entry.order_note else []
    blocks += said if sum(len(one.items) for one in lists) < 2 else numbered
    if entry.votes:
        blocks.append(Paragraph((Run("Votes: ", strong=True), Run(entry.votes))))
    blocks += [paragraph(line) for line in entry.named_votes]
    if entry.actions:
        blocks.append(_actions(entry.actions))
    return heading_levels(tuple(blocks))


def _with_strong_beginning(resolution: Blocks) -> Blocks:
    """The word RESOLVED stands out, as readers look for it first."""
    first = resolution[0] if resolution else None
    if not isinstance(first, Paragraph) or not first.runs:
        return resolution
    words = first.runs[0]
    if not words.text.upper().startswith(RESOLVED) or words.strong:
        return resolution
    word, rest = words.text[: len(RESOLVED)], words.text[len(RESOLVED) :]
    others = (replace(words, text=rest), *first.runs[1:])
    return (Paragraph((replace(words, text=word, strong=True), *others)), *resolution[1:])


def _actions(actions: tuple[Action, ...]) -> Table:
    return Table(
        header=tuple(map(plain_runs, ("Action", "Owner", "Due"))),
        rows=tuple(tuple(map(plain_runs, (one.text, one.owner, one.due))) for one in actions),
        numeric=(False, False, False),
        caption="Actions",
    )


def minutes_pdf(text: MinutesText, target: Path) -> int:
    """Write the minutes as PDF/UA-1; the number of their pages. Equal minutes give equal bytes."""
    return write_pdf("minutes.typ", lambda wording: _contents(text, wording), target)


def _contents(text: MinutesText, wording: Wording) -> dict[str, Any]:
    made = wording.printable
    page = page_data(made(minutes_title(text)), made(text.council), text.colour, text.language)
    return page | {
        "committee": made(text.committee) or "Committee",
        "held": made(held_line(text)),
        "status": made(text.status),
        "attendance": [section_data(one, wording) for one in attendance_sections(text)],
        "parts": [_part(part, wording) for part in minutes_parts(text)],
        "signature": signature_data(text.signature, wording),
    }


def _part(part: MinutesPart, wording: Wording) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "note": part.note,
        "entries": [
            section_data(Section(entry.heading, entry_blocks(entry)), wording)
            for entry in part.entries
        ],
    }
