"""The development catcher: a real server in a process of its own, and pages to read its mail."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from committee import create_app
from committee.embedded.catcher import Catcher
from committee.embedded.serve import mail_catcher
from committee.extensions import db, end_connections
from committee.mail.caught import message_with_number, newest
from committee.mail.sending import compose, deliver
from committee.mail.server import MailServer

ROOT = Path(__file__).resolve().parents[2]
SENDER = "Quorate <quorate@localhost>"


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages look for caught mail."""
    settings = replace(app.config["SETTINGS"], data_folder=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    return tmp_path / "mail"


@pytest.fixture
def running(folder: Path) -> Iterator[MailServer]:
    """The catcher as `./quorate run` starts it."""
    command, url = mail_catcher(folder)
    server = MailServer.from_url(url)
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        try:
            until = time.monotonic() + 30
            while not answers(server):
                assert time.monotonic() < until
                time.sleep(0.05)
            yield server
        finally:
            process.terminate()
        assert process.wait(10) == 0


def answers(server: MailServer) -> bool:
    try:
        socket.create_connection((server.host, server.port), timeout=1).close()
    except OSError:
        return False
    return True


def test_mail_is_kept_and_can_be_read_in_a_browser(
    running: MailServer, client: FlaskClient, a_mail
) -> None:
    first = a_mail(to="zo@example.org", subject="Ŵythnos – <b>£5</b>", text="http://x.example/a\n")
    second = a_mail(subject="The newer one")
    for mail in (first, second):
        deliver(compose(mail, SENDER), running, sender=SENDER, to=mail.to_address)
    db.session.commit()
    page = client.get("/mail").get_data(as_text=True)
    assert "For development only" in page
    assert page.index("The newer one") < page.index("Ŵythnos – &lt;b&gt;£5&lt;/b&gt;")
    assert "zo@example.org" in page
    answer = client.get("/mail/1")
    said = answer.get_data(as_text=True)
    assert 'href="http://x.example/a"' in said
    assert f"&lt;{first.message_id}@localhost&gt;" in said
    assert client.get("/mail/3").status_code == 404


def test_nothing_caught_yet_is_told(client: FlaskClient, folder: Path) -> None:
    assert "No mail has been caught yet" in client.get("/mail").get_data(as_text=True)


def test_only_the_newest_are_kept_and_numbers_run_on_after_a_restart(tmp_path: Path) -> None:
    catcher = Catcher(tmp_path, keeps=3)
    for number in range(5):
        catcher.keep(f"Subject: {number}\r\n\r\nText".encode(), to="a@example.org")
    assert [message.number for message in newest(tmp_path).messages] == [5, 4, 3]
    assert Catcher(tmp_path, keeps=3).keep(b"Subject: more\r\n\r\n", to="b@example.org") == 6
    assert message_with_number(tmp_path, 3) is None


def test_many_messages_are_paged(client: FlaskClient, folder: Path) -> None:
    catcher = Catcher(folder)
    for number in range(1, 53):
        catcher.keep(f"Subject: Number {number}\r\n\r\n".encode(), to="a@example.org")
    first = client.get("/mail").get_data(as_text=True)
    assert "52 messages" in first
    assert "Number 3<" in first
    assert "Number 2<" not in first
    assert "Older" in first
    second = client.get("/mail?page=2").get_data(as_text=True)
    assert "Number 2<" in second
    assert "Number 3<" not in second


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no headers at all",
        b"Subject: =?utf-9?q?x?=\r\nContent-Type: text/plain; charset=none\r\n\r\n\xff\xfe",
        b"Content-Type: text/html\r\n\r\n<p>Only this</p>",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b"Subject: \xff\xfe\r\n\r\n\xff",
    ],
)
def test_a_message_by_another_program_does_no_harm(
    client: FlaskClient, folder: Path, content: bytes
) -> None:
    Catcher(folder).keep(content, to="zoë@example.org")
    assert client.get("/mail").status_code == 200
    answer = client.get("/mail/1")
    assert answer.status_code == 200
    assert "zoë@example.org" in answer.get_data(as_text=True)


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", ""])
def test_no_other_machine_may_read_it(client: FlaskClient, folder: Path, address: str) -> None:
    Catcher(folder).keep(b"Subject: Way in\r\n\r\n", to="a@example.org")
    for path in ("/mail", "/mail/1"):
        answer = client.get(path, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == 404
        assert "Way in" not in answer.get_data(as_text=True)


def test_production_has_no_such_pages(app: Flask) -> None:
    production = create_app(replace(app.config["SETTINGS"], environment="production"))
    assert not [r for r in production.url_map.iter_rules() if r.rule.startswith("/mail")]
    assert production.test_client().get("/mail").status_code == 404
    with production.app_context():
        end_connections()
