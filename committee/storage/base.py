"""What every kind of storage offers, and how bytes become a named file."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
ABANDONED_AFTER = 24 * 3600  # seconds, longer than any upload takes
CHUNK = 1024 * 1024  # bytes read at a time
INCOMING = "incoming-"  # how the names of unfinished files begin


class FileMissing(Exception):
    """No file of that name is stored."""


class FileTooLarge(Exception):
    """The file has more bytes than the caller allows."""


class FileDamaged(Exception):
    """A stored file no longer has the bytes that its name promises."""


class StorageFull(OSError):
    """There is no room left for the file; nothing of it was kept."""


@dataclass(frozen=True)
class Stored:
    """A file that is safely kept: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Storage(Protocol):
    """Files that are written once and never changed."""

    def save(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Keep the bytes of `source`; raises FileTooLarge beyond `limit` bytes, keeping nothing."""

    def save_file(self, path: Path) -> Stored:
        """Keep a copy of the file at `path`."""

    def local_path(self, sha256: str) -> Path:
        """A path on this machine to read the file from; raises FileMissing."""

    def holds(self, sha256: str) -> bool:
        """Whether the file is stored."""

    def size(self, sha256: str) -> int:
        """The file's size in bytes, without reading it; raises FileMissing."""


def checked_name(sha256: str) -> str:
    """The name itself, if it is a SHA-256; a path can never be smuggled in. Raises FileMissing."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise FileMissing(sha256)
    return sha256


def copy_hashed(source: BinaryIO, target: BinaryIO, *, limit: int | None) -> Stored:
    """Copy all bytes, hashing them on the way. Raises FileTooLarge beyond `limit` bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise FileTooLarge(f"more than {limit} bytes")
        digest.update(chunk)
        target.write(chunk)
    return Stored(digest.hexdigest(), size)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _clear_abandoned(folder: Path, *, before: float) -> None:
    """Delete unfinished files last written to before that moment, which is told by the disk's own
    times."""
    for path in folder.glob(f"{INCOMING}*"):
        with suppress(FileNotFoundError):  # another process was quicker
            if path.stat().st_mtime < before:
                path.unlink()


@contextmanager
def temporary_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file in `folder`, gone afterwards unless it was renamed. Raises StorageFull.

    Takes away what processes that were killed left behind a day or more before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=INCOMING)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            _clear_abandoned(folder, before=path.stat().st_mtime - ABANDONED_AFTER)
            yield target, path
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StorageFull(*error.args) from error
        raise
    finally:
        path.unlink(missing_ok=True)


def put_in_place(path: Path, final: Path) -> None:
    """Give a whole file its name, read-only, so that a power cut leaves all of it or nothing."""
    final.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o444)
    path.replace(final)
    descriptor = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_to_disk(target: BinaryIO) -> None:
    """Make the disk hold every byte written so far."""
    target.flush()
    os.fsync(target.fileno())
