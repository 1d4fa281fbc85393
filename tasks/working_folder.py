"""Folders for half-made files, which never outlive their makers for long.

A process that is killed cannot clear up after itself, and a pack in the making may have hundreds
of megabytes. Each folder is therefore locked by its maker, and whoever makes the next one removes
those whose lock is free: the kernel frees a lock when its holder dies, and not before.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from flask import current_app

from config import Settings

_LOCK = ".in-use"


@contextmanager
def working_folder(purpose: str) -> Iterator[Path]:
    """An empty folder below the application's data, called after `purpose` and gone afterwards."""
    settings: Settings = current_app.config["SETTINGS"]
    with folder_in(settings.data_folder / "working", purpose) as folder:
        yield folder


@contextmanager
def folder_in(base: Path, purpose: str) -> Iterator[Path]:
    """The same below `base`, where what killed processes left is cleared first."""
    base.mkdir(parents=True, exist_ok=True)
    with (base / "lock").open("a") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)  # no folder is seen between its making and its locking
        _clear_abandoned(base)
        made = Path(tempfile.mkdtemp(dir=base, prefix=f"{purpose}-"))
        held = (made / _LOCK).open("w")
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
        held.close()


def _clear_abandoned(base: Path) -> None:
    for folder in base.iterdir():
        if folder.is_dir() and _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    try:
        with (folder / _LOCK).open("a") as lock:
            return _locks_at_once(lock)
    except OSError:
        return False


def _locks_at_once(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
