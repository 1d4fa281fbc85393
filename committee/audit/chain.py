"""Joining new entries to the chain, at the end of the transaction that wrote them.

The chain has one end, so writers take turns: by one lock of the database, taken just before the
commit and gone with it. An entry whose transaction, or savepoint, was undone is in no chain.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, event, insert, select, text
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from committee.audit.hashing import entry_facts
from committee.audit.models import AuditEntry, AuditLink
from committee.audit.verifier.chain import GENESIS, link_hash

ENTRIES = AuditEntry.__table__
LINKS = AuditLink.__table__
# The number is the lock's name, and means nothing else.
LOCK = text("SELECT pg_advisory_xact_lock(20140806)")
NEW = "unchained_audit_entries"


def join(connection: Connection, entry_ids: Sequence[int]) -> None:
    """Join the entries with these ids, in the order of their ids, to the end of the chain.

    Holds the chain's lock until the connection's transaction ends, so it comes last in it.
    """
    connection.execute(LOCK)
    end = select(LINKS.c.seq, LINKS.c.hash).order_by(LINKS.c.seq.desc()).limit(1)
    last = connection.execute(end).first()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    found = select(ENTRIES).where(ENTRIES.c.id == text("ANY(:ids)")).order_by(ENTRIES.c.id)
    links: list[dict[str, Any]] = []
    for row in connection.execute(found, {"ids": list(entry_ids)}):
        seq, hashed = seq + 1, link_hash(previous, entry_facts(row))
        links.append({"seq": seq, "entry_id": row.id, "previous": previous, "hash": hashed})
        previous = hashed
    if links:
        connection.execute(insert(AuditLink), links)


@event.listens_for(AuditEntry, "after_insert")
def _note_new(_mapper: Mapper[Any], _connection: Connection, entry: AuditEntry) -> None:
    session = object_session(entry)
    if session is not None:
        session.info.setdefault(NEW, []).append(entry.id)


@event.listens_for(Session, "before_commit")
def _join_new(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: the transaction around it may still be undone
    session.flush()
    new = session.info.pop(NEW, None)
    if new:
        join(session.connection(bind_arguments={"mapper": AuditEntry}), new)


@event.listens_for(Session, "after_transaction_end")
def _forget_new(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(NEW, None)
