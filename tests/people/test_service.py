"""Committees, groups, and who sits on what on which day."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from committee.audit import service as audit
from committee.extensions import db
from committee.people import service
from committee.people.models import Membership
from committee.people.roles import (
    MEMBER_ROLE_LABELS,
    ROLE_PERMISSIONS,
    MemberRole,
    Permission,
    Role,
    permissions_of,
)
from committee.states import NotAllowed
from tests import builders

FIRST_DAY, LAST_DAY = date(2025, 5, 20), date(2026, 5, 12)


def test_a_committees_address_is_made_from_its_name(app: Flask) -> None:
    committee = builders.a_committee("Children's, Young People & Education")
    assert committee.slug == "childrens-young-people-education"
    assert service.committee_with_slug(committee.slug) is committee


@pytest.mark.parametrize("name", ["Planning!", "planning?", "  Planning  ."])
def test_names_alike_have_addresses_of_their_own(app: Flask, name: str) -> None:
    builders.a_committee("Planning")
    assert builders.a_committee(name).slug == "planning-2"


def test_a_name_without_letters_has_an_address_too(app: Flask) -> None:
    assert builders.a_committee("委員会").slug == "committee"


def test_one_name_is_for_one_committee_however_it_is_typed(app: Flask) -> None:
    committee = builders.a_committee("Planning")
    with pytest.raises(NotAllowed, match="already a committee called"):
        service.add_committee(committee.council, name=" PLANNING ")


def test_a_committee_keeps_its_address_when_its_name_changes(app: Flask) -> None:
    committee = builders.a_committee("Planning")
    service.change_committee(committee, name="Planning and Housing", description=None, seats=9)
    assert (committee.name, committee.slug, committee.seats) == (
        "Planning and Housing",
        "planning",
        9,
    )
    assert [entry.act for entry in audit.history(committee)] == [
        "committee:changed",
        "committee:added",
    ]


def test_a_committee_may_not_take_anothers_name_but_may_keep_its_own(app: Flask) -> None:
    planning, housing = builders.a_committee("Planning"), builders.a_committee("Housing")
    with pytest.raises(NotAllowed):
        service.change_committee(housing, name="planning", description=None, seats=None)
    service.change_committee(planning, name="PLANNING", description=None, seats=None)
    assert planning.name == "PLANNING"


def test_committees_are_listed_by_name(app: Flask) -> None:
    for name in ("Planning", "Audit", "Housing"):
        builders.a_committee(name)
    assert [each.name for each in service.all_committees()] == ["Audit", "Housing", "Planning"]


def test_seats_below_none_are_refused_by_the_database(app: Flask) -> None:
    committee = builders.a_committee("Planning")
    committee.seats = -1
    with pytest.raises(IntegrityError, match="seats_not_negative"):
        db.session.flush()


def test_a_contact_is_one_officer_for_all_their_committees(app: Flask) -> None:
    planning, housing = builders.a_committee("Planning"), builders.a_committee("Housing")
    first = service.set_contact(
        planning, name="Rosa Marsh", telephone="1", email=None, job_title="Clerk"
    )
    second = service.set_contact(housing, name="Rosa Marsh", telephone="2", email="r@example.org")
    assert first is second
    assert (first.telephone, first.email, first.job_title) == ("2", "r@example.org", "Clerk")


# --- memberships ---


@pytest.mark.parametrize(
    ("day", "sits"),
    [
        (date(2025, 5, 19), False),
        (FIRST_DAY, True),
        (date(2025, 12, 1), True),
        (LAST_DAY, True),
        (date(2026, 5, 13), False),
    ],
)
def test_a_membership_holds_from_its_first_to_its_last_day(
    app: Flask, day: date, sits: bool
) -> None:
    membership = builders.a_member(builders.a_committee(), since=FIRST_DAY)
    service.end_membership(membership, on=LAST_DAY)
    committee = service.all_committees()[0]
    assert bool(service.memberships(committee, on=day)) is sits
    assert service.memberships(committee) == []


def test_nobody_holds_two_seats_on_one_committee(app: Flask) -> None:
    committee = builders.a_committee()
    builders.a_member(committee, "Mrs A Tern")
    with pytest.raises(NotAllowed, match="Mrs A Tern is already a member"):
        builders.a_member(committee, "Mrs A Tern")


def test_the_database_refuses_two_seats_that_race_past_the_rule(app: Flask) -> None:
    membership = builders.a_member(builders.a_committee())
    db.session.add(
        Membership(
            committee_id=membership.committee_id,
            councillor_id=membership.councillor_id,
            role=MemberRole.MEMBER,
            started_on=FIRST_DAY,
        )
    )
    with pytest.raises(IntegrityError, match="uq_membership_open"):
        db.session.flush()


def test_someone_whose_membership_ended_may_come_back(app: Flask) -> None:
    committee = builders.a_committee()
    service.end_membership(builders.a_member(committee, "Mrs A Tern"), on=LAST_DAY)
    again = builders.a_member(committee, "Mrs A Tern", since=date(2026, 9, 1))
    assert service.memberships(committee) == [again]
    assert len(service.memberships(committee, on=FIRST_DAY)) == 1


def test_one_person_may_sit_on_two_committees(app: Flask) -> None:
    first = builders.a_member(builders.a_committee(), "Mrs A Tern")
    second = builders.a_member(builders.a_committee(), "Mrs A Tern")
    assert first.councillor_id == second.councillor_id


def test_a_membership_ends_once_and_not_before_it_began(app: Flask) -> None:
    membership = builders.a_member(builders.a_committee(), since=FIRST_DAY)
    with pytest.raises(NotAllowed, match="became a member on 20 May 2025"):
        service.end_membership(membership, on=date(2025, 5, 19))
    service.end_membership(membership, on=FIRST_DAY)
    with pytest.raises(NotAllowed, match="has already ended"):
        service.end_membership(membership, on=LAST_DAY)


def test_members_are_grouped_in_printed_order_with_the_chairman_first(app: Flask) -> None:
    committee = builders.a_committee()
    builders.a_member(committee, "Mr C", group="Harbour")
    builders.a_member(committee, "Ms D", group="Civic", role=MemberRole.VICE_CHAIRMAN)
    builders.a_member(committee, "Mr E", group="Civic", role=MemberRole.CO_OPTED)
    builders.a_member(committee, "Mrs F", group="Harbour", role=MemberRole.CHAIRMAN)
    builders.a_member(committee, "Dr G", group=None)
    groups = service.by_group(service.memberships(committee))
    assert [(g.name, [m.councillor.name for m in g.members]) for g in groups] == [
        ("Harbour", ["Mrs F", "Mr C"]),
        ("Civic", ["Ms D", "Mr E"]),
        ("No group", ["Dr G"]),
    ]


def test_every_act_is_told_in_the_audit(app: Flask) -> None:
    officer = builders.a_user()
    committee = builders.a_committee()
    councillor = service.councillor_named(committee.council, "Mrs A Tern", None)
    membership = service.add_membership(
        committee, councillor, role=MemberRole.MEMBER, started_on=FIRST_DAY, by=officer.id
    )
    service.end_membership(membership, on=LAST_DAY, by=officer.id)
    assert [(entry.act, entry.actor_id) for entry in audit.history(membership)] == [
        ("membership:ended", officer.id),
        ("membership:added", officer.id),
    ]


# --- roles ---


def test_every_role_is_in_the_table_of_permissions() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert set(MEMBER_ROLE_LABELS) == set(MemberRole)
    held = frozenset().union(*ROLE_PERMISSIONS.values())
    assert held == set(Permission), "a permission that nobody holds is a page that nobody sees"


@given(st.sets(st.sampled_from(list(Role))))
def test_more_roles_never_mean_less(roles: set[Role]) -> None:
    held = permissions_of(roles)
    assert all(ROLE_PERMISSIONS[role] <= held for role in roles)
    assert held <= permissions_of(set(Role))
    assert permissions_of(set()) == frozenset()
