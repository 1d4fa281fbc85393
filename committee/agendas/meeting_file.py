"""Reading a meeting from its JSON form: who sits on the committee, the items, and their papers.

The form is described in docs/meeting-file.md. The whole file is read and checked before anything
is written; every problem is listed, so that one run is enough to mend it.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from committee.agendas.json_fields import Fields, is_whole
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.law.exempt_information import EXEMPT_PARAGRAPHS
from committee.people.roles import MemberRole

KINDS = {
    "procedural": ItemKind.PROCEDURAL,
    "minutes": ItemKind.MINUTES,
    "verbal": ItemKind.VERBAL_UPDATE,
    "verbal_update": ItemKind.VERBAL_UPDATE,
    "report": ItemKind.REPORT,
    "presentation": ItemKind.PRESENTATION,
}

_ROLES = {
    "Chairman": MemberRole.CHAIRMAN,
    "Chair": MemberRole.CHAIRMAN,
    "Vice-Chairman": MemberRole.VICE_CHAIRMAN,
    "Vice-Chair": MemberRole.VICE_CHAIRMAN,
    "Member": MemberRole.MEMBER,
    "Co-opted": MemberRole.CO_OPTED,
    "Non-voting": MemberRole.NON_VOTING,
}
ROLES = _ROLES | {word.lower(): role for word, role in _ROLES.items()}

OF_CONTACT = ("telephone", "email", "job_title")
MOST_SEATS = 500
PAPER_ENDINGS = (".pdf", ".docx")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_DECISION_NUMBER = re.compile(r"[0-9]{2}/[0-9]{5}")


class MeetingFileError(Exception):
    """The file cannot be imported. `problems` lists everything that is wrong, in plain words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class PaperInFile:
    """A paper that lies beside the JSON file. Without a title the item's or the file's serves."""

    path: Path
    title: str | None


@dataclass(frozen=True)
class ItemInFile:
    """An item with its papers, the main one first."""

    fields: ItemFields
    papers: tuple[PaperInFile, ...]
    said: Said
    public_title: str | None


@dataclass(frozen=True)
class MemberInFile:
    """Someone on the committee."""

    name: str
    group: str | None
    role: MemberRole


@dataclass
class MeetingInFile:
    """All that the file says of the meeting."""

    council: str
    committee: str
    held_on: date
    starts_at: time
    place: str
    members: list[MemberInFile]
    items: list[ItemInFile]
    seats: int | None = None
    printed_counts: dict[str, int] = field(default_factory=dict)
    contact: dict[str, str | None] | None = None
    notices: list[dict[str, str]] | None = None
    language: str | None = None


