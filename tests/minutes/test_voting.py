"""Votes: who has one, what a count may be, and whose are recorded by name."""

import pytest
from flask import Flask

from committee.meetings import attendance, attendance_others
from committee.meetings.rules import InterestKind, Presence
from committee.minutes import publishing, resolving, service, voting
from committee.minutes.models import Minute
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import Outcome, Vote
from committee.minutes.voting import Count
from committee.states import NotAllowed
from tests.minutes import builders
from tests.minutes.builders import MINUTES_DAY


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def a_minute(met: builders.Met, **presences: Presence) -> Minute:
    builders.everyone_present(met, **presences)
    return builders.minute_of(builders.begun(met), met.transport)


def declare(met: builders.Met, name: str, kind: InterestKind) -> None:
    attendance_others.add_declaration(
        met.meeting,
        councillor_id=met.members[name].id,
        agenda_item_id=met.transport.id,
        kind=kind,
        nature="an owner",
        left_meeting=True,
    )


def save(minute: Minute, count: Count, **more: object) -> None:
    resolving.save(
        minute,
        MinuteFields(minute.title, discussion="Talk.", count=count, **more),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("who", "presence", "told"),
    [
        ("Dr Sullivan", Presence.REMOTE, "joined remotely"),
        ("Dr Sullivan", Presence.APOLOGIES, "did not attend"),
        ("Dr Sullivan", Presence.ABSENT, "did not attend"),
        ("Canon Hall", Presence.PRESENT, "a seat without a vote"),
    ],
)
def test_nobody_without_a_vote_has_one_recorded(
    met: builders.Met, who: str, presence: Presence, told: str
) -> None:
    minute = a_minute(met, **{who.split()[-1]: presence})
    with pytest.raises(NotAllowed, match=told):
        voting.add_named_vote(minute, met.members[who].id, Vote.AGAINST)
    assert minute.named_votes == []


def test_a_pecuniary_interest_bars_from_this_item_alone(met: builders.Met) -> None:
    minute = a_minute(met)
    declare(met, "Dr Sullivan", InterestKind.DISCLOSABLE_PECUNIARY)
    declare(met, "Mrs Allen", InterestKind.OTHER_SIGNIFICANT)
    with pytest.raises(NotAllowed, match="disclosable pecuniary interest"):
        voting.add_named_vote(minute, met.members["Dr Sullivan"].id, Vote.FOR)
    voting.add_named_vote(minute, met.members["Mrs Allen"].id, Vote.FOR)
    other = builders.minute_of(minute.minutes, met.verbal)
    voting.add_named_vote(other, met.members["Dr Sullivan"].id, Vote.FOR)


def test_a_substitute_has_the_vote_of_the_member(met: builders.Met) -> None:
    minute = a_minute(met, Love=Presence.APOLOGIES)
    substitute = builders.substitute_named("Ms Hamilton")
    with pytest.raises(NotAllowed, match="Only a member of the committee that day"):
        voting.add_named_vote(minute, substitute.id, Vote.AGAINST)
    attendance.add_substitute(met.meeting, substitute, met.members["Mr Love"].id)
    voting.add_named_vote(minute, substitute.id, Vote.AGAINST)
    with pytest.raises(NotAllowed, match="already recorded"):
        voting.add_named_vote(minute, substitute.id, Vote.FOR)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (Count(4, 1, 0), "5 votes are counted, but only 4"),
        (Count(2, 1, 1, Vote.FOR), "only where the votes for and against are equal"),
        (Count(2, 2, 0, Vote.ABSTAINED), "for or against"),
    ],
)
def test_a_count_that_cannot_be_is_refused(met: builders.Met, count: Count, told: str) -> None:
    minute = a_minute(met)
    with pytest.raises(NotAllowed, match=told):
        save(minute, count)
    assert minute.votes_for is None


def test_votes_by_name_have_room_in_the_count(met: builders.Met) -> None:
    minute = a_minute(met)
    save(minute, Count(3, 1, 0))
    voting.add_named_vote(minute, met.members["Dr Sullivan"].id, Vote.AGAINST)
    with pytest.raises(NotAllowed, match="but the count has 1"):
        voting.add_named_vote(minute, met.members["Mr Love"].id, Vote.AGAINST)
    with pytest.raises(NotAllowed, match="but the count has 0"):
        save(minute, Count(4, 0, 0))


def test_an_interest_declared_afterwards_stops_the_publishing(met: builders.Met) -> None:
    minutes = builders.written(met)
    minute = builders.minute_of(minutes, met.transport)
    voting.add_named_vote(minute, met.members["Dr Sullivan"].id, Vote.AGAINST)
    declare(met, "Dr Sullivan", InterestKind.DISCLOSABLE_PECUNIARY)
    assert publishing.standing_in_the_way(minutes, today=MINUTES_DAY) == [
        "Minute 3: Dr Sullivan declared a disclosable pecuniary interest in this item and cannot "
        "vote on it."
    ]


def test_an_unusual_outcome_is_saved_by_somebody_who_means_it(met: builders.Met) -> None:
    minute = a_minute(met)
    fields = MinuteFields(minute.title, outcome=Outcome.AGREED)
    with pytest.raises(NotAllowed, match="does not answer what the report asks for"):
        resolving.save(minute, fields)
    assert minute.outcome is None
    resolving.save(minute, fields, acknowledged=True)
    assert minute.outcome is Outcome.AGREED


def test_an_outcome_that_the_vote_does_not_bear_out_is_pointed_out(met: builders.Met) -> None:
    minute = a_minute(met)
    with pytest.raises(NotAllowed, match="was not carried"):
        save(minute, Count(2, 2, 0), outcome=Outcome.ENDORSED)
    save(minute, Count(2, 2, 0, Vote.FOR), outcome=Outcome.ENDORSED)


def test_the_resolution_follows_the_outcome_until_the_clerk_words_it(met: builders.Met) -> None:
    minute = a_minute(met)

    def resolve(outcome: Outcome, words: str | None, condition: str | None = None) -> str:
        fields = MinuteFields(minute.title, outcome=outcome, condition=condition, resolution=words)
        resolving.save(minute, fields, acknowledged=True)
        return minute.resolution or ""

    worded = resolve(Outcome.ENDORSED, None)
    assert worded == (
        "RESOLVED that the decision proposed to be taken by the Cabinet Member for Education, "
        "to:\n\na) adopt the policy; and\nb) delegate its detail to the Director,\n\nbe endorsed."
    )
    assert resolve(Outcome.NOT_ENDORSED, worded).endswith("be not endorsed.")
    assert resolve(Outcome.NOT_ENDORSED, "RESOLVED no.") == "RESOLVED no."
    with pytest.raises(NotAllowed, match="the resolution is the one from before"):
        resolve(Outcome.ENDORSED, "RESOLVED no.")
    assert resolve(Outcome.ENDORSED, "RESOLVED yes.") == "RESOLVED yes."
    with pytest.raises(NotAllowed, match="Enter the condition"):
        resolve(Outcome.ENDORSED_SUBJECT_TO, None)
    assert "subject to a review," in resolve(Outcome.ENDORSED_SUBJECT_TO, None, "a review")


def test_the_item_of_minutes_proposes_the_meeting_whose_minutes_wait(met: builders.Met) -> None:
    builders.publish(builders.written(met))
    later = builders.a_later_meeting(met)
    minute = service.entries_of(service.begin(later))[0]
    builders.write(minute, outcome=Outcome.CORRECT_RECORD)
    assert "the Schools Committee held on 8 May 2018 be approved" in (minute.resolution or "")
