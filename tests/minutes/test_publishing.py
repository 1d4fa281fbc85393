"""Publishing minutes: what stands in the way, what the public reads, numbers, approval."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.confidentiality.rules import OPENED
from committee.decisions.rules import DecisionStatus
from committee.extensions import db, owner_engine
from committee.meetings import attendance_others
from committee.meetings.rules import Capacity, InterestKind
from committee.minutes import publishing, service
from committee.minutes.published_text import minutes_text
from committee.minutes.rules import MinutesStatus, Outcome
from committee.states import NotAllowed
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import MINUTES_DAY, SECRET


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def test_published_minutes_are_frozen_with_what_is_open_apart(met: builders.Met) -> None:
    minutes = builders.written(met)
    version = builders.publish(minutes)
    assert minutes.status is MinutesStatus.PUBLISHED_DRAFT
    open_words, restricted = (
        json.dumps(each) for each in (version.open_contents, version.restricted_contents)
    )
    assert SECRET not in open_words
    assert SECRET in restricted
    assert "A property was discussed." in open_words
    assert len(version.sha256) == 64


def test_open_access_opens_the_minute_itself(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.write(
        builders.minute_of(minutes, met.exempt),
        "A price was named.",
        said=OPENED,
        title="Sale of a property",
    )
    version = builders.publish(minutes)
    assert "A price was named." in json.dumps(version.open_contents)


def test_an_open_note_on_an_exempt_item_names_no_decision(met: builders.Met) -> None:
    minutes = builders.written(met)
    met.exempt.decision_number = met.decision.number
    builders.write(service.add_entry(minutes, met.exempt), "An open note.", said=OPENED)
    version = builders.publish(minutes)
    note = next(e for e in version.open_contents["minutes"] if e["discussion"] == "An open note.")
    assert note["decision_number"] is None
    numbers = [e["decision_number"] for e in version.restricted_contents["minutes"]]
    known = met.decision.number
    assert numbers == [None, None, known, None, known, known]


def test_the_nature_of_an_interest_in_an_exempt_item_stays_closed(met: builders.Met) -> None:
    minutes = builders.written(met)
    for item, nature in ((met.exempt, f"owner of {SECRET}"), (met.transport, "a school governor")):
        attendance_others.add_declaration(
            met.meeting,
            councillor_id=met.members["Mrs Allen"].id,
            agenda_item_id=item.id,
            kind=InterestKind.OTHER,
            nature=nature,
            left_meeting=True,
        )
    version = builders.publish(minutes)
    assert version.open_contents["declarations"] == [
        "Mrs Allen declared an interest in item 5 (A property), left the meeting and took no part "
        "in the item.",
        "Mrs Allen declared an interest in item 3 (Transport after 16), as a school governor, left "
        "the meeting and took no part in the item.",
    ]
    assert f"as owner of {SECRET}" in version.restricted_contents["declarations"][0]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ("UPDATE attendance SET presence = 'absent' WHERE false", None),
        ("DELETE FROM attendance", "Say how each member attended"),
        ("UPDATE meeting SET held_on = '2018-06-08'", "has not been held yet"),
        ("UPDATE meeting SET status = 'cancelled'", "Only a meeting that was held"),
        ("UPDATE minute SET public_summary = NULL", "write the summary for the public"),
        ("UPDATE minute SET discussion = NULL, resolution = NULL", "it says nothing yet"),
    ],
)
def test_what_stands_in_the_way_is_told(met: builders.Met, spoil: str, told: str | None) -> None:
    minutes = builders.written(met)
    db.session.commit()
    db.session.execute(text(spoil))
    db.session.expire_all()
    if told is None:
        assert publishing.standing_in_the_way(minutes, today=MINUTES_DAY) == []
        return
    with pytest.raises(NotAllowed, match=told):
        builders.publish(minutes)
    assert publishing.versions(met.meeting) == []


def test_a_correction_is_a_new_version_with_a_reason(met: builders.Met) -> None:
    minutes = builders.written(met)
    first = builders.publish(minutes)
    assert not publishing.changed_since(minutes, first)
    builders.write(builders.minute_of(minutes, met.verbal), "Another word.")
    assert publishing.changed_since(minutes, first)
    with pytest.raises(NotAllowed, match="what has changed and why"):
        builders.publish(minutes)
    second = builders.publish(minutes, change="A name was misspelt.")
    assert (second.number, second.change_reason) == (2, "A name was misspelt.")
    assert "Another word." not in json.dumps(first.open_contents)


def test_a_later_meeting_of_the_committee_approves(met: builders.Met) -> None:
    minutes = builders.written(met)
    later = common.a_meeting(met.committee, held_on=date(2018, 7, 11))
    other = common.a_meeting(held_on=date(2018, 7, 11))
    approve = lambda at, name="Mr Cooke", today=date(2018, 7, 12): publishing.approve(  # noqa: E731
        minutes, at, name, today=today, now=builders.at(today), by=None
    )
    with pytest.raises(NotAllowed, match="cannot become “Approved”"):
        approve(later)
    builders.publish(minutes)
    with pytest.raises(NotAllowed, match="later meeting of the same committee"):
        approve(other)
    with pytest.raises(NotAllowed, match="later meeting of the same committee"):
        approve(later, today=date(2018, 7, 10))
    with pytest.raises(NotAllowed, match="who signed"):
        approve(later, "  ")
    version = approve(later)
    assert (minutes.status, minutes.approved_on) == (MinutesStatus.APPROVED, date(2018, 7, 11))
    assert version.became is MinutesStatus.APPROVED
    text_of = minutes_text(version.open_contents)
    assert text_of.status == "Approved as a correct record on Wednesday 11 July 2018"
    assert text_of.signature
    assert text_of.signature.name == "Mr Cooke"
    with pytest.raises(NotAllowed, match="can no longer change"):
        approve(later)


def test_what_was_not_published_cannot_be_approved(met: builders.Met) -> None:
    minutes = builders.written(met)
    later = common.a_meeting(met.committee, held_on=date(2018, 7, 11))
    builders.publish(minutes)
    builders.write(builders.minute_of(minutes, met.verbal), "Another word.")
    with pytest.raises(NotAllowed, match="Publish the correction first"):
        publishing.approve(
            minutes, later, "Mr Cooke", today=later.held_on, now=builders.at(later.held_on), by=None
        )


def test_the_decision_learns_what_the_committee_resolved(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.write(builders.minute_of(minutes, met.transport), outcome=Outcome.ENDORSED)
    assert met.decision.status is DecisionStatus.NOTIFIED
    builders.publish(minutes)
    assert met.decision.status is DecisionStatus.PRE_SCRUTINISED
    assert met.decision.record
    assert "be endorsed." in (met.decision.record.committee_view or "")
    assert met.decision.record.committee_view_minute_id == (
        builders.minute_of(minutes, met.transport).id
    )


def test_an_item_that_was_put_off_tells_the_decision_nothing(met: builders.Met) -> None:
    minutes = builders.written(met)
    builders.write(builders.minute_of(minutes, met.transport), outcome=Outcome.DEFERRED)
    builders.publish(minutes)
    assert met.decision.status is DecisionStatus.NOTIFIED


def test_the_public_record_of_a_decision_gets_the_summary_of_an_exempt_minute(
    met: builders.Met,
) -> None:
    minutes = builders.written(met)
    builders.write(
        builders.minute_of(minutes, met.transport),
        f"Said of {SECRET}.",
        outcome=Outcome.ENDORSED,
        resolution=f"RESOLVED that {SECRET} be sold.",
        said=common.EXEMPT,
        public_summary="The committee endorsed the proposal.",
    )
    builders.publish(minutes)
    assert met.decision.record
    assert met.decision.record.committee_view == "The committee endorsed the proposal."


def test_everybody_who_was_there_is_named(met: builders.Met) -> None:
    minutes = builders.written(met)
    for capacity, name, job in (
        (Capacity.OTHER_MEMBER, "Mr Gough", None),
        (Capacity.OFFICER, "Ms West", "Democratic Services Officer"),
    ):
        attendance_others.add_attendee(met.meeting, capacity=capacity, name=name, job_title=job)
    text_of = minutes_text(builders.publish(minutes).open_contents)
    assert [one.in_words for one in text_of.present][:2] == [
        "Mr Cooke (Chairman)",
        "Mrs Allen (Vice-Chairman)",
    ]
    assert [one.in_words for one in text_of.also_present] == ["Mr Gough"]
    assert [one.in_words for one in text_of.in_attendance] == [
        "Ms West (Democratic Services Officer)"
    ]


def test_an_item_taken_later_is_noted_where_it_would_have_stood(met: builders.Met) -> None:
    minutes = builders.written(met)
    verbal = builders.minute_of(minutes, met.verbal)
    service.move(verbal, "up")
    service.move(verbal, "up")
    entries = minutes_text(builders.publish(minutes).open_contents).entries
    assert [entry.item_number for entry in entries] == ["1", "4", "2", "3", "5"]
    assert entries[1].order_note == (
        "Item 2 was taken later and is minute 3. Item 3 was taken later and is minute 4."
    )


def test_they_stay_open_for_six_years_beginning_with_the_meeting(met: builders.Met) -> None:
    assert publishing.open_until(met.meeting).day == date(2024, 5, 7)


@pytest.mark.parametrize(
    "illegal",
    [
        "UPDATE minutes SET status = 'approved'",
        "UPDATE minutes SET status = 'approved', approved_on = '2018-07-11'",
        "UPDATE minutes SET status = 'approved', approved_on = '2018-07-11', signed_by = '', "
        "approved_at_meeting_id = meeting_id",
        "UPDATE minutes SET approved_on = '2018-07-11'",
        "UPDATE minutes SET status = 'lost'",
        "UPDATE minute SET outcome = 'endorsed_subject_to'",
        "UPDATE minute SET outcome = 'recommendations_made', condition = ''",
        "UPDATE minute SET votes_for = 3",
        "UPDATE minute SET votes_for = -1, votes_against = 0, votes_abstained = 0",
        "UPDATE minute SET casting_vote = 'for'",
        "UPDATE minute SET casting_vote = 'for', votes_for = 3, votes_against = 2, "
        "votes_abstained = 0",
        "UPDATE minute SET casting_vote = 'abstained', votes_for = 2, votes_against = 2, "
        "votes_abstained = 0",
        "UPDATE minute SET number = NULL",
        "UPDATE minute SET number = 1",
        "UPDATE minutes_version SET number = 2, change_reason = NULL",
        "UPDATE minutes_version SET became = 'draft'",
    ],
)
def test_the_database_refuses_it_too(met: builders.Met, illegal: str) -> None:
    builders.publish(builders.written(met))
    db.session.commit()
    # As the owner of the tables: the application's login may not touch what is frozen at all.
    with pytest.raises(IntegrityError), owner_engine().begin() as owner:
        owner.execute(text(illegal))
