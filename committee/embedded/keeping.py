"""Embedded servers that die by themselves are started again, on the data that they had."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from committee.embedded.sharing import EmbeddedServerError, is_alive
from committee.embedded.sockets import something_listens

LOOK_EVERY = 1  # seconds between two looks at the servers
PAUSE = 10  # seconds until a server that would not start is tried again


@dataclass(frozen=True)
class Kept:
    """One server to be kept: how people call it, how to see that it lives, and how to start it."""

    name: str
    program: str  # the name of its process, which tells it from a later one with the same id
    socket: Path
    pid_file: Path
    start: Callable[[], object]

    def is_gone(self) -> bool:
        """Whether the server has ended; one that is only too busy to answer has not."""
        if something_listens(self.socket):
            return False
        try:
            process = psutil.Process(int(self.pid_file.read_text().split()[0]))
            return not (is_alive(process) and process.name() == self.program)
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return True


@contextmanager
def kept_running(servers: Sequence[Kept]) -> Iterator[None]:
    """Look after these servers meanwhile, in a thread; afterwards nothing is started any more."""
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(servers, over), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(servers: Sequence[Kept], over: threading.Event) -> None:
    pause: float = LOOK_EVERY
    while not over.wait(pause):
        pause = LOOK_EVERY
        for server in servers:
            if server.is_gone() and not over.is_set() and not _start_again(server):
                pause = PAUSE


def _start_again(server: Kept) -> bool:
    # Standard output belongs to the answer of the command that was asked for.
    _tell(f"The embedded {server.name} stopped by itself; starting it again.")
    try:
        server.start()
    except (EmbeddedServerError, OSError) as error:
        _tell(f"{error}\nIt is tried again in {PAUSE} seconds.")
        return False
    _tell(f"The embedded {server.name} runs again, with the data that it had.")
    return True


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201
