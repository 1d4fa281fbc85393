"""What a pack is to hold: plain values, with nothing in them that the pack must not show.

A plan for the public holds open parts only. The builder opens the files that a plan names and
nothing else, so what is not in the plan cannot be in the pack.
"""

import dataclasses
import datetime
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from committee.documents.pack.whole_file import sha256_of

BUILDER_VERSION = "3"
"""Part of every pack's key: raise it when the same plan would give other bytes than before."""

COUNCIL_BLUE = "#1d4f7c"
STORED_NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PackPaper:
    """One paper of an item. `path` is the prepared PDF; None asks for a marked placeholder page
    that states `problem`. `pages` is the page count found when the paper was prepared. `marking`
    is printed at the head of each of its pages, such as that it is not for publication."""

    title: str
    kind: Literal["main", "appendix"]
    path: Path | None
    pages: int
    problem: str | None = None
    marking: str | None = None


@dataclass(frozen=True)
class PackItem:
    """One agenda item. In a public plan an exempt one has its public title and no papers; in a
    restricted plan `public_title` is what the public copy calls it (None: the same)."""

    number: str
    title: str
    description: str | None = None
    decision_number: str | None = None
    kind: str = "report"
    exempt: bool = False
    exempt_reason: str | None = None
    papers: tuple[PackPaper, ...] = ()
    public_title: str | None = None


@dataclass(frozen=True)
class MemberLine:
    """A member as printed on the agenda; `role` in words, such as "Chairman", or None."""

    name: str
    role: str | None = None


@dataclass(frozen=True)
class GroupLine:
    """A political group, or another body such as the church representatives, and its members."""

    name: str
    members: tuple[MemberLine, ...]


@dataclass(frozen=True)
class ContactLine:
    """The officer to ask about the meeting."""

    name: str
    telephone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Notice:
    """A notice printed before the items, such as that the meeting will be webcast."""

    heading: str
    text: str


@dataclass(frozen=True)
class PackPlan:
    """A whole pack. `date` and `time` are the meeting's own, in the council's civil time.

    `colour` is the council's colour as #rrggbb, `language` a language tag such as "en-GB".
    """

    council: str
    committee: str
    date: datetime.date
    time: datetime.time
    place: str
    audience: Literal["public", "restricted"]
    contact: ContactLine | None = None
    groups: tuple[GroupLine, ...] = ()
    vacancies: int = 0
    notices: tuple[Notice, ...] = ()
    items: tuple[PackItem, ...] = ()
    language: str = "en-GB"
    colour: str = COUNCIL_BLUE
    closing_notes: tuple[str, ...] = ()


def _content_hash(path: Path) -> str:
    """The SHA-256 of a paper: stored papers carry it as their name, others are read."""
    if STORED_NAME.fullmatch(path.stem):
        return path.stem
    return sha256_of(path)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Path):
        return _content_hash(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def key(plan: PackPlan) -> str:
    """The SHA-256 (hexadecimal) of everything that decides the pack's bytes.

    Two plans with the same key give the same pack. Raises OSError when a paper that is not
    stored under its hash cannot be read.
    """
    text = json.dumps(_plain(plan), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{BUILDER_VERSION}\n{text}".encode()).hexdigest()
