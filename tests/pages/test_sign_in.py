"""The way in and out."""

import pytest
from flask import Flask

from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.pages.conftest import PASSWORD, Furnished
from tests.pages.reader import Reader


@pytest.fixture
def email(pages_app: Flask) -> str:
    user = builders.a_user(password=PASSWORD)
    db.session.commit()
    return user.email


def test_signing_in_and_out(visitor: Reader, email: str) -> None:
    visitor.follow(visitor.sign_in(f"  {email.upper()} ", PASSWORD))
    assert "Signed in as Person" in visitor.words()
    visitor.follow(visitor.post("/sign-out"))
    assert "You have signed out." in visitor.words()
    assert "Signed in as" not in visitor.words()


@pytest.mark.parametrize("mistake", ["password", "email"])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    visitor: Reader, email: str, mistake: str
) -> None:
    who = email if mistake == "password" else "nobody@example.org"
    answer = visitor.sign_in(who, "not the password")
    assert answer.status_code == 422
    assert visitor.mistakes() == ["The e-mail address or the password is not right. Check both."]
    assert visitor.value("email") == who
    assert "not the password" not in str(visitor.page)


def test_nothing_filled_in_is_said_at_each_field(visitor: Reader) -> None:
    visitor.sign_in("", "")
    assert visitor.mistakes() == ["Enter your e-mail address", "Enter your password"]


def test_afterwards_the_page_that_was_wanted_is_shown(
    visitor: Reader, email: str, furnished: Furnished
) -> None:
    wanted = f"/meetings/{furnished.meeting.id}/agenda"
    form = {"email": email, "password": PASSWORD, "next": wanted}
    assert visitor.post("/sign-in", form).headers["Location"] == wanted


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:0",
        "/committees\nx",
        "/\t/elsewhere.example",
    ],
)
def test_signing_in_never_leads_to_another_site(
    visitor: Reader, email: str, elsewhere: str
) -> None:
    form = {"email": email, "password": PASSWORD, "next": elsewhere}
    assert visitor.post("/sign-in", form).headers["Location"] == "/home"


def test_a_session_from_before_signing_in_is_not_kept(visitor: Reader, email: str) -> None:
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in(email, PASSWORD)
    with visitor.client.session_transaction() as session:
        assert "planted" not in session


def test_an_account_that_was_closed_is_out_at_once(pages_app: Flask) -> None:
    user = builders.a_user(Role.DEMOCRATIC_SERVICES_OFFICER, password=PASSWORD)
    db.session.commit()
    reader = Reader(pages_app)
    reader.sign_in(user.email, PASSWORD)
    user.active = False
    db.session.commit()
    assert reader.get("/committees/new").status_code == 303
