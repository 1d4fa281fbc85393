"""Reading the whole log, entry by entry, to check it or to hand it out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from committee.audit.hashing import entry_facts
from committee.audit.models import AuditEntry, AuditLink
from committee.audit.verifier.chain import Link

AT_A_TIME = 2000  # rows

ENTRY = AuditEntry.__table__.c
LINK = AuditLink.__table__.c


@dataclass(frozen=True)
class Head:
    """The end of the chain: the newest entry's number and hash, and the highest id so far."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def links(connection: Connection, *, after: int = 0, most: int | None = None) -> Iterator[Link]:
    """The places of the chain in their order, from the one after number `after`."""
    found = (
        select(LINK.seq, LINK.previous, LINK.hash, *ENTRY)
        .select_from(AuditLink.__table__.outerjoin(AuditEntry.__table__, LINK.entry_id == ENTRY.id))
        .where(LINK.seq > after)
        .order_by(LINK.seq)
        .limit(most)
    )
    for row in connection.execute(found.execution_options(yield_per=AT_A_TIME)):
        entry = None if row.id is None else entry_facts(row)
        yield Link(row.seq, row.previous, row.hash, entry)


def outside(connection: Connection) -> list[dict[str, Any]]:
    """Entries that have no place in the chain. There is no honest way to write one."""
    chained = select(LINK.seq).where(LINK.entry_id == ENTRY.id).exists()
    found = select(AuditEntry.__table__).where(~chained).order_by(ENTRY.id)
    return [entry_facts(row) for row in connection.execute(found)]


def head(connection: Connection) -> Head | None:
    """The end of the chain, if anything was ever written."""
    newest = select(LINK.seq, LINK.hash).order_by(LINK.seq.desc()).limit(1)
    found = connection.execute(newest).first()
    return Head(found.seq, found.hash) if found else None


def hash_at(connection: Connection, seq: int) -> str | None:
    """The hash of the chain at a number, if it is that long."""
    return connection.execute(select(LINK.hash).where(LINK.seq == seq)).scalar()


def has(connection: Connection, seq: int, hashed: str) -> bool:
    """Whether the chain has this hash at this number."""
    return hash_at(connection, seq) == hashed


def counter(connection: Connection) -> int | None:
    """The last id that the database gave to an entry, were it that of one that is gone."""
    last = text(
        "SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()"
        " AND sequencename = 'audit_entry_id_seq'"
    )
    found: int | None = connection.execute(last).scalar()
    return found


def how_many(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(AuditLink)).scalar_one()
