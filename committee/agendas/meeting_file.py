"""Reading a meeting from its JSON form: who sits on the committee, the items, and their papers.

The form is described in docs/meeting-file.md. The whole file is read and checked before anything
is written; every problem is listed, so that one run is enough to mend it.
"""

import json
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from committee.agendas.rules import EXEMPT_PARAGRAPHS, ItemKind, Part
from committee.agendas.service import ItemFields
from committee.people.roles import MemberRole

KINDS = {
    "procedural": ItemKind.PROCEDURAL,
    "minutes": ItemKind.MINUTES,
    "verbal": ItemKind.VERBAL_UPDATE,
    "verbal_update": ItemKind.VERBAL_UPDATE,
    "report": ItemKind.REPORT,
    "presentation": ItemKind.PRESENTATION,
}

ROLES = {
    "chairman": MemberRole.CHAIRMAN,
    "chair": MemberRole.CHAIRMAN,
    "vice-chairman": MemberRole.VICE_CHAIRMAN,
    "vice-chair": MemberRole.VICE_CHAIRMAN,
    "member": MemberRole.MEMBER,
    "co-opted": MemberRole.CO_OPTED,
    "non-voting": MemberRole.NON_VOTING,
}


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
    contact: dict[str, str] | None = None
    notices: list[dict[str, str]] | None = None


def read(path: Path) -> MeetingInFile:
    """Read and check the file. Raises MeetingFileError with every problem found."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MeetingFileError([f"{path} cannot be read: {error.strerror}."]) from error
    except ValueError as error:
        raise MeetingFileError([f"{path.name} is not JSON: {error}."]) from error
    if not isinstance(data, dict):
        raise MeetingFileError([f"{path.name} must hold one JSON object: a meeting."])
    reader = _Reader(path.parent)
    meeting = reader.meeting(data)
    if reader.problems or meeting is None:
        raise MeetingFileError(reader.problems)
    return meeting


class _Reader:
    """Turns the JSON into values, noting each problem instead of stopping at the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.problems: list[str] = []

    def meeting(self, data: dict[str, Any]) -> MeetingInFile | None:
        words = {name: self.text(data, name) for name in ("council", "committee", "venue")}
        held_on = self.parsed(data, "date", date.fromisoformat, "a date such as 2026-05-08")
        starts_at = self.parsed(data, "time", time.fromisoformat, "a time such as 10:00")
        members = [self.member(entry, n) for n, entry in self.entries(data, "members")]
        items = [self.item(entry, n, Part.OPEN) for n, entry in self.entries(data, "items")]
        items += [
            self.item(entry, n, Part.EXEMPT) for n, entry in self.entries(data, "exempt_items")
        ]
        if held_on is None or starts_at is None:
            return None
        return MeetingInFile(
            council=words["council"],
            committee=words["committee"],
            held_on=held_on,
            starts_at=starts_at,
            place=words["venue"],
            members=[member for member in members if member],
            items=[item for item in items if item],
            seats=self.seats(data),
            printed_counts=data.get("membership_printed") or {},
            contact=data.get("contact_officer"),
            notices=data.get("notices"),
        )

    def seats(self, data: dict[str, Any]) -> int | None:
        seats = data.get("seats")
        if seats is not None and (not isinstance(seats, int) or seats < 0):
            self.problems.append("“seats” must be a whole number.")
            return None
        return seats

    def member(self, entry: dict[str, Any], place: int) -> MemberInFile | None:
        written = (entry.get("role") or "member").lower()
        if written not in ROLES:
            self.problems.append(f"Member {place}: the role “{entry['role']}” is not known.")
            return None
        name = self.text(entry, "name", f"Member {place}")
        return MemberInFile(name, entry.get("group"), ROLES[written])

    def item(self, entry: dict[str, Any], place: int, part: Part) -> ItemInFile | None:
        where = f"Item {entry.get('number', place)}"
        kind = KINDS.get(entry.get("kind", "report"))
        if kind is None:
            self.problems.append(f"{where}: the kind “{entry['kind']}” is not known.")
            return None
        number = str(entry["number"]) if entry.get("number") is not None else None
        return ItemInFile(
            ItemFields(
                kind=kind,
                title=self.text(entry, "title", where),
                description=entry.get("description"),
                decision_number=entry.get("decision_number"),
                part=part,
                public_title=entry.get("public_title"),
                exempt_paragraphs=self.paragraphs(entry, where, part),
                own_number=number,
            ),
            self.papers(entry, where),
        )

    def paragraphs(self, entry: dict[str, Any], where: str, part: Part) -> tuple[int, ...]:
        if part is Part.OPEN:
            return ()
        given = entry.get("exempt_paragraphs") or []
        if not given or any(number not in EXEMPT_PARAGRAPHS for number in given):
            self.problems.append(
                f"{where}: an exempt item needs “exempt_paragraphs”, each from 1 to 7."
            )
            return ()
        return tuple(given)

    def papers(self, entry: dict[str, Any], where: str) -> tuple[PaperInFile, ...]:
        listed = []
        if entry.get("paper"):
            listed.append({"paper": entry["paper"], "title": entry.get("paper_title")})
        listed += entry.get("appendices") or []
        found = (self.paper(paper, where) for paper in listed)
        return tuple(paper for paper in found if paper)

    def paper(self, entry: dict[str, Any], where: str) -> PaperInFile | None:
        path = (self.folder / str(entry.get("paper", ""))).resolve()
        if not path.is_relative_to(self.folder):
            self.problems.append(
                f"{where}: the paper {entry['paper']} is outside the file's folder."
            )
            return None
        if not path.is_file():
            self.problems.append(f"{where}: the paper {entry.get('paper')} is not there.")
            return None
        return PaperInFile(path, entry.get("title"))

    def entries(self, data: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
        listed = data.get(name) or []
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            self.problems.append(f"“{name}” must be a list of objects.")
            return []
        return list(enumerate(listed, start=1))

    def text(self, data: dict[str, Any], name: str, where: str = "The meeting") -> str:
        value = data.get(name)
        if not isinstance(value, str) or not value.strip():
            self.problems.append(f"{where}: “{name}” is missing.")
            return ""
        return value.strip()

    def parsed(self, data: dict[str, Any], name: str, parse: Any, example: str) -> Any:
        try:
            return parse(str(data.get(name)))
        except ValueError:
            self.problems.append(f"The meeting: “{name}” must be {example}.")
            return None
