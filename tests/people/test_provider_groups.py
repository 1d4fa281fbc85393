"""Roles that a provider's groups give, and take away again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from committee.extensions import db
from committee.people import users
from committee.people.models import User
from committee.people.roles import Role
from committee.people.session_models import UserSession
from committee.people.sign_in_choices import GroupRole, SignInChoices
from committee.people.sign_in_models import ProviderIdentity
from tests import builders
from tests.pages.reader import Reader
from tests.people.test_provider import PASSWORD, asha, come, issuer, pages

__all__ = ["asha", "issuer", "pages"]


@pytest.fixture
def mapped(pages: Flask) -> Callable[..., None]:
    """Says which groups are which roles."""

    def choose(*group_roles: GroupRole) -> None:
        pages.extensions["sign_in"] = SignInChoices(group_roles=group_roles)

    return choose


def roles_of(user: User) -> set[tuple[Role, bool]]:
    db.session.expire_all()
    return {(grant.role, grant.committee_id is not None) for grant in users.roles_now(user)}


OFFICER = GroupRole("g-clerks", Role.DEMOCRATIC_SERVICES_OFFICER)
MEMBER = GroupRole("g-planning", Role.COMMITTEE_MEMBER, "planning")


def test_a_stranger_whose_groups_are_mapped_gets_an_account_with_those_roles(
    pages: Flask, mapped: Callable[..., None]
) -> None:
    mapped(OFFICER, MEMBER, GroupRole("g-other", Role.ADMINISTRATOR))
    reader, _ = come(pages, "clerk", "/account")
    assert "Cass Clerk" in reader.words()
    user = users.user_with_email("clerk@example.org")
    assert user
    assert user.password_hash is None
    assert roles_of(user) == {
        (Role.DEMOCRATIC_SERVICES_OFFICER, False),
        (Role.COMMITTEE_MEMBER, True),
    }


def test_roles_of_groups_end_with_them_and_roles_given_by_hand_stay(
    pages: Flask, mapped: Callable[..., None]
) -> None:
    clerk = users.add_user("clerk@example.org", "Cass", None, role=Role.REPORT_AUTHOR)
    db.session.commit()
    mapped(OFFICER, MEMBER, GroupRole("g-unknown", Role.REPORT_AUTHOR))
    come(pages, "clerk")
    assert roles_of(clerk) == {
        (Role.REPORT_AUTHOR, False),
        (Role.DEMOCRATIC_SERVICES_OFFICER, False),
        (Role.COMMITTEE_MEMBER, True),
    }
    mapped(MEMBER)
    come(pages, "clerk")
    assert roles_of(clerk) == {(Role.REPORT_AUTHOR, False), (Role.COMMITTEE_MEMBER, True)}
    mapped()
    come(pages, "clerk")
    assert roles_of(clerk) == {(Role.REPORT_AUTHOR, False)}


@pytest.mark.parametrize(("days", "stays"), [(6, True), (7, False)])
def test_roles_of_groups_do_not_outlive_them_for_whoever_comes_by_a_password(
    pages: Flask, mapped: Callable[..., None], days: int, stays: bool
) -> None:
    clerk = users.add_user("clerk@example.org", "Cass", PASSWORD, role=Role.REPORT_AUTHOR)
    db.session.commit()
    mapped(OFFICER)
    come(pages, "clerk")
    identity = db.session.scalars(db.select(ProviderIdentity)).one()
    identity.last_used_at -= timedelta(days=days)
    db.session.commit()
    assert Reader(pages).sign_in(clerk.email, PASSWORD).status_code == 303
    held = {(Role.REPORT_AUTHOR, False)}
    of_group = {(Role.DEMOCRATIC_SERVICES_OFFICER, False)}
    assert roles_of(clerk) == (held | of_group if stays else held)
    come(pages, "clerk")
    assert roles_of(clerk) == held | of_group


def test_a_committee_that_is_not_there_gives_no_role(
    pages: Flask, mapped: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    mapped(GroupRole("g-planning", Role.COMMITTEE_MEMBER, "no-such-committee"))
    _, status = come(pages, "clerk")
    assert status == 422
    assert "mapped_committee_missing" in caplog.text


def test_the_last_administrator_stays_one(pages: Flask, mapped: Callable[..., None]) -> None:
    mapped(GroupRole("g-clerks", Role.ADMINISTRATOR))
    come(pages, "clerk")
    mapped(OFFICER)
    come(pages, "clerk")
    user = users.user_with_email("clerk@example.org")
    assert user
    assert roles_of(user) == {
        (Role.ADMINISTRATOR, False),
        (Role.DEMOCRATIC_SERVICES_OFFICER, False),
    }


def test_an_administrator_unlinks_an_account_that_was_given_to_another(
    pages: Flask, asha: User, mapped: Callable[..., None]
) -> None:
    come(pages, "asha")
    administrator = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.commit()
    reader, person = Reader(pages), f"/people/{asha.id}"
    reader.sign_in(administrator.email, PASSWORD)
    reader.get(f"{person}/second-step/reset")
    assert "Unlink the council account" in reader.words()
    reader.follow(reader.post(f"{person}/council-account/unlink"))
    assert "is no longer linked" in reader.words()
    assert db.session.scalars(db.select(ProviderIdentity)).all() == []
    open_now = [each for each in db.session.scalars(db.select(UserSession)) if not each.ended_at]
    assert {each.user_id for each in open_now} == {administrator.id}
    reader.follow(reader.post(f"{person}/council-account/unlink"))
    assert "has no council account linked" in reader.words()
    _, status = come(pages, "second")
    assert status == 303


def test_who_has_no_password_is_not_asked_to_change_it(
    pages: Flask, mapped: Callable[..., None]
) -> None:
    mapped(OFFICER)
    reader, _ = come(pages, "clerk", "/account")
    assert "You have no password here" in reader.words()
    assert reader.page.select_one("input[name=old_password]") is None
