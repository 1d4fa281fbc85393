"""One server, several processes: who uses it, and who is the last to leave."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil


class EmbeddedServerError(RuntimeError):
    """An embedded server could not be started or stopped. The message says why, for a person."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that starting, joining and stopping happen one at a time.

    The kernel frees the lock when its holder dies, so it can never be left behind. Raises
    `EmbeddedServerError` when the folder belongs to somebody else.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "lock").open("a")
    except PermissionError:
        message = f"{folder} belongs to another user. Run as that user, or set QUORATE_DATA."
        raise EmbeddedServerError(message) from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def is_alive(process: psutil.Process) -> bool:
    """Whether the process still runs. One that has ended but is not yet reaped does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def enter(folder: Path, pid: int) -> None:
    """Note that process `pid` uses the server of this folder. Call it under the lock."""
    register = folder / "users"
    register.mkdir(exist_ok=True)
    with suppress(psutil.NoSuchProcess):
        (register / _name(psutil.Process(pid))).touch()


def leave(folder: Path, pid: int) -> int:
    """Strike out process `pid` and every dead one; answer how many live ones are left."""
    register = folder / "users"
    if not register.is_dir():
        return 0
    left = 0
    for entry in register.iterdir():
        process = _living(entry.name)
        if process is None or process.pid == pid:
            entry.unlink(missing_ok=True)
        else:
            left += 1
    return left


@contextmanager
def joining(folder: Path, user: int | None, stop: Callable[[Path], None]) -> Iterator[None]:
    """Enter process `user` (this one if None) while a server is started, under the lock.

    When the start fails or is broken off, strike the process out and stop what it began.
    """
    pid = os.getpid() if user is None else user
    enter(folder, pid)
    try:
        yield
    except BaseException:
        if leave(folder, pid) == 0:
            with suppress(EmbeddedServerError):
                stop(folder)
        raise


def in_use(folder: Path) -> bool:
    """Whether a live process other than this one uses the server of this folder."""
    with locked(folder):
        return leave(folder, os.getpid()) > 0


def _name(process: psutil.Process) -> str:
    # The start time beside the id tells a process from a later one with the same id.
    return f"{process.pid}-{process.create_time():.2f}"


def _living(name: str) -> psutil.Process | None:
    pid = name.partition("-")[0]
    if not pid.isdecimal():
        return None
    try:
        process = psutil.Process(int(pid))
        return process if _name(process) == name and is_alive(process) else None
    except psutil.NoSuchProcess:
        return None
