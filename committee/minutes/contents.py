"""What minutes say when they are published, as plain values that are frozen.

The open contents are made by adding what anyone may read. Of an exempt minute only its summary is
ever added, unless somebody opened the minute itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from committee.agendas.models import AgendaItem
from committee.meetings.attendance import Register, Seat
from committee.meetings.models import Attendance, Attendee, Declaration, Meeting
from committee.meetings.rules import Capacity, InterestKind, Presence
from committee.minutes.models import Minute
from committee.minutes.rules import is_carried
from committee.minutes.voting import count_of
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole

INTERESTS = {
    InterestKind.DISCLOSABLE_PECUNIARY: "a disclosable pecuniary interest",
    InterestKind.OTHER_SIGNIFICANT: "another significant interest",
    InterestKind.OTHER: "an interest",
}


@dataclass(frozen=True)
class Facts:
    """All that the minutes of a meeting are made of.

    `item_numbers` and `items` go by the item's id; `order_notes` by the minute's.
    """

    meeting: Meeting
    register: Register
    attendees: Sequence[Attendee]
    declarations: Sequence[Declaration]
    entries: Sequence[Minute]
    items: Mapping[int, AgendaItem]
    item_numbers: Mapping[int, str]
    order_notes: Mapping[int, list[tuple[str, Minute]]]


def open_contents(facts: Facts) -> dict[str, Any]:
    """The minutes as anyone may read them."""
    return _head(facts) | {
        "declarations": [_declared_openly(row, facts) for row in facts.declarations],
        "minutes": [_openly(entry, facts) for entry in facts.entries],
    }


def _openly(entry: Minute, facts: Facts) -> dict[str, Any]:
    # Publishing stops at a minute that nobody has classed, and at an open one whose item was closed
    # since; should it not, the words stay closed.
    if not entry.is_open or entry.tells_exempt_matter:
        return _summary(entry, facts)
    item = entry.agenda_item
    # The public agenda names no decision beside an exempt item; an open note on it does not either.
    is_note = item is not None and not item.is_open
    return _whole(entry, facts) | ({"decision_number": None} if is_note else {})


def restricted_contents(facts: Facts) -> dict[str, Any]:
    """The minutes as members read them, with what was done in private."""
    return _head(facts) | {
        "declarations": [_declared(row, facts) for row in facts.declarations],
        "minutes": [_whole(entry, facts) | {"id": entry.id} for entry in facts.entries],
    }


def _head(facts: Facts) -> dict[str, Any]:
    meeting = facts.meeting
    members = [_member(seat) for seat in facts.register.seats]
    return {
        "meeting": {
            "id": meeting.id,
            "council": meeting.committee.council.name,
            "committee": meeting.committee.name,
            "held_on": meeting.held_on.isoformat(),
            "starts_at": meeting.starts_at.isoformat("minutes"),
            "place": meeting.place,
        },
        "present": [row for rows in members for row in rows],
        "remote": _with_presence(facts.register, Presence.REMOTE),
        "apologies": _with_presence(facts.register, Presence.APOLOGIES),
        "also_present": [
            _attendee(row) for row in facts.attendees if row.capacity is not Capacity.OFFICER
        ],
        "in_attendance": [
            _attendee(row) for row in facts.attendees if row.capacity is Capacity.OFFICER
        ],
    }


def _member(seat: Seat) -> list[dict[str, str]]:
    """Those in the room for a seat: the member, or the substitute."""
    found = []
    if _is_present(seat.own):
        role = seat.membership.role
        capacity = "" if role is MemberRole.MEMBER else MEMBER_ROLE_LABELS[role]
        found.append({"name": seat.councillor.name, "capacity": capacity, "substitute_for": ""})
    if seat.substitute and _is_present(seat.substitute):
        name = seat.substitute.councillor.name
        found.append({"name": name, "capacity": "", "substitute_for": seat.councillor.name})
    return found


def _is_present(row: Attendance | None) -> bool:
    return row is not None and row.presence is Presence.PRESENT


def _with_presence(register: Register, presence: Presence) -> list[str]:
    return [s.councillor.name for s in register.seats if s.own and s.own.presence is presence]


def _attendee(row: Attendee) -> dict[str, str]:
    return {"name": row.name, "capacity": row.job_title or ""}


def _declared(row: Declaration, facts: Facts) -> str:
    """A declaration in words, whole."""
    item = facts.items.get(row.agenda_item_id)
    title = f" ({item.title})" if item else ""
    return f"{_declared_what(row, facts)}{title}, as {row.nature}{_left(row)}."


def _declared_openly(row: Declaration, facts: Facts) -> str:
    """A declaration in words for anyone: the nature of an interest in an exempt item may tell
    what the item is about, and so is not added."""
    item = facts.items.get(row.agenda_item_id)
    if item is None or not item.is_open:
        title = f" ({item.title_for_public})" if item else ""
        return f"{_declared_what(row, facts)}{title}{_left(row)}."
    return _declared(row, facts)


def _declared_what(row: Declaration, facts: Facts) -> str:
    number = facts.item_numbers.get(row.agenda_item_id, "")
    where = f"item {number}" if number else "an item"
    return f"{row.councillor.name} declared {INTERESTS[row.kind]} in {where}"


def _left(row: Declaration) -> str:
    return ", left the meeting and took no part in the item" if row.left_meeting else ""


def _numbered(entry: Minute, facts: Facts) -> dict[str, Any]:
    """What anyone may know of each minute: its number, its item's, and when it was taken."""
    return {
        "number": entry.number,
        "item_number": facts.item_numbers.get(entry.agenda_item_id or 0, ""),
        "exempt": not entry.is_open or entry.is_of_closed_item or entry.open_though_item_closed,
        "summary": False,
        "taken_later": [
            {"item_number": number, "minute": later.number}
            for number, later in facts.order_notes.get(entry.id, ())
        ],
    }


def _summary(entry: Minute, facts: Facts) -> dict[str, Any]:
    """An exempt minute as anyone may read it: the summary that was written for that."""
    item = entry.agenda_item
    return _numbered(entry, facts) | {
        "title": item.title_for_public if item else "Item not open to the public",
        "summary": True,
        "decision_number": None,
        "discussion": entry.public_summary or "",
        "resolution": "",
        "votes": None,
        "named_votes": [],
        "actions": [],
    }


def _whole(entry: Minute, facts: Facts) -> dict[str, Any]:
    item = entry.agenda_item
    return _numbered(entry, facts) | {
        "title": entry.title,
        "decision_number": item.decision_number if item else None,
        "discussion": entry.discussion or "",
        "resolution": entry.resolution or "",
        "outcome": entry.outcome.value if entry.outcome else None,
        "votes": _votes(entry),
        "named_votes": [
            {"name": row.councillor.name, "vote": row.vote.value} for row in entry.named_votes
        ],
        "actions": [
            {
                "text": action.text,
                "owner": action.owner_name,
                "due_on": action.due_on.isoformat() if action.due_on else None,
            }
            for action in entry.actions
        ],
    }


def _votes(entry: Minute) -> dict[str, Any] | None:
    count = count_of(entry)
    if count is None:
        return None
    return {
        "for": count.votes_for,
        "against": count.votes_against,
        "abstained": count.abstained,
        "casting": count.casting.value if count.casting else None,
        "carried": is_carried(count.votes_for, count.votes_against, count.casting),
    }
