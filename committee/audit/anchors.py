"""Noting the end of the chain outside the database: a signed line in a file that only grows.

Whoever can rewrite the database, with every hash made anew, cannot rewrite what was noted of it
here, printed on a public page and mailed. A line also holds the beginning of the hash of each entry
since the line before, so that it can be told what was done and where.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, func, select

from committee.audit import reading
from committee.audit.hashing import utc_words
from committee.audit.verifier.chain import canonical, leaf_of
from committee.audit.verifier.witness import (
    Witness,
    line_hash,
    read_anchors,
    read_line,
    what_is_signed,
)

EVERY = timedelta(minutes=10)
A_BURST = 500  # entries after which the next line is written sooner
A_LINE = 10_000  # entries that one line may speak for
AT_HAND = 1024 * 1024  # bytes at the end of the file, more than several of the longest lines


class DiffersFromAnchor(Exception):
    """The chain no longer has the end that was noted last; nothing may be noted on top of that."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"The log differs from what was noted of it at entry {seq}.")
        self.seq = seq


@dataclass(frozen=True)
class Anchors:
    """The file, and the key with which its lines are signed."""

    path: Path
    key: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        """The public key in hexadecimal, with which anyone can check the signatures."""
        return self.key.public_key().public_bytes_raw().hex()

    def lines(self) -> Iterator[str]:
        """Every line as it is written; none before the first entry was noted."""
        if self.path.exists():
            with self.path.open(encoding="utf-8") as source:
                yield from source

    def read(self) -> Witness:
        """What all lines say together, with the last signature checked."""
        return read_anchors(self.lines(), self.public_key)


def open_anchors(path: Path, secret: str) -> Anchors:
    """The file at `path`, to be signed with the secret of 64 hexadecimal digits."""
    return Anchors(path, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))


def is_due(anchors: Anchors, connection: Connection) -> bool:
    """Whether a line is to be written now: after ten minutes with news, or at once in a burst."""
    head, last = reading.head(connection), _newest(anchors)
    if last is None:
        return head is not None
    if reading.hash_at(connection, last["seq"]) != last["hash"]:
        return True  # so that the difference is told of
    new = head.seq - last["seq"] if head else 0
    long_ago = utc_words(_now(connection) - EVERY) >= last["at"]
    return new >= A_BURST or (new > 0 and long_ago)


def note(anchors: Anchors, connection: Connection) -> dict[str, Any] | None:
    """Write a line about all entries since the last, if there are any; answer it.

    Raises DiffersFromAnchor where the chain is not what the last line says.
    """
    with _locked(anchors.path) as target:
        last = _newest(anchors)
        if last and reading.hash_at(connection, last["seq"]) != last["hash"]:
            raise DiffersFromAnchor(last["seq"])
        return _write(anchors, target, connection, "anchor", last["seq"] if last else 0, {})


def reseal(anchors: Anchors, connection: Connection, *, reason: str, kept: int) -> dict[str, Any]:
    """Go on with the chain as it is now: what was noted after entry `kept` no longer binds.

    The line says so for ever, with the reason, and so does an entry that the caller has written.
    """
    with _locked(anchors.path) as target:
        line = _write(anchors, target, connection, "reseal", kept, {"reason": reason})
        if line is None:
            raise ValueError("Nothing was written since, so there is nothing to reseal.")
        return line


def _write(
    anchors: Anchors,
    target: TextIO,
    connection: Connection,
    kind: str,
    after: int,
    more: dict[str, Any],
) -> dict[str, Any] | None:
    found = list(reading.links(connection, after=after, most=A_LINE))
    if not found:
        return None
    entries = [link.entry or {} for link in found]
    before = next((line_hash(line) for line, _ in newest_first(anchors)), "")
    fact = more | {
        "kind": kind,
        "at": utc_words(_now(connection)),
        "first": after + 1,
        "seq": found[-1].seq,
        "hash": found[-1].hash,
        "last_id": max(entry.get("id", 0) for entry in entries),
        "leaves": "".join(leaf_of(entry) for entry in entries),
        "line_before": before,
        "key": anchors.public_key,
    }
    fact["signature"] = anchors.key.sign(what_is_signed(fact)).hex()
    # What a power cut left of a line stays there by itself and is passed over by readers.
    target.write(("" if _ends_whole(anchors.path) else "\n") + canonical(fact).decode() + "\n")
    target.flush()
    os.fsync(target.fileno())
    return fact


def newest_first(anchors: Anchors) -> Iterator[tuple[str, dict[str, Any]]]:
    """The lines that were written last, with what they say; as many as are at hand quickly."""
    if not anchors.path.exists():
        return
    with anchors.path.open("rb") as source:
        source.seek(max(0, source.seek(0, os.SEEK_END) - AT_HAND))
        written = source.read().decode(errors="replace").splitlines()
    for line in reversed(written):
        if fact := read_line(line):
            yield line, fact


def _newest(anchors: Anchors) -> dict[str, Any] | None:
    return next((fact for _, fact in newest_first(anchors)), None)


def _now(connection: Connection) -> datetime:
    """The database's clock, by which the entries are dated."""
    at: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return at


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as source:
        if source.seek(0, os.SEEK_END) == 0:
            return True
        source.seek(-1, os.SEEK_END)
        return source.read() == b"\n"


@contextmanager
def _locked(path: Path) -> Iterator[TextIO]:
    """The file, to be added to by nobody else meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as target:
        fcntl.flock(target, fcntl.LOCK_EX)
        yield target
