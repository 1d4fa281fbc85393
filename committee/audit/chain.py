"""Joining new entries to the chain, at the end of the transaction that wrote them.

The chain has one end, so writers take turns: by one lock of the database, taken just before the
commit and gone with it. An entry whose transaction, or savepoint, was undone is in no chain.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.orm import Mapper, Session, SessionTransaction, object_session

from committee.audit.hashing import entry_facts
from committee.audit.models import AuditEntry
from committee.audit.verifier.chain import canonical

NEW = "unchained_audit_entries"
# Takes the lock, works out each hash from the one before it, and writes the links.
JOIN = text("SELECT audit_join(:ids, :entries)")


def join(connection: Connection, entries: Sequence[Any]) -> None:
    """Join these entries, or rows of them, in the order of their ids, to the end of the chain.

    Holds the chain's lock until the connection's transaction ends, so it comes last in it.
    """
    facts = sorted((entry_facts(entry) for entry in entries), key=lambda fact: int(fact["id"]))
    connection.execute(
        JOIN,
        {
            "ids": [fact["id"] for fact in facts],
            "entries": [canonical(fact).decode() for fact in facts],
        },
    )


@event.listens_for(AuditEntry, "after_insert")
def _note_new(_mapper: Mapper[Any], _connection: Connection, entry: AuditEntry) -> None:
    session = object_session(entry)
    if session is not None:
        session.info.setdefault(NEW, []).append(entry)


@event.listens_for(Session, "before_commit")
def _join_new(session: Session) -> None:
    if session.in_nested_transaction():
        return  # a savepoint: the transaction around it may still be undone
    session.flush()
    # What was written within a savepoint that was undone belongs to the session no more.
    new = [entry for entry in session.info.pop(NEW, ()) if inspect(entry).persistent]
    if new:
        join(session.connection(bind_arguments={"mapper": AuditEntry}), new)


@event.listens_for(Session, "after_transaction_end")
def _forget_new(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(NEW, None)
