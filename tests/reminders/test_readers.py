"""Who is told as a member: councillors where they sit, others where they were given the role."""

from datetime import date, timedelta

from flask import Flask

from committee.extensions import db
from committee.people.models import Committee, User
from committee.people.roles import Role
from committee.reminders.readers import readers_on
from tests import builders

TODAY = date(2026, 5, 12)


def a_member(committee: Committee) -> User:
    user = builders.a_user(Role.COMMITTEE_MEMBER)
    db.session.refresh(user)
    user.grants[0].committee_id = committee.id
    db.session.flush()
    return user


def test_a_councillor_is_told_for_as_long_as_they_sit(app: Flask) -> None:
    committee = builders.a_committee()
    seat = builders.a_member(committee, since=TODAY)
    user, by_hand = a_member(committee), a_member(committee)
    user.councillor_id = seat.councillor_id
    db.session.flush()
    assert readers_on(TODAY - timedelta(days=1)).members(committee.id) == [by_hand.id]
    assert readers_on(TODAY).members(committee.id) == [by_hand.id, user.id]
    seat.ended_on = TODAY
    db.session.flush()
    assert readers_on(TODAY + timedelta(days=1)).members(committee.id) == [by_hand.id]
