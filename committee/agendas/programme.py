"""A committee's work programme: what is planned for which meeting, and what was put off.

Callers commit. Days are civil dates in London.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from sqlalchemy.orm.strategy_options import _AbstractLoad as Load

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem, AgendaVersion, Deferral, ProgrammeItem
from committee.agendas.rules import PROGRAMME_STATES, ItemKind, ProgrammeStatus
from committee.agendas.service import ItemFields
from committee.audit import service as audit
from committee.extensions import db
from committee.meetings import service as meetings
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.models import Committee
from committee.states import NotAllowed
from committee.web.paging import place_of

PAGE = 50  # items shown at a time


@dataclass(frozen=True)
class PlannedFields:
    """What an officer fills in for an item of the work programme."""

    title: str
    meeting_id: int | None = None
    requested_by: str | None = None
    requested_on: date | None = None
    decision_number: str | None = None


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting to come, or none yet, with what is planned for it."""

    meeting: Meeting | None
    items: Sequence[ProgrammeItem]


def plan(committee: Committee, fields: PlannedFields, *, by: int | None = None) -> ProgrammeItem:
    """Add an item to the committee's work programme."""
    item = ProgrammeItem(committee_id=committee.id, status=ProgrammeStatus.PLANNED)
    _fill(item, fields)
    db.session.add(item)
    audit.record("programme_item:planned", item, by=by)
    return item


def change(item: ProgrammeItem, fields: PlannedFields, *, by: int | None = None) -> None:
    """Change what an item says. Putting it off to another meeting is `defer`, with a reason.

    Raises NotAllowed where the item has a meeting and another is given.
    """
    if item.meeting_id and item.meeting_id != fields.meeting_id:
        raise NotAllowed("To move it to another meeting, defer it and say why.")
    _fill(item, fields)
    audit.record("programme_item:changed", item, by=by)


def defer(
    item: ProgrammeItem,
    to: Meeting | None,
    *,
    reason: str,
    today: date,
    now: datetime,
    by: int | None = None,
) -> Deferral:
    """Put an item off to another meeting, or to none yet. What was before is kept; the item of
    the agenda that was made of it is taken off, and can be put back there.

    Raises NotAllowed without a reason, to the same meeting, or once it has been taken.
    """
    if item.meeting is not None:
        meetings.lock(item.meeting)  # before the item itself, as whoever publishes its minutes does
    if item.status not in (ProgrammeStatus.PLANNED, ProgrammeStatus.ON_AGENDA):
        raise NotAllowed("Only an item that is still to be taken can be deferred.")
    if not reason.strip():
        raise NotAllowed("Say why it is deferred.")
    if item.meeting_id == (to.id if to else None):
        raise NotAllowed("Choose another meeting than the one it is planned for.")
    deferral = Deferral(
        programme_item_id=item.id,
        from_meeting_id=item.meeting_id,
        to_meeting_id=to.id if to else None,
        deferred_on=today,
        reason=reason.strip(),
        by_id=by,
    )
    db.session.add(deferral)
    if item.status is ProgrammeStatus.ON_AGENDA:
        _leave_agenda(item, now=now, by=by)
    item.meeting_id = to.id if to else None
    audit.record("programme_item:deferred", item, by=by)
    db.session.expire(item, ["deferrals", "meeting"])
    return deferral


def _leave_agenda(item: ProgrammeItem, *, now: datetime, by: int | None) -> None:
    _become(item, ProgrammeStatus.PLANNED)
    on_agenda = agendas.item_with_id(item.agenda_item_id) if item.agenda_item_id else None
    if on_agenda and on_agenda.removed_at is None:
        agendas.remove_item(on_agenda, now=now, by=by)
    if on_agenda and not on_agenda.is_unclassed:
        # However often it is deferred, only an officer who opens it makes its title public again.
        item.was_closed = on_agenda.is_closed
    item.agenda_item_id = None


def put_on_agenda(item: ProgrammeItem, *, by: int | None = None) -> AgendaItem:
    """Make an agenda item of it at the meeting for which it is planned. Raises NotAllowed."""
    if item.meeting is None:
        raise NotAllowed("Choose the meeting first.")
    meetings.lock(item.meeting)
    _become(item, ProgrammeStatus.ON_AGENDA)
    fields = ItemFields(ItemKind.REPORT, item.title, decision_number=item.decision_number)
    on_agenda = agendas.add_item(item.meeting, fields, by=by)
    item.agenda_item_id = on_agenda.id
    audit.record("programme_item:placed", item, by=by)
    return on_agenda


def note_taken(agenda_item_id: int, *, by: int | None = None) -> None:
    """Note that the business of this agenda item was taken, if the work programme planned it."""
    found = select(ProgrammeItem).where(
        ProgrammeItem.agenda_item_id == agenda_item_id,
        ProgrammeItem.status == ProgrammeStatus.ON_AGENDA,
    )
    for item in db.session.scalars(found.order_by(ProgrammeItem.id)):
        _become(item, ProgrammeStatus.TAKEN)
        audit.record("programme_item:taken", item, by=by)


