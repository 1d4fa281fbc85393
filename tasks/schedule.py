"""The sweep: the one timed entry. It finds what is owed and tells the workers."""

import redis
import structlog
from celery import shared_task
from flask import current_app
from kombu.exceptions import KombuError

from committee.clock import now
from committee.extensions import db
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind
from config import Settings
from tasks.dated import do_dated
from tasks.hurry import send
from tasks.perform import GIVE_UP
from tasks.reminders import remind

log = structlog.get_logger()

# Messages of a kind beyond which no more are sent: a worker that is away for days fills nothing.
ENOUGH = 1000


@shared_task(name="sweep")
def sweep() -> None:
    """Do what falls due by date, set aside what kept killing its worker, hurry what is owed."""
    do_dated()
    set_aside_worn_out()
    hint()
    work.seen("sweep")
    db.session.commit()
    remind()


def set_aside_worn_out() -> None:
    """Tell people of work whose workers died too often, instead of trying for ever."""
    for piece in work.worn_out():
        facts = {"work_id": piece.id, "kind": piece.kind, "subject_id": piece.subject_id}
        try:
            with db.session.begin_nested():
                work.set_aside(piece, "The worker died each time.")
                GIVE_UP[piece.kind](piece.subject_id, now())
        except Exception:
            # The next sweep tries again; what else is owed must not wait for this one.
            log.exception("work_not_set_aside", **facts)
        else:
            log.error("work_set_aside", **facts)
    db.session.commit()


def hint() -> None:
    """Send a message for each piece of work that waits. A lost message is sent again."""
    held = messages_held()
    waiting: list[Work] = list(
        work.to_hint(
            unheard=[kind for kind, count in held.items() if count == 0],
            heard=[kind for kind, count in held.items() if count >= ENOUGH],
        )
    )
    work.note_hinted([piece.id for piece in waiting])
    messages = [(piece.id, piece.kind, piece.request_id) for piece in waiting]
    db.session.commit()
    try:
        for work_id, kind, request_id in messages:
            send(current_app, work_id, kind, request_id)
    except KombuError:
        log.warning("broker_unreachable", waiting=len(messages))


def messages_held() -> dict[WorkKind, int]:
    """How many messages of each kind wait at the broker for a worker; nothing if it is down."""
    settings: Settings = current_app.config["SETTINGS"]
    prefix = current_app.extensions["celery"].conf.broker_transport_options["global_keyprefix"]
    broker = redis.Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        with broker:
            return {kind: int(broker.llen(prefix + of.queue)) for kind, of in LIMITS.items()}
    except (redis.RedisError, OSError):
        return {}
