"""Councillors and their terms as a file: one row for each term, checked whole before any is kept.

A file adds and ends; it never edits or takes away. Who is not in it stays as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from committee.extensions import db
from committee.people import councillors
from committee.people import service as people
from committee.people.councillors import Contact
from committee.people.councillors_kept import kept_contacts, kept_groups, kept_terms
from committee.people.file_fields import (
    Known,
    Period,
    Person,
    claimed,
    overlapping,
    period_of,
    reason_of,
    text_of,
    word_of,
)
from committee.people.models import Council, Councillor
from committee.people.rules import ContactKind, EndReason
from committee.people.sheets import UNREADABLE, Headings, Problems, Row, rows
from committee.people.tenure_models import TermOfOffice

PUBLISHED = "_published"
HEADINGS = Headings(
    needed=("name", "group", "division", "from", "to"),
    others=(
        "number",
        "ended_because",
        *(f"{kind}{more}" for kind in ContactKind for more in ("", PUBLISHED)),
    ),
)
ORDER = ("number", *HEADINGS.needed, *HEADINGS.others[1:])
YES_NO = {"yes": "yes", "no": "no"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a row gives it."""

    line: int
    group: str | None
    division: str
    started_on: date
    ended_on: date | None
    because: EndReason | None


@dataclass(slots=True)
class Someone:
    """All that the file says of one person."""

    name: str
    line: int
    group: str | None = None  # of somebody without a term
    entries: list[Entry] = field(default_factory=list)
    contacts: dict[ContactKind, tuple[str, bool | None]] = field(default_factory=dict)


@dataclass
class Plan:
    """What bringing the file in would do."""

    people: dict[Person, Someone] = field(default_factory=dict)
    new_groups: set[str] = field(default_factory=set)
    added: list[tuple[Person, Entry]] = field(default_factory=list)
    ended: list[tuple[TermOfOffice, Entry]] = field(default_factory=list)
    contacts: list[tuple[Person, ContactKind, Contact, Contact | None]] = field(
        default_factory=list
    )  # the last is what is kept now, and would be written over

    @property
    def new_people(self) -> list[str]:
        """The names of those who are not known yet."""
        return [who.name for key, who in self.people.items() if isinstance(key, str)]

    @property
    def changes(self) -> dict[str, int]:
        """How much of what would change, in words; nothing that is nought."""
        counted = {
            "new people": len(self.new_people),
            "new groups": len(self.new_groups),
            "new terms of office": len(self.added),
            "terms of office that end": len(self.ended),
            "changed contact details": len(self.contacts),
        }
        return {what: number for what, number in counted.items() if number}

    @property
    def told(self) -> Iterator[str]:
        """Each change in full, in the order in which it would be made: whose, and what."""
        yield repr(sorted(self.new_groups))
        for key, who in self.people.items():
            yield repr((key, who.name, who.group if isinstance(key, str) else None))
        for term, ends in self.ended:
            yield repr((term.id, term.councillor_id, ends))
        for key, begins in self.added:
            yield repr((key, begins))
        yield from map(repr, self.contacts)


def check(content: bytes, council: Council, problems: Problems) -> tuple[Plan, int]:
    """What the file would do, and how many rows it has. What is wrong is added to the problems."""
    known, plan, number = Known(council), Plan(), 0
    for row in rows(content, HEADINGS, problems):
        number += 1
        _read(row, known, plan, problems)
    _compare(plan, council, problems)
    groups = {who.group for who in plan.people.values()} | {each.group for _, each in plan.added}
    plan.new_groups = {group for group in groups if group and known.is_new_group(group)}
    return plan, number


def _read(row: Row, known: Known, plan: Plan, problems: Problems) -> None:
    before = problems.total
    key = known.person(row, problems)
    group = known.group(text_of(row, "group", problems))
    entry = _entry(row, group, problems)
    if key is None:
        return
    who = plan.people.setdefault(key, Someone(row.get("name"), row.line, group))
    _read_contacts(row, who, problems)
    if entry and problems.total == before:
        who.entries.append(entry)


def _entry(row: Row, group: str | None, problems: Problems) -> Entry | None:
    """The term of a row; None for somebody co-opted, who has none, and where a problem is told."""
    columns = ("division", "from", "to", "ended_because")
    if not any(row.get(column) for column in columns):
        return None
    division = text_of(row, "division", problems, needed=True)
    days = period_of(row, problems)
    reason = reason_of(row, days[1] if days else None, problems) if days else None
    if division is None or days is None:
        return None
    return Entry(row.line, group, division, *days, reason)


def _read_contacts(row: Row, who: Someone, problems: Problems) -> None:
    for kind in ContactKind:
        value = text_of(row, kind.value, problems, most=1000)
        word = word_of(row, f"{kind}{PUBLISHED}", YES_NO, problems)
        if not value:
            if word and row.get(kind.value) != UNREADABLE:
                problems.add(row.line, f"{kind}{PUBLISHED}", f"There is no {kind} to publish.")
            continue
        if kind is ContactKind.EMAIL and ("@" not in value or " " in value):
            problems.add(row.line, "email", "Write the address like name@example.org.")
        given = (value, word == "yes" if word else None)
        if who.contacts.setdefault(kind, given) != given:
            says = f"Another row of {who.name} (line {who.line}) says something else."
            problems.add(row.line, kind.value, says)


