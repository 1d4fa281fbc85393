"""Attendance: members, substitutes, the quorum, and declarations of interest."""

from fractions import Fraction

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.models import Meeting
from committee.meetings.rules import Capacity, InterestKind, Presence
from committee.people import service as people
from committee.people.models import Councillor
from committee.people.roles import MemberRole
from committee.people.rules import QuorumRule
from committee.states import NotAllowed
from tests import builders


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting of a committee of three, the chairman added last."""
    committee = builders.a_committee()
    builders.a_member(committee, "Ms Ash", group="Green")
    builders.a_member(committee, "Mr Beech", group="Blue")
    builders.a_member(committee, "Mrs Cole", group="Blue", role=MemberRole.CHAIRMAN)
    return builders.a_meeting(committee)


def member(meeting: Meeting, name: str) -> Councillor:
    register = attendance.register_of(meeting)
    return next(s.councillor for s in register.seats if s.councillor.name == name)


def somebody(meeting: Meeting, name: str, group: str) -> Councillor:
    council = meeting.committee.council
    return people.councillor_named(council, name, people.group_named(council, group))


def record(meeting: Meeting, **presences: Presence) -> None:
    attendance.record_members(
        meeting,
        {
            seat.councillor.id: presences[seat.councillor.name.split()[-1]]
            for seat in attendance.register_of(meeting).seats
            if seat.councillor.name.split()[-1] in presences
        },
    )


ALL = {"Ash": Presence.PRESENT, "Beech": Presence.PRESENT, "Cole": Presence.PRESENT}


def test_the_chairman_comes_first_and_nothing_is_recorded_yet(meeting: Meeting) -> None:
    register = attendance.register_of(meeting)
    assert [s.councillor.name for s in register.seats] == ["Mrs Cole", "Ms Ash", "Mr Beech"]
    assert not register.is_complete
    assert register.in_person == 0


def test_only_those_in_the_room_are_counted(meeting: Meeting) -> None:
    record(meeting, Ash=Presence.REMOTE, Beech=Presence.APOLOGIES, Cole=Presence.PRESENT)
    register = attendance.register_of(meeting)
    assert register.is_complete
    assert register.in_person == 1


def test_the_register_changes_its_version_with_what_it_says(meeting: Meeting) -> None:
    versions = {attendance.register_of(meeting).version}
    for presence in (Presence.PRESENT, Presence.REMOTE):
        record(meeting, Ash=presence)
        db.session.flush()
        versions.add(attendance.register_of(meeting).version)
    assert len(versions) == 3


def test_those_without_a_seat_that_day_are_refused(meeting: Meeting) -> None:
    outsider = somebody(meeting, "Mr Dean", "Blue")
    with pytest.raises(NotAllowed, match="held a seat"):
        attendance.record_members(meeting, {outsider.id: Presence.PRESENT})


def test_a_substitute_comes_for_somebody_who_did_not(meeting: Meeting) -> None:
    dean, elm = somebody(meeting, "Mr Dean", "Blue"), somebody(meeting, "Ms Elm", "Green")
    record(meeting, **ALL | {"Beech": Presence.APOLOGIES})
    with pytest.raises(NotAllowed, match="recorded as “Present”"):
        attendance.add_substitute(meeting, dean, member(meeting, "Ms Ash").id)
    with pytest.raises(NotAllowed, match="has a seat"):
        attendance.add_substitute(
            meeting, member(meeting, "Ms Ash"), member(meeting, "Mr Beech").id
        )
    with pytest.raises(NotAllowed, match="somebody who holds a seat"):
        attendance.add_substitute(meeting, dean, elm.id)
    attendance.add_substitute(meeting, dean, member(meeting, "Mr Beech").id)
    with pytest.raises(NotAllowed, match="Mr Dean already stands in for Mr Beech"):
        attendance.add_substitute(meeting, elm, member(meeting, "Mr Beech").id)
    record(meeting, Ash=Presence.ABSENT)
    with pytest.raises(NotAllowed, match="stands in for another"):
        attendance.add_substitute(meeting, dean, member(meeting, "Ms Ash").id)
    with pytest.raises(NotAllowed, match="Remove the substitute first"):
        record(meeting, Beech=Presence.PRESENT)
    assert attendance.register_of(meeting).in_person == 2


def test_a_substitute_of_another_group_is_pointed_out(meeting: Meeting) -> None:
    attendance.add_substitute(
        meeting, somebody(meeting, "Mr Dean", "Blue"), member(meeting, "Ms Ash").id
    )
    assert attendance.substitute_warnings(attendance.register_of(meeting)) == [
        "Mr Dean (Blue) stands in for Ms Ash (Green). A substitute should come from the same group."
    ]
    row = attendance.register_of(meeting).seats[1].substitute
    assert row
    attendance.remove_substitute(row)
    assert attendance.substitute_warnings(attendance.register_of(meeting)) == []


@pytest.mark.parametrize(
    ("seats", "present", "needed", "reached"),
    [(16, 4, 4, True), (17, 4, 5, False), (5, 3, 3, True), (5, 2, 3, False), (0, 0, 3, False)],
)
def test_the_quorum(seats: int, present: int, needed: int, reached: bool) -> None:
    found = attendance.quorum(seats, present, QuorumRule(Fraction(1, 4), 3))
    assert (found.needed, found.reached) == (needed, reached)


def test_an_officer_has_a_job_title(meeting: Meeting) -> None:
    with pytest.raises(NotAllowed, match="job title"):
        attendance_others.add_attendee(meeting, capacity=Capacity.OFFICER, name="Ms West")
    attendance_others.add_attendee(meeting, capacity=Capacity.GUEST, name="Ms North")
    assert [row.name for row in attendance_others.attendees(meeting)] == ["Ms North"]


def test_only_those_who_attended_declare_interests(meeting: Meeting) -> None:
    item = builders.an_item(meeting)

    def declare(name: str) -> None:
        attendance_others.add_declaration(
            meeting,
            councillor_id=member(meeting, name).id,
            agenda_item_id=item.id,
            kind=InterestKind.OTHER,
            nature="a governor",
            left_meeting=False,
        )

    record(meeting, **ALL | {"Beech": Presence.ABSENT})
    with pytest.raises(NotAllowed, match="Only somebody who attended"):
        declare("Mr Beech")
    declare("Ms Ash")
    (row,) = attendance_others.declarations(meeting)
    attendance_others.remove(row)
    db.session.flush()
    assert attendance_others.declarations(meeting) == []


@pytest.mark.parametrize(
    "illegal",
    [
        "UPDATE attendance SET presence = 'asleep'",
        "UPDATE attendance SET substitute_for_id = councillor_id",
        "UPDATE attendance SET presence = 'absent' WHERE substitute_for_id IS NOT NULL",
        "UPDATE declaration SET nature = ''",
        "UPDATE declaration SET kind = 'none'",
        "UPDATE attendee SET capacity = 'ghost'",
    ],
)
def test_the_database_refuses_it_too(meeting: Meeting, illegal: str) -> None:
    record(meeting, **ALL | {"Beech": Presence.ABSENT})
    attendance.add_substitute(
        meeting, somebody(meeting, "Mr Dean", "Blue"), member(meeting, "Mr Beech").id
    )
    attendance_others.add_attendee(meeting, capacity=Capacity.GUEST, name="Ms North")
    attendance_others.add_declaration(
        meeting,
        councillor_id=member(meeting, "Ms Ash").id,
        agenda_item_id=builders.an_item(meeting).id,
        kind=InterestKind.OTHER,
        nature="a governor",
        left_meeting=False,
    )
    db.session.commit()
    with pytest.raises(IntegrityError):
        db.session.execute(text(illegal))
