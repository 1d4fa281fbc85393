"""What somebody reads of themselves on the page of their own account."""

from flask import Flask

from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader

PASSWORD = "a long enough password"


def test_the_account_page_names_the_roles_that_come_with_a_seat(app: Flask) -> None:
    committee = builders.a_committee("Environment Committee")
    seat = builders.a_member(committee)
    db.session.flush()
    member = builders.a_user(Role.DECISION_MAKER, password=PASSWORD)
    member.councillor_id = seat.councillor_id
    db.session.commit()
    reader = Reader(app)
    reader.sign_in(member.email, PASSWORD)
    page = reader.get("/account").get_data(as_text=True)
    assert "Committee member, Environment Committee" in page
    assert "Decision maker, for every committee" in page
