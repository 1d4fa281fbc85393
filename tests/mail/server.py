"""A real mail server for tests. Elsewhere: `from tests.mail.server import mail_server` in a
`conftest.py`, and `mail_server` as an argument."""

import socket
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

Watcher = Callable[[Envelope], None]


@dataclass
class ServerForTests:
    """Takes mail on this machine. `answers` are given in turn, at MAIL, RCPT or DATA by the word
    before the code as in "RCPT 550 No such user"; after them everything is taken."""

    port: int
    answers: deque[str] = field(default_factory=deque)
    envelopes: list[Envelope] = field(default_factory=list)
    watcher: Watcher | None = None

    @property
    def url(self) -> str:
        """The address, as SMTP_URL writes it."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, in order."""
        return [
            message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[misc]
            for envelope in self.envelopes
        ]

    def _answer(self, at: str) -> str | None:
        if self.answers and self.answers[0].startswith(f"{at} "):
            return self.answers.popleft().removeprefix(f"{at} ")
        return None

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer MAIL FROM."""
        if refusal := self._answer("MAIL"):
            return refusal
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list
    ) -> str:
        """Answer RCPT TO."""
        if refusal := self._answer("RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse the message."""
        if self.watcher:
            self.watcher(envelope)
        if refusal := self._answer("DATA"):
            return refusal
        self.envelopes.append(envelope)
        return "250 Taken"


def free_port() -> int:
    """A port of this machine on which nobody listens just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def listening(*, beyond_ascii: bool = True) -> Iterator[ServerForTests]:
    """A mail server, which may or may not take addresses with letters beyond ASCII."""
    server = ServerForTests(free_port())
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=server.port,
        server_hostname="localhost",
        enable_SMTPUTF8=beyond_ascii,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture
def mail_server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerForTests]:
    """A mail server to which the application's mail goes."""
    with listening() as server:
        settings = replace(app.config["SETTINGS"], smtp_url=server.url)
        monkeypatch.setitem(app.config, "SETTINGS", settings)
        yield server
