"""What happens by date alone: each sweep does what is due, and doing it twice harms nothing."""

from collections.abc import Callable
from datetime import date, datetime

import structlog

from committee.clock import now, today
from committee.extensions import db
from tasks import anchors, consultations, records, search

log = structlog.get_logger()

# Each is told the civil date in London and the instant, and runs in a transaction of its own.
DATED: tuple[Callable[[date, datetime], None], ...] = (
    consultations.close_ended,
    records.end_call_ins,
    search.bring_up_to_date,
    anchors.check_audit,
    anchors.note_audit,
)


def do_dated() -> None:
    """Do all that has fallen due. What fails is tried again by the next sweep and stops nothing."""
    for act in DATED:
        try:
            act(today(), now())
            db.session.commit()
        except Exception:
            db.session.rollback()
            log.exception("dated_act_failed", act=act.__name__)
