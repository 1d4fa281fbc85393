"""Heads of the log that were told apart from the file of anchors, for a check to compare with.

The message broker keeps the newest head that was noted, on a server of its own; each daily check
keeps in the database how far it went. Neither is as good as a letter, which nobody at the server
can reach, but whoever cuts the log and removes the anchors has to know of these as well.
"""

import json
from typing import Any

import redis
import structlog
from flask import current_app
from sqlalchemy import Connection, select

from committee.audit import reading
from committee.audit.anchors import DiffersFromAnchor
from committee.audit.hashing import utc_words
from committee.audit.verifier.witness import Told
from committee.integrity.models import AuditCheck
from config import Settings

KEY = "quorate:audit_head"
MOST = 1000  # daily checks looked at, the newest ones

log = structlog.get_logger()


def remember(line: dict[str, Any], *, anew: bool = False) -> None:
    """Let the broker keep the head of a line that was just written to the anchors. Where it cannot
    be reached it keeps an earlier one, which holds as well.

    It never goes back, as anchors do whose file is gone and is begun at the first entry again; but
    for `anew`, after a reseal.
    """
    before = None if anew else remembered()
    if before and before.seq > line["seq"]:
        return
    kept = json.dumps({name: line[name] for name in ("seq", "hash", "at")})
    try:
        with _broker() as broker:
            broker.set(KEY, kept)
    except (redis.RedisError, OSError):
        log.warning("audit_head_not_kept", seq=line["seq"])


def remembered() -> Told | None:
    """The newest head that the broker keeps; nothing where it keeps none or cannot be reached."""
    try:
        with _broker() as broker:
            kept = json.loads(broker.get(KEY) or b"null")
        return Told("the message broker", kept["seq"], kept["hash"], kept["at"], noted=True)
    except (redis.RedisError, OSError, ValueError, KeyError, TypeError):
        return None


def refuse_if_it_differs(connection: Connection) -> None:
    """Raise DiffersFromAnchor where the log is not what the broker keeps of it, so that the file
    of anchors, should it be gone, is not begun anew upon a log that was cut."""
    kept = remembered()
    if kept and not reading.has(connection, kept.seq, kept.hash):
        raise DiffersFromAnchor(kept.seq)


def in_daily_checks(connection: Connection) -> list[Told]:
    """Where the log ended at each daily check that found it sound, as the database has it."""
    columns = AuditCheck.__table__.c
    found = (
        select(columns.seq, columns.hash, columns.at)
        .where(columns.sound, columns.seq > 0)
        .order_by(columns.id.desc())
        .limit(MOST)
    )
    rows = connection.execute(found).all()
    return [Told("a daily check", row.seq, row.hash, utc_words(row.at)) for row in rows]


def _broker() -> redis.Redis:
    settings: Settings = current_app.config["SETTINGS"]
    return redis.Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
