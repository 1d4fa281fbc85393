"""What `./quorate WORD` starts: `run` and `reset` here, any other word in the application.

`python -m committee.embedded.run WORD ...`
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from committee.embedded import migrate, postgres, valkey
from committee.embedded.choice import data_folder, servers
from committee.embedded.serve import serve
from committee.embedded.sharing import EmbeddedServerError, in_use
from config import SettingsError


def main(arguments: list[str]) -> int:
    """Do what the words say and answer the exit code."""
    word, *rest = arguments
    if not {"-h", "--help"}.isdisjoint(rest):
        return explain(arguments)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGHUP, _leave)
    try:
        if word == "run":
            _refuse_other(rest, ())
            return serve()
        if word == "reset":
            _refuse_other(rest, ("--yes",))
            return reset(sure="--yes" in rest)
        return command(arguments)
    except (EmbeddedServerError, SettingsError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        return 130


def explain(arguments: Sequence[str]) -> int:
    """Let the application tell of a word, without servers and leaving nothing behind."""
    if arguments[0] in ("run", "reset"):
        print(__doc__)  # noqa: T201
        return 0
    with tempfile.TemporaryDirectory() as folder:
        nowhere = {"DATABASE_URL": "postgresql:///", "REDIS_URL": "redis://localhost"}
        environment = {**nowhere, **os.environ, "QUORATE_DATA": folder}
        return subprocess.call([*migrate.FLASK, *arguments], env=environment)


def _refuse_other(words: Sequence[str], known: Sequence[str]) -> None:
    other = [word for word in words if word not in known]
    if other:
        raise EmbeddedServerError(f"This takes no {other[0]!r}. ./quorate help tells the words.")


def command(arguments: list[str]) -> int:
    """Run one of the application's own commands beside its servers; answer its exit code."""
    with servers() as chosen:
        # Only our own database is migrated unasked: a shared one may serve another release.
        database_url = chosen.environment["DATABASE_URL"]
        if chosen.own_database and arguments[0] != "db" and not migrate.is_current(database_url):
            migrate.upgrade(chosen.environment)
        child = subprocess.Popen([*migrate.FLASK, *arguments], env=chosen.environment)
        # Ctrl-C reaches the child by itself: we only wait, so that the servers outlive it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
    return code if code >= 0 else 128 - code


def reset(*, sure: bool) -> int:
    """Delete everything that this installation keeps in its folder, after asking."""
    folder = data_folder(os.environ)
    if any(in_use(folder / name) for name in ("postgres", "valkey")):
        raise EmbeddedServerError("Quorate is running. Stop it first (Ctrl-C where it runs).")
    if not sure and not _agrees(f"Delete the database, files and queue in {folder}?"):
        print("Nothing was deleted.")  # noqa: T201
        return 1
    if (folder / "postgres").is_dir():
        postgres.remove(folder / "postgres")
    if (folder / "valkey").is_dir():
        valkey.stop(folder / "valkey")
    shutil.rmtree(folder, ignore_errors=True)
    print(f"Deleted {folder}.")  # noqa: T201
    return 0


def _agrees(question: str) -> bool:
    if not sys.stdin.isatty():
        raise EmbeddedServerError("Nobody is here to be asked. Add --yes to delete without asking.")
    return input(f"{question} Type yes to go on: ").strip().lower() == "yes"


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
