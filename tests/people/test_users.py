"""Accounts: who gets in, and what they may do then."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from committee.clock import now, today
from committee.extensions import db
from committee.people import holdings, users
from committee.people.models import RoleGrant, User
from committee.people.roles import Permission, Role
from tests import builders

PASSWORD = "a long enough password"


def test_the_right_password_finds_its_owner_however_the_address_is_typed(app: Flask) -> None:
    user = users.add_user(" Clerk@Example.ORG ", "A Clerk", PASSWORD, role=Role.ADMINISTRATOR)
    assert user.email == "clerk@example.org"
    assert users.user_with_password("CLERK@example.org ", PASSWORD) is user


def test_a_password_is_never_kept_as_it_was_typed(app: Flask) -> None:
    user = builders.a_user(password=PASSWORD)
    assert user.password_hash is not None
    assert PASSWORD not in user.password_hash
    assert user.password_hash.startswith("$argon2id$")
    assert builders.a_user(password=PASSWORD).password_hash != user.password_hash


@pytest.mark.parametrize("password", ["", "A long enough password", PASSWORD + " ", "\x00"])
def test_any_other_password_finds_nobody(app: Flask, password: str) -> None:
    user = builders.a_user(password=PASSWORD)
    assert users.user_with_password(user.email, password) is None


def test_an_unknown_address_finds_nobody(app: Flask) -> None:
    assert users.user_with_password("nobody@example.org", PASSWORD) is None


def test_an_account_without_a_password_lets_nobody_in(app: Flask) -> None:
    user = builders.a_user(password=None)
    for guess in ("", "None", "nobody has this password"):
        assert users.user_with_password(user.email, guess) is None


def test_a_closed_account_lets_nobody_in(app: Flask) -> None:
    user = builders.a_user(password=PASSWORD)
    user.active = False
    assert users.user_with_password(user.email, PASSWORD) is None
    assert user.is_active is False


def test_an_address_belongs_to_one_account(app: Flask) -> None:
    user = builders.a_user()
    with pytest.raises(IntegrityError, match="uq_user_account_email"):
        users.add_user(user.email.upper(), "Another", None, role=Role.REPORT_AUTHOR)


def test_the_database_takes_no_address_with_capitals(app: Flask) -> None:
    db.session.add(User(email="Clerk@example.org", name="A Clerk"))
    with pytest.raises(IntegrityError, match="email_lower_case"):
        db.session.flush()


def test_a_role_that_ended_gives_nothing(app: Flask) -> None:
    user = builders.a_user(Role.DEMOCRATIC_SERVICES_OFFICER)
    db.session.refresh(user)
    assert Permission.PACK_BUILD in holdings.permissions_held(user, on=today())
    user.grants[0].ended_at = now()
    assert holdings.permissions_held(user, on=today()) == frozenset()


@pytest.mark.parametrize("role", [Role.REPORT_AUTHOR, Role.COMMITTEE_MEMBER, Role.DECISION_MAKER])
def test_other_roles_may_change_no_agenda(app: Flask, role: Role) -> None:
    user = builders.a_user(role)
    db.session.refresh(user)
    assert Permission.AGENDA_EDIT not in holdings.permissions_held(user, on=today())


def on_one_committee(role: Role) -> tuple[User, int]:
    """Somebody with a role on one committee, and that committee's id."""
    user = builders.a_user(role)
    db.session.refresh(user)
    user.grants[0].committee_id = builders.a_committee().id
    db.session.commit()
    return user, user.grants[0].committee_id or 0


def test_a_role_on_one_committee_gives_nothing_on_others(app: Flask) -> None:
    user, theirs = on_one_committee(Role.DEMOCRATIC_SERVICES_OFFICER)
    other = builders.a_committee().id
    assert (
        holdings.permissions_held(user, on=today())
        == holdings.permissions_held(user, other, on=today())
        == frozenset()
    )
    assert Permission.AGENDA_EDIT in holdings.permissions_held(user, theirs, on=today())


def test_a_council_wide_role_counts_on_each_committee(app: Flask) -> None:
    user = builders.a_user(Role.DEMOCRATIC_SERVICES_OFFICER)
    db.session.refresh(user)
    assert Permission.AGENDA_EDIT in holdings.permissions_held(
        user, builders.a_committee().id, on=today()
    )


def test_where_a_permission_is_held_is_all_some_or_no_committees(app: Flask) -> None:
    user, theirs = on_one_committee(Role.COMMITTEE_MEMBER)
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) == {theirs}
    assert holdings.committees_where(user, Permission.AGENDA_EDIT, on=today()) == set()
    db.session.add(RoleGrant(user_id=user.id, role=Role.DECISION_MAKER))
    db.session.commit()
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) is None
    for grant in user.grants:
        grant.ended_at = now()
    assert holdings.committees_where(user, Permission.PACK_READ_RESTRICTED, on=today()) == set()
