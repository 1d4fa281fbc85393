"""What is hashed, and how: one canonical form, so that equal things have equal hashes."""

import hashlib
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from committee.audit.verifier.chain import canonical


def digest(value: Any) -> str | None:
    """The SHA-256 of a value's canonical form, in hexadecimal; nothing where none was given.

    Dates, enumerations, decimals and sets have an agreed form as well as what JSON knows.
    Raises TypeError for what has none, such as a row of a table.
    """
    return None if value is None else hashlib.sha256(canonical(_plain(value))).hexdigest()


def entry_facts(row: Any) -> dict[str, Any]:
    """What is hashed of a row of audit_entry: all its columns, by the names of an export."""
    return {
        "id": row.id,
        "at": utc_words(row.at),
        "actor_id": row.actor_id,
        "for_whom_id": row.for_whom_id,
        "act": row.act,
        "subject_kind": row.subject_kind,
        "subject_id": row.subject_id,
        "before_sha256": row.before_sha256,
        "after_sha256": row.after_sha256,
        "request_id": row.request_id,
    }


def utc_words(at: datetime) -> str:
    """An instant in UTC to the microsecond, always of one length."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(each) for each in value), key=canonical)
    return _plain_scalar(value)


def _plain_scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return utc_words(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise TypeError(f"{type(value).__name__} has no canonical form; give plain values.")