def drop(item: ProgrammeItem, *, by: int | None = None) -> None:
    """Take an item off the work programme. It is kept, and can be planned again."""
    _become(item, ProgrammeStatus.DROPPED)
    audit.record("programme_item:dropped", item, by=by)


def plan_again(item: ProgrammeItem, *, by: int | None = None) -> None:
    """Put a dropped item back on the work programme. Raises NotAllowed for any other."""
    if item.status is not ProgrammeStatus.DROPPED:
        raise NotAllowed("Only an item that was taken off the work programme can be put back.")
    _become(item, ProgrammeStatus.PLANNED)
    audit.record("programme_item:replanned", item, by=by)


def to_come(
    committee: Committee, *, page: int = 1, whole: bool = True
) -> tuple[list[PlannedMeeting], int]:
    """What is planned, by meeting and soonest first, those without a meeting last; and how many
    items there are in all. Without what only officers may know, unless `whole`."""
    live = [ProgrammeStatus.PLANNED, ProgrammeStatus.ON_AGENDA]
    found = (
        select(ProgrammeItem)
        .outerjoin(Meeting, ProgrammeItem.meeting_id == Meeting.id)
        .where(ProgrammeItem.committee_id == committee.id, ProgrammeItem.status.in_(live))
    )
    if not whole:
        found = found.where(for_anyone())
    total = db.session.scalar(select(db.func.count()).select_from(found.subquery())) or 0
    rows = db.session.scalars(
        found.options(joinedload(ProgrammeItem.meeting), _with_deferrals())
        .order_by(Meeting.held_on.nulls_last(), Meeting.id, ProgrammeItem.id)
        .limit(PAGE)
        .offset((place_of(page, total, PAGE) - 1) * PAGE)
    ).all()
    return _by_meeting(rows), total


def for_anyone() -> ColumnElement[bool]:
    """The condition that anyone may know of an item: it is on no agenda and was not closed on the
    last that gave it a class, or the newest agenda of its meeting was published with it as an open
    item. A draft is the officers', and the title of a closed item nobody else's. database_rights
    says the same of the public's login, which is not told which items were closed."""
    newest = aliased(AgendaVersion)
    number = select(func.max(newest.number)).where(newest.meeting_id == AgendaVersion.meeting_id)
    named = func.jsonb_build_object("id", ProgrammeItem.agenda_item_id)
    told = select(AgendaVersion.id).where(
        AgendaVersion.meeting_id == ProgrammeItem.meeting_id,
        AgendaVersion.number == number.scalar_subquery(),
        AgendaVersion.open_contents.contains(
            func.jsonb_build_object("items", func.jsonb_build_array(named))
        ),
    )
    planned = and_(ProgrammeItem.agenda_item_id.is_(None), ProgrammeItem.was_closed.is_not(True))
    return or_(planned, told.exists())


def dropped(committee: Committee, *, limit: int = 20) -> Sequence[ProgrammeItem]:
    """What was taken off the work programme and can be planned again, latest first."""
    found = select(ProgrammeItem).where(
        ProgrammeItem.committee_id == committee.id,
        ProgrammeItem.status == ProgrammeStatus.DROPPED,
    )
    return db.session.scalars(found.order_by(ProgrammeItem.id.desc()).limit(limit)).all()


def item_with_id(item_id: int) -> ProgrammeItem | None:
    """One item, with its meeting and deferrals."""
    found = select(ProgrammeItem).where(ProgrammeItem.id == item_id)
    return db.session.scalars(
        found.options(
            joinedload(ProgrammeItem.meeting),
            joinedload(ProgrammeItem.committee),
            _with_deferrals(),
        )
    ).first()


def meetings_to_choose(committee: Committee, *, today: date) -> Sequence[Meeting]:
    """The committee's meetings from today on, soonest first."""
    found = select(Meeting).where(
        Meeting.committee_id == committee.id,
        Meeting.held_on >= today,
        Meeting.status == MeetingStatus.SCHEDULED,
    )
    return db.session.scalars(found.order_by(Meeting.held_on, Meeting.id).limit(100)).all()


def _become(item: ProgrammeItem, status: ProgrammeStatus) -> None:
    PROGRAMME_STATES.check(item.status, status)
    item.status = status


def _fill(item: ProgrammeItem, fields: PlannedFields) -> None:
    item.title, item.meeting_id = fields.title, fields.meeting_id
    item.requested_by, item.requested_on = fields.requested_by, fields.requested_on
    item.decision_number = fields.decision_number


def _by_meeting(rows: Sequence[ProgrammeItem]) -> list[PlannedMeeting]:
    found: dict[int | None, list[ProgrammeItem]] = {}
    for row in rows:
        found.setdefault(row.meeting_id, []).append(row)
    return [PlannedMeeting(items[0].meeting, items) for items in found.values()]


def _with_deferrals() -> Load:
    with_items = selectinload(ProgrammeItem.deferrals)
    return with_items.options(joinedload(Deferral.from_meeting), joinedload(Deferral.to_meeting))