def _compare(plan: Plan, council: Council, problems: Problems) -> None:
    """Set what the file says beside what is kept, person by person."""
    kept, grouped = kept_terms(council), kept_groups(council)
    for key, who in plan.people.items():
        _compare_terms(plan, key, who, kept.get(key, {}), problems)
        if isinstance(key, int) and not who.entries and key not in kept:
            _compare_group(who, grouped.get(key), problems)
    reached = kept_contacts(council)
    for key, who in plan.people.items():
        for kind, (value, published) in who.contacts.items():
            old = reached.get((key, kind))
            now = Contact(old.value, old.published) if old else None
            wanted = Contact(value, bool(now and now.published) if published is None else published)
            if now != wanted:
                plan.contacts.append((key, kind, wanted, now))


def _compare_terms(
    plan: Plan,
    key: Person,
    who: Someone,
    kept: dict[date, TermOfOffice],
    problems: Problems,
) -> None:
    left, told = dict(kept), problems.total
    periods = []
    for entry in who.entries:
        term = left.pop(entry.started_on, None)
        if term is None:
            plan.added.append((key, entry))
        elif _says_otherwise(term, entry, problems):
            continue
        elif term.ended_on is None and entry.ended_on:
            plan.ended.append((term, entry))
        periods.append(
            Period(entry.line, entry.started_on, entry.ended_on, entry.group or "no group")
        )
    periods += [
        Period(0, term.started_on, term.ended_on, term.group.name if term.group else "no group")
        for term in left.values()
    ]
    if problems.total == told:
        _tell_overlaps(who.name, periods, problems)


def _compare_group(who: Someone, kept: str | None, problems: Problems) -> None:
    """The group of somebody who has no term, neither here nor in what is kept."""
    if (who.group or None) != kept:
        says = f"{who.name} is recorded in {kept or 'no group'}. Give a term, to say another group."
        problems.add(who.line, "group", says)


def _says_otherwise(term: TermOfOffice, entry: Entry, problems: Problems) -> bool:
    """Whether the row contradicts the term that is kept, which is then told."""
    before = problems.total
    kept_group = term.group.name if term.group else None
    for column, kept, given in (
        ("group", kept_group or "", entry.group or ""),
        ("division", term.division, entry.division),
    ):
        if kept != given:
            _tell_change(entry.line, column, term, f"“{kept}”" if kept else "none", problems)
    if term.ended_on and term.ended_on != entry.ended_on:
        _tell_change(entry.line, "to", term, f"{term.ended_on:%Y-%m-%d}", problems)
    elif term.ended_on and term.ended_because != entry.because:
        _tell_change(entry.line, "ended_because", term, str(term.ended_because), problems)
    return problems.total > before


def _tell_change(line: int, column: str, term: TermOfOffice, kept: str, problems: Problems) -> None:
    problems.add(
        line,
        column,
        f"The term from {term.started_on:%Y-%m-%d} is recorded with {kept}. Terms are not edited: "
        "on the councillor's page, end it as entered in error and enter it anew.",
    )


def _tell_overlaps(name: str, periods: list[Period], problems: Problems) -> None:
    for period, other in overlapping(periods):
        if period.group != other.group:
            says = (
                f"{name} would be in two groups at once: {period.group} here, and {other.group} "
                f"{claimed(other)}."
            )
        else:
            says = f"The days overlap with another term of {name}, {claimed(other)}."
        problems.add(period.line, "from", says)


def bring_in(plan: Plan, council: Council, *, today: date, by: int | None) -> None:
    """Do what the plan says. Raises NotAllowed for what has come in between."""
    there: dict[Person, Councillor] = {}
    for key, who in plan.people.items():
        if isinstance(key, str):
            there[key] = councillors.add_councillor(council, who.name, by=by)
            if who.group and not who.entries:
                there[key].group = people.group_named(council, who.group)
        else:
            there[key] = db.session.get_one(Councillor, key)
    for term, entry in plan.ended:
        ended_on, because = entry.ended_on or today, entry.because or EndReason.ENDED
        councillors.end_term(term, on=ended_on, because=because, today=today, by=by)
    for key, entry in sorted(plan.added, key=lambda each: each[1].started_on):
        councillors.begin_term(
            there[key],
            division=entry.division,
            group=people.group_named(council, entry.group) if entry.group else None,
            started_on=entry.started_on,
            ended_on=entry.ended_on,
            because=entry.because,
            today=today,
            by=by,
        )
    for key, kind, contact, _ in plan.contacts:
        councillors.set_contacts(there[key], {kind: contact}, by=by)
