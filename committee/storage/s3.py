"""Files in an S3-compatible bucket, with a folder on this machine as a cache of what was read."""

from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.store import S3Store

from committee.storage.base import (
    FileDamaged,
    FileMissing,
    Stored,
    checked_name,
    copy_hashed,
    flush_to_disk,
    put_in_place,
    sha256_of,
    temporary_file,
)


class S3Storage:
    """One object for each file, named by its SHA-256."""

    def __init__(self, store: S3Store, cache: Path) -> None:
        self.store = store
        self.cache = cache

    def save(self, source: BinaryIO, *, limit: int | None = None) -> Stored:
        """Keep the bytes; they are counted and hashed here before anything is sent."""
        with temporary_file(self.cache / "incoming") as (target, path):
            stored = copy_hashed(source, target, limit=limit)
            flush_to_disk(target)
            if not self.holds(stored.sha256):
                obstore.put(self.store, stored.sha256, path)
            self._keep(path, stored.sha256)
        return stored

    def save_file(self, path: Path) -> Stored:
        """Keep a copy of the file at `path`."""
        with path.open("rb") as source:
            return self.save(source)

    def local_path(self, sha256: str) -> Path:
        """A cached copy of the object, fetched when needed. Raises FileMissing, FileDamaged."""
        cached = self._cached(sha256)
        if not cached.is_file():
            self._fetch(sha256)
        return cached

    def holds(self, sha256: str) -> bool:
        """Whether the object is in the bucket."""
        try:
            obstore.head(self.store, checked_name(sha256))
        except FileNotFoundError:
            return False
        return True

    def size(self, sha256: str) -> int:
        """The object's size in bytes, asked of the bucket, not fetched. Raises FileMissing."""
        cached = self._cached(sha256)
        if cached.is_file():
            return cached.stat().st_size
        try:
            return obstore.head(self.store, sha256)["size"]
        except FileNotFoundError as missing:
            raise FileMissing(sha256) from missing

    def _cached(self, sha256: str) -> Path:
        name = checked_name(sha256)
        return self.cache / name[:2] / name

    def _fetch(self, sha256: str) -> None:
        try:
            fetched = obstore.get(self.store, sha256)
        except FileNotFoundError as missing:
            raise FileMissing(sha256) from missing
        with temporary_file(self.cache / "incoming") as (target, path):
            for chunk in fetched.stream():
                target.write(chunk)
            flush_to_disk(target)
            if sha256_of(path) != sha256:
                raise FileDamaged(sha256)
            self._keep(path, sha256)

    def _keep(self, path: Path, sha256: str) -> None:
        """Leave a copy in the cache, unless another process was quicker."""
        cached = self._cached(sha256)
        if not cached.is_file():
            put_in_place(path, cached)
