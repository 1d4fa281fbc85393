"""What is taken away counts from the next request on, while the person goes on working."""

import pytest
from sqlalchemy import select

from committee.extensions import db
from committee.people.models import RoleGrant, User
from tests.matrix.callers import Caller
from tests.matrix.judging import to_sign_in
from tests.matrix.town import Town

WHO = "officer of every committee"


def grant_of(town: Town, name: str) -> tuple[int, int]:
    """The ids of a person's account and of the first role that they hold."""
    shown = name.capitalize()
    with town.app.app_context():
        found = select(User.id, RoleGrant.id).join(RoleGrant, RoleGrant.user_id == User.id)
        row = db.session.execute(found.where(User.name == shown).order_by(RoleGrant.id)).first()
        db.session.remove()
    assert row
    return row[0], row[1]


def of_the_committee(town: Town) -> str:
    """An address that officers of the committee may open."""
    return town.address("agendas.builder", town.things["meeting"]["scheduled"])


def test_a_role_that_is_removed_is_gone_at_the_next_request(undone: Town) -> None:
    officer, administrator = undone.callers[WHO], undone.callers["administrator"]
    address = of_the_committee(undone)
    assert officer.ask("GET", address).status == 200
    user_id, grant_id = grant_of(undone, WHO)
    ended = administrator.ask("POST", f"/people/{user_id}/roles/{grant_id}/end", {})
    assert ended.status == 303
    assert officer.ask("GET", address).status == 404
    item = undone.address("agendas.remove_item", undone.things["agenda item"]["open"])
    assert officer.ask("POST", item, {}).status == 404


def test_a_role_that_is_given_counts_at_the_next_request(undone: Town) -> None:
    member, administrator = undone.callers["auditor"], undone.callers["administrator"]
    address = undone.address("agendas.remove_item", undone.things["agenda item"]["open"])
    assert member.ask("POST", address, {}).status == 404
    user_id, _ = grant_of(undone, "auditor")
    form = {"role": "democratic_services_officer", "committee": ""}
    assert administrator.ask("POST", f"/people/{user_id}", form).status == 303
    assert member.ask("POST", address, {}).status == 303


def test_a_session_that_is_ended_elsewhere_is_gone_at_the_next_request(undone: Town) -> None:
    officer = undone.callers[WHO]
    email = email_of(undone, WHO)
    other = Caller(officer.person, undone.port)
    other.sign_in(email)
    address = of_the_committee(undone)
    assert other.ask("GET", address).status == 200
    assert other.ask("POST", "/sign-out", {}).status == 303
    assert to_sign_in(other.ask("GET", address))
    assert officer.ask("GET", address).status == 200
    other.close()


def test_an_account_that_is_closed_is_gone_at_the_next_request(undone: Town) -> None:
    officer, administrator = undone.callers[WHO], undone.callers["administrator"]
    address = of_the_committee(undone)
    user_id, _ = grant_of(undone, WHO)
    assert administrator.ask("POST", f"/people/{user_id}/deactivate", {}).status == 303
    assert to_sign_in(officer.ask("GET", address))
    assert officer.ask("POST", address + "/items", {}).status == 401
    again = Caller(officer.person, undone.port)
    with pytest.raises(AssertionError, match="cannot sign in"):
        again.sign_in(email_of(undone, WHO))
    again.close()


def email_of(town: Town, name: str) -> str:
    """By which address a person signs in."""
    with town.app.app_context():
        email = db.session.scalars(select(User.email).where(User.name == name.capitalize())).one()
        db.session.remove()
    return email
