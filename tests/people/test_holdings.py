"""What somebody holds on a day: by a role given, by a seat, or lent by somebody who is away."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from committee.extensions import db
from committee.people import holdings
from committee.people.delegation_models import Delegation
from committee.people.holdings import Way
from committee.people.models import Committee, Membership, RoleGrant, User
from committee.people.roles import MemberRole, Permission, Role
from committee.people.rules import EndReason
from committee.people.tenure_models import TermOfOffice
from tests import builders

TODAY = date(2026, 5, 12)
NOON = datetime(2026, 5, 12, 11, tzinfo=UTC)
DAY = timedelta(days=1)


def somebody(role: Role, committee: Committee | None = None) -> User:
    user = builders.a_user(role)
    db.session.refresh(user)
    user.grants[0].committee_id = committee.id if committee else None
    db.session.flush()
    return user


def a_councillor(
    committee: Committee, role: Role = Role.COMMITTEE_MEMBER, **named: object
) -> tuple[User, Membership]:
    """An account linked to a councillor who sits on the committee, with a role given by hand."""
    seat = builders.a_member(committee, **named)  # type: ignore[arg-type]
    user = somebody(role, committee)
    user.councillor_id = seat.councillor_id
    db.session.flush()
    db.session.expire(user)
    return user, seat


def lent(giver: User, to: User, role: Role, committee: Committee | None = None) -> Delegation:
    """A delegation for today and tomorrow that was allowed."""
    found = Delegation(
        giver=giver,
        receiver=to,
        role=role,
        committee_id=committee.id if committee else None,
        first_day=TODAY,
        last_day=TODAY + DAY,
        reason="On leave",
        allowed_by=builders.a_user(Role.ADMINISTRATOR),
        allowed_at=NOON,
    )
    db.session.add(found)
    db.session.flush()
    db.session.expire(to)
    return found


def may(user: User, permission: Permission, committee: Committee | None, on: date = TODAY) -> bool:
    committee_id = committee.id if committee else None
    return holdings.explain(user, permission, committee_id, on=on).allowed


@pytest.fixture
def committee(app: Flask) -> Committee:
    return builders.a_committee()


def test_a_role_elsewhere_is_told_apart_from_none(committee: Committee) -> None:
    user = somebody(Role.REPORT_AUTHOR, builders.a_committee())
    found = holdings.explain(user, Permission.REPORT_WRITE, committee.id, on=TODAY)
    assert not found.allowed
    assert [each.role for each in found.elsewhere] == [Role.REPORT_AUTHOR]
    assert holdings.explain(user, Permission.AGENDA_EDIT, committee.id, on=TODAY).elsewhere == ()


def test_a_seat_gives_its_role_from_its_first_day_to_its_last(committee: Committee) -> None:
    user, seat = a_councillor(committee, since=TODAY)
    restricted = Permission.PACK_READ_RESTRICTED
    assert not may(user, restricted, committee, TODAY - DAY)
    assert may(user, restricted, committee)
    seat.ended_on = TODAY
    assert may(user, restricted, committee, TODAY)
    assert not may(user, restricted, committee, TODAY + DAY)


def test_a_role_given_by_hand_does_not_outlive_a_councillors_seat(committee: Committee) -> None:
    user, seat = a_councillor(committee)
    assert [each.way for each in holdings.holdings(user, on=TODAY)] == [Way.MEMBERSHIP]
    seat.ended_on = TODAY - DAY
    assert holdings.holdings(user, on=TODAY) == []


@pytest.mark.parametrize("role", [Role.GROUP_SPOKESMAN, Role.SCRUTINY_CHAIRMAN])
def test_an_office_on_a_committee_ends_with_the_seat(committee: Committee, role: Role) -> None:
    user, seat = a_councillor(committee, role)
    held = {each.role for each in holdings.holdings(user, on=TODAY)}
    assert held == {role, Role.COMMITTEE_MEMBER}
    seat.ended_on = TODAY - DAY
    assert holdings.holdings(user, on=TODAY) == []


@pytest.mark.parametrize("role", [Role.GROUP_SPOKESMAN, Role.SCRUTINY_CHAIRMAN])
def test_an_office_of_the_whole_council_ends_with_the_last_seat(
    committee: Committee, role: Role
) -> None:
    user, seat = a_councillor(committee, role)
    user.grants[0].committee_id = None
    assert may(user, Permission.EXEMPT_MATTER_READ, None)
    seat.ended_on = TODAY - DAY
    assert holdings.holdings(user, on=TODAY) == []


def in_term(seat: Membership, first: date, last: date | None, *, error: bool = False) -> None:
    because = EndReason.ENTERED_IN_ERROR if error else EndReason.NOT_ELECTED_AGAIN
    db.session.add(
        TermOfOffice(
            councillor_id=seat.councillor_id,
            division="Ashford Central",
            started_on=first,
            ended_on=last,
            ended_because=because if last else None,
        )
    )
    db.session.flush()
    db.session.expire_all()


@pytest.mark.parametrize("wide", [True, False])
def test_neither_seat_nor_office_outlives_the_term(committee: Committee, wide: bool) -> None:
    user, seat = a_councillor(committee, Role.GROUP_SPOKESMAN)
    user.grants[0].committee_id = None if wide else committee.id
    in_term(seat, seat.started_on, TODAY - DAY)
    assert len(holdings.holdings(user, on=TODAY - DAY)) == 2
    assert holdings.holdings(user, on=TODAY) == []
    in_term(seat, TODAY, None)
    assert len(holdings.holdings(user, on=TODAY)) == 2


def test_a_term_that_was_an_error_ends_nothing(committee: Committee) -> None:
    user, seat = a_councillor(committee)
    in_term(seat, seat.started_on, TODAY - DAY, error=True)
    assert len(holdings.holdings(user, on=TODAY)) == 1


def test_who_was_a_councillor_may_be_co_opted_afterwards(committee: Committee) -> None:
    user, seat = a_councillor(committee, Role.GROUP_SPOKESMAN)
    seat.role = MemberRole.CO_OPTED
    in_term(seat, date(2021, 5, 10), TODAY - DAY)
    held = holdings.holdings(user, on=TODAY)
    assert {each.role for each in held} == {Role.CO_OPTED_MEMBER}


def test_whoever_is_lent_the_office_of_a_seat_loses_it_with_the_seat(committee: Committee) -> None:
    giver, seat = a_councillor(committee, Role.GROUP_SPOKESMAN)
    giver.grants[0].committee_id = None
    other = somebody(Role.DIRECTOR)
    lent(giver, other, Role.GROUP_SPOKESMAN)
    assert len(holdings.holdings(other, on=TODAY)) == 2
    in_term(seat, seat.started_on, TODAY - DAY)
    assert [each.role for each in holdings.holdings(other, on=TODAY)] == [Role.DIRECTOR]


def test_a_co_opted_member_reads_packs_but_no_responses(committee: Committee) -> None:
    user, seat = a_councillor(committee)
    seat.role = MemberRole.CO_OPTED
    assert may(user, Permission.PACK_READ_RESTRICTED, committee)
    assert not may(user, Permission.RESPONSE_READ, committee)


def test_a_role_that_was_lent_counts_for_its_days_and_names_its_owner(committee: Committee) -> None:
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, committee), somebody(Role.DIRECTOR)
    lent(clerk, other, Role.DEMOCRATIC_SERVICES_OFFICER, committee)
    found = holdings.explain(other, Permission.AGENDA_PUBLISH, committee.id, on=TODAY)
    assert found.allowed
    assert found.for_whom is clerk
    assert may(other, Permission.AGENDA_PUBLISH, committee, TODAY + DAY)
    assert not may(other, Permission.AGENDA_PUBLISH, committee, TODAY - DAY)
    assert not may(other, Permission.AGENDA_PUBLISH, committee, TODAY + 2 * DAY)
    assert not may(other, Permission.AGENDA_PUBLISH, None)


def test_what_is_ones_own_is_done_for_nobody_else(committee: Committee) -> None:
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, committee)
    other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER)
    lent(clerk, other, Role.DEMOCRATIC_SERVICES_OFFICER, committee)
    found = holdings.explain(other, Permission.AGENDA_PUBLISH, committee.id, on=TODAY)
    assert found.allowed
    assert found.for_whom is None


def test_no_more_is_lent_than_is_held(committee: Committee) -> None:
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER, committee), somebody(Role.DIRECTOR)
    lent(clerk, other, Role.DEMOCRATIC_SERVICES_OFFICER)
    assert not may(other, Permission.AGENDA_PUBLISH, committee)


def test_what_was_lent_is_not_lent_onward(committee: Committee) -> None:
    clerk = somebody(Role.DEMOCRATIC_SERVICES_OFFICER)
    second, third = somebody(Role.DIRECTOR), somebody(Role.DIRECTOR)
    lent(clerk, second, Role.DEMOCRATIC_SERVICES_OFFICER)
    lent(second, third, Role.DEMOCRATIC_SERVICES_OFFICER)
    assert may(second, Permission.AGENDA_PUBLISH, committee)
    assert not may(third, Permission.AGENDA_PUBLISH, committee)


def ended(found: Delegation, grant: RoleGrant) -> None:
    grant.ended_at = NOON


def closed(found: Delegation, grant: RoleGrant) -> None:
    found.giver.active = False


def taken_back(found: Delegation, grant: RoleGrant) -> None:
    found.ended_at = NOON


def not_allowed_yet(found: Delegation, grant: RoleGrant) -> None:
    found.allowed_at = found.allowed_by = None


@pytest.mark.parametrize("change", [ended, closed, taken_back, not_allowed_yet])
def test_a_delegation_ends_at_once(committee: Committee, change: object) -> None:
    clerk, other = somebody(Role.DEMOCRATIC_SERVICES_OFFICER), somebody(Role.DIRECTOR)
    found = lent(clerk, other, Role.DEMOCRATIC_SERVICES_OFFICER)
    assert may(other, Permission.AGENDA_PUBLISH, committee)
    change(found, clerk.grants[0])  # type: ignore[operator]
    assert not may(other, Permission.AGENDA_PUBLISH, committee)


def test_a_signature_cannot_be_lent_whatever_the_table_says(committee: Committee) -> None:
    holder, other = somebody(Role.DECISION_MAKER), somebody(Role.DIRECTOR)
    lent(holder, other, Role.DECISION_MAKER)
    assert not may(other, Permission.DECISION_TAKE, committee)


def test_reading_everything_opens_pages_on_every_committee(committee: Committee) -> None:
    auditor = somebody(Role.AUDITOR)
    found = holdings.explain(auditor, Permission.AGENDA_EDIT, committee.id, on=TODAY)
    assert not found.allowed
    assert found.reading
    assert holdings.committees_where(auditor, Permission.AGENDA_EDIT, on=TODAY) == set()
    wide = holdings.committees_where(auditor, Permission.AGENDA_EDIT, on=TODAY, reading=True)
    assert wide is None
