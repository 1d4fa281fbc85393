"""Writing minutes: one for each item, in the order in which they were taken. Callers commit."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.models import AgendaItem
from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import Minute, Minutes, NamedVote
from committee.minutes.rules import MinutesStatus
from committee.people.models import Committee
from committee.states import NotAllowed


def minutes_of(meeting: Meeting) -> Minutes | None:
    """The minutes of a meeting, if they have been begun."""
    found = select(Minutes).where(Minutes.meeting_id == meeting.id)
    return db.session.scalars(found).first()


def begin(meeting: Meeting, *, by: int | None = None) -> Minutes:
    """Begin the minutes with one minute for each item of the agenda as it was published.

    Nobody has said yet who may read them. Raises NotAllowed without a published agenda, and where
    they have been begun already.
    """
    if minutes_of(meeting):
        raise NotAllowed("The minutes of this meeting have been begun already.")
    published = agendas.versions(meeting, whole=True)
    if not published:
        raise NotAllowed("Publish the agenda first: minutes are begun from its items.")
    minutes = Minutes(meeting_id=meeting.id, meeting=meeting, status=MinutesStatus.DRAFT)
    db.session.add(minutes)
    audit.record("minutes:begun", minutes, by=by)
    known = {item.id: item for item in items.items(meeting)}
    listed = [each["id"] for each in published[0].restricted_contents["items"]]
    for position, item in enumerate((known[each] for each in listed if each in known), start=1):
        minutes.entries.append(_new(item, position, item.title))
    db.session.flush()
    return minutes


def _new(item: AgendaItem, position: int, title: str) -> Minute:
    return Minute(agenda_item=item, position=position, title=title)


def entries_of(minutes: Minutes) -> Sequence[Minute]:
    """The minutes of each item in the order taken, with votes, actions and items."""
    found = select(Minute).where(Minute.minutes_id == minutes.id)
    return db.session.scalars(
        found.options(
            joinedload(Minute.agenda_item),
            selectinload(Minute.named_votes).joinedload(NamedVote.councillor),
            selectinload(Minute.actions),
        ).order_by(Minute.position, Minute.id)
    ).all()


def minute_with_id(minute_id: int) -> Minute | None:
    """One minute, with its minutes, meeting and item."""
    found = select(Minute).where(Minute.id == minute_id)
    meeting = joinedload(Minute.minutes).joinedload(Minutes.meeting)
    return db.session.scalars(
        found.options(
            meeting.joinedload(Meeting.committee).joinedload(Committee.council),
            joinedload(Minute.agenda_item),
            selectinload(Minute.named_votes).joinedload(NamedVote.councillor),
            selectinload(Minute.actions),
        )
    ).first()


def item_numbers(meeting: Meeting) -> dict[int, str]:
    """The number of each item by its id: the published one, or for a later item today's."""
    found = {entry.item.id: entry.number for entry in items.numbered_items(meeting)}
    for version in reversed(agendas.versions(meeting, whole=True)):
        found |= {each["id"]: each["number"] for each in version.restricted_contents["items"]}
    return found


def lock(minutes: Minutes) -> None:
    """Let no one else change the order or the words of these minutes until the transaction ends."""
    db.session.flush()
    db.session.execute(select(Minutes.id).where(Minutes.id == minutes.id).with_for_update())


def add_entry(minutes: Minutes, item: AgendaItem, *, by: int | None = None) -> Minute:
    """Add a minute for an item: for one that was left out, or a second one.

    The second minute of a closed item is for a note that can be opened, and so bears the title that
    anyone may read. Raises NotAllowed for an item of another meeting.
    """
    if item.meeting_id != minutes.meeting_id:
        raise NotAllowed("Only items of this meeting can be minuted here.")
    lock(minutes)
    entries = entries_of(minutes)
    beside = [entry for entry in entries if entry.agenda_item_id == item.id]
    position = max((entry.position for entry in entries), default=0) + 1
    title = item.title_for_public if beside and not item.is_open else item.title
    minute = _new(item, position, title)
    minute.minutes_id = minutes.id
    db.session.add(minute)
    audit.record("minute:added", minute, by=by)
    if beside:
        _put(minute, [*entries, minute], list(entries).index(beside[-1]) + 1)
    return minute


def move(minute: Minute, to: str, *, by: int | None = None) -> None:
    """Move a minute `up` or `down` in the order taken. At the end nothing changes.

    Raises NotAllowed for another word, and once the minute or its neighbour has a number.
    """
    if to not in ("up", "down"):
        raise NotAllowed("A minute can move up or down.")
    lock(minute.minutes)
    entries = list(entries_of(minute.minutes))
    place = entries.index(minute)
    wanted = max(place - 1, 0) if to == "up" else min(place + 1, len(entries) - 1)
    if wanted == place:
        return
    if minute.number is not None or entries[wanted].number is not None:
        raise NotAllowed(
            "These minutes have their numbers, which follow the order in which items were taken. "
            "The order can no longer change."
        )
    _put(minute, entries, wanted)
    audit.record("minute:moved", minute, by=by)


def _put(minute: Minute, entries: list[Minute], place: int) -> None:
    entries.remove(minute)
    entries.insert(place, minute)
    for position, entry in enumerate(entries, start=1):
        entry.position = position
    db.session.flush()


def leave_out(minute: Minute, *, by: int | None = None) -> None:
    """Take a minute out, as not every item is minuted.

    Raises NotAllowed once it has a number, which would then be missing from the run, and while
    it holds words or actions that would be lost.
    """
    if minute.number is not None:
        raise NotAllowed(
            f"Minute {minute.number} has been published. Its number would be missing, so it stays."
        )
    if minute.discussion or minute.actions or minute.named_votes:
        raise NotAllowed(
            "This minute holds a discussion, actions or votes. Take those out first, so that "
            "nothing is lost by mistake."
        )
    audit.record("minute:removed", minute, by=by)
    db.session.delete(minute)
    db.session.flush()


def not_minuted(
    minutes: Minutes, entries: Sequence[Minute], numbers: Mapping[int, str]
) -> list[tuple[str, AgendaItem]]:
    """The items of the agenda that have no minute, each behind its number."""
    minuted = {entry.agenda_item_id for entry in entries}
    return [
        (numbers.get(item.id, ""), item)
        for item in items.items(minutes.meeting)
        if item.id not in minuted
    ]


def order_notes(
    entries: Sequence[Minute], agenda: Sequence[int], numbers: Mapping[int, str]
) -> dict[int, list[tuple[str, Minute]]]:
    """Items taken later than their place: under the minute before which they would have stood.

    `agenda` are the ids of the items in the agenda's order. Each note is the number of the item
    and the minute at which it was taken (W-17).
    """
    place = {item_id: at for at, item_id in enumerate(agenda)}
    placed = [(place[e.agenda_item_id], e) for e in entries if e.agenda_item_id in place]
    notes: dict[int, list[tuple[str, Minute]]] = {}
    for at, (own, entry) in enumerate(placed):
        overtaking = next((other for p, other in placed[:at] if p > own), None)
        if overtaking is not None and entry.agenda_item_id is not None:
            number = numbers.get(entry.agenda_item_id, "")
            notes.setdefault(overtaking.id, []).append((number, entry))
    return notes
