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
            target.flush()
            if not self.holds(stored.sha256):
                obstore.put(self.store, stored.sha256, path)
            self._cached(stored.sha256).parent.mkdir(parents=True, exist_ok=True)
            path.replace(self._cached(stored.sha256))
        return stored

    def save_file(self, path: Path) -> Stored:
        """Keep a copy of the file at `path`."""
        with path.open("rb") as source:
            return self.save(source)

    def local_path(self, sha256: str) -> Path:
        """A cached copy of the object, fetched when needed. Raises FileMissing, FileDamaged."""
        cached = self._cached(sha256)
        if not cached.is_file():
            self._fetch(sha256, cached)
        return cached

    def holds(self, sha256: str) -> bool:
        """Whether the object is in the bucket."""
        try:
            obstore.head(self.store, checked_name(sha256))
        except FileNotFoundError:
            return False
        return True

    def _cached(self, sha256: str) -> Path:
        name = checked_name(sha256)
        return self.cache / name[:2] / name

    def _fetch(self, sha256: str, cached: Path) -> None:
        try:
            fetched = obstore.get(self.store, sha256)
        except FileNotFoundError as missing:
            raise FileMissing(sha256) from missing
        cached.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(self.cache / "incoming") as (target, path):
            for chunk in fetched.stream():
                target.write(chunk)
            target.flush()
            if sha256_of(path) != sha256:
                raise FileDamaged(sha256)
            path.replace(cached)
