"""The sweep's part in the audit: note the end of the log outside the database, check it daily."""

from datetime import date, datetime

import structlog

from committee.audit import anchors as anchoring
from committee.clock import LONDON
from committee.extensions import db
from committee.integrity import checks, heads

log = structlog.get_logger()

# By the clock in London: the day's letter is there when offices open.
CHECKED_FROM = 6


def note_audit(day: date, _now: datetime) -> None:
    """Note the end of the log, if ten minutes have gone by with news of it, or many entries."""
    anchors = checks.the_anchors()
    with db.engine.connect() as connection:
        if not anchoring.is_due(anchors, connection):
            return
        try:
            heads.refuse_if_it_differs(connection)
            line = anchoring.note(anchors, connection)
        except anchoring.DiffersFromAnchor as differs:
            log.error("audit_differs_from_anchor", seq=differs.seq)
            checks.tell_of_difference(differs.seq, day=day)
        else:
            if line:
                heads.remember(line)
            log.info("audit_noted", seq=line["seq"] if line else None)


def check_audit(day: date, now: datetime) -> None:
    """Check the whole log once a day, and mail its end to the monitoring officers."""
    if now.astimezone(LONDON).hour < CHECKED_FROM:
        return
    made = checks.check_of_day(day, now=now)
    if made is None:
        return
    if not made.sound:
        log.error("audit_not_sound", findings=made.findings)
    checks.tell_of_check(made)
