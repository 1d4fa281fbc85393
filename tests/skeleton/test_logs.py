"""Logs that machines can read, in which a request can be followed wherever its work is done."""

import logging
from collections.abc import Callable
from dataclasses import replace

import pytest
import structlog
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from committee import logs
from committee.people import sessions
from tests.skeleton.conftest import Lines, kept_logs, ours

SOUND = "3f6c1d2e00004000800abcdefabcdef0"


def requests(lines: list[dict]) -> list[dict]:
    return [line for line in lines if line["event"] == "request"]


def test_each_request_writes_one_line_of_json(client: FlaskClient, json_lines: Lines) -> None:
    client.get("/committees?search=private+words")
    (line,) = requests(json_lines())
    assert (line["method"], line["path"], line["status"]) == ("GET", "/committees", 200)
    assert line["level"] == "info"
    assert isinstance(line["milliseconds"], int)
    assert line["timestamp"].endswith("Z")
    assert "private" not in str(line)


def test_an_answer_that_is_an_error_is_logged_too(client: FlaskClient, json_lines: Lines) -> None:
    client.get("/no-such-page")
    assert [line["status"] for line in requests(json_lines())] == [404]


@pytest.fixture
def behind_a_proxy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web server in front gives each request its id."""
    trusting = replace(app.config["SETTINGS"], proxy_request_ids=True)
    monkeypatch.setitem(app.config, "SETTINGS", trusting)


def test_an_id_that_nobody_is_trusted_to_give_is_not_taken(
    client: FlaskClient, json_lines: Lines
) -> None:
    answer = client.get("/committees", headers={"X-Request-ID": SOUND})
    given = answer.headers["X-Request-ID"]
    assert given != SOUND
    assert [line["request_id"] for line in requests(json_lines())] == [given]


def test_what_is_refused_at_the_door_has_its_id_and_its_line(
    client: FlaskClient, json_lines: Lines
) -> None:
    answers = [
        client.get("/?" + "a" * 5000),
        client.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"}),
    ]
    assert [answer.status_code for answer in answers] == [400, 403]
    lines = requests(json_lines())
    assert [line["status"] for line in lines] == [400, 403]
    ids = [answer.headers["X-Request-ID"] for answer in answers]
    assert [line["request_id"] for line in lines] == ids
    assert ids[0] != ids[1]


def test_what_fails_while_a_session_is_read_has_its_id_and_its_line(
    client: FlaskClient, json_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away: the error is not told under the number of the request before."""

    def away(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(sessions, "open_session", away)
    before = client.get("/committees").headers["X-Request-ID"]
    with client.session_transaction() as session:
        session["_user_id"] = "a token"
    g.pop("_login_user")  # who the request before was by, in the context that outlives it here
    answer = client.get("/committees")
    assert answer.status_code == 503
    lines = [line for line in json_lines() if line["request_id"] != before]
    assert {line["request_id"] for line in lines} == {answer.headers["X-Request-ID"]}
    assert [line["status"] for line in requests(lines)] == [503]
    assert before not in answer.text


@pytest.mark.usefixtures("behind_a_proxy")
def test_a_sound_id_from_the_proxy_is_taken_and_sent_back(
    client: FlaskClient, json_lines: Lines
) -> None:
    answer = client.get("/committees", headers={"X-Request-ID": SOUND})
    assert answer.headers["X-Request-ID"] == SOUND
    assert [line["request_id"] for line in requests(json_lines())] == [SOUND]


@pytest.mark.usefixtures("behind_a_proxy")
@pytest.mark.parametrize(
    "hostile",
    [
        "short",
        "a" * 33,
        "A" * 32,
        "a" * 65,
        "3f6c1d2e-0000-4000-8000-abcdefabcdef",
        'abcdefgh", "level": "critical',
        "abcdefgh ijkl",
        "<script>alert(1)</script>",
        "abcdefgh\tijkl",
        "../../etc/passwd",
        "ａｂｃｄｅｆｇｈ",
        "%0aabcdefgh",
    ],
)
def test_a_hostile_id_is_not_taken(client: FlaskClient, json_lines: Lines, hostile: str) -> None:
    answer = client.get("/committees", headers={"X-Request-ID": hostile})
    given = answer.headers["X-Request-ID"]
    assert given != hostile
    assert len(given) == 32
    assert [line["request_id"] for line in requests(json_lines())] == [given]


def test_no_two_requests_share_an_id(client: FlaskClient) -> None:
    ids = {client.get("/committees").headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.usefixtures("behind_a_proxy")
def test_everything_that_a_request_causes_carries_its_id(
    app: Flask, client: FlaskClient, json_lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    def view() -> str:
        structlog.get_logger("of a slice").warning("paper_odd", pages=3)
        logging.getLogger("of.a.library").warning("said %s", "something")
        return "shown"

    monkeypatch.setitem(app.view_functions, "public.committees", view)
    client.get("/committees", headers={"X-Request-ID": SOUND})
    lines = {line["event"]: line for line in json_lines()}
    assert set(lines) == {"paper_odd", "said something", "request"}
    assert {line["request_id"] for line in lines.values()} == {SOUND}
    assert lines["paper_odd"]["pages"] == 3


def test_a_line_break_in_an_address_writes_no_second_line(
    client: FlaskClient, json_lines: Lines
) -> None:
    client.get("/x%0a%7B%22event%22:%22forged%22%7D")
    lines = json_lines()
    assert [line["event"] for line in lines] == ["request"]
    assert lines[0]["path"].startswith("/x\n")


def test_a_line_break_in_an_address_writes_no_second_line_for_people(
    client: FlaskClient, text_lines: Callable[[], list[str]]
) -> None:
    client.get("/x%0aforged")
    lines = text_lines()
    assert len(lines) == 1
    assert "request" in lines[0]


def test_a_fault_is_logged_with_its_traceback(json_lines: Lines) -> None:
    try:
        raise ValueError("of no use")
    except ValueError:
        structlog.get_logger().exception("work_failed")
    (line,) = json_lines()
    assert line["level"] == "error"
    assert "ValueError: of no use" in line["exception"]


def test_setting_the_logs_up_again_writes_no_line_twice() -> None:
    with kept_logs():
        for log_format in ("json", "text", "json"):
            logs.set_up(log_format)
            assert len(ours(logging.getLogger())) == 1


def test_a_traceback_for_people_shows_no_values(text_lines: Callable[[], list[str]]) -> None:
    """Local variables hold what people typed, and passwords."""
    typed = "open-sesame-1234"

    def sign_in(password: str) -> None:
        raise ValueError("not the right one")

    try:
        sign_in(typed)
    except ValueError:
        structlog.get_logger().exception("sign_in_failed")
    written = "\n".join(text_lines())
    assert "ValueError: not the right one" in written
    assert "in sign_in" in written
    assert typed not in written
