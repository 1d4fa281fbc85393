"""Seats of groups, vacancies, substitutes, the quorum in words, and the political balance."""

from datetime import date
from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from committee.audit import service as audit
from committee.extensions import db
from committee.people import balance, councillors, seats
from committee.people import service as people
from committee.people.models import Committee, Membership
from committee.people.roles import MemberRole
from committee.people.rules import (
    EndReason,
    QuorumRule,
    QuorumShare,
    lasts,
    overlap,
    quorum_in_words,
    quorum_rule,
)
from committee.people.tenure_models import TermOfOffice
from committee.states import NotAllowed
from tests import builders

FIRST, DAY = date(2025, 5, 20), date(2026, 5, 12)


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee of five seats with three members."""
    found = builders.a_committee("Planning", seats=5)
    for name, group in (("Ms Ash", "Green"), ("Mr Beech", "Blue"), ("Mrs Cole", "Blue")):
        builders.a_member(found, name, group=group)
    return found


def allot(committee: Committee, group: str, number: int, since: date = FIRST) -> None:
    seats.allot(committee, people.group_named(committee.council, group), number, started_on=since)


def test_vacancies_go_by_the_seats_of_groups(committee: Committee) -> None:
    members = people.memberships(committee, on=DAY)
    assert seats.vacancies(committee, [], members) == 2
    allot(committee, "Blue", 3)
    allot(committee, "Green", 3)
    allotted = seats.allotments(committee, on=DAY)
    assert [
        (line.group, line.seats, line.filled, line.vacant)
        for line in seats.seat_lines(allotted, members)
    ] == [("Green", 3, 1, 2), ("Blue", 3, 2, 1)]
    assert seats.vacancies(committee, allotted, members) == 3


def test_a_new_number_of_seats_ends_the_last_and_edits_nothing(committee: Committee) -> None:
    allot(committee, "Blue", 3)
    allot(committee, "Blue", 2, since=DAY)
    rows = seats.allotments(committee)
    assert [(row.seats, row.ended_on) for row in rows] == [(3, date(2026, 5, 11)), (2, None)]
    with pytest.raises(NotAllowed, match="cannot overlap"):
        allot(committee, "Blue", 4, since=FIRST)


def test_a_term_never_overlaps_whatever_races_past_the_rule(committee: Committee) -> None:
    who = councillors.add_councillor(committee.council, "Ms Elm")
    for _ in range(2):
        db.session.add(TermOfOffice(councillor_id=who.id, division="North", started_on=FIRST))
    with pytest.raises(IntegrityError, match="ex_term_of_office_one_at_once"):
        db.session.flush()


def test_a_seat_is_never_held_twice_on_a_day(committee: Committee) -> None:
    (seat, *_) = people.memberships(committee)
    people.end_membership(seat, on=DAY)
    with pytest.raises(NotAllowed, match="cannot overlap"):
        people.add_membership(committee, seat.councillor, role=MemberRole.MEMBER, started_on=DAY)
    db.session.add(
        Membership(
            committee_id=committee.id,
            councillor_id=seat.councillor_id,
            role=MemberRole.MEMBER,
            started_on=DAY,
        )
    )
    with pytest.raises(IntegrityError, match="ex_membership_one_at_once"):
        db.session.flush()


def test_a_membership_entered_in_error_counts_for_no_day(committee: Committee) -> None:
    (seat, *_) = people.memberships(committee)
    people.end_membership(seat, on=DAY, because=EndReason.ENTERED_IN_ERROR)
    assert seat not in people.memberships(committee, on=FIRST)
    again = people.add_membership(
        committee, seat.councillor, role=MemberRole.CHAIRMAN, started_on=FIRST
    )
    assert again in people.memberships(committee, on=FIRST)
    assert audit.history(seat)[0].act == "membership:ended"


def test_members_stand_under_the_group_of_the_day(committee: Committee) -> None:
    who = councillors.add_councillor(committee.council, "Ms Elm")
    for group, since in (("Blue", FIRST), ("Green", DAY)):
        councillors.begin_term(
            who,
            division="North",
            group=people.group_named(committee.council, group),
            started_on=since,
            today=DAY,
        )
    people.add_membership(committee, who, role=MemberRole.MEMBER, started_on=FIRST)
    members = people.memberships(committee)

    def group_on(day: date) -> str:
        grouped = people.by_group(members, on=day)
        return next(g.name for g in grouped if any(m.councillor is who for m in g.members))

    assert (group_on(FIRST), group_on(DAY)) == ("Blue", "Green")


def test_nobody_changes_group_in_advance(committee: Committee) -> None:
    who = councillors.add_councillor(committee.council, "Ms Elm")
    blue = people.group_named(committee.council, "Blue")
    councillors.begin_term(who, division="North", group=blue, started_on=FIRST, today=FIRST)
    with pytest.raises(NotAllowed, match="on its first day"):
        councillors.begin_term(who, division="North", group=None, started_on=DAY, today=FIRST)


def test_a_substitute_has_no_seat_and_is_named_once(committee: Committee) -> None:
    (seat, *_) = people.memberships(committee)
    with pytest.raises(NotAllowed, match="has a seat on Planning"):
        seats.name_substitute(committee, seat.councillor, started_on=DAY)
    elm = people.councillor_named(
        committee.council, "Ms Elm", people.group_named(committee.council, "Blue")
    )
    row = seats.name_substitute(committee, elm, started_on=FIRST)
    with pytest.raises(NotAllowed, match="already a place"):
        seats.name_substitute(committee, elm, started_on=DAY)
    seats.end_substitute(row, on=DAY, because=EndReason.ENDED, today=DAY)
    assert seats.substitutes(committee, on=date(2026, 5, 13)) == []


def test_a_committees_own_quorum_wins() -> None:
    usual = {"usual_share": 0.25, "usual_minimum": 3}
    assert quorum_rule(None, None, **usual) == QuorumRule(Fraction(1, 4), 3)
    own = quorum_rule(QuorumShare.THIRD, None, **usual)
    assert (own.needed(16), own.needed(18), own.needed(5)) == (6, 6, 3)
    assert quorum_rule(None, 7, **usual).needed(16) == 7
    assert "6 members must be present: a third of the seats" in quorum_in_words(own, 18)
    assert "as for every committee" not in quorum_in_words(own, 18)


def test_a_share_written_as_a_decimal_is_not_rounded_up_by_a_hair() -> None:
    assert quorum_rule(None, None, usual_share=0.3333, usual_minimum=1).needed(18) == 6


DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 1))
PERIODS = st.tuples(DAYS, st.none() | DAYS).filter(lambda each: not each[1] or each[0] <= each[1])


@given(PERIODS, PERIODS)
def test_periods_overlap_if_a_day_lies_in_both(
    first: tuple[date, date | None], second: tuple[date, date | None]
) -> None:
    days = [date.fromordinal(n) for n in range(date(2020, 1, 1).toordinal(), 737_500)]
    both = any(lasts(*first, day) and lasts(*second, day) for day in days)
    assert overlap(first, second) is both


def test_a_body_of_co_opted_members_is_no_political_group(committee: Committee) -> None:
    rowe = builders.a_member(
        committee, "Canon Rowe", group="Church Representatives", role=MemberRole.CO_OPTED
    )
    assert rowe.councillor.group
    assert not rowe.councillor.group.political
    assert all(each.political for each in people.groups(committee.council)[:2])


def test_the_balance_sets_what_is_due_beside_what_was_given(committee: Committee) -> None:
    for number in range(7):
        builders.a_member(builders.a_committee(), f"Mr {number}", group="Blue")
    allot(committee, "Green", 4)
    allot(committee, "Blue", 1)
    table = balance.balance_on(DAY)
    assert (table.members, table.ungrouped, table.council) == ({"Blue": 9}, 1, 10)
    (row,) = table.rows
    assert (row.size, row.due, row.others) == (5, {"Blue": 5}, 0)
    assert [each.principle for each in table.failings] == ["b", "c"]
    committee.balanced = False
    assert balance.balance_on(DAY).rows == []
