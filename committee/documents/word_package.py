"""The zip around a Word document: opened without trusting a word of what it says about itself."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from committee.documents.findings import Unusable
from committee.documents.limits import (
    HIGHEST_ZIP_RATIO,
    MEGABYTE,
    MOST_UNPACKED_BYTES,
    MOST_ZIP_MEMBERS,
    ZIP_RATIO_FLOOR_BYTES,
)

_CHUNK_BYTES = 256 * 1024
_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_UNREADABLE = (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, struct.error)


class Package:
    """A Word document's parts. Counts what has been unpacked, over all of them."""

    def __init__(self, source: Path) -> None:
        """Open the package. Raises Unusable where its own directory is not to be believed."""
        try:
            self._zip = zipfile.ZipFile(source)
        except _UNREADABLE as problem:
            raise Unusable("damaged") from problem
        self._unpacked = 0
        members = [member for member in self._zip.infolist() if not member.is_dir()]
        _check_directory(members, self._zip.infolist())
        _check_places(source, self._zip.infolist(), self._zip.start_dir)
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> list[str]:
        """The names of the parts, in the order of the file."""
        return list(self._members)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked part, piece by piece. Raises Unusable once it grows beyond belief."""
        member = self._members[name]
        got = 0
        try:
            with self._zip.open(member) as part:
                while chunk := part.read(_CHUNK_BYTES):
                    got += len(chunk)
                    self._count(member, got, len(chunk))
                    yield chunk
        except _UNREADABLE as problem:
            raise Unusable("damaged") from problem
        except zipfile.zlib.error as problem:  # type: ignore[attr-defined]
            raise Unusable("damaged") from problem

    def _count(self, member: zipfile.ZipInfo, got: int, more: int) -> None:
        self._unpacked += more
        if self._unpacked > MOST_UNPACKED_BYTES:
            raise Unusable("unpacks_too_large", limit=MOST_UNPACKED_BYTES // MEGABYTE)
        packed = max(member.compress_size, 1)
        if got > ZIP_RATIO_FLOOR_BYTES and got > packed * HIGHEST_ZIP_RATIO:
            raise Unusable("zip_bomb", part=member.filename)


def _check_directory(members: list[zipfile.ZipInfo], entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ZIP_MEMBERS:
        raise Unusable("too_many_parts", count=len(entries), limit=MOST_ZIP_MEMBERS)
    seen: set[str] = set()
    for member in members:
        if member.flag_bits & _ENCRYPTED_FLAG:
            raise Unusable("encrypted")
        known = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        # Word matches names without regard to case, so two such names are two readings of one file.
        folded = member.filename.casefold()
        if not known or folded in seen or not _plain(member.filename):
            raise Unusable("damaged")
        seen.add(folded)


def _plain(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    )


def _check_places(source: Path, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Every part has its own bytes: none before the first, none shared, none inside another."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    ends = 0
    with source.open("rb") as file:
        for number, entry in enumerate(ordered):
            if entry.header_offset < ends or (number == 0 and entry.header_offset != 0):
                raise Unusable("two_kinds" if number == 0 else "zip_bomb", part=entry.filename)
            file.seek(entry.header_offset)
            header = file.read(_LOCAL_HEADER.size)
            if len(header) < _LOCAL_HEADER.size:
                raise Unusable("damaged")
            *_, name_bytes, extra_bytes = _LOCAL_HEADER.unpack(header)
            start = entry.header_offset + _LOCAL_HEADER.size + name_bytes + extra_bytes
            ends = start + entry.compress_size
    if ends > directory:
        raise Unusable("zip_bomb", part=ordered[-1].filename if ordered else "")
