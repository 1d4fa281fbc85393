"""Bringing in files of people in two steps: a dry run of the whole, then the file as it was seen.

Nothing of a file is kept where it has a problem, and nothing before somebody has seen what it
would do: bringing in names the SHA-256 of the file and of what was shown.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select, update

from committee.audit import service as audit
from committee.extensions import db
from committee.people import councillors_file, memberships_file, sheets
from committee.people.models import Council, User
from committee.people.sheets import Problems
from committee.people.tenure_models import PeopleFile
from committee.states import NotAllowed

# Above this a browser would wait too long: the command line brings in as much as there is.
MOST_CHANGES_ON_A_PAGE = 2_000


class FileKind(StrEnum):
    """What a file of people lists."""

    COUNCILLORS = "councillors"
    MEMBERSHIPS = "memberships"


@dataclass(frozen=True)
class Report:
    """A dry run: what is wrong, and if nothing is, what would change."""

    kind: FileKind
    sha256: str
    rows: int
    problems: Problems
    plan: councillors_file.Plan | memberships_file.Plan

    @property
    def is_sound(self) -> bool:
        """Whether the file could be brought in."""
        return not self.problems.total

    @property
    def changes(self) -> dict[str, int]:
        """How much of what would change, in words."""
        return self.plan.changes

    @property
    def seen(self) -> str:
        """A SHA-256 of the file and of all that it would do to what is kept now, change by change,
        which the second step must name: as many changes are not the same changes."""
        told = [self.sha256, self.rows, self.problems.total, sorted(self.changes.items())]
        whole = hashlib.sha256(json.dumps(told).encode())
        for change in self.plan.told:
            whole.update(change.encode() + b"\n")
        return whole.hexdigest()


def kind_of(content: bytes) -> FileKind:
    """What the file lists: one with a column of committees lists memberships."""
    names = sheets.heading_of(content)
    return FileKind.MEMBERSHIPS if "committee" in names else FileKind.COUNCILLORS


def dry_run(content: bytes, council: Council) -> Report:
    """Check a whole file against what is kept. Nothing is written."""
    kind, problems = kind_of(content), Problems()
    if kind is FileKind.COUNCILLORS:
        people, number = councillors_file.check(content, council, problems)
        return Report(kind, sheets.sha256(content), number, problems, people)
    members, number = memberships_file.check(content, council, problems)
    return Report(kind, sheets.sha256(content), number, problems, members)


def bring_in(
    content: bytes,
    council: Council,
    *,
    seen: str,
    today: date,
    by: int | None,
    most: int | None = None,
) -> Report:
    """Do what a file says, if that is what was `seen`.

    Raises NotAllowed where it has problems, where the file or what it would do is not as it was
    seen, where it says nothing new, and for more than `most` changes. The caller then rolls back.
    """
    db.session.refresh(council, with_for_update=True)
    report = dry_run(content, council)
    if not report.is_sound:
        raise NotAllowed("The file has problems, so nothing was brought in.")
    if report.seen != seen:
        raise NotAllowed(
            "The records, or the file, are no longer as they were shown to you, so nothing was "
            "brought in. Look at what the file would do now."
        )
    if not report.changes:
        raise NotAllowed("The file says nothing that is not recorded already.")
    if most is not None and sum(report.changes.values()) > most:
        raise NotAllowed(f"More than {most:,} changes are brought in by the command line.")
    if isinstance(report.plan, councillors_file.Plan):
        councillors_file.bring_in(report.plan, council, today=today, by=by)
    else:
        memberships_file.bring_in(report.plan, council, by=by)
    return report


def receive(content: bytes, name: str, kind: FileKind, user: User) -> PeopleFile:
    """Keep a file until it is brought in; those that this user left lying are forgotten."""
    forget_of(user)
    row = PeopleFile(
        kind=kind.value,
        name=name[:200],
        sha256=sheets.sha256(content),
        content=content,
        user_id=user.id,
    )
    db.session.add(row)
    audit.record("people_file:received", row, by=user.id)
    return row


def forget_of(user: User) -> None:
    """Delete the bytes of the files that this user sent; what they were named stays."""
    db.session.execute(
        update(PeopleFile)
        .where(PeopleFile.user_id == user.id, PeopleFile.content.is_not(None))
        .values(content=None)
    )


def waiting_file(file_id: int) -> tuple[PeopleFile, bytes] | None:
    """A file that still waits to be brought in, with its bytes."""
    found = select(PeopleFile).where(PeopleFile.id == file_id, PeopleFile.content.is_not(None))
    row = db.session.scalars(found.limit(1)).first()
    return (row, row.content) if row and row.content is not None else None


def brought_in(row: PeopleFile, *, now: datetime, by: int) -> None:
    """Note that a file was brought in, and forget its bytes."""
    row.brought_in_at, row.content = now, None
    audit.record("people_file:applied", row, by=by)


def thrown_away(row: PeopleFile, *, by: int) -> None:
    """Forget a file that is not to be brought in."""
    row.content = None
    audit.record("people_file:discarded", row, by=by)


def problems_listed(report: Report) -> Iterator[str]:
    """All problems as a file: line, column, and what is wrong."""
    listed = report.problems.by_line()
    yield from sheets.written(
        ("line", "column", "problem"), ([str(p.line), p.column, p.says] for p in listed)
    )
    if report.problems.total > len(listed):
        more = report.problems.total - len(listed)
        yield sheets.line_of(["", "", f"and {more:,} more"])
