"""Settings from the environment: safe without being told, and clear about what is wrong."""

import multiprocessing
import stat
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from config import MEBIBYTE, Settings, SettingsError

SECRET = "0123456789abcdef" * 3
MAIL = {
    "SMTP_URL": "smtp://mail.example.org",
    "MAIL_FROM": "committees@example.org",
    "PUBLIC_URL": "https://meetings.example.org",
}


LOGINS = {
    "APPLICATION_DATABASE_URL": "postgresql://quorate_app@/quorate",
    "PUBLIC_DATABASE_URL": "postgresql://quorate_public@/quorate",
}


def environ(tmp_path: Path, **more: str) -> dict[str, str]:
    """An environment that is enough to start with, and more."""
    enough = {
        "DATABASE_URL": "postgresql://quorate@/quorate",
        "REDIS_URL": "redis://127.0.0.1:6379/0",
        "QUORATE_DATA": str(tmp_path),
    }
    return enough | more


def test_little_needs_to_be_set(tmp_path: Path) -> None:
    settings = Settings.from_environment(environ(tmp_path))
    assert settings.environment == "development"
    assert settings.storage_url == (tmp_path / "files").as_uri()
    assert settings.upload_bytes == 100 * MEBIBYTE
    assert settings.log_format == "text"


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL"])
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_address_is_named(tmp_path: Path, name: str, value: str | None) -> None:
    without = environ(tmp_path) | ({name: value} if value is not None else {})
    if value is None:
        del without[name]
    with pytest.raises(SettingsError, match=f"{name} is not set"):
        Settings.from_environment(without)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UPLOAD_BYTES", "100 MB"),
        ("REQUEST_BYTES", "-1"),
        ("LEASE_SECONDS", "0"),
        ("SWEEP_SECONDS", "2.5"),
        ("SWEEP_SECONDS", "²"),
        ("QUORATE_ENVIRONMENT", "prod"),
        ("LOG_FORMAT", "xml"),
        ("SECURE_COOKIES", "true"),
    ],
)
def test_a_value_that_cannot_be_meant_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} must be .*{value}"):
        Settings.from_environment(environ(tmp_path, **{name: value}))


def test_production_is_careful(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        environ(tmp_path, QUORATE_ENVIRONMENT="production", SECRET_KEY=SECRET, **MAIL, **LOGINS)
    )
    assert settings.secret_key == SECRET
    assert settings.secure_cookies is True
    assert settings.log_format == "json"
    assert settings.for_flask()["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize("written", [{}, {"SECRET_KEY": ""}, {"SECRET_KEY": "short"}])
def test_production_does_not_start_without_a_secret_of_its_own(
    tmp_path: Path, written: dict[str, str]
) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY must be set"):
        Settings.from_environment(
            environ(tmp_path, QUORATE_ENVIRONMENT="production", **LOGINS, **written)
        )
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("missing", sorted(LOGINS))
def test_production_has_a_login_for_each_part(tmp_path: Path, missing: str) -> None:
    production = environ(
        tmp_path, QUORATE_ENVIRONMENT="production", SECRET_KEY=SECRET, **MAIL, **LOGINS
    )
    del production[missing]
    with pytest.raises(SettingsError, match=f"{missing} must be set in production"):
        Settings.from_environment(production)


def test_web_and_workers_need_not_be_told_of_the_owner(tmp_path: Path) -> None:
    without = environ(tmp_path, **LOGINS)
    del without["DATABASE_URL"]
    for_flask = Settings.from_environment(without).for_flask()
    assert for_flask["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://quorate_app@/quorate"
    assert list(for_flask["SQLALCHEMY_BINDS"]) == ["public"]


def test_production_does_not_start_with_a_moved_clock(tmp_path: Path) -> None:
    moved = environ(
        tmp_path,
        QUORATE_ENVIRONMENT="production",
        SECRET_KEY=SECRET,
        QUORATE_MOVED_CLOCK=str(tmp_path / "moved"),
        **MAIL,
    )
    with pytest.raises(SettingsError, match="QUORATE_MOVED_CLOCK"):
        Settings.from_environment(moved)


def test_a_weak_secret_is_refused_everywhere(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="at least 32"):
        Settings.from_environment(environ(tmp_path, SECRET_KEY="changeme"))


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = Settings.from_environment(
        environ(tmp_path, SECRET_KEY=SECRET, S3_SECRET_ACCESS_KEY="key-of-the-bucket")
    )
    assert SECRET not in repr(settings)
    assert "key-of-the-bucket" not in repr(settings)
    assert settings.s3_options == {"secret_access_key": "key-of-the-bucket"}


@pytest.mark.parametrize(
    "url", ["postgres://a@b/c", "postgresql://a@b/c", "postgresql+psycopg://a@b/c"]
)
def test_every_usual_form_of_a_database_address_serves(tmp_path: Path, url: str) -> None:
    settings = Settings.from_environment(environ(tmp_path, DATABASE_URL=url))
    assert settings.database_url == "postgresql+psycopg://a@b/c"


@pytest.mark.parametrize(
    ("url", "for_celery", "for_limits"),
    [
        (
            "unix:///run/quorate/valkey.sock",
            "redis+socket:///run/quorate/valkey.sock",
            "redis+unix:///run/quorate/valkey.sock",
        ),
        ("redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0"),
        ("rediss://broker:6380/1", "rediss://broker:6380/1", "rediss://broker:6380/1"),
    ],
)
def test_the_brokers_address_is_written_as_each_library_reads_it(
    tmp_path: Path, url: str, for_celery: str, for_limits: str
) -> None:
    settings = Settings.from_environment(environ(tmp_path, REDIS_URL=url))
    assert settings.celery_broker_url == for_celery
    assert settings.for_flask()["RATELIMIT_STORAGE_URI"] == for_limits


def test_a_secret_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    first = Settings.from_environment(environ(tmp_path / "new")).secret_key
    assert Settings.from_environment(environ(tmp_path / "new")).secret_key == first
    assert len(first) >= 32
    kept = tmp_path / "new" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    one, two = (Settings.from_environment(environ(tmp_path / n)).secret_key for n in ("a", "b"))
    assert one != two


def read_secrets(start: Barrier, folders: list[Path], found: Path) -> None:
    """Read the secret of each folder at the same moment as the other processes do."""
    keys = []
    for folder in folders:
        start.wait(timeout=30)
        keys.append(Settings.from_environment(environ(folder)).secret_key)
    found.write_text("\n".join(keys), encoding="utf-8")


def test_processes_that_start_together_share_one_secret(tmp_path: Path) -> None:
    """Web, worker and scheduler start at once on a first day: none may read half a key."""
    spawn = multiprocessing.get_context("spawn")
    start, folders = spawn.Barrier(3), [tmp_path / f"day-{day}" for day in range(80)]
    answers = [tmp_path / f"answer-{number}" for number in range(3)]
    readers = [
        spawn.Process(target=read_secrets, args=(start, folders, answer)) for answer in answers
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(timeout=60)
        assert reader.exitcode == 0
    keys = [answer.read_text(encoding="utf-8").split("\n") for answer in answers]
    assert keys[0] == keys[1] == keys[2]
    assert len(set(keys[0])) == len(folders)
    assert min(len(key) for key in keys[0]) >= 32
