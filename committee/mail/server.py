"""Which mail server, as its address in the settings says. Plain values in and out."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PORTS = {"none": 25, "start": 587, "whole": 465}


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over. `tls` is `start` (STARTTLS), `whole` (from the first byte) or
    `none`; without a user nobody signs in."""

    host: str
    port: int
    tls: str = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def from_url(cls, url: str) -> "MailServer":
        """Read `smtp://host:25`, `smtp://user:password@host:587?tls=start` or `smtps://…`.

        Raises ValueError, which never shows the address: it may hold a password.
        """
        parts, tls = _parts(url)
        server = cls(
            host=parts.hostname or "",
            port=parts.port or PORTS[tls],
            tls=tls,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or "") if parts.username else None,
        )
        if server.user and tls == "none" and not server.is_local:
            raise ValueError("SMTP_URL must say ?tls=start: a password may not travel in the open.")
        return server

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, where nobody can listen on the way."""
        return self.host in ("127.0.0.1", "::1", "localhost")


def _parts(url: str) -> tuple[SplitResult, str]:
    try:
        parts = urlsplit(url)
        tls = parse_qs(parts.query).get("tls", ["none"])[0]
        sound = bool(parts.hostname) and parts.port != 0  # a port above 65535 raises ValueError
    except ValueError:
        sound = False
    if sound and parts.scheme == "smtps":
        return parts, "whole"
    if sound and parts.scheme == "smtp" and tls in ("none", "start"):
        return parts, tls
    raise ValueError(
        "SMTP_URL must be smtp://host:25, smtp://user:password@host:587?tls=start or "
        "smtps://user:password@host:465."
    )
