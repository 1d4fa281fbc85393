"""Files in a folder of this machine."""

from pathlib import Path
from typing import BinaryIO

from committee.storage.base import (
    FileMissing,
    Stored,
    checked_name,
    copy_hashed,
    flush_to_disk,
    put_in_place,
    temporary_file,
)


class LocalStorage:
    """Files under one folder, each at `ab/abcdef…`, read-only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Keep the bytes: written aside, flushed to disk, then renamed, so never half a file."""
        with temporary_file(self.folder / "incoming") as (target, path):
            stored = copy_hashed(source, target, limit=limit)
            flush_to_disk(target)
            self._keep(path, stored)
        return stored

    def save_file(self, path: Path) -> Stored:
        """Keep a copy of the file at `path`."""
        with path.open("rb") as source:
            return self.save(source)

    def local_path(self, sha256: str) -> Path:
        """Where the file lies. Raises FileMissing."""
        path = self._path(sha256)
        if not path.is_file():
            raise FileMissing(sha256)
        return path

    def holds(self, sha256: str) -> bool:
        """Whether the file is stored."""
        return self._path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """The file's size in bytes. Raises FileMissing."""
        return self.local_path(sha256).stat().st_size

    def _path(self, sha256: str) -> Path:
        name = checked_name(sha256)
        return self.folder / name[:2] / name

    def _keep(self, path: Path, stored: Stored) -> None:
        final = self._path(stored.sha256)
        if final.is_file() and final.stat().st_size == stored.size:
            return
        put_in_place(path, final)
