"""Settings, read once from the environment and typed, with safe defaults for development."""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from committee.database_roles import engines
from committee.mail.server import MailServer
from committee.people import provider_settings
from committee.people.provider_settings import ProviderSettings

ROOT = Path(__file__).resolve().parent
MEBIBYTE = 1024 * 1024


class SettingsError(Exception):
    """A setting is missing or unusable. The message says which one and what to write."""


@dataclass(frozen=True)
class Settings:
    """What differs from one installation to the next. Sizes in bytes, times in seconds."""

    database_url: str
    redis_url: str
    storage_url: str
    secret_key: str = field(repr=False)
    # How the application and the public sign in to the database that DATABASE_URL's owner owns;
    # where nothing is said, the owner signs in and takes their roles.
    application_database_url: str = field(default="", repr=False)
    public_database_url: str = field(default="", repr=False)
    environment: str = "development"
    data_folder: Path = ROOT / "var"
    constitution_file: Path = ROOT / "committee" / "constitution.toml"
    upload_bytes: int = 100 * MEBIBYTE
    request_bytes: int = 400 * MEBIBYTE
    lease_seconds: int = 20
    sweep_seconds: int = 5
    log_format: str = "text"
    secure_cookies: bool = False
    # Whether the web server in front gives each request its id, and takes away those of others.
    proxy_request_ids: bool = False
    s3_options: dict[str, str] = field(default_factory=dict, repr=False)
    # Nothing: mail waits until a server is named, as `./quorate run` does with its own catcher.
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "Quorate <quorate@localhost>"
    # What links in mail begin with; no slash at the end.
    public_url: str = "http://127.0.0.1:5050"
    # Signs what is noted of the audit outside the database; 64 hexadecimal digits, or made once.
    audit_key: str = field(default="", repr=False)
    # The file of what was noted; in the data folder unless it is set.
    audit_anchors: Path | None = None
    # The council's own sign-in by OpenID Connect; nothing where there is none.
    provider: ProviderSettings | None = None

    @classmethod
    def from_environment(
        cls, environ: "os._Environ[str] | dict[str, str]" = os.environ
    ) -> "Settings":
        """Read the settings.

        Raises SettingsError for a missing database or broker address, in production for a missing
        secret, mail server, sender or public address, and for what cannot be meant.
        """
        environment = _one_of(
            environ, "QUORATE_ENVIRONMENT", "development", ("development", "production", "test")
        )
        data_folder = Path(environ.get("QUORATE_DATA", str(ROOT / "var"))).resolve()
        production = environment == "production"
        if production and environ.get("QUORATE_MOVED_CLOCK"):
            raise SettingsError("QUORATE_MOVED_CLOCK is for rehearsals and must not be set here.")
        return cls(
            **_database_urls(environ, production=production),
            redis_url=_required(environ, "REDIS_URL"),
            storage_url=environ.get("STORAGE_URL") or (data_folder / "files").as_uri(),
            secret_key=_secret_key(environ, data_folder, production=production),
            environment=environment,
            data_folder=data_folder,
            constitution_file=Path(environ.get("CONSTITUTION_FILE", str(cls.constitution_file))),
            upload_bytes=_number(environ, "UPLOAD_BYTES", cls.upload_bytes),
            request_bytes=_number(environ, "REQUEST_BYTES", cls.request_bytes),
            lease_seconds=_number(environ, "LEASE_SECONDS", cls.lease_seconds),
            sweep_seconds=_number(environ, "SWEEP_SECONDS", cls.sweep_seconds),
            log_format=_one_of(
                environ, "LOG_FORMAT", "json" if production else "text", ("json", "text")
            ),
            secure_cookies=_yes(environ, "SECURE_COOKIES", production),
            proxy_request_ids=_yes(environ, "PROXY_REQUEST_IDS", False),
            s3_options={
                name.removeprefix("S3_").lower(): value
                for name, value in environ.items()
                if name.startswith("S3_") and value
            },
            smtp_url=_smtp_url(environ, production=production),
            mail_from=_sender(environ, cls.mail_from, production=production),
            public_url=_public_url(environ, cls.public_url, production=production),
            audit_key=_audit_key(environ),
            audit_anchors=Path(environ["AUDIT_ANCHORS"]) if environ.get("AUDIT_ANCHORS") else None,
            provider=_provider(environ),
        )

    def for_flask(self) -> dict[str, object]:
        """The same settings under the names that Flask and its extensions look for."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "MAX_CONTENT_LENGTH": self.request_bytes,
            "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
            "MAX_FORM_PARTS": 1000,
            # A browser keeps a name that begins so only for this very host, over https.
            "SESSION_COOKIE_NAME": "__Host-quorate" if self.secure_cookies else "quorate",
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "WTF_CSRF_TIME_LIMIT": None,
            **engines(self.database_url, self.application_database_url, self.public_database_url),
            "RATELIMIT_STORAGE_URI": _limiter_url(self.redis_url),
            "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
            "RATELIMIT_HEADERS_ENABLED": False,
        }

    @property
    def anchors_file(self) -> Path:
        """The file that is only added to, in which the end of the audit's chain is noted."""
        return self.audit_anchors or self.data_folder / "audit-anchors.jsonl"

    @property
    def audit_secret(self) -> str:
        """The secret of the anchors' signatures: as set, else made once and kept with the data."""
        if self.audit_key:
            return self.audit_key
        kept = self.data_folder / "audit-key"
        if not kept.exists():
            _make_once(kept, secrets.token_hex(32))
        return kept.read_text()

    @property
    def mail_server(self) -> MailServer | None:
        """The mail server that SMTP_URL names, or nothing where it is not set."""
        return MailServer.from_url(self.smtp_url) if self.smtp_url else None

    @property
    def celery_broker_url(self) -> str:
        """The broker's address as Celery writes it: a socket is `redis+socket://`, not `unix://`."""
        if self.redis_url.startswith("unix://"):
            path = self.redis_url.removeprefix("unix://")
            return "redis+socket://" + path.replace("?db=", "?virtual_host=")
        return self.redis_url


