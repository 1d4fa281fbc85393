"""Writing meetings that came from files."""

from datetime import date, time

from flask import Flask

from committee.agendas import importing
from committee.agendas.meeting_file import MeetingInFile, MemberInFile
from committee.clock import now
from committee.people import service as people
from committee.people.roles import MemberRole
from committee.storage import current_storage
from tests import builders


def test_a_meeting_of_another_council_keeps_its_own_name_and_order_of_groups(app: Flask) -> None:
    builders.a_member(builders.a_committee("Planning"), group="Church Representatives")
    found = MeetingInFile(
        council="Wexbury Council",
        committee="Harbours Committee",
        held_on=date(2026, 5, 12),
        starts_at=time(14, 30),
        place="Council Chamber",
        members=[
            MemberInFile("Cllr Able", "Blue", MemberRole.MEMBER),
            MemberInFile("Canon Bell", "Church Representatives", MemberRole.CO_OPTED),
        ],
        items=[],
    )
    meeting, _ = importing.write(found, current_storage(), now=now())
    seated = people.memberships(meeting.committee)
    assert meeting.committee.council.name == "Wexbury Council"
    assert [group.name for group in people.by_group(seated)] == ["Blue", "Church Representatives"]
