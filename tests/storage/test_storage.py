"""What every kind of storage promises: whole files, named by their bytes, never changed."""

import hashlib
import io
import os
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from committee.storage import FileMissing, FileTooLarge, Storage, Stored, open_storage
from config import SettingsError
from tests.storage.conftest import settings_of

BYTES = b"%PDF-1.7 a paper \x00\xff" * 1000
SHA256 = hashlib.sha256(BYTES).hexdigest()


def test_a_file_is_named_by_its_bytes(storage: Storage) -> None:
    assert storage.save(io.BytesIO(BYTES)) == Stored(SHA256, len(BYTES))
    assert storage.holds(SHA256)
    assert storage.local_path(SHA256).read_bytes() == BYTES


def test_a_file_on_disk_is_copied(storage: Storage, tmp_path: Path) -> None:
    source = tmp_path / "paper.pdf"
    source.write_bytes(BYTES)
    stored = storage.save_file(source)
    source.write_bytes(b"changed afterwards")
    assert storage.local_path(stored.sha256).read_bytes() == BYTES


def test_an_empty_file_is_a_file(storage: Storage) -> None:
    stored = storage.save(io.BytesIO(b""))
    assert stored.size == 0
    assert storage.local_path(stored.sha256).read_bytes() == b""


def test_the_same_bytes_twice_are_one_file(storage: Storage) -> None:
    first = storage.save(io.BytesIO(BYTES))
    path = storage.local_path(first.sha256)
    before = path.stat().st_ino
    assert storage.save(io.BytesIO(BYTES)) == first
    assert storage.local_path(first.sha256) == path
    assert path.read_bytes() == BYTES
    assert path.stat().st_ino == before, "a stored file was written again"


def test_a_stored_file_is_read_only(storage: Storage) -> None:
    path = storage.local_path(storage.save(io.BytesIO(BYTES)).sha256)
    assert path.stat().st_mode & 0o222 == 0


def test_a_file_just_within_the_limit_is_kept(storage: Storage) -> None:
    assert storage.save(io.BytesIO(BYTES), limit=len(BYTES)).size == len(BYTES)


def test_nothing_of_a_file_beyond_the_limit_is_kept(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge):
        storage.save(io.BytesIO(BYTES), limit=len(BYTES) - 1)
    assert not storage.holds(SHA256)
    assert files_below(tmp_path) == []


class BrokenOff(io.RawIOBase):
    """An upload whose sender goes away after the first part."""

    def __init__(self) -> None:
        self.parts = [b"first part"]

    def read(self, _size: int = -1) -> bytes:
        """The first part, then the end of the connection."""
        if self.parts:
            return self.parts.pop()
        raise ConnectionResetError


def test_nothing_of_a_broken_upload_is_kept(storage: Storage, tmp_path: Path) -> None:
    source: BinaryIO = BrokenOff()  # type: ignore[assignment]
    with pytest.raises(ConnectionResetError):
        storage.save(source)
    assert files_below(tmp_path) == []


def files_below(folder: Path) -> list[Path]:
    """Every file of the storage; the secret key beside it is not one of them."""
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "secret-key"]


def test_a_file_that_is_not_there_is_missing(storage: Storage) -> None:
    assert not storage.holds("a" * 64)
    with pytest.raises(FileMissing):
        storage.local_path("a" * 64)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a" * 63,
        "A" * 64,
        "g" * 64,
        "../" * 21 + "a",
        "/" * 64,
        "." * 64,
        "a" * 60 + "/../",
        "a" * 63 + "\n",
        "a" * 32 + "\x00" + "a" * 31,
        "１" * 64,
    ],
)
def test_a_name_that_is_no_hash_is_never_a_path(storage: Storage, name: str) -> None:
    with pytest.raises(FileMissing):
        storage.local_path(name)
    with pytest.raises(FileMissing):
        storage.holds(name)


def test_many_writers_of_the_same_and_of_other_bytes(storage: Storage) -> None:
    contents = [b"one" * 50_000, b"two" * 50_000] * 4
    together, stored = threading.Barrier(len(contents)), {}

    def write(place: int, content: bytes) -> None:
        together.wait()
        stored[place] = storage.save(io.BytesIO(content))

    writers = [threading.Thread(target=write, args=each) for each in enumerate(contents)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    for place, content in enumerate(contents):
        assert stored[place].sha256 == hashlib.sha256(content).hexdigest()
        assert storage.local_path(stored[place].sha256).read_bytes() == content


@pytest.mark.parametrize("url", ["ftp://example.org/files", "files", "https://bucket"])
def test_an_address_of_another_kind_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="file:// or s3://"):
        open_storage(settings_of(tmp_path, STORAGE_URL=url))


def test_a_folder_with_spaces_in_its_name_can_hold_files(tmp_path: Path) -> None:
    folder = tmp_path / "committee papers é"
    storage = open_storage(settings_of(tmp_path, STORAGE_URL=folder.as_uri()))
    stored = storage.save(io.BytesIO(BYTES))
    assert storage.local_path(stored.sha256).is_relative_to(folder)


def test_without_a_setting_files_lie_beside_the_other_data(tmp_path: Path) -> None:
    storage = open_storage(settings_of(tmp_path))
    stored = storage.save(io.BytesIO(BYTES))
    assert storage.local_path(stored.sha256).is_relative_to(tmp_path / "files")


def test_the_size_of_a_file_is_told(storage: Storage) -> None:
    stored = storage.save(io.BytesIO(BYTES))
    assert storage.size(stored.sha256) == len(BYTES)
    with pytest.raises(FileMissing):
        storage.size("a" * 64)
    with pytest.raises(FileMissing):
        storage.size("../" * 21 + "a")


@pytest.mark.parametrize(("hours", "left"), [(23, True), (25, False)])
def test_what_a_killed_process_left_behind_is_cleared_after_a_day(
    storage: Storage, tmp_path: Path, hours: int, left: bool
) -> None:
    stored = storage.save(io.BytesIO(b"first"))
    (folder,) = [path for path in tmp_path.rglob("incoming") if path.is_dir()]
    unfinished, other = folder / "incoming-abc", folder / "kept-by-a-person"
    for path in (unfinished, other):
        path.write_bytes(b"half a paper")
        then = path.stat().st_mtime - hours * 3600
        os.utime(path, (then, then))
    storage.save(io.BytesIO(BYTES))
    assert unfinished.exists() is left
    assert other.exists()
    assert storage.local_path(stored.sha256).read_bytes() == b"first"
