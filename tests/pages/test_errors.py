"""When something goes wrong, the page says what to do and what was typed is not lost."""

from collections.abc import Iterator

import pytest
from flask import Flask, abort, g
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from committee import create_app
from committee.extensions import db, end_connections
from committee.people.permissions import public
from config import Settings
from tests.pages.audit import faults
from tests.pages.conftest import Furnished
from tests.pages.reader import Reader

TYPED = "A title that took an hour to find"
SECRETS = {
    "password": "hunter2",
    "old_password": "before-it",
    "new_password": "after-it",
    "csrf_token": "t0ken",
    "code": "314159",
    "credential": "signed-by-a-key",
}


@pytest.fixture
def broken_app(app: Flask, settings: Settings) -> Iterator[Flask]:
    """The application with addresses that fail as asked."""
    broken = create_app(settings)
    broken.config.update(HURRY_WORK=False, RATELIMIT_ENABLED=False, WTF_CSRF_ENABLED=False)

    @public
    def fail(status: int) -> str:
        abort(status)

    @public
    def crash() -> str:
        raise RuntimeError("a fault of ours with secret-of-the-house in it")

    @public
    def no_database() -> str:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    @public
    def lost_race() -> str:
        raise StaleDataError

    @public
    def too_great() -> str:
        raise DataError("SELECT 1", {}, Exception("integer out of range"))

    both = ["GET", "POST"]
    broken.add_url_rule("/too-great", "too_great", too_great, methods=both)
    broken.add_url_rule("/lost-race", "lost_race", lost_race, methods=both)
    broken.add_url_rule("/fail/<int:status>", "fail", fail, methods=both)
    broken.add_url_rule("/crash", "crash", crash, methods=both)
    broken.add_url_rule("/no-database", "no_database", no_database, methods=both)
    with broken.app_context():
        yield broken
        db.session.remove()
        end_connections()


STATUSES = [400, 401, 403, 404, 409, 413, 429, 500, 503]


@pytest.mark.parametrize("status", STATUSES)
def test_each_error_has_a_sound_page(broken_app: Flask, status: int) -> None:
    reader = Reader(broken_app)
    assert reader.get(f"/fail/{status}").status_code == status
    assert "Quorate" in reader.words()


@pytest.mark.parametrize("status", STATUSES)
def test_a_script_is_told_in_json(broken_app: Flask, status: int) -> None:
    answer = Reader(broken_app).get(f"/fail/{status}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert set(answer.json["error"]) == {"code", "message"}
    assert answer.json["error"]["message"].endswith(".")


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_what_was_typed_is_shown_again_but_no_secret(broken_app: Flask, status: int) -> None:
    reader = Reader(broken_app)
    reader.post(
        f"/fail/{status}",
        {"title": TYPED, "postcode": "XX1 1XX", "version": "7331", **SECRETS},
    )
    assert "What you typed, so that you can copy it" in reader.words()
    assert TYPED in reader.words()
    assert "XX1 1XX" in reader.words()
    for secret in ("7331", *SECRETS.values()):
        assert secret not in str(reader.page)


def test_a_form_that_was_too_large_is_not_read_again(officer: Reader, furnished: Furnished) -> None:
    address = f"/meetings/{furnished.meeting.id}/agenda/items"
    assert officer.post(address, {"title": "x" * 3_000_000}).status_code == 413
    assert "too large" in officer.words()


def test_a_crash_says_nothing_of_its_cause(broken_app: Flask) -> None:
    broken_app.config["PROPAGATE_EXCEPTIONS"] = False
    reader = Reader(broken_app)
    assert reader.get("/crash").status_code == 500
    assert "secret-of-the-house" not in str(reader.page)
    assert reader.page.select_one("main strong") is not None  # the reference for the log


def test_errors_are_shown_without_the_database(
    broken_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_council() -> None:
        raise OperationalError("SELECT", {}, Exception("connection refused"))

    monkeypatch.setitem(broken_app.jinja_env.globals, "the_council", no_council)
    broken_app.config["PROPAGATE_EXCEPTIONS"] = False
    client = broken_app.test_client()
    for address, status in [("/no-database", 503), ("/crash", 500), ("/nothing", 404), ("/", 503)]:
        g.pop("council", None)
        answer = client.get(address)
        assert answer.status_code == status, address
        assert faults(answer.text) == []


def test_when_the_database_is_away_people_are_told_when_to_try_again(broken_app: Flask) -> None:
    assert Reader(broken_app).get("/no-database").headers["Retry-After"] == "30"


def test_a_change_that_lost_a_race_is_not_lost(broken_app: Flask) -> None:
    reader = Reader(broken_app)
    assert reader.post("/lost-race", {"title": TYPED, "csrf_token": "t"}).status_code == 409
    assert TYPED in reader.words()


def test_a_value_that_the_database_cannot_hold_is_no_fault_of_ours(broken_app: Flask) -> None:
    reader = Reader(broken_app)
    assert reader.post("/too-great", {"title": TYPED}).status_code == 400
    assert TYPED in reader.words()


def test_an_address_used_in_the_wrong_way_names_the_right_one(visitor: Reader) -> None:
    answer = visitor.get("/sign-out")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_form_without_its_token_can_be_sent_again(officer: Reader, furnished: Furnished) -> None:
    address = f"/meetings/{furnished.meeting.id}/agenda/items"
    form = {"kind": "report", "title": TYPED, "csrf_token": "stale"}
    answer = officer.post(address, form, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 400
    offered = officer.page.select_one("main form")
    assert offered["action"] == address
    fields = {each["name"]: each["value"] for each in offered.select("input")}
    officer.follow(officer.post(address, fields))
    assert TYPED in officer.words()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({}, 400),
    ],
)
def test_a_form_from_another_site_is_not_offered_again(
    officer: Reader, furnished: Furnished, headers: dict[str, str], status: int
) -> None:
    address = f"/meetings/{furnished.meeting.id}/agenda/items"
    answer = officer.post(address, {"title": TYPED, "csrf_token": "forged"}, headers=headers)
    assert answer.status_code == status
    assert officer.page.select_one("main form") is None
    assert TYPED in officer.words()


def test_someone_whose_session_has_ended_keeps_what_they_typed(
    visitor: Reader, furnished: Furnished
) -> None:
    address = f"/agenda-items/{furnished.open_item.id}/edit"
    answer = visitor.post(address, {"title": TYPED})
    assert answer.status_code == 401
    assert TYPED in visitor.words()


def test_a_stranger_cannot_send_large_files(visitor: Reader, furnished: Furnished) -> None:
    head = b'--edge\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    answer = visitor.client.post(
        f"/agenda-items/{furnished.open_item.id}/papers",
        data=head + b"x" * 3_000_000 + b"\r\n--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )
    assert answer.status_code == 413
