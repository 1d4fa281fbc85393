"""Building an agenda: adding, changing, ordering and removing its items. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, Part, numbers
from committee.audit import service as audit
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.reports.models import Paper, Report
from committee.reports.rules import Classification, ReportStatus
from committee.states import NotAllowed


@dataclass(frozen=True)
class ItemFields:
    """What an officer fills in for an item."""

    kind: ItemKind
    title: str
    description: str | None = None
    decision_number: str | None = None
    part: Part = Part.OPEN
    public_title: str | None = None
    exempt_paragraphs: tuple[int, ...] = ()
    own_number: str | None = None


@dataclass(frozen=True)
class NumberedItem:
    """An item with the number that it has on this agenda."""

    number: str
    item: AgendaItem


def items(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda in order, open items before exempt ones, each with its papers and versions."""
    found = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.removed_at.is_(None)
    )
    return db.session.scalars(
        found.options(selectinload(AgendaItem.papers).selectinload(Paper.versions)).order_by(
            AgendaItem.part == Part.EXEMPT, AgendaItem.position, AgendaItem.id
        )
    ).all()


def numbered_items(meeting: Meeting) -> list[NumberedItem]:
    """The agenda in order, each item with its number."""
    ordered = items(meeting)
    return [
        NumberedItem(number, item) for number, item in zip(numbers(ordered), ordered, strict=True)
    ]


def number_of(item: AgendaItem) -> str:
    """The number that an item has on its agenda; nothing for one that was removed."""
    listed = numbered_items(item.meeting)
    return next((entry.number for entry in listed if entry.item.id == item.id), "")


def removed_items(meeting: Meeting) -> Sequence[AgendaItem]:
    """What was taken off the agenda and can be put back, latest first."""
    found = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.removed_at.is_not(None)
    )
    return db.session.scalars(found.order_by(AgendaItem.removed_at.desc(), AgendaItem.id)).all()


def item_with_id(item_id: int) -> AgendaItem | None:
    """The item, with its meeting and papers."""
    found = select(AgendaItem).where(AgendaItem.id == item_id)
    return db.session.scalars(
        found.options(
            joinedload(AgendaItem.meeting).joinedload(Meeting.committee),
            selectinload(AgendaItem.papers).selectinload(Paper.versions),
        )
    ).first()


def add_item(meeting: Meeting, fields: ItemFields, *, by: int | None = None) -> AgendaItem:
    """Add an item at the end of its part. Raises NotAllowed as `check_fields` does."""
    check_fields(fields)
    meetings.lock(meeting)
    last = db.session.scalar(
        select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
    )
    item = AgendaItem(meeting=meeting, position=(last or 0) + 1)
    _fill(item, fields)
    db.session.add(item)
    audit.record("agenda_item:added", item, by=by)
    return item


def change_item(item: AgendaItem, fields: ItemFields, *, by: int | None = None) -> None:
    """Change what an item says. Raises NotAllowed as `check_fields` does, and for opening an item
    under which an exempt report was accepted.

    The audit says so when an exempt item becomes open, since its title and papers become public.
    """
    check_fields(fields)
    opened = item.is_exempt and fields.part is Part.OPEN
    if opened:
        _check_no_exempt_report(item)
    _fill(item, fields)
    audit.record("agenda_item:changed", item, by=by)
    if opened:
        audit.record("agenda_item:opened", item, by=by)


def _check_no_exempt_report(item: AgendaItem) -> None:
    """What an author has marked exempt never becomes public by a change of its item."""
    exempt = select(Report.id).where(
        Report.agenda_item_id == item.id,
        Report.status == ReportStatus.ACCEPTED,
        Report.classification == Classification.EXEMPT,
    )
    if db.session.scalar(exempt.limit(1)) is not None:
        raise NotAllowed(
            "An exempt report was accepted under this item, so the item cannot be open. Return the "
            "report to its author first, who can make it unrestricted."
        )


def check_fields(fields: ItemFields) -> None:
    """Raises NotAllowed for an exempt item without its ground in Schedule 12A.

    Source: Local Government Act 1972, sections 100A(4) and 100B(5): the description in
    Schedule 12A that is relied on must be stated.
    """
    if fields.part is Part.EXEMPT and not fields.exempt_paragraphs:
        raise NotAllowed(
            "Choose at least one paragraph of Schedule 12A. An item can be exempt only on a "
            "ground that the agenda states."
        )


def remove_item(item: AgendaItem, *, now: datetime, by: int | None = None) -> None:
    """Take an item off the agenda. Its papers stay with it, and it can be put back."""
    item.removed_at = now
    audit.record("agenda_item:removed", item, by=by)


def restore_item(item: AgendaItem, *, by: int | None = None) -> None:
    """Put back an item that was removed, at the place it had."""
    item.removed_at = None
    audit.record("agenda_item:restored", item, by=by)


def move_item(item: AgendaItem, to: str, *, by: int | None = None) -> None:
    """Move an item `up`, `down`, `first` or `last` within its part of the agenda.

    At the end of the part nothing changes. Raises NotAllowed for any other word.
    """
    meetings.lock(item.meeting)
    part = [other for other in items(item.meeting) if other.part is item.part]
    place = part.index(item)
    places = {"up": max(place - 1, 0), "down": place + 1, "first": 0, "last": len(part)}
    if to not in places:
        raise NotAllowed("An item can move up, down, first or last.")
    part.remove(item)
    part.insert(places[to], item)
    _set_positions(item.meeting, part)
    audit.record("agenda_item:moved", item, by=by)


def set_order(meeting: Meeting, ids: Sequence[int], *, by: int | None = None) -> None:
    """Put the items in the order of their ids.

    Raises NotAllowed if the ids are not those on the agenda now, as when someone else has added
    or removed an item meanwhile.
    """
    meetings.lock(meeting)
    known = {item.id: item for item in items(meeting)}
    if sorted(ids) != sorted(known):
        raise NotAllowed(
            "Someone else has added or removed an item meanwhile, so the order was not changed. "
            "Look at the agenda as it is now and move the item again."
        )
    for position, item_id in enumerate(ids, start=1):
        known[item_id].position = position
    audit.record("agenda:ordered", meeting, by=by)


def _set_positions(meeting: Meeting, part: Sequence[AgendaItem]) -> None:
    others = [item for item in items(meeting) if item not in part]
    for position, item in enumerate([*others, *part], start=1):
        item.position = position


def _fill(item: AgendaItem, fields: ItemFields) -> None:
    item.kind, item.title, item.description = fields.kind, fields.title, fields.description
    item.decision_number, item.part = fields.decision_number, fields.part
    item.public_title = fields.public_title if fields.part is Part.EXEMPT else None
    item.exempt_paragraphs = sorted(fields.exempt_paragraphs) if fields.part is Part.EXEMPT else []
    item.own_number = fields.own_number
