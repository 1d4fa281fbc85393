"""The settings of mail: what is written is understood, or refused in words without the password."""

from pathlib import Path

import pytest

from committee.mail.server import MailServer
from config import Settings, SettingsError

ENOUGH = {
    "DATABASE_URL": "postgresql://quorate@/quorate",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "SECRET_KEY": "0123456789abcdef" * 3,
}
LOGINS = {
    "APPLICATION_DATABASE_URL": "postgresql://quorate_app@/quorate",
    "PUBLIC_DATABASE_URL": "postgresql://quorate_public@/quorate",
}
MAIL = {
    "SMTP_URL": "smtp://mail.example.org",
    "MAIL_FROM": "Democratic Services <committees@example.org>",
    "PUBLIC_URL": "https://meetings.example.org/",
}


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525)),
        ("smtp://mail.example.org", MailServer("mail.example.org", 25)),
        (
            "smtp://us%40er:p%2Fw@mail.example.org?tls=start",
            MailServer("mail.example.org", 587, "start", "us@er", "p/w"),
        ),
        (
            "smtps://user:secret@mail.example.org",
            MailServer("mail.example.org", 465, "whole", "user", "secret"),
        ),
        ("smtp://user:pw@localhost:25", MailServer("localhost", 25, "none", "user", "pw")),
    ],
)
def test_the_usual_forms_of_a_mail_servers_address_serve(url: str, server: MailServer) -> None:
    assert MailServer.from_url(url) == server
    assert "secret" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://user:hunter2@mail.example.org:99999?tls=start",
        "smtp://user:hunter2@mail.example.org:port?tls=start",
        "smtp://user:hunter2@mail.example.org?tls=yes",
        "smtp://user:hunter2@mail.example.org",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingsError, match=r"SMTP_URL must") as refusal:
        Settings.from_environment(ENOUGH | {"SMTP_URL": url})
    assert "hunter2" not in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("PUBLIC_URL", "meetings.example.org"),
        ("PUBLIC_URL", "https://example.org/?a=b"),
        ("PUBLIC_URL", "javascript://example.org"),
    ],
)
def test_a_sender_or_public_address_that_is_none_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be like"):
        Settings.from_environment(ENOUGH | {name: value})


@pytest.mark.parametrize("missing", sorted(MAIL))
def test_production_needs_to_be_told_of_mail(missing: str) -> None:
    production = ENOUGH | {"QUORATE_ENVIRONMENT": "production"} | LOGINS | MAIL
    assert Settings.from_environment(production).public_url == "https://meetings.example.org"
    del production[missing]
    with pytest.raises(SettingsError, match=f"{missing} must be set in production"):
        Settings.from_environment(production)


def test_nothing_needs_to_be_set_for_a_first_look(tmp_path: Path) -> None:
    settings = Settings.from_environment(ENOUGH | {"QUORATE_DATA": str(tmp_path)})
    assert settings.mail_server is None
    assert settings.public_url == "http://127.0.0.1:5050"


def test_the_password_is_not_shown() -> None:
    written = {"SMTP_URL": "smtps://user:hunter2@mail.example.org"}
    assert "hunter2" not in repr(Settings.from_environment(ENOUGH | written))
