"""Web, worker and scheduler in the foreground of one terminal, started and stopped together."""

import hashlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from committee.embedded import catcher, migrate
from committee.embedded.choice import Servers, data_folder, servers
from committee.embedded.sharing import EmbeddedServerError
from committee.embedded.supervisor import Supervisor, tell
from config import Settings

FIRST_PORT = 5050
PATIENCE = 120  # seconds until the first page must have been served
QUEUES = "default,convert,pack,mail"


def serve() -> int:
    """Serve until Ctrl-C or a signal, then stop everything; answer the exit code.

    0 when stopped by hand; 1 when a part could not be kept running.
    """
    with servers() as chosen:
        for reason in chosen.reasons:
            tell(reason)
        migrate_and_fill(chosen)
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        commands, environment = processes(port), dict(chosen.environment)
        environment["PUBLIC_URL"] = environment.get("PUBLIC_URL") or address
        if not environment.get("SMTP_URL"):
            mail = mail_catcher(data_folder(environment) / "mail")
            commands["mail"], environment["SMTP_URL"] = mail
            tell(f"Mail: kept and shown at {address}/mail, because SMTP_URL is not set.")
        supervisor = Supervisor(commands, {**environment, "PYTHONUNBUFFERED": "1"})
        by_hand = supervisor.run(when_started=lambda: announce(address, supervisor))
        tell("Stopping.")
    return 0 if by_hand else 1


def migrate_and_fill(chosen: Servers) -> None:
    """Bring the database up to date and load the example council on the first start.

    Never in production: there, nobody may come in by a password that anyone can read. Raises
    `EmbeddedServerError` or `SettingsError` when the settings cannot be used.
    """
    settings = Settings.from_environment(chosen.environment)
    database_url = settings.database_url or settings.application_database_url
    if not migrate.is_current(database_url):
        tell("Bringing the database up to date.")
        migrate.upgrade(chosen.environment)
    if settings.environment == "production":
        return
    # Asking the application takes seconds, so a note remembers for which database it was asked.
    asked = hashlib.sha256(database_url.encode()).hexdigest()
    note = settings.data_folder / "examples-loaded"
    if note.exists() and note.read_text() == asked:
        return
    load = [*migrate.FLASK, "examples", "load"]
    if subprocess.run(load, env=chosen.environment, check=False).returncode == 0:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(asked)
    else:
        tell("The example council could not be loaded; everything else goes on.")


def free_port() -> int:
    """Answer QUORATE_PORT (5050 unless set), or the next free port after it, saying so.

    Raises `EmbeddedServerError` when none of the next hundred is free.
    """
    written = os.environ.get("QUORATE_PORT") or str(FIRST_PORT)
    if not written.isdecimal() or not 0 < int(written) < 65536:
        raise EmbeddedServerError(f"QUORATE_PORT must be a port number, not {written!r}.")
    wanted = int(written)
    for port in range(wanted, min(wanted + 100, 65536)):
        if _is_free(port):
            if port != wanted:
                tell(f"Port {wanted} is taken, so Quorate takes {port}.")
            return port
    raise EmbeddedServerError(f"No free port from {wanted} on. Set QUORATE_PORT to another.")


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def processes(port: int) -> dict[str, list[str]]:
    """Answer the programs to run, by the label that stands before their output."""
    root = str(migrate.ROOT)
    web = [sys.executable, "-m", "gunicorn", "--chdir", root, "--bind", f"127.0.0.1:{port}"]
    # A large upload over a slow line keeps a process busy for longer than the usual 30 seconds.
    web += ["--workers", "2", "--timeout", "180", "--graceful-timeout", "5"]
    # Browsers open connections on which they ask nothing yet. Without threads, two of these keep
    # both processes waiting (docs/decisions/0096); there is no proxy here that would hold them.
    web += ["--worker-class", "gthread", "--threads", "8"]
    web += ["--no-control-socket", "--log-level", "warning", "wsgi:app"]
    # Celery warns at length of root, whom a first look at a fresh machine often is.
    celery = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet"]
    celery += ["--workdir", root, "-A", "tasks.worker"]
    worker = [*celery, "worker", "--concurrency", "2", "--queues", QUEUES, "--loglevel", "WARNING"]
    worker += ["--hostname", f"quorate-{os.getpid()}@%h", "--without-gossip", "--without-mingle"]
    # The scheduler remembers nothing: its one timed entry is safe to repeat.
    scheduler = [*celery, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", ""]
    scheduler += ["--loglevel", "WARNING"]
    return {"web": web, "worker": worker, "scheduler": scheduler}


def mail_catcher(folder: Path) -> tuple[list[str], str]:
    """Answer the program that keeps mail in the folder and sends none, and its address."""
    with socket.socket() as free:
        free.bind((catcher.HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "committee.embedded.catcher"]
    return [*command, "--port", str(port), "--folder", str(folder)], f"smtp://{catcher.HOST}:{port}"


def announce(address: str, supervisor: Supervisor) -> None:
    """Wait until the first page is served, then tell where and with which example accounts."""
    with subprocess.Popen(
        [*migrate.FLASK, "examples", "accounts"],
        env=supervisor.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as asked:
        served = wait_for_page(address, supervisor)
        accounts = asked.communicate()[0].strip()
    if served:
        told = [f"\nQuorate is ready: {address}", accounts, "Ctrl-C stops it.\n"]
        tell("\n".join(line for line in told if line))
    elif not supervisor.stop_wanted:
        tell(f"No page after {PATIENCE} seconds. The lines above may say why.")


def wait_for_page(address: str, supervisor: Supervisor) -> bool:
    """Whether a page was served before the patience ended or somebody stopped it all."""
    deadline = time.monotonic() + PATIENCE
    while not supervisor.stop_wanted and time.monotonic() < deadline:
        if _serves(address):
            return True
        time.sleep(0.2)
    return False


def _serves(address: str) -> bool:
    # Never through a proxy: this is our own machine, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/healthz", timeout=5):
            return True
    except OSError:
        return False
