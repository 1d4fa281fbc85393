"""A worker that one paper kills each time it is checked, as a flaw in a library would."""

import os
import signal
from pathlib import Path

from committee.documents import preparation

DEADLY_NAME = "deadly.pdf"
_prepare = preparation.prepare


def prepare(
    source: Path, *, name: str, folder: Path, cache: Path | None = None
) -> preparation.Prepared:
    """Die at once on the deadly paper; check any other."""
    if name == DEADLY_NAME:
        os.kill(os.getpid(), signal.SIGKILL)
    return _prepare(source, name=name, folder=folder, cache=cache)


preparation.prepare = prepare  # type: ignore[assignment]

from tasks.worker import app  # noqa: E402, F401  # the tasks take `prepare` when they are imported
