"""Others who were at a meeting, and the interests that members declared. Callers commit."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.attendance import ATTENDS, attendances
from committee.meetings.models import Attendee, Declaration, Meeting
from committee.meetings.rules import Capacity, InterestKind
from committee.states import NotAllowed


def attendees(meeting: Meeting) -> Sequence[Attendee]:
    """Those who attended without being on the committee, in the order in which they were added."""
    found = select(Attendee).where(Attendee.meeting_id == meeting.id)
    return db.session.scalars(found.order_by(Attendee.id)).all()


def add_attendee(
    meeting: Meeting,
    *,
    capacity: Capacity,
    name: str,
    job_title: str | None = None,
    by: int | None = None,
) -> Attendee:
    """Record somebody else who attended. Raises NotAllowed for an officer without job title."""
    if capacity is Capacity.OFFICER and not job_title:
        raise NotAllowed("Enter the officer’s job title. The minutes print it after the name.")
    row = Attendee(meeting_id=meeting.id, capacity=capacity, name=name, job_title=job_title)
    db.session.add(row)
    audit.record("attendee:added", row, by=by)
    return row


def declarations(meeting: Meeting) -> Sequence[Declaration]:
    """The interests that were declared, in the order in which they were recorded."""
    found = select(Declaration).where(Declaration.meeting_id == meeting.id)
    return db.session.scalars(
        found.options(joinedload(Declaration.councillor)).order_by(Declaration.id)
    ).all()


def add_declaration(
    meeting: Meeting,
    *,
    councillor_id: int,
    agenda_item_id: int,
    kind: InterestKind,
    nature: str,
    left_meeting: bool,
    by: int | None = None,
) -> Declaration:
    """Record an interest that a member who attended declared in one item (INT-03, INT-10).

    Raises NotAllowed for somebody who is not recorded as attending.
    """
    attending = {row.councillor_id for row in attendances(meeting) if row.presence in ATTENDS}
    if councillor_id not in attending:
        raise NotAllowed("Only somebody who attended can declare an interest. Record that first.")
    row = Declaration(
        meeting_id=meeting.id,
        councillor_id=councillor_id,
        agenda_item_id=agenda_item_id,
        kind=kind,
        nature=nature,
        left_meeting=left_meeting,
    )
    db.session.add(row)
    audit.record("declaration:added", row, by=by)
    return row


def remove(row: Attendee | Declaration, *, by: int | None = None) -> None:
    """Take out somebody, or a declaration, recorded by mistake. The audit keeps that it was."""
    audit.record("attendance:corrected", row, by=by)
    db.session.delete(row)
