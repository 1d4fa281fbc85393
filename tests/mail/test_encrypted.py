"""Mail by an encrypted exchange, with a certificate that is checked and a password."""

import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from flask import Flask

from committee.mail.sending import Delayed, compose, deliver
from committee.mail.server import MailServer
from tests.mail.server import ServerForTests, free_port

SENDER = "Quorate <quorate@example.org>"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine with its key, in one file, made by OpenSSL."""
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "both.pem"
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    words += ["-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", "key.pem"]
    words += ["-addext", "subjectAltName=IP:127.0.0.1", "-out", "cert.pem"]
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
    made.write_bytes((folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return made


def sign_in(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: LoginPassword
) -> AuthResult:
    """Let in whoever knows the password."""
    return AuthResult(success=login == LoginPassword(b"quorate", b"right/one"), handled=False)


@pytest.fixture
def guarded(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerForTests]:
    """A server that speaks to nobody before STARTTLS and a password, and whom we trust."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server = ServerForTests(free_port())
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        server_hostname="localhost",
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=sign_in,
    )
    controller.start()
    yield server
    controller.stop()


RIGHT, WRONG = "right%2Fone", "right%2Ftwo"


def at(server: ServerForTests, password: str) -> MailServer:
    return MailServer.from_url(f"smtp://quorate:{password}@127.0.0.1:{server.port}?tls=start")


def test_mail_goes_encrypted_and_signed_in(guarded: ServerForTests, app: Flask, a_mail) -> None:
    mail = a_mail()
    deliver(compose(mail, SENDER), at(guarded, RIGHT), sender=SENDER, to=mail.to_address)
    assert [message["Subject"] for message in guarded.messages] == [mail.subject]


def test_a_wrong_password_makes_mail_late_and_fails_none(
    guarded: ServerForTests, app: Flask, a_mail
) -> None:
    mail = a_mail()
    with pytest.raises(Delayed, match=r"did not let us in: 535"):
        deliver(compose(mail, SENDER), at(guarded, WRONG), sender=SENDER, to=mail.to_address)
    assert guarded.messages == []


def test_nothing_is_told_to_a_server_whose_certificate_nobody_vouches_for(
    guarded: ServerForTests, app: Flask, a_mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    mail = a_mail()
    with pytest.raises(Delayed, match=r"could not be reached: .*certificate"):
        deliver(compose(mail, SENDER), at(guarded, RIGHT), sender=SENDER, to=mail.to_address)
    assert guarded.messages == []


def test_no_mail_goes_in_the_open_where_encryption_was_asked_for(
    mail_server: ServerForTests, a_mail
) -> None:
    mail = a_mail()
    with pytest.raises(Delayed, match="STARTTLS"):
        deliver(compose(mail, SENDER), at(mail_server, RIGHT), sender=SENDER, to=mail.to_address)
    assert mail_server.messages == []
