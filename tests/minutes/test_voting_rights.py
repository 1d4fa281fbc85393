"""Members who vote on everything, on education alone, or on nothing."""

import pytest
from flask import Flask

from committee.extensions import db
from committee.meetings import attendance
from committee.minutes import resolving, service, voting
from committee.minutes.models import Minute
from committee.minutes.resolving import MinuteFields
from committee.minutes.rules import Vote
from committee.minutes.voting import Count
from committee.people import service as people
from committee.people.roles import MemberRole
from committee.people.rules import VotingRight
from committee.states import NotAllowed
from tests.minutes import builders
from tests.minutes.builders import Met


@pytest.fixture
def met(app: Flask) -> Met:
    """A committee with a church representative who votes on education, and one who does not."""
    found = builders.a_committee_that_met()
    for name, right in (
        ("Mrs Doherty", VotingRight.EDUCATION_ONLY),
        ("Mr Silent", VotingRight.NONE),
    ):
        found.members[name] = people.councillor_named(found.committee.council, name, None)
        people.add_membership(
            found.committee,
            found.members[name],
            role=MemberRole.CO_OPTED,
            voting=right,
            started_on=builders.AGENDA_DAY,
        )
    builders.everyone_present(found)
    return found


def minute_on_transport(met: Met) -> Minute:
    minutes = service.begin(met.meeting)
    return next(e for e in service.entries_of(minutes) if e.agenda_item_id == met.transport.id)


def without_vote(met: Met, *, on_education: bool) -> dict[str, str | None]:
    voters = voting.room_of(met.meeting).voters(met.transport.id, on_education=on_education)
    return {voter.name: voter.why_not for voter in voters if voter.why_not}


def test_who_votes_on_education_votes_on_nothing_else(met: Met) -> None:
    assert without_vote(met, on_education=False)["Mrs Doherty"] == (
        "has a vote on questions of education alone"
    )
    assert "Mrs Doherty" not in without_vote(met, on_education=True)
    for education in (True, False):
        assert without_vote(met, on_education=education)["Mr Silent"] == (
            "has a seat without a vote"
        )


def test_a_count_has_room_for_those_who_may_vote_on_the_item(met: Met) -> None:
    minute = minute_on_transport(met)
    entitled = voting.entitled(voting.voters_on(minute, voting.room_of(met.meeting)))
    count = Count(entitled + 1, 0, 0)
    with pytest.raises(NotAllowed, match=f"only {entitled} of those present"):
        resolving.check(minute, MinuteFields("Transport", count=count))
    resolving.check(minute, MinuteFields("Transport", count=count, on_education=True))


def test_a_vote_by_name_needs_a_question_of_education(met: Met) -> None:
    minute = minute_on_transport(met)
    who = next(
        seat.councillor
        for seat in attendance.register_of(met.meeting).seats
        if seat.councillor.name == "Mrs Doherty"
    )
    with pytest.raises(NotAllowed, match="questions of education alone"):
        voting.add_named_vote(minute, who.id, Vote.AGAINST)
    minute.on_education = True
    voting.add_named_vote(minute, who.id, Vote.AGAINST)
    minute.on_education = False
    db.session.flush()
    room = voting.room_of(met.meeting)
    assert voting.contradictions(minute, room) == [
        "Mrs Doherty has a vote on questions of education alone."
    ]
