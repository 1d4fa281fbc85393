"""Minutes, actions and attendance in each of their states."""

from dataclasses import replace
from datetime import date, timedelta

from committee.agendas import publishing as agendas
from committee.agendas.rules import ItemKind, Part
from committee.clock import today
from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.rules import Capacity, InterestKind
from committee.minutes import actions, service
from committee.minutes.actions import ActionFields
from committee.minutes.models import Minutes, NamedVote
from committee.minutes.rules import ActionStatus, MinutesStatus, Vote
from tests import builders
from tests.matrix.council import Council, States, a_file
from tests.minutes import builders as minutes
from tests.minutes.builders import Met

DAY = timedelta(days=1)


def of_minutes(council: Council) -> dict[str, States]:
    """Minutes and what hangs on them, in each state of the minutes."""
    stopped = _minutes(council, MinutesStatus.PUBLISHED_DRAFT, date(2018, 4, 3))
    days = (date(2018, 3, 6), date(2018, 3, 13), date(2018, 3, 20))
    written = {
        status: _minutes(council, status, day)
        for status, day in zip(MinutesStatus, days, strict=True)
    }
    none = _held(council, date(2018, 2, 6))
    meetings = {"none": {"meeting_id": none.meeting.id, "of_item": none.verbal.id}} | {
        status.value: {
            "meeting_id": each.meeting_id,
            "of_item": each.entries[0].agenda_item_id,
        }
        for status, each in written.items()
    }
    return {
        "minutes": meetings,
        "version of minutes": {
            state: {**named, "number": 1, "kind": "pdf"}
            for state, named in (
                meetings | {"taken down": {"meeting_id": stopped.meeting_id}}
            ).items()
        },
        "minute": {s.value: {"minute_id": m.entries[0].id} for s, m in written.items()}
        | {
            "exempt": {"minute_id": written[MinutesStatus.PUBLISHED_DRAFT].entries[1].id},
            "unclassed": {"minute_id": _unclassed(written[MinutesStatus.DRAFT])},
        },
        "vote by name": {s.value: _vote(council, m) for s, m in written.items()},
        "action of a minute": {s.value: _action_there(m) for s, m in written.items()},
        "action": _actions(council, written[MinutesStatus.PUBLISHED_DRAFT]),
        "line of attendance": _attendance(council),
    }


def _held(council: Council, day: date) -> Met:
    """The committee's meeting on a day, with an open and an exempt item, its agenda published."""
    meeting = builders.a_meeting(council.home, held_on=day)
    item = builders.an_item(meeting, kind=ItemKind.VERBAL_UPDATE)
    exempt = builders.an_item(meeting, part=Part.EXEMPT, public_title="A property")
    before = day - 14 * DAY
    agendas.publish(meeting, today=before, now=minutes.at(before), by=None)
    return replace(council.met, meeting=meeting, verbal=item, exempt=exempt)


def _minutes(council: Council, status: MinutesStatus, day: date) -> Minutes:
    met = _held(council, day)
    found = minutes.written(met)
    if status is not MinutesStatus.DRAFT:
        version = minutes.publish(found)
        version.pdf_sha256 = version.word_sha256 = a_file()
    if status is MinutesStatus.APPROVED:
        with db.session.no_autoflush:
            found.approved_at_meeting_id = council.met.meeting.id
            found.approved_on, found.signed_by = minutes.MINUTES_DAY, "Mr Cooke"
            found.status = status
    db.session.flush()
    db.session.refresh(found)
    return found


def _unclassed(written: Minutes) -> int:
    """A second minute of the open item, of which nobody has said who may read it."""
    item = written.entries[0].agenda_item
    assert item is not None
    minute = service.add_entry(written, item)
    db.session.flush()
    return minute.id


def _vote(council: Council, written: Minutes) -> dict[str, object]:
    minute = written.entries[0]
    member = council.met.members["Mrs Allen"]
    row = NamedVote(minute_id=minute.id, councillor_id=member.id, vote=Vote.FOR)
    db.session.add(row)
    db.session.flush()
    return {"minute_id": minute.id, "row_id": row.id}


def _action_there(written: Minutes) -> dict[str, object]:
    minute = written.entries[0]
    row = actions.add(minute, ActionFields("Report back.", "Ms A"))
    db.session.flush()
    return {"minute_id": minute.id, "row_id": row.id}


def _actions(council: Council, written: Minutes) -> States:
    """Actions of the committee member, and one of nobody who has an account."""
    found: States = {}
    for status in ActionStatus:
        row = actions.add(written.entries[0], ActionFields("Write to every school.", "Ms A"))
        row.done_on = today() if status is ActionStatus.DONE else None
        row.owner_id, row.status = council.user("committee member").id, status
        db.session.flush()
        found[status.value] = {"action_id": row.id}
    row = actions.add(written.entries[0], ActionFields("Ask again.", "Somebody else"))
    db.session.flush()
    return found | {"of somebody else": {"action_id": row.id}}


def _attendance(council: Council) -> States:
    met = _held(council, date(2018, 1, 16))
    minutes.everyone_present(met, Love="apologies")  # type: ignore[arg-type]
    meeting = met.meeting
    other = attendance_others.add_attendee(
        meeting, capacity=Capacity.OFFICER, name="Ms O", job_title="Director"
    )
    declared = attendance_others.add_declaration(
        meeting,
        councillor_id=met.members["Mrs Allen"].id,
        agenda_item_id=met.verbal.id,
        kind=InterestKind.OTHER,
        nature="a school governor",
        left_meeting=False,
    )
    stands_in = minutes.substitute_named("Mr Stand")
    attendance.add_substitute(meeting, stands_in, met.members["Mr Love"].id)
    db.session.flush()
    rows = {row.councillor_id: row for row in attendance.attendances(meeting)}
    named = {
        "substitute": ("substitute", rows[stands_in.id].id),
        "somebody else": ("other", other.id),
        "declaration": ("declaration", declared.id),
        "of no kind": ("nothing", other.id),
    }
    return {
        state: {"meeting_id": meeting.id, "what": what, "row_id": row_id}
        for state, (what, row_id) in named.items()
    }
