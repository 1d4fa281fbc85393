"""Finding entries of the log: for an auditor by what they ask, and of one thing for its page."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from committee.audit.hashing import utc_words
from committee.audit.models import AuditEntry, AuditLink
from committee.audit.words import ACT_WORDS, act_in_words, kind_in_words
from committee.clock import LONDON
from committee.extensions import db
from committee.people.models import User
from committee.web.paging import page_from, pages_of, place_of

A_PAGE = 50  # entries
AT_A_TIME = 2000  # rows of an export
LONGEST = 200  # characters of anything that is looked for
MOST_ID = 2**31 - 1  # of what the database counts things by

FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "Entry",
    "When (UTC)",
    "Who",
    "On behalf of",
    "What",
    "Act",
    "Kind of thing",
    "Number",
    "SHA-256 before",
    "SHA-256 after",
    "Request",
    "Hash in the chain",
)

_ACTOR, _FOR_WHOM = User.__table__.alias("actor"), User.__table__.alias("for_whom")


@dataclass(frozen=True)
class Wanted:
    """What entries are looked for; what is empty is not asked. Days are civil dates in London."""

    person: str = ""
    act: str = ""
    kind: str = ""
    number: str = ""
    first: str = ""
    last: str = ""
    request_id: str = ""
    page: int = 1
    mistakes: dict[str, str] = field(default_factory=dict)

    def address_parts(self) -> dict[str, str]:
        """What was asked, as an address has it."""
        names = ("person", "act", "kind", "number", "first", "last", "request_id")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True)
class Line:
    """One entry, in words."""

    seq: int
    id: int
    at: datetime
    who: str
    for_whom: str | None
    act: str
    kind: str
    subject_id: int
    before_sha256: str | None
    after_sha256: str | None
    request_id: str | None
    hash: str

    @property
    def words(self) -> str:
        """What was done, to stand after the name."""
        return act_in_words(self.act)

    @property
    def thing(self) -> str:
        """Which thing it was done to, as `Agenda item 12`."""
        return f"{kind_in_words(self.kind)} {self.subject_id}"

    def cells(self) -> tuple[object, ...]:
        """The entry as a row of a table."""
        facts = (self.seq, utc_words(self.at), self.who, self.for_whom or "", self.words, self.act)
        hashes = (self.before_sha256 or "", self.after_sha256 or "")
        thing = (kind_in_words(self.kind), self.subject_id)
        return (*facts, *thing, *hashes, self.request_id or "", self.hash)


@dataclass(frozen=True)
class LinePage:
    """One page of entries, newest first."""

    lines: list[Line]
    page: int
    pages: int
    total: int


def wanted_from(given: Mapping[str, str]) -> Wanted:
    """What an address asks for; what cannot be meant stands in `mistakes` and finds nothing."""
    asked = {
        name: given.get(name, "").replace("\x00", "").strip()[:LONGEST]
        for name in ("person", "act", "kind", "number", "first", "last", "request_id")
    }
    mistakes = {
        name: "Enter a day as 2026-11-22, or leave this empty."
        for name in ("first", "last")
        if asked[name] and _day(asked[name]) is None
    }
    if asked["number"] and _number(asked["number"]) is None:
        mistakes["number"] = "Enter the number of the thing in figures, or leave this empty."
    return Wanted(**asked, page=page_from(given), mistakes=mistakes)


def find(wanted: Wanted) -> LinePage:
    """A page of the entries that are wanted."""
    if wanted.mistakes:
        return LinePage([], 1, 1, 0)
    conditions = _conditions(wanted)
    total = db.session.scalar(select(func.count(AuditEntry.id)).where(*conditions)) or 0
    page = place_of(wanted.page, total, A_PAGE)
    found = _lines().where(*conditions).order_by(AuditEntry.id.desc())
    rows = db.session.execute(found.limit(A_PAGE).offset((page - 1) * A_PAGE))
    return LinePage([Line(*row) for row in rows], page, pages_of(total, A_PAGE), total)


def of_things(
    things: Mapping[str, Any], *, most: int, without: Iterable[str] = ()
) -> tuple[list[Line], bool]:
    """The newest entries about things, given as a kind and a select of their ids (or one id);
    and whether there are more. Acts that are `without` are left out."""
    about = [
        (AuditEntry.subject_kind == kind)
        & (AuditEntry.subject_id == ids if isinstance(ids, int) else AuditEntry.subject_id.in_(ids))
        for kind, ids in things.items()
    ]
    found = _lines().where(or_(*about), AuditEntry.act.not_in(list(without)))
    newest = found.order_by(AuditEntry.id.desc()).limit(most + 1)
    lines = [Line(*row) for row in db.session.execute(newest)]
    return lines[:most], len(lines) > most


def csv_lines(wanted: Wanted) -> Iterator[str]:
    """All entries that are wanted as a table for a spreadsheet, newest first, some at a time.

    Each part is read in a transaction of its own, so that a slow reader holds nothing up.
    """
    yield _row(COLUMNS)
    last = MOST_ID
    while last:
        found = _lines().where(*_conditions(wanted), AuditEntry.id < last)
        with db.engine.connect() as connection:
            rows = connection.execute(found.order_by(AuditEntry.id.desc()).limit(AT_A_TIME)).all()
        for line in (Line(*row) for row in rows):
            yield _row(line.cells())
        last = rows[-1].id if rows else 0


def kinds() -> list[str]:
    """Every kind of thing that there is, by its name."""
    return sorted(table.name for table in db.metadata.sorted_tables)


def acts() -> dict[str, str]:
    """Every act and its words, in the order of the words."""
    return dict(sorted(ACT_WORDS.items(), key=lambda each: each[1]))


def _row(cells: Iterable[object]) -> str:
    """One line of the table; no cell can be taken for a formula."""
    made = io.StringIO()
    texts = [str(cell) for cell in cells]
    safe = [f"'{text}" if text.startswith(FORMULA) else text for text in texts]
    csv.writer(made, lineterminator="\r\n").writerow(safe)
    return made.getvalue()


def _lines() -> Select[Any]:
    lines: Any = (
        select(
            AuditLink.seq,
            AuditEntry.id,
            AuditEntry.at,
            func.coalesce(_ACTOR.c.name, "The system"),
            _FOR_WHOM.c.name,
            AuditEntry.act,
            AuditEntry.subject_kind,
            AuditEntry.subject_id,
            AuditEntry.before_sha256,
            AuditEntry.after_sha256,
            AuditEntry.request_id,
            AuditLink.hash,
        )
        .join(AuditLink, AuditLink.entry_id == AuditEntry.id)
        .outerjoin(_ACTOR, _ACTOR.c.id == AuditEntry.actor_id)
        .outerjoin(_FOR_WHOM, _FOR_WHOM.c.id == AuditEntry.for_whom_id)
    )
    return lines


def _conditions(wanted: Wanted) -> list[Any]:
    conditions: list[Any] = []
    if wanted.person:
        like = User.name.icontains(wanted.person, autoescape=True) | User.email.icontains(
            wanted.person, autoescape=True
        )
        people = select(User.id).where(like)
        of_them = AuditEntry.actor_id.in_(people) | AuditEntry.for_whom_id.in_(people)
        conditions.append(of_them)
    for column, value in (
        (AuditEntry.act, wanted.act),
        (AuditEntry.subject_kind, wanted.kind),
        (AuditEntry.subject_id, _number(wanted.number)),
        (AuditEntry.request_id, wanted.request_id),
    ):
        if value:
            conditions.append(column == value)
    return conditions + _between(_day(wanted.first), _day(wanted.last))


def _between(first: date | None, last: date | None) -> list[Any]:
    conditions: list[Any] = []
    if first:
        conditions.append(AuditEntry.at >= datetime.combine(first, time(), LONDON))
    if last:
        day_after = last + timedelta(days=1)
        conditions.append(AuditEntry.at < datetime.combine(day_after, time(), LONDON))
    return conditions


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 1900 < day.year < 9000 else None


def _number(written: str) -> int | None:
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(MOST_ID))):
        return None
    return int(written) if int(written) <= MOST_ID else None
