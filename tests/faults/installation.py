"""One council's whole system, every part of it real, for tests that break the parts."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import redis

from committee.embedded import migrate, postgres, valkey
from committee.embedded.sharing import is_alive

ROOT = Path(__file__).resolve().parents[2]
QUEUES = "default,convert,pack,mail"
LEASE_SECONDS = 3
SWEEP_SECONDS = 1
WORKER_MODULE = "tasks.worker"


def wait_until(condition: Callable[[], object], *, seconds: float, every: float = 0.05) -> None:
    """Wait for the condition. Raises AssertionError if it never holds within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not so within {seconds} seconds")
        time.sleep(every)


class Program:
    """One program of the installation, in a process group of its own."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self.command, self.environment, self.log = command, environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; its output is added to its log."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The id of its first process, which is also its group's."""
        assert self.process is not None
        return self.process.pid

    @property
    def runs(self) -> bool:
        """Whether its first process is alive."""
        return self.process is not None and self.process.poll() is None

    def children(self) -> list[psutil.Process]:
        """The processes that do the work: those that it started and that still live."""
        try:
            found = psutil.Process(self.pid).children()
        except psutil.NoSuchProcess:
            return []
        return [child for child in found if is_alive(child)]

    def signal(self, number: signal.Signals) -> None:
        """Send the whole process group a signal."""
        os.killpg(self.pid, number)

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.signal(signal.SIGKILL)
            self.process.wait()


class Installation:
    """Database, broker, storage, workers and scheduler, under one folder."""

    def __init__(self, folder: Path, *, storage: Path | None = None) -> None:
        self.folder = folder
        self.storage_folder = storage or folder / "files"
        self.data_folder = folder / "data"
        self.workers: list[Program] = []
        self.scheduler: Program | None = None
        self.environment = {
            **os.environ,
            "DATABASE_URL": postgres.start_or_join(folder / "postgres", database="faults").url,
            "REDIS_URL": valkey.start_or_join(folder / "valkey").url,
            "STORAGE_URL": self.storage_folder.as_uri(),
            "QUORATE_DATA": str(self.data_folder),
            "SECRET_KEY": "only-for-tests-" * 4,
            "LEASE_SECONDS": str(LEASE_SECONDS),
            "SWEEP_SECONDS": str(SWEEP_SECONDS),
            "TMPDIR": str(self._made("temporary")),
        }
        migrate.upgrade(self.environment)

    def _made(self, name: str) -> Path:
        made = self.folder / name
        made.mkdir(exist_ok=True)
        return made

    def add_worker(self, *, module: str = WORKER_MODULE) -> Program:
        """Start one more worker, of one working process, with the application's own settings."""
        number = len(self.workers) + 1
        celery = [sys.executable, "-m", "celery", "--quiet", "-A", module, "worker"]
        celery += ["--concurrency", "1", "--queues", QUEUES, "--loglevel", "INFO"]
        celery += ["--hostname", f"faults-{number}@%h", "--without-gossip", "--without-mingle"]
        worker = Program(celery, self.environment, self.folder / f"worker-{number}.log")
        worker.start()
        self.workers.append(worker)
        return worker

    def start_scheduler(self) -> None:
        """Start the one scheduler, or start it again."""
        command = [sys.executable, "-m", "celery", "--quiet", "-A", WORKER_MODULE, "beat"]
        command += ["--scheduler", "celery.beat:Scheduler", "--pidfile", "", "--loglevel", "INFO"]
        self.scheduler = Program(command, self.environment, self.folder / "scheduler.log")
        self.scheduler.start()

    def restart_what_died(self) -> None:
        """Do a supervisor's duty: start each program again that has ended."""
        for program in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            if not program.runs:
                program.start()

    def empty_broker(self) -> None:
        """Make the broker forget everything. Nothing happens while it is down."""
        client = redis.Redis.from_url(self.environment["REDIS_URL"])
        with suppress(redis.RedisError), client:
            client.flushall()

    def kill_broker(self) -> None:
        """End the broker at once and wait until it is gone."""
        broker = psutil.Process(int((self.folder / "valkey" / "pid").read_text()))
        broker.kill()
        wait_until(lambda: not is_alive(broker), seconds=10)

    def start_broker(self) -> None:
        """Start the broker again."""
        valkey.start_or_join(self.folder / "valkey")

    def crash_database(self) -> None:
        """End the database at once: what `pg_ctl stop -m immediate` does, without any goodbye."""
        address = self.environment["DATABASE_URL"].replace("+psycopg", "")
        with psycopg.connect(address) as connection:
            server = psutil.Process(connection.info.backend_pid).parent()
        assert server is not None
        server.send_signal(signal.SIGQUIT)
        wait_until(lambda: not is_alive(server), seconds=30)

    def start_database(self) -> None:
        """Start the database again."""
        postgres.start_or_join(self.folder / "postgres", database="faults")

    def close(self) -> None:
        """End every program and remove everything."""
        for program in [*self.workers, *([self.scheduler] if self.scheduler else [])]:
            program.kill()
        valkey.stop(self.folder / "valkey")
        postgres.remove(self.folder / "postgres")
        shutil.rmtree(self.folder, ignore_errors=True)
