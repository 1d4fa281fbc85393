"""The pages of those who administer accounts, and what others find there."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert

from committee.audit import service as audit
from committee.extensions import db
from committee.mail.models import Mail
from committee.people import users
from committee.people.models import RoleGrant, User
from committee.people.passwords import INVITATION_LASTS, RESET_LASTS
from committee.people.roles import Role
from committee.people.session_models import PasswordLink, UserSession
from tests import builders
from tests.pages.reader import Reader
from tests.people.conftest import PASSWORD

NewestLetter = Callable[[], tuple[Mail, str]]
NEW = {"name": "Ms N Okafor", "email": "new@example.org", "role": "report_author", "committee": ""}


def test_from_the_invitation_to_the_first_page(
    pages: Flask, reader: Reader, newest_letter: NewestLetter
) -> None:
    reader.get("/people/new")
    reader.follow(reader.post("/people/new", {**NEW, "committee": "planning"}))
    assert "An invitation is on its way" in reader.words()
    assert "Invited This person has not chosen a password yet." in reader.words()
    assert "Report author Planning" in reader.words()
    letter, link = newest_letter()
    assert (letter.to_address, letter.subject) == ("new@example.org", "Your account in Quorate")
    assert "Example County Council has given you an account" in letter.text
    kept = db.session.scalars(db.select(PasswordLink)).one()
    assert kept.expires_at - kept.created_at == INVITATION_LASTS
    newcomer = Reader(pages)
    newcomer.get(link)
    newcomer.follow(newcomer.post(link, {"password": PASSWORD}))
    assert newcomer.sign_in("new@example.org", PASSWORD).status_code == 303
    assert newcomer.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("typed", "mistake"),
    [
        ({"name": " "}, "Enter the person’s name"),
        ({"name": "x" * 201}, "200 characters or fewer"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"email": "no address"}, "like name@example.org"),
        ({"email": "ä@exämple.org\r\nBcc: x@example.org"}, "like name@example.org"),
        ({"role": ""}, "Choose a role"),
        ({"role": "king"}, "Not a valid choice"),
        ({"committee": "nowhere"}, "Not a valid choice"),
        ({"role": "administrator", "committee": "planning"}, "whole council"),
    ],
)
def test_what_is_wrong_is_said_and_kept(
    reader: Reader, typed: dict[str, str], mistake: str
) -> None:
    reader.get("/people/new")
    assert reader.post("/people/new", {**NEW, **typed}).status_code == 422
    assert any(mistake in each for each in reader.mistakes()), reader.mistakes()
    assert reader.value("name").strip() == {**NEW, **typed}["name"].strip()
    assert db.session.scalars(db.select(Mail)).all() == []
    assert len(db.session.scalars(db.select(User)).all()) == 1


def test_mistakes_are_listed_in_the_order_of_the_page(reader: Reader) -> None:
    reader.get("/people/new")
    reader.post("/people/new", {"committee": ""})
    assert reader.mistakes() == [
        "Enter the person’s name",
        "Enter an e-mail address",
        "Choose a role",
    ]


def test_an_address_in_use_is_said_beside_it(reader: Reader, administrator: User) -> None:
    reader.get("/people/new")
    taken = {**NEW, "email": administrator.email.upper()}
    assert reader.post("/people/new", taken).status_code == 422
    assert reader.mistakes() == [f"{administrator.email} has an account already."]


def somebody(role: Role = Role.REPORT_AUTHOR) -> User:
    user = builders.a_user(role, password=PASSWORD)
    db.session.commit()
    return user


def test_a_role_is_given_and_ended_after_asking(reader: Reader) -> None:
    user = somebody()
    reader.get(f"/people/{user.id}")
    chosen = {"role": "committee_member", "committee": "planning"}
    reader.follow(reader.post(f"/people/{user.id}", chosen))
    assert "Committee member Planning" in reader.words()
    assert reader.post(f"/people/{user.id}", chosen).status_code == 422
    assert reader.mistakes() == [f"{user.name} is committee member for Planning already."]
    assert reader.post(f"/people/{user.id}", {"committee": ""}).status_code == 422
    grant = db.session.scalars(db.select(RoleGrant).order_by(RoleGrant.id.desc())).first()
    assert grant is not None
    end = f"/people/{user.id}/roles/{grant.id}/end"
    assert reader.get(end).status_code == 200
    assert f"End a role of {user.name}" in reader.words()
    reader.follow(reader.post(end))
    assert "The role has ended" in reader.words()
    assert reader.get(end).status_code == 404
    assert reader.get(f"/people/{somebody().id}/roles/{grant.id}/end").status_code == 404


def test_the_last_administrator_is_told_why_not(reader: Reader, administrator: User) -> None:
    db.session.refresh(administrator)
    end = f"/people/{administrator.id}/roles/{administrator.grants[0].id}/end"
    reader.get(end)
    reader.follow(reader.post(end))
    assert "Nobody else could administer accounts" in reader.words()
    assert "Deactivate the account" not in reader.words()
    reader.follow(reader.post(f"/people/{administrator.id}/deactivate"))
    assert "You cannot deactivate your own account" in reader.words()


def test_who_gives_up_administering_lands_on_their_own_page(
    reader: Reader, administrator: User
) -> None:
    somebody(Role.ADMINISTRATOR)
    db.session.refresh(administrator)
    db.session.add(RoleGrant(user_id=administrator.id, role=Role.REPORT_AUTHOR))
    db.session.commit()
    end = f"/people/{administrator.id}/roles/{administrator.grants[0].id}/end"
    answer = reader.post(end)
    assert answer.headers["Location"] == "/account"
    assert reader.get("/people").status_code == 404


def test_an_account_is_deactivated_after_asking_and_activated(pages: Flask, reader: Reader) -> None:
    user = somebody()
    theirs = Reader(pages)
    theirs.sign_in(user.email, PASSWORD)
    assert reader.get(f"/people/{user.id}/deactivate").status_code == 200
    reader.follow(reader.post(f"/people/{user.id}/deactivate"))
    assert "Inactive This person cannot sign in" in reader.words()
    assert theirs.get("/account").status_code == 303
    reader.follow(reader.post(f"/people/{user.id}/link"))
    assert "is inactive. Activate it first" in reader.words()
    assert db.session.scalars(db.select(Mail)).all() == []
    reader.get("/people")
    assert "Inactive" in reader.words()
    reader.follow(reader.post(f"/people/{user.id}/activate"))
    assert theirs.get("/account").status_code == 303
    assert Reader(pages).sign_in(user.email, PASSWORD).status_code == 303


def test_a_link_is_sent_as_it_is_needed(reader: Reader, newest_letter: NewestLetter) -> None:
    user = somebody()
    reader.follow(reader.post(f"/people/{user.id}/link"))
    assert f"A link is on its way to {user.email}" in reader.words()
    assert newest_letter()[0].subject == "Choose a new password"
    user.password_hash = None
    db.session.commit()
    reader.follow(reader.post(f"/people/{user.id}/link"))
    assert newest_letter()[0].subject == "Your account in Quorate"
    links = db.session.scalars(db.select(PasswordLink).order_by(PasswordLink.id)).all()
    assert [link.expires_at - link.created_at for link in links] == [RESET_LASTS, INVITATION_LASTS]


def typed(reader: Reader, **changed: str) -> dict[str, str]:
    """The particulars as the form shows them, with these changes."""
    names = ("version", "name", "email", "job_title", "directorate", "telephone")
    return {name: reader.value(name) for name in names} | {"councillor": ""} | changed


def test_particulars_are_changed(reader: Reader) -> None:
    seat = builders.a_member(builders.a_committee(), "Mrs A Carter").councillor
    user = somebody()
    reader.get(f"/people/{user.id}/edit")
    data = typed(reader, job_title="Head of Planning", councillor=str(seat.id))
    reader.follow(reader.post(f"/people/{user.id}/edit", data))
    for word in ("Head of Planning", "Mrs A Carter"):
        assert word in reader.words()
    reader.get(f"/people/{user.id}/edit")
    assert reader.post(f"/people/{user.id}/edit", typed(reader, name="")).status_code == 422
    assert reader.mistakes() == ["Enter the person’s name"]


def test_two_who_change_one_person_lose_nothing(reader: Reader) -> None:
    user = somebody()
    reader.get(f"/people/{user.id}/edit")
    stale = typed(reader, job_title="Typed second")
    reader.post(f"/people/{user.id}/edit", typed(reader, job_title="Saved first"))
    assert reader.post(f"/people/{user.id}/edit", stale).status_code == 422
    assert "Saved first" in reader.words()
    assert reader.value("job_title") == "Typed second"
    again = {**stale, "version": reader.value("version")}
    assert reader.post(f"/people/{user.id}/edit", again).status_code == 303


def test_people_are_found_by_name_and_address(reader: Reader) -> None:
    for name, email in (("Ann 100%", "ann@example.org"), ("Bo", "under_score@example.org")):
        users.add_user(email, name, None, role=Role.REPORT_AUTHOR)
    db.session.commit()
    for words, found in (("100%", "Ann"), ("UNDER_S", "Bo"), ("ann@", "Ann")):
        reader.get("/people", query_string={"words": words})
        assert [cell.get_text()[:3].strip() for cell in reader.page.select("tbody th")] == [found]
    reader.get("/people", query_string={"words": "n_body\x00"})
    assert "Nobody is found" in reader.words()


@pytest.mark.parametrize("rows", [10, 10_000])
def test_the_list_asks_few_questions(reader: Reader, questions: list[str], rows: int) -> None:
    many = [
        {"email": f"many{n}@example.org", "name": f"Many {n:05}", "active": True, "version": 1}
        for n in range(rows)
    ]
    ids = db.session.scalars(insert(User).returning(User.id), many).all()
    committee = builders.a_committee()
    grants = [{"user_id": each, "role": Role.REPORT_AUTHOR} for each in ids]
    db.session.execute(insert(RoleGrant), grants)
    on_one = [{**each, "committee_id": committee.id} for each in grants]
    db.session.execute(insert(RoleGrant), on_one)
    db.session.commit()
    questions.clear()
    assert reader.get("/people?words=many&page=1").status_code == 200
    assert len(questions) <= 15, questions
    assert len(reader.page.select("tbody tr")) == min(rows, 50)
    assert reader.get("/people?page=99999").status_code == 200


# Those who read accounts without administering them.
READERS = {Role.MONITORING_OFFICER, Role.AUDITOR}


@pytest.mark.parametrize("role", sorted(READERS))
def test_those_who_read_everything_read_accounts_and_change_none(pages: Flask, role: Role) -> None:
    user = somebody(role)
    other = Reader(pages)
    other.sign_in(user.email, PASSWORD)
    assert other.get("/people").status_code == 200
    assert other.get(f"/people/{user.id}").status_code == 200
    assert other.post(f"/people/{user.id}", {"role": "administrator"}).status_code == 404
    assert other.post(f"/people/{user.id}/link").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - READERS - {Role.ADMINISTRATOR}))
def test_others_find_no_such_pages(pages: Flask, role: Role) -> None:
    user = somebody(role)
    other = Reader(pages)
    other.sign_in(user.email, PASSWORD)
    for path in ("/people", "/people/new", f"/people/{user.id}", "/portfolios"):
        assert other.get(path).status_code == 404, path
    assert other.post(f"/people/{user.id}", {"role": "administrator"}).status_code == 404
    assert other.post(f"/people/{user.id}/link").status_code == 404


def test_an_administrator_signs_somebody_out_at_one_browser(pages: Flask, reader: Reader) -> None:
    other = builders.a_user(password=PASSWORD)
    db.session.commit()
    left, kept = Reader(pages), Reader(pages)
    for theirs in (left, kept):
        assert theirs.sign_in(other.email, PASSWORD).status_code == 303
    oldest = db.select(UserSession).where(UserSession.user_id == other.id).order_by(UserSession.id)
    session = db.session.scalars(oldest).first()
    assert session
    reader.get(f"/people/{other.id}")
    assert len(reader.page.select("form[action*='/sessions/']")) == 2
    token = {"csrf_token": reader.value("csrf_token")}
    address = f"/people/{other.id}/sessions/{session.id}/end"
    reader.follow(reader.post(address, token))
    assert "is signed out at that browser." in reader.words()
    assert left.get("/account").status_code == 303
    assert kept.get("/account").status_code == 200
    entry = audit.history(session)[0]
    assert entry.act == "user_session:ended"
    assert entry.actor_id not in (None, other.id)
    assert reader.post(address, token).status_code == 404, "it has ended"


def test_no_session_is_ended_by_way_of_another_account(reader: Reader, administrator: User) -> None:
    other = builders.a_user(password=PASSWORD)
    db.session.commit()
    own = db.session.scalars(db.select(UserSession)).one()
    reader.get(f"/people/{other.id}")
    token = {"csrf_token": reader.value("csrf_token")}
    answer = reader.post(f"/people/{other.id}/sessions/{own.id}/end", token)
    assert answer.status_code == 404
    assert reader.get("/account").status_code == 200
