"""Homes are no public pages, and yet lead to nothing that was taken down."""

from flask import Flask

from committee.extensions import db
from committee.people.roles import Role
from committee.takedowns.rules import PublishedKind
from tests.homes.test_home import A_DAY, a_person, a_response, part
from tests.search import published
from tests.takedowns.test_lists import take_down


def test_a_member_finds_nothing_that_was_taken_down(app: Flask) -> None:
    meeting = published.a_meeting()
    member = a_person(Role.COMMITTEE_MEMBER, committee=meeting.committee)
    version = published.publish(meeting, pack=published.a_pack(meeting, 35, 39))
    consultation = published.a_consultation(meeting.committee)
    notice = published.a_decision(meeting.committee).notices[0]
    a_response(consultation.id, 1)
    db.session.commit()
    [paper] = version.open_contents["items"][0]["papers"]
    take_down(PublishedKind.PAPER, paper["version_id"])
    (todo,) = part(member, "meetings", on=A_DAY).todos
    assert todo.address == f"/meetings/{meeting.id}", "its pack is stopped"
    assert todo.about == "The agenda is published"
    take_down(PublishedKind.AGENDA, version.id)
    (todo,) = part(member, "meetings", on=A_DAY).todos
    assert todo.about == "The agenda was taken down"
    take_down(PublishedKind.CONSULTATION, consultation.id)
    assert part(member, "responses", on=A_DAY).todos == ()
    take_down(PublishedKind.NOTICE, notice.id)
    assert part(member, "decisions", on=A_DAY).todos == ()
