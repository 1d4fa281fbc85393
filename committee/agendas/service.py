"""Building an agenda: adding, changing, ordering and removing its items. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind, numbers
from committee.audit import service as audit
from committee.confidentiality.rules import CLOSED
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.reports.models import Paper
from committee.states import NotAllowed


@dataclass(frozen=True)
class ItemFields:
    """What an officer fills in for an item."""

    kind: ItemKind
    title: str
    description: str | None = None
    decision_number: str | None = None
    own_number: str | None = None


@dataclass(frozen=True)
class NumberedItem:
    """An item with the number that it has on this agenda."""

    number: str
    item: AgendaItem


def items(meeting: Meeting) -> Sequence[AgendaItem]:
    """The agenda in order, closed items last, each with its papers and versions."""
    found = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, AgendaItem.removed_at.is_(None)
    )
    return db.session.scalars(
        found.options(selectinload(AgendaItem.papers).selectinload(Paper.versions)).order_by(
            AgendaItem.classification.in_(CLOSED), AgendaItem.position, AgendaItem.id
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
    """Add an item at the end of its part. Nobody but officers reads it until it is classed."""
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
    """Change what an item says; its class stays."""
    _fill(item, fields)
    audit.record("agenda_item:changed", item, by=by)


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
    item.decision_number, item.own_number = fields.decision_number, fields.own_number
