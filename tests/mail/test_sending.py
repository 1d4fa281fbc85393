"""Mail by a real exchange with a real mail server."""

import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from email.header import decode_header, make_header
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from committee.clock import now
from committee.extensions import db
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.mail.sending import Delayed, compose, deliver
from committee.mail.server import MailServer
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from config import Settings
from tasks.perform import perform_now
from tasks.schedule import set_aside_worn_out
from tests.mail.server import ServerForTests, free_port, listening

ROOT = Path(__file__).resolve().parents[2]


def piece_of(mail: Mail) -> Work:
    owed = select(Work).where(Work.kind == WorkKind.SEND_MAIL, Work.subject_id == mail.id)
    return db.session.scalars(owed).one()


def send(mail: Mail) -> Work:
    """Let a worker try it once, now, however long it was to pause."""
    piece = piece_of(mail)
    piece.due_at = now() - timedelta(seconds=1)
    db.session.commit()
    assert perform_now(piece.id)
    db.session.expire_all()
    return piece


def test_a_mail_is_delivered_and_then_noted_as_sent(mail_server: ServerForTests, a_mail) -> None:
    mail = a_mail()
    assert send(mail).status is WorkStatus.DONE
    assert mail.status is MailStatus.SENT
    assert mail.sent_at is not None
    (envelope,) = mail_server.envelopes
    (message,) = mail_server.messages
    assert (envelope.mail_from, envelope.rcpt_tos) == ("quorate@localhost", [mail.to_address])
    assert message["To"] == mail.to_address
    assert message["Subject"] == mail.subject
    assert message["Message-ID"] == f"<{mail.message_id}@localhost>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().splitlines() == mail.text.splitlines()


def test_a_server_that_asks_to_try_later_gets_the_mail_later(
    mail_server: ServerForTests, a_mail
) -> None:
    mail_server.answers.extend(
        ["DATA 451 Greylisted, come back", "RCPT 450 Mailbox busy", "MAIL 421 Closing"]
    )
    mail = a_mail()
    for told in ("451 Greylisted, come back", "450 Mailbox busy", "421 Closing"):
        piece = send(mail)
        assert (piece.status, mail.status) == (WorkStatus.DUE, MailStatus.DUE)
        assert told in (mail.last_error or "")
        assert mail_server.envelopes == []
    assert piece.due_at > now()
    assert send(mail).status is WorkStatus.DONE
    assert (mail.status, mail.last_error) == (MailStatus.SENT, None)
    assert len(mail_server.envelopes) == 1


@pytest.mark.parametrize(
    "answer", ["RCPT 550 No such user", "DATA 554 Not wanted", "MAIL 552 Too large"]
)
def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    mail_server: ServerForTests, a_mail, answer: str
) -> None:
    mail_server.answers.append(answer)
    mail = a_mail()
    assert send(mail).status is WorkStatus.DONE
    assert mail.status is MailStatus.FAILED
    assert mail.last_error == (
        f"The mail server refused the mail to {mail.to_address}: {answer.split(' ', 1)[1]}"
    )
    assert mail_server.envelopes == []