def read(path: Path) -> MeetingInFile:
    """Read and check the file. Raises MeetingFileError with every problem found."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MeetingFileError([f"{path} cannot be read: {error.strerror}."]) from error
    except (ValueError, RecursionError) as error:
        raise MeetingFileError([f"{path.name} is not JSON: {error}."]) from error
    if not isinstance(data, dict):
        raise MeetingFileError([f"{path.name} must hold one JSON object: a meeting."])
    reader = _Reader(path.parent)
    meeting = reader.meeting(data)
    if reader.problems or meeting is None:
        raise MeetingFileError(reader.problems)
    return meeting


class _Reader(Fields):
    """Turns the JSON into a meeting."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder.resolve()

    def meeting(self, data: dict[str, Any]) -> MeetingInFile | None:
        words = {name: self.text(data, name) for name in ("council", "committee", "venue")}
        held_on = self.parsed(data, "date", _day, "a date such as 2026-05-08")
        starts_at = self.parsed(data, "time", _time_of_day, "a time such as 10:00")
        members = [self.member(entry, n) for n, entry in self.needed_entries(data, "members")]
        items = [self.item(entry, n) for n, entry in self.needed_entries(data, "items")]
        items += [
            self.item(entry, n, exempt=True) for n, entry in self.entries(data, "exempt_items")
        ]
        seats, contact, notices = self.seats(data), self.contact(data), self.notices(data)
        language = self.shaped(data, "language", "The meeting", _LANGUAGE, "like en-GB or cy")
        if held_on is None or starts_at is None:
            return None
        return MeetingInFile(
            council=words["council"],
            committee=words["committee"],
            held_on=held_on,
            starts_at=starts_at,
            place=words["venue"],
            members=[member for member in members if member],
            items=items,
            seats=seats,
            printed_counts=_printed_counts(data.get("membership_printed")),
            contact=contact,
            notices=notices,
            language=language,
        )

    def contact(self, data: dict[str, Any]) -> dict[str, str | None] | None:
        officer = data.get("contact_officer")
        if officer is None:
            return None
        if not isinstance(officer, dict):
            self.problems.append("“contact_officer” must be an object with a name.")
            return None
        where = "The contact officer"
        rest = {name: self.words(officer, name, where) for name in OF_CONTACT}
        return {"name": self.text(officer, "name", where), **rest}

    def notices(self, data: dict[str, Any]) -> list[dict[str, str]] | None:
        if data.get("notices") is None:
            return None
        return [
            {name: self.text(entry, name, f"Notice {place}") for name in ("heading", "text")}
            for place, entry in self.entries(data, "notices")
        ]

    def seats(self, data: dict[str, Any]) -> int | None:
        seats = data.get("seats")
        if seats is None or (is_whole(seats) and 0 <= seats <= MOST_SEATS):
            return seats
        self.problems.append(f"“seats” must be a whole number, {MOST_SEATS} at most.")
        return None

    def member(self, entry: dict[str, Any], place: int) -> MemberInFile | None:
        where = f"Member {place}"
        role = ROLES.get(str("Member" if entry.get("role") is None else entry["role"]))
        if role is None:
            self.problems.append(f"{where}: the role “{entry['role']}” is not known.")
        name, group = self.text(entry, "name", where), self.words(entry, "group", where)
        return MemberInFile(name, group, role) if role else None

    def item(self, entry: dict[str, Any], place: int, *, exempt: bool = False) -> ItemInFile:
        number = self.number(entry, place)
        where = f"Item {number or place}"
        kind = KINDS.get(str("report" if entry.get("kind") is None else entry["kind"]))
        if kind is None:
            self.problems.append(f"{where}: the kind “{entry['kind']}” is not known.")
        fields = ItemFields(
            kind=kind or ItemKind.REPORT,
            title=self.text(entry, "title", where),
            description=self.words(entry, "description", where),
            decision_number=self.shaped(
                entry, "decision_number", where, _DECISION_NUMBER, "like 26/00071"
            ),
            own_number=number,
        )
        return ItemInFile(
            fields,
            self.papers(entry, where),
            said=self.exempt(entry, where) if exempt else OPENED,
            public_title=self.words(entry, "public_title", where),
        )

    def exempt(self, entry: dict[str, Any], where: str) -> Said:
        """That an item is exempt, on which ground, and the public interest test where the file
        has it."""
        test = entry.get("public_interest") or {}
        if not isinstance(test, dict):
            self.problems.append(f"{where}: “public_interest” must be an object.")
            test = {}
        reviewed = test.get("review_on")
        return Said(
            Classification.EXEMPT,
            paragraphs=self.paragraphs(entry, where),
            factors_for=self.words(test, "for", where),
            factors_against=self.words(test, "against", where),
            conclusion=self.words(test, "conclusion", where),
            review_on=self.parsed(test, "review_on", _day, "a date such as 2026-05-08")
            if reviewed
            else None,
        )

    def number(self, entry: dict[str, Any], place: int) -> str | None:
        number = entry.get("number")
        if number is None or is_whole(number):
            return None if number is None else str(number)
        return self.words(entry, "number", f"Item {place}")

    def paragraphs(self, entry: dict[str, Any], where: str) -> tuple[int, ...]:
        given = entry.get("exempt_paragraphs")
        sound = isinstance(given, list) and all(map(is_whole, given))
        if not given or not sound or not set(given) <= set(EXEMPT_PARAGRAPHS):
            self.problems.append(
                f"{where}: an exempt item needs “exempt_paragraphs”, each from 1 to 7."
            )
            return ()
        return tuple(dict.fromkeys(given))

    def papers(self, entry: dict[str, Any], where: str) -> tuple[PaperInFile, ...]:
        listed = []
        if entry.get("paper") is not None:
            listed.append({"paper": entry["paper"], "title": entry.get("paper_title")})
        listed += [each for _, each in self.entries(entry, "appendices", f"{where}: ")]
        found = (self.paper(paper, where) for paper in listed)
        return tuple(paper for paper in found if paper)

    def paper(self, entry: dict[str, Any], where: str) -> PaperInFile | None:
        written, title = self.text(entry, "paper", where), self.words(entry, "title", where)
        if not written:
            return None
        try:
            path = (self.folder / written).resolve()
            is_there = path.is_file()
        except (OSError, RuntimeError):
            self.problems.append(f"{where}: the paper {written[:100]} cannot be read.")
            return None
        if not path.is_relative_to(self.folder):
            self.problems.append(f"{where}: the paper {written} is outside the file's folder.")
            return None
        if not is_there:
            self.problems.append(f"{where}: the paper {written} is not there.")
            return None
        if not written.lower().endswith(PAPER_ENDINGS):
            self.problems.append(f"{where}: the paper {written} is neither a PDF nor a .docx.")
            return None
        return PaperInFile(path, title)


def _day(written: str) -> date:
    """A day as YYYY-MM-DD, the only one of ISO 8601's forms that everybody reads alike."""
    if not _DAY.fullmatch(written):
        raise ValueError(written)
    return date.fromisoformat(written)


def _time_of_day(written: str) -> time:
    """A time as HH:MM, without a zone: it is London's, whatever the season."""
    if not _TIME.fullmatch(written):
        raise ValueError(written)
    return time.fromisoformat(written)


def _printed_counts(found: object) -> dict[str, int]:
    """What somebody once printed is only remarked on, so whatever is no number is passed over."""
    if not isinstance(found, dict):
        return {}
    return {name: count for name, count in found.items() if is_whole(count)}