def _required(environ: "os._Environ[str] | dict[str, str]", name: str) -> str:
    value = environ.get(name)
    if not value:
        raise SettingsError(
            f"{name} is not set. Start through ./quorate, which brings its own servers, or set it."
        )
    return value


def _database_urls(
    environ: "os._Environ[str] | dict[str, str]", *, production: bool
) -> dict[str, str]:
    """The addresses of the three logins. In production the two of every day have their own, and
    the owner's may be missing: only migrations need it."""
    others = {
        name.lower(): _database_url(_needed(environ, name, "", production=production))
        for name in ("APPLICATION_DATABASE_URL", "PUBLIC_DATABASE_URL")
    }
    if all(others.values()):
        return {"database_url": _database_url(environ.get("DATABASE_URL") or ""), **others}
    return {"database_url": _database_url(_required(environ, "DATABASE_URL")), **others}


def _database_url(url: str) -> str:
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _limiter_url(url: str) -> str:
    return "redis+unix://" + url.removeprefix("unix://") if url.startswith("unix://") else url


def _one_of(
    environ: "os._Environ[str] | dict[str, str]", name: str, default: str, words: tuple[str, ...]
) -> str:
    """One of the words. A slip such as `prod` must not quietly mean something less safe."""
    written = environ.get(name) or default
    if written not in words:
        raise SettingsError(f"{name} must be {' or '.join(words)}, not {written!r}.")
    return written


def _yes(environ: "os._Environ[str] | dict[str, str]", name: str, default: bool) -> bool:
    return _one_of(environ, name, "yes" if default else "no", ("yes", "no")) == "yes"


def _number(environ: "os._Environ[str] | dict[str, str]", name: str, default: int) -> int:
    written = environ.get(name)
    if not written:
        return default
    if not (written.isascii() and written.isdigit()) or int(written) == 0:
        raise SettingsError(f"{name} must be a whole number above zero, not {written!r}.")
    return int(written)


def _needed(
    environ: "os._Environ[str] | dict[str, str]", name: str, default: str, *, production: bool
) -> str:
    """A setting of which production has no default, since any would be wrong there."""
    written = environ.get(name)
    if not written and production:
        raise SettingsError(f"{name} must be set in production; README.md says what to write.")
    return written or default


def _smtp_url(environ: "os._Environ[str] | dict[str, str]", *, production: bool) -> str:
    url = _needed(environ, "SMTP_URL", "", production=production)
    try:
        if url:
            MailServer.from_url(url)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None
    return url


def _sender(environ: "os._Environ[str] | dict[str, str]", default: str, *, production: bool) -> str:
    written = _needed(environ, "MAIL_FROM", default, production=production)
    name, domain = parseaddr(written)[1].rpartition("@")[::2]
    if not name or not domain or not written.isprintable():
        raise SettingsError(
            f"MAIL_FROM must be like Democratic Services <committees@example.org>, not {written!r}."
        )
    return written


def _public_url(
    environ: "os._Environ[str] | dict[str, str]", default: str, *, production: bool
) -> str:
    written = _needed(environ, "PUBLIC_URL", default, production=production)
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"PUBLIC_URL must be like https://example.org, not {written!r}.")
    return written.rstrip("/")


def _provider(environ: "os._Environ[str] | dict[str, str]") -> ProviderSettings | None:
    try:
        return provider_settings.from_environment(environ)
    except ValueError as wrong:
        raise SettingsError(str(wrong)) from None


def _audit_key(environ: "os._Environ[str] | dict[str, str]") -> str:
    written = environ.get("AUDIT_KEY", "").lower()
    if written and (len(written) != 64 or set(written) - set("0123456789abcdef")):
        raise SettingsError("AUDIT_KEY must be 64 hexadecimal digits: openssl rand -hex 32")
    return written


def _secret_key(
    environ: "os._Environ[str] | dict[str, str]", data_folder: Path, *, production: bool
) -> str:
    """The secret that signs cookies: set by hand in production, else made once and kept."""
    written = environ.get("SECRET_KEY")
    if written and len(written) >= 32:
        return written
    if written or production:
        raise SettingsError("SECRET_KEY must be set to at least 32 random characters.")
    kept = data_folder / "secret-key"
    if not kept.exists():
        _make_once(kept, secrets.token_urlsafe(48))
    return kept.read_text()


def _make_once(path: Path, text: str) -> None:
    """Make a file that only its owner can read, unless another process has just made it.

    It appears whole: the web process and the worker start together and must not read half a key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix="unfinished-")
    with os.fdopen(descriptor, "w") as made:
        made.write(text)
    try:
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()
