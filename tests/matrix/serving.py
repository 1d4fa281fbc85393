"""The product at work on a port of its own, for real HTTP."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from config import ROOT, Settings

FAREWELL = 20  # seconds that the server may take to stop before it is killed
THREADS = 4


def environment(settings: Settings) -> dict[str, str]:
    """These settings as a server reads them."""
    ours = {
        "DATABASE_URL": settings.database_url,
        "APPLICATION_DATABASE_URL": settings.application_database_url,
        "PUBLIC_DATABASE_URL": settings.public_database_url,
        "REDIS_URL": settings.redis_url,
        "STORAGE_URL": settings.storage_url,
        "SECRET_KEY": settings.secret_key,
        "QUORATE_DATA": str(settings.data_folder),
        "QUORATE_ENVIRONMENT": settings.environment,
        "LOG_FORMAT": "json",
    }
    return {**os.environ, **ours}


@contextmanager
def served(settings: Settings, folder: Path) -> Iterator[int]:
    """The port on which gunicorn serves the product meanwhile; its log is in the folder.

    The socket is made here and handed on, so that no other process can have taken the port.
    """
    with socket.socket() as listening, (folder / "server.log").open("wb") as log:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        port: int = listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listening.fileno()}"]
        command += ["--workers", "1", "--worker-class", "gthread", "--threads", str(THREADS)]
        command += ["--keep-alive", "600", "--timeout", "120", "--graceful-timeout", "1"]
        command += ["--no-control-socket", "--log-level", "warning", "tests.matrix.served:app"]
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(settings),
            pass_fds=[listening.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _first_answer(port)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _first_answer(port: int) -> None:
    """Wait for an answer: the socket takes requests from the first, and answers once it can."""
    asking = HTTPConnection("127.0.0.1", port, timeout=120)
    asking.request("GET", "/healthz")
    asking.getresponse().read()
    asking.close()
