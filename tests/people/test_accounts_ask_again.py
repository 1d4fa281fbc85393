"""Who may sign in and what they may do is settled by an administrator who has just shown that it is
them, if they have a second step by which to show it."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from flask import Flask

from committee.audit.models import AuditEntry
from committee.extensions import db
from committee.mail.models import Mail
from committee.people import people_files, users
from committee.people.models import RoleGrant, User
from committee.people.roles import Role
from tests import builders
from tests.pages.reader import Reader
from tests.people.second_steps import NOON, PASSWORD, code_at, set_up

LATER = NOON + timedelta(minutes=15)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


@pytest.fixture
def someone(pages: Flask) -> User:
    user = builders.a_user(Role.REPORT_AUTHOR, password=PASSWORD)
    db.session.commit()
    return user


def a_grant(user: User) -> int:
    return db.session.scalars(db.select(RoleGrant.id).where(RoleGrant.user_id == user.id)).one()


def a_file(by: User) -> int:
    content = b"a file"
    row = people_files.receive(content, "f.csv", people_files.kind_of(content), by)
    db.session.commit()
    return row.id


def written() -> tuple[int, int]:
    """How many acts are recorded, and how many letters are owed."""
    entries = db.session.scalar(db.select(db.func.count(AuditEntry.id)))
    return entries or 0, db.session.scalar(db.select(db.func.count(Mail.id))) or 0


PAGES = ["/people/new", "/people/{user}/edit", "/people/{user}/deactivate"]
PAGES += ["/people/{user}/roles/{grant}/end"]
BUTTONS = {
    "/people/{user}": "/people/{user}",
    "/people/{user}/activate": "/people/{user}",
    "/people/{user}/link": "/people/{user}",
    "/people/files/{file}/bring-in": "/people/files/{file}",
}


def places(administrator: User, someone: User, path: str) -> str:
    """The path of this person, this role and this file."""
    file = a_file(administrator) if "{file}" in path else 0
    return path.format(user=someone.id, grant=a_grant(someone), file=file)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_before_it_is_filled_in_and_again_when_it_is_sent(
    reader: Reader,
    administrator: User,
    someone: User,
    path: str,
    clock: time_machine.Traveller,
) -> None:
    page = places(administrator, someone, path)
    token = {"csrf_token": reader.token()}
    secret = set_up(administrator)
    assert reader.get(page).status_code == 200
    clock.move_to(LATER)
    db.session.expire_all()
    before = written()
    for answer in (reader.get(page), reader.post(page, token)):
        assert answer.headers["Location"] == f"/account/confirm?next={page}"
    assert written() == before
    reader.follow(reader.get(page))
    shown = {"code": code_at(secret, LATER), "next": page}
    assert reader.follow(reader.post("/account/confirm", shown)).status_code == 200


@pytest.mark.parametrize(("path", "stands_on"), BUTTONS.items())
def test_a_button_asks_when_it_is_pressed_and_leads_back_to_where_it_stands(
    reader: Reader,
    administrator: User,
    someone: User,
    path: str,
    stands_on: str,
    clock: time_machine.Traveller,
) -> None:
    file = a_file(administrator)
    named = {"user": someone.id, "file": file}
    token = {"csrf_token": reader.token()}
    set_up(administrator)
    clock.move_to(LATER)
    db.session.expire_all()
    before = written()
    answer = reader.post(path.format(**named), {**token, "role": "administrator"})
    page = stands_on.format(**named)
    assert answer.headers["Location"] == f"/account/confirm?next={page}"
    assert written() == before
    reader.follow(answer)
    assert "What you sent was not taken" in reader.words()


def test_nobody_is_made_an_administrator_by_whoever_took_over_a_browser(
    reader: Reader, administrator: User, clock: time_machine.Traveller
) -> None:
    set_up(administrator)
    clock.move_to(LATER)
    db.session.expire_all()
    form = {"name": "X", "email": "x@example.org", "role": "administrator"}
    assert reader.post("/people/new", form).headers["Location"].startswith("/account/confirm")
    assert users.user_with_email("x@example.org") is None


def test_a_person_is_read_about_without_being_asked(
    reader: Reader, administrator: User, someone: User, clock: time_machine.Traveller
) -> None:
    set_up(administrator)
    clock.move_to(LATER)
    db.session.expire_all()
    assert reader.get(f"/people/{someone.id}").status_code == 200
    assert reader.get("/people").status_code == 200


def test_a_file_is_tried_without_being_asked(
    reader: Reader, administrator: User, clock: time_machine.Traveller
) -> None:
    reader.get("/people/files")
    token = reader.value("csrf_token")
    set_up(administrator)
    clock.move_to(LATER)
    db.session.expire_all()
    sent = {"file": (BytesIO(b"name,group\n"), "f.csv"), "csrf_token": token}
    answer = reader.post("/people/files", sent, content_type="multipart/form-data")
    assert answer.headers["Location"].startswith("/people/files/")


def test_whoever_has_no_second_step_is_not_asked(
    reader: Reader, someone: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(LATER)
    db.session.expire_all()
    assert reader.get("/people/new").status_code == 200
    token = {"csrf_token": reader.value("csrf_token")}
    assert reader.post(f"/people/{someone.id}/link", token).headers["Location"] == (
        f"/people/{someone.id}"
    )
