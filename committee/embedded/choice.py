"""Which database and broker this process uses: the ones it was told of, or embedded ones."""

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from committee.embedded import postgres, valkey
from committee.embedded.keeping import Kept, kept_running

ROOT = Path(__file__).resolve().parents[2]
# The database as its owner, the application and the public sign in to it.
ADDRESSES = ("DATABASE_URL", "APPLICATION_DATABASE_URL", "PUBLIC_DATABASE_URL")


@dataclass(frozen=True)
class Servers:
    """What was chosen: `environment` for every child process, `reasons` a line each for people."""

    environment: dict[str, str]
    reasons: tuple[str, ...]
    own_database: bool  # the database is the embedded one, so that nobody else minds a migration


def data_folder(environ: Mapping[str, str]) -> Path:
    """Answer the folder of everything that this installation keeps."""
    return Path(environ.get("QUORATE_DATA") or ROOT / "var").resolve()


@contextmanager
def servers(environ: Mapping[str, str] = os.environ) -> Iterator[Servers]:
    """Start or join what is not set in the environment, and leave it again at the end.

    Meanwhile one of ours that dies is started again. Raises `EmbeddedServerError` when an
    embedded server does not start at first.
    """
    folder = data_folder(environ)
    chosen, reasons = dict(environ), []
    kept: list[Kept] = []
    with ExitStack() as leaving:
        own_database = not any(environ.get(name) for name in ADDRESSES)
        if own_database:
            leaving.callback(postgres.leave_server, folder / "postgres")
            chosen |= _postgres(folder / "postgres", kept)
            reasons.append(_embedded("Database", "PostgreSQL", folder / "postgres", "DATABASE_URL"))
        else:
            reasons.append("Database: the one that DATABASE_URL names.")
        if not environ.get("REDIS_URL"):
            leaving.callback(valkey.leave_server, folder / "valkey")
            chosen["REDIS_URL"] = _valkey(folder / "valkey", kept)
            reasons.append(_embedded("Queue", "Valkey", folder / "valkey", "REDIS_URL"))
        else:
            reasons.append("Queue: the one that REDIS_URL names.")
        if not environ.get("STORAGE_URL"):
            place = _short(folder / "files")
            reasons.append(f"Files: the folder {place}, because STORAGE_URL is not set.")
        else:
            reasons.append("Files: the place that STORAGE_URL names.")
        leaving.enter_context(kept_running(kept))
        # The second Ctrl-C of an impatient person must not leave a server behind.
        leaving.callback(_ignore_signals)
        yield Servers(chosen, tuple(reasons), own_database)


def _postgres(folder: Path, kept: list[Kept]) -> dict[str, str]:
    found = postgres.start_or_join(folder)
    start = partial(postgres.start_or_join, folder)
    kept.append(Kept("PostgreSQL", "postgres", found.socket, found.pid_file, start))
    return dict(zip(ADDRESSES, (found.url, found.application_url, found.public_url), strict=True))


def _valkey(folder: Path, kept: list[Kept]) -> str:
    found = valkey.start_or_join(folder)
    start = partial(valkey.start_or_join, folder)
    kept.append(Kept("Valkey", "valkey-server", found.socket, found.pid_file, start))
    return found.url


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _embedded(part: str, product: str, folder: Path, setting: str) -> str:
    return f"{part}: embedded {product} in {_short(folder)}, because {setting} is not set."


def _short(folder: Path) -> Path:
    return folder.relative_to(ROOT) if folder.is_relative_to(ROOT) else folder
