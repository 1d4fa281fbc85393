"""The work programme: what is planned, what was put off and why, and what came on an agenda."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.agendas import programme, service
from committee.agendas.models import ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.agendas.rules import PROGRAMME_STATES, ProgrammeStatus
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.models import Committee
from committee.states import NotAllowed
from tests import builders

TODAY = date(2018, 3, 1)
NOW = datetime(2018, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def committee(app: Flask) -> Committee:
    return builders.a_committee()


def a_meeting(committee: Committee, day: int) -> Meeting:
    meeting = builders.a_meeting(committee, held_on=date(2018, 5, day))
    db.session.commit()
    return meeting


def planned(committee: Committee, meeting: Meeting | None, title: str = "SEND") -> ProgrammeItem:
    fields = PlannedFields(title, meeting.id if meeting else None, "Mrs A Carter", TODAY)
    item = programme.plan(committee, fields)
    db.session.commit()
    return item


def test_items_are_listed_by_meeting_and_those_without_one_last(committee: Committee) -> None:
    late, soon = a_meeting(committee, 22), a_meeting(committee, 8)
    for meeting, title in ((None, "Some day"), (late, "Later"), (soon, "Soon")):
        planned(committee, meeting, title)
    groups, total = programme.to_come(committee)
    assert [[item.title for item in group.items] for group in groups] == [
        ["Soon"],
        ["Later"],
        ["Some day"],
    ]
    assert total == 3


def test_every_deferral_is_kept_with_its_reason(committee: Committee) -> None:
    first, second = a_meeting(committee, 8), a_meeting(committee, 22)
    item = planned(committee, first)
    programme.defer(item, second, reason="Figures are awaited.", today=TODAY, now=NOW)
    programme.defer(item, None, reason="The officer has left.", today=TODAY, now=NOW)
    db.session.commit()
    assert [
        (d.from_meeting and d.from_meeting.held_on.day, d.to_meeting and d.to_meeting.held_on.day)
        for d in item.deferrals
    ] == [(8, 22), (22, None)]
    assert item.deferrals[0].reason == "Figures are awaited."
    assert item.meeting is None


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_deferral_without_a_reason_or_to_the_same_meeting(
    committee: Committee, reason: str
) -> None:
    meeting, other = a_meeting(committee, 8), a_meeting(committee, 22)
    item = planned(committee, meeting)
    with pytest.raises(NotAllowed, match="why"):
        programme.defer(item, other, reason=reason, today=TODAY, now=NOW)
    with pytest.raises(NotAllowed, match="another meeting"):
        programme.defer(item, meeting, reason="Because.", today=TODAY, now=NOW)
    assert not item.deferrals


def test_another_meeting_is_a_deferral_and_never_a_silent_change(committee: Committee) -> None:
    item = planned(committee, a_meeting(committee, 8))
    other = a_meeting(committee, 22)
    with pytest.raises(NotAllowed, match="defer it"):
        programme.change(item, PlannedFields("SEND", other.id))
    unplaced = planned(committee, None)
    programme.change(unplaced, PlannedFields("SEND", other.id))
    assert unplaced.meeting_id == other.id


def test_an_item_comes_on_the_agenda_once_and_is_then_taken(committee: Committee) -> None:
    meeting = a_meeting(committee, 8)
    item = planned(committee, meeting)
    on_agenda = programme.put_on_agenda(item)
    db.session.commit()
    assert [entry.item.title for entry in service.numbered_items(meeting)] == ["SEND"]
    with pytest.raises(NotAllowed):
        programme.put_on_agenda(item)
    programme.note_taken(on_agenda.id)
    assert item.status is ProgrammeStatus.TAKEN
    with pytest.raises(NotAllowed, match="still to be taken"):
        programme.defer(item, None, reason="Too late.", today=TODAY, now=NOW)
    assert programme.to_come(committee) == ([], 0)


def test_an_item_without_a_meeting_cannot_come_on_an_agenda(committee: Committee) -> None:
    with pytest.raises(NotAllowed, match="meeting first"):
        programme.put_on_agenda(planned(committee, None))


def test_a_dropped_item_can_be_planned_again(committee: Committee) -> None:
    item = planned(committee, None)
    programme.drop(item)
    db.session.commit()
    assert [each.id for each in programme.dropped(committee)] == [item.id]
    programme.plan_again(item)
    db.session.commit()
    assert not programme.dropped(committee)


@pytest.mark.parametrize("now", list(ProgrammeStatus))
@pytest.mark.parametrize("wanted", list(ProgrammeStatus))
def test_every_move_is_allowed_or_refused(now: ProgrammeStatus, wanted: ProgrammeStatus) -> None:
    if wanted in PROGRAMME_STATES.may_become[now]:
        PROGRAMME_STATES.check(now, wanted)
        return
    with pytest.raises(NotAllowed, match="cannot become"):
        PROGRAMME_STATES.check(now, wanted)


def test_the_database_takes_no_other_status(committee: Committee) -> None:
    item = planned(committee, None)
    with pytest.raises(IntegrityError):
        db.session.execute(
            text("UPDATE programme_item SET status = 'lost' WHERE id = :id"), {"id": item.id}
        )
    db.session.rollback()


def test_what_is_deferred_leaves_the_agenda_it_was_on(committee: Committee) -> None:
    meeting, other = a_meeting(committee, 8), a_meeting(committee, 22)
    item = planned(committee, meeting)
    programme.put_on_agenda(item)
    programme.defer(item, other, reason="Figures are awaited.", today=TODAY, now=NOW)
    db.session.commit()
    assert not service.numbered_items(meeting)
    programme.put_on_agenda(item)
    db.session.commit()
    assert [entry.item.title for entry in service.numbered_items(other)] == ["SEND"]