def test_a_server_that_is_down_makes_mail_late_and_loses_none(
    mail_server: ServerForTests, a_mail, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = a_mail()
    up: Settings = app.config["SETTINGS"]
    away = {"smtp_url": f"smtp://127.0.0.1:{free_port()}"}
    monkeypatch.setitem(app.config, "SETTINGS", Settings(**(vars(up) | away)))
    for _ in range(7):  # more often than any other work may raise an error
        assert send(mail).status is WorkStatus.DUE
    assert "could not be reached" in (mail.last_error or "")
    monkeypatch.setitem(app.config, "SETTINGS", up)
    assert send(mail).status is WorkStatus.DONE
    assert len(mail_server.envelopes) == 1


def test_without_a_mail_server_mail_waits_and_says_why(app: Flask, a_mail) -> None:
    mail = a_mail()
    assert send(mail).status is WorkStatus.DUE
    assert mail.status is MailStatus.DUE
    assert "SMTP_URL is not set" in (mail.last_error or "")


@pytest.mark.parametrize("said", [b"", b"220 Ready\r\n", b"554 Go away\r\n"])
def test_a_server_that_hangs_up_makes_mail_late(app: Flask, a_mail, said: bytes) -> None:
    message = compose(a_mail(), "Quorate <quorate@example.org>")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = MailServer("127.0.0.1", listening.getsockname()[1])
        answering = threading.Thread(target=hang_up, args=(listening, said))
        answering.start()
        with pytest.raises(Delayed, match="mail server"):
            deliver(message, server, sender="q@example.org", to="a@example.org")
        answering.join()


def hang_up(listening: socket.socket, said: bytes) -> None:
    with listening.accept()[0] as caller:
        caller.sendall(said)


def test_mail_that_can_never_leave_is_set_aside_in_words(
    mail_server: ServerForTests, a_mail
) -> None:
    mail_server.answers.extend(["DATA 451 Later"] * 2)
    mail = a_mail()
    piece = piece_of(mail)
    piece.errors = LIMITS[WorkKind.SEND_MAIL].errors - 1
    assert send(mail).status is WorkStatus.QUARANTINED
    assert mail.status is MailStatus.FAILED
    assert "for many hours" in (mail.last_error or "")
    assert "451 Later" in (mail.last_error or "")


def test_no_connection_to_the_database_is_held_while_the_mail_server_is_spoken_to(
    mail_server: ServerForTests, a_mail, app: Flask
) -> None:
    held: list[int] = []
    engine = db.engine
    mail_server.watcher = lambda _envelope: held.append(engine.pool.checkedout())  # type: ignore[attr-defined]
    send(a_mail())
    assert held == [0]


DIE_AFTER_250 = """
import os, signal, sys
from committee import create_app
from committee.mail import service
service.record_sent = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
app = create_app()
with app.app_context():
    from tasks.perform import perform_now
    perform_now(int(sys.argv[1]))
"""


def test_a_worker_killed_after_the_250_has_the_mail_sent_again_as_the_same_mail(
    mail_server: ServerForTests, a_mail, app: Flask
) -> None:
    mail = a_mail()
    piece = piece_of(mail)
    settings: Settings = app.config["SETTINGS"]
    environment = os.environ | {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "QUORATE_DATA": str(settings.data_folder),
        "SMTP_URL": settings.smtp_url,
        "PYTHONPATH": str(ROOT),
    }
    db.session.commit()
    killed = subprocess.run(
        [sys.executable, "-c", DIE_AFTER_250, str(piece.id)], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    db.session.expire_all()
    assert (piece.status, mail.status) == (WorkStatus.LEASED, MailStatus.DUE)
    piece.lease_until = now() - timedelta(seconds=1)
    db.session.commit()
    assert [found.id for found in work.to_hint()] == [piece.id]
    assert perform_now(piece.id)
    db.session.expire_all()
    assert (piece.status, mail.status) == (WorkStatus.DONE, MailStatus.SENT)
    first, second = mail_server.envelopes
    assert first.content == second.content
    assert len({message["Message-ID"] for message in mail_server.messages}) == 1
    assert not perform_now(piece.id)


def test_a_mail_whose_workers_all_died_is_told_of(app: Flask, a_mail) -> None:
    mail = a_mail()
    piece = piece_of(mail)
    piece.attempts = LIMITS[WorkKind.SEND_MAIL].attempts - 1
    db.session.commit()
    work.claim(piece.id, lease_seconds=-1)
    db.session.commit()
    set_aside_worn_out()
    db.session.expire_all()
    assert (piece.status, mail.status) == (WorkStatus.QUARANTINED, MailStatus.FAILED)


def test_names_in_every_script_and_long_lines_arrive_whole(
    mail_server: ServerForTests, a_mail, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = {"mail_from": "Gwasanaethau Democrataidd Tŷ’r Gornel <pwyllgor@example.org>"}
    settings = Settings(**(vars(app.config["SETTINGS"]) | sender))
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    subject = "Penderfyniad Cllr Siân Ŵyn-Žukauskaitė: 東京 – £5\u00a0m " + "ä" * 100
    text = "x" * 5000 + "\nZoë\n.\n.leading dot\nFrom here\n" + "é" * 2000 + "\n"
    mail = a_mail(subject=subject, text=text, html=f"<p>{'ü' * 3000}</p>")
    send(mail)
    assert mail.status is MailStatus.SENT
    (envelope,), (message,) = mail_server.envelopes, mail_server.messages
    content = envelope.content
    assert isinstance(content, bytes)
    assert content.isascii()
    assert max(len(line) for line in content.splitlines()) <= 998
    assert message["Subject"] == subject
    assert message["From"].addresses[0].display_name == "Gwasanaethau Democrataidd Tŷ’r Gornel"
    assert str(make_header(decode_header(str(message["To"])))) == mail.to_address
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == text.splitlines()
    assert "ü" * 3000 in html.get_content()
    assert message["Message-ID"] == f"<{mail.message_id}@example.org>"


def test_an_address_beyond_ascii_is_written_to_as_it_is(
    mail_server: ServerForTests, a_mail
) -> None:
    mail = a_mail(to="zoë@example.org", subject="Für Zoë")
    send(mail)
    assert mail.status is MailStatus.SENT
    assert mail_server.envelopes[0].rcpt_tos == ["zoë@example.org"]
    assert mail_server.messages[0]["Subject"] == "Für Zoë"


def test_an_address_that_the_server_cannot_write_fails_in_words(
    app: Flask, a_mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = a_mail(to="zoë@example.org")
    with listening(beyond_ascii=False) as server:
        settings = Settings(**(vars(app.config["SETTINGS"]) | {"smtp_url": server.url}))
        monkeypatch.setitem(app.config, "SETTINGS", settings)
        assert send(mail).status is WorkStatus.DONE
    assert mail.status is MailStatus.FAILED
    assert mail.last_error == "The mail server cannot write to the address zoë@example.org."
    assert server.envelopes == []
