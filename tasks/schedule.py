"""The sweep: the one timed entry. It finds what is owed and tells the workers."""

import structlog
from celery import shared_task
from flask import current_app
from kombu.exceptions import OperationalError

from committee.clock import now
from committee.extensions import db
from committee.work import service as work
from committee.work.models import Work
from tasks.hurry import send
from tasks.perform import GIVE_UP

log = structlog.get_logger()


@shared_task(name="sweep")
def sweep() -> None:
    """Set aside what kept killing its worker, and hurry what is owed and unanswered."""
    set_aside_worn_out()
    hint()
    work.seen("sweep")
    db.session.commit()


def set_aside_worn_out() -> None:
    """Tell people of work whose workers died too often, instead of trying for ever."""
    for piece in work.worn_out():
        log.error("work_set_aside", work_id=piece.id, kind=piece.kind, subject_id=piece.subject_id)
        work.set_aside(piece, "The worker died each time.")
        GIVE_UP[piece.kind](piece.subject_id, now())
    db.session.commit()


def hint() -> None:
    """Send a message for each piece of work that waits. A lost message is sent again later."""
    waiting: list[Work] = list(work.to_hint())
    work.note_hinted([piece.id for piece in waiting])
    messages = [(piece.id, piece.kind, piece.request_id) for piece in waiting]
    db.session.commit()
    try:
        for work_id, kind, request_id in messages:
            send(current_app, work_id, kind, request_id)
    except OperationalError:
        log.warning("broker_unreachable", waiting=len(messages))
