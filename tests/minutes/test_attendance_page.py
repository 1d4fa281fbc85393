"""The page on which attendance is recorded."""

from typing import Any

import pytest

from committee.extensions import db
from committee.meetings import attendance, attendance_others
from committee.meetings.rules import Presence
from tests.minutes import builders
from tests.pages.reader import Reader


def address(met: builders.Met) -> str:
    return f"/meetings/{met.meeting.id}/attendance"


def chosen(met: builders.Met, **presences: str) -> dict[str, str]:
    return {
        f"member-{councillor.id}": presences[name.split()[-1]]
        for name, councillor in met.members.items()
        if name.split()[-1] in presences
    }


def test_everyone_else_is_recorded_as_present(met: builders.Met, clerk: Reader) -> None:
    clerk.get(address(met))
    sent = {"act": "everyone", "version": clerk.value("version"), **chosen(met, Love="apologies")}
    clerk.follow(clerk.post(address(met), sent))
    presences = {
        seat.councillor.name: seat.own and seat.own.presence
        for seat in attendance.register_of(met.meeting).seats
    }
    assert presences.pop("Mr Love") is Presence.APOLOGIES
    assert set(presences.values()) == {Presence.PRESENT}
    assert "In the room: 4 members. Quorum: 3." in clerk.words()


def test_each_member_must_be_accounted_for(met: builders.Met, clerk: Reader) -> None:
    clerk.get(address(met))
    sent = {"act": "members", "version": clerk.value("version"), **chosen(met, Cooke="present")}
    assert clerk.post(address(met), sent).status_code == 422
    assert "Say how Mr Love attended" in clerk.mistakes()
    assert len(clerk.mistakes()) == 4
    kept = clerk.page.select(f"[name=member-{met.members['Mr Cooke'].id}][checked]")
    assert [field["value"] for field in kept] == ["present"]
    assert attendance.attendances(met.meeting) == []


def test_the_second_of_two_clerks_is_told(met: builders.Met, clerk: Reader) -> None:
    clerk.get(address(met))
    sent = {"act": "everyone", "version": clerk.value("version")}
    builders.everyone_present(met, Love=Presence.ABSENT)
    db.session.commit()
    assert clerk.post(address(met), sent).status_code == 422
    assert "Mr Love: Absent" in clerk.words()
    clerk.follow(clerk.post(address(met), {**sent, "version": clerk.value("version")}))
    assert attendance.register_of(met.meeting).in_person == 4


def test_too_few_members_are_pointed_out(met: builders.Met, clerk: Reader) -> None:
    absent = dict.fromkeys(("Love", "Sullivan", "Hall"), Presence.ABSENT)
    builders.everyone_present(met, **absent)
    db.session.commit()
    clerk.get(address(met))
    assert "2 members were in the room and 3 are needed" in clerk.words()


def test_a_substitute_who_is_not_in_the_list_is_added(met: builders.Met, clerk: Reader) -> None:
    builders.everyone_present(met, Love=Presence.APOLOGIES)
    db.session.commit()
    clerk.get(address(met))
    labour = met.members["Dr Sullivan"].group_id
    sent: dict[str, Any] = {"act": "substitute", "new_name": "Ms Hamilton", "new_group": labour,
                            "instead_of": met.members["Mr Love"].id}  # fmt: skip
    clerk.follow(clerk.post(address(met), sent))
    assert "Ms Hamilton, in place of Mr Love" in clerk.words()
    assert "should come from the same group" in clerk.words()
    row = next(r for r in attendance.attendances(met.meeting) if r.substitute_for_id)
    clerk.follow(clerk.post(f"{address(met)}/substitute/{row.id}/remove"))
    assert "Nobody stood in for a member." in clerk.words()
    known = {"act": "substitute", "substitute": row.councillor_id,
             "instead_of": met.members["Mr Love"].id}  # fmt: skip
    clerk.follow(clerk.post(address(met), known))
    assert "Ms Hamilton, in place of Mr Love" in clerk.words()


@pytest.mark.parametrize(
    ("sent", "mistake"),
    [
        ({"act": "substitute"}, "Choose who came, or enter their name"),
        ({"act": "substitute", "new_name": "A"}, "Choose the member who did not attend"),
        ({"act": "other", "name": "A"}, "Choose who they are"),
        ({"act": "other", "capacity": "guest"}, "Enter the name"),
        ({"act": "other", "capacity": "officer", "name": "A"}, "Enter the officer’s job title."),
        ({"act": "declaration", "kind": "other", "nature": "a"}, "Choose the agenda item"),
        ({"act": "declaration", "kind": "other"}, "Enter the nature of the interest"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    met: builders.Met, clerk: Reader, sent: dict[str, str], mistake: str
) -> None:
    assert clerk.post(address(met), sent).status_code == 422
    assert any(mistake in each for each in clerk.mistakes()), clerk.mistakes()
    assert attendance_others.attendees(met.meeting) == []
    assert attendance_others.declarations(met.meeting) == []


def test_others_and_declarations_are_added_and_taken_out(met: builders.Met, clerk: Reader) -> None:
    builders.everyone_present(met)
    db.session.commit()
    officer = {"act": "other", "capacity": "officer", "name": "Ms West", "job_title": "Clerk"}
    clerk.follow(clerk.post(address(met), officer))
    assert "Ms West, Clerk (Officer)" in clerk.words()
    declared = {"act": "declaration", "member": met.members["Dr Sullivan"].id,
                "item": met.transport.id, "kind": "disclosable_pecuniary",
                "nature": "an owner of a bus company", "left_meeting": "y"}  # fmt: skip
    clerk.follow(clerk.post(address(met), declared))
    assert "in item 3, Transport after 16, as an owner of a bus company; left" in clerk.words()
    (row,) = attendance_others.declarations(met.meeting)
    (other,) = attendance_others.attendees(met.meeting)
    clerk.follow(clerk.post(f"{address(met)}/declaration/{row.id}/remove"))
    clerk.follow(clerk.post(f"{address(met)}/other/{other.id}/remove"))
    assert "There were no declarations of interest." in clerk.words()
    assert clerk.post(f"{address(met)}/other/{other.id}/remove").status_code == 404
    assert clerk.post(f"{address(met)}/anything/1/remove").status_code == 404
