"""The whole product at work for a browser: the same three parts that `./quorate run` starts."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from committee.embedded import migrate, postgres, serve, valkey

PATIENCE = 60  # seconds until the first page must have been served
FAREWELL = 10  # seconds that a part may take to stop before it is killed
NEWEST_PACK = "SELECT status, label FROM pack ORDER BY id DESC LIMIT 1"
# Background work, and reminders whose letters have not been owed yet or never were looked for.
OWED = """
    SELECT count(*) FROM work WHERE status IN ('due', 'leased')
    UNION ALL SELECT count(*) FROM obligation
        WHERE status IN ('due', 'leased') AND remind_on <= current_date
    UNION ALL SELECT CASE WHEN EXISTS (SELECT FROM obligation) THEN 0 ELSE 1 END
"""
REQUEST_BYTES = 16 * 1024 * 1024
UPLOAD_BYTES = 8 * 1024 * 1024


@dataclass
class Product:
    """A running installation with a database, broker and folder of its own."""

    address: str
    environment: dict[str, str]
    folder: Path
    parts: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, commands: dict[str, list[str]]) -> None:
        """Start the parts, each leading a process group, and wait for the first page."""
        for name, command in commands.items():
            with (self.folder / f"{name}.log").open("ab") as log:
                self.parts[name] = subprocess.Popen(
                    [*_ended_with_us(), *command],
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop every part and what it started."""
        for number, patience in ((signal.SIGTERM, FAREWELL), (signal.SIGKILL, FAREWELL)):
            for process in self.parts.values():
                _signal_group(process, signal.SIGCONT)
                _signal_group(process, number)
            for process in self.parts.values():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(patience)

    @contextmanager
    def worker_held(self) -> Iterator[None]:
        """Hold the worker still meanwhile, so that what is asked of it stays to be done."""
        self.hold_worker()
        try:
            yield
        finally:
            self.let_worker_go()

    def hold_worker(self) -> None:
        """Stop the worker's processes where they are."""
        _signal_group(self.parts["worker"], signal.SIGSTOP)

    def let_worker_go(self) -> None:
        """Let the worker's processes go on."""
        _signal_group(self.parts["worker"], signal.SIGCONT)

    def hold_worker_in_build(self) -> bool:
        """Hold the worker while it builds the pack asked for last, at a moment without a lock.

        Answers False if the build was over before that could be done.
        """
        deadline = time.monotonic() + PATIENCE
        with self.database() as database:
            while time.monotonic() < deadline:
                status, label = database.execute(NEWEST_PACK).fetchone() or ("", None)
                if status not in ("queued", "building"):
                    return False
                if status == "building" and label and self._held_without_lock(database):
                    return True
                time.sleep(0.002)
        raise AssertionError(f"the build does not begin\n{self.logs()}")

    def _held_without_lock(self, database: psycopg.Connection) -> bool:
        self.hold_worker()
        with suppress(psycopg.errors.LockNotAvailable):
            status, _ = database.execute(f"{NEWEST_PACK} FOR UPDATE NOWAIT").fetchone() or ("", "")
            if status == "building":
                return True
        self.let_worker_go()
        return False

    def database(self) -> psycopg.Connection:
        """A connection of the test's own, to look at rows while the product changes them."""
        url = self.environment["DATABASE_URL"].replace("+psycopg", "")
        return psycopg.connect(url, autocommit=True)

    def run(self, *command: str) -> str:
        """Run one of the project's programs beside the product; what it printed."""
        done = subprocess.run(
            command,
            env=self.environment,
            cwd=migrate.ROOT,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"{command} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def wait_until_idle(self) -> None:
        """Wait until nothing is owed that could be done now."""
        deadline = time.monotonic() + PATIENCE
        with self.database() as database:
            while any(row[0] for row in database.execute(OWED)):
                assert time.monotonic() < deadline, self.logs()
                time.sleep(0.2)

    def logs(self) -> str:
        """The last lines that each part wrote."""
        return "\n".join(
            f"--- {log.stem}\n{log.read_text(errors='replace')[-3000:]}"
            for log in sorted(self.folder.glob("*.log"))
        )

    def _answers(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.address}/sign-in", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False


@contextmanager
def installation(servers: Path, folder: Path, name: str) -> Iterator[Product]:
    """A migrated installation of which nothing runs yet but its servers; stopped at the end.

    The database is one more on the PostgreSQL of all tests, which the caller keeps running.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database = postgres.start_or_join(servers / "postgres", database=name)
    broker = valkey.start_or_join(servers / "browser-valkey" / name)
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": database.url,
        "REDIS_URL": broker.url,
        "STORAGE_URL": (folder / "files").as_uri(),
        "QUORATE_DATA": str(folder),
        "QUORATE_ENVIRONMENT": "test",
        "LEASE_SECONDS": "3",
        "SWEEP_SECONDS": "1",
        "UPLOAD_BYTES": str(UPLOAD_BYTES),
        "REQUEST_BYTES": str(REQUEST_BYTES),
        "PYTHONUNBUFFERED": "1",
    }
    product = Product(f"http://127.0.0.1:{port}", environment, folder)
    try:
        if not migrate.is_current(database.url):
            migrate.upgrade(environment)
        yield product
    finally:
        product.stop()
        valkey.leave_server(servers / "browser-valkey" / name)


def every_part(product: Product) -> dict[str, list[str]]:
    """The programs of a whole installation, by name."""
    return serve.processes(int(product.address.rsplit(":", 1)[1]))


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
    return port


def _ended_with_us() -> list[str]:
    """Should the tests be killed outright, the kernel stops what they started."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
