"""Doing one piece of work: claim it, keep the lease alive, and leave it done or owed again."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from celery import shared_task
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from committee.clock import now
from committee.extensions import db
from committee.work import service as work
from committee.work.rules import WorkKind
from config import Settings
from tasks import consultations, mail, minutes, packs, papers, people, records, search

log = structlog.get_logger()

DO: dict[WorkKind, Callable[[work.Claim], None]] = {
    WorkKind.CHECK_PAPER: papers.check,
    WorkKind.BUILD_PACK: packs.build,
    WorkKind.LINEARISE_PACK: packs.linearise,
    WorkKind.SEND_MAIL: mail.send,
    WorkKind.INDEX_AGENDA: search.index_agenda,
    WorkKind.MAKE_SUMMARY_FILES: consultations.make_summary_files,
    WorkKind.MAKE_RECORD_FILES: records.make_record_files,
    WorkKind.MAKE_MINUTES_FILES: minutes.make_files,
    WorkKind.SEND_PASSWORD_LINK: people.send_password_link,
}

GIVE_UP = {
    WorkKind.CHECK_PAPER: papers.give_up,
    WorkKind.BUILD_PACK: packs.give_up,
    WorkKind.LINEARISE_PACK: packs.give_up_fast,
    WorkKind.SEND_MAIL: mail.give_up,
    WorkKind.INDEX_AGENDA: search.give_up,
    WorkKind.MAKE_SUMMARY_FILES: consultations.give_up,
    WorkKind.MAKE_RECORD_FILES: records.give_up,
    WorkKind.MAKE_MINUTES_FILES: minutes.give_up,
    WorkKind.SEND_PASSWORD_LINK: people.give_up,
}


@shared_task(name="perform")
def perform(work_id: int) -> None:
    """Do the work if it is still owed and nobody else is at it. May run twice for one message."""
    perform_now(work_id)


def perform_now(work_id: int) -> bool:
    """Do the work in this process; answers whether it was ours to do."""
    settings: Settings = current_app.config["SETTINGS"]
    claim = work.claim(work_id, lease_seconds=settings.lease_seconds)
    db.session.commit()
    if claim is None:
        return False
    with (
        structlog.contextvars.bound_contextvars(work_id=work_id, kind=claim.kind.value),
        kept_alive(claim, settings.lease_seconds),
    ):
        _attempt(claim)
    return True


def _attempt(claim: work.Claim) -> None:
    try:
        DO[claim.kind](claim)
        log.info("work_done", subject_id=claim.subject_id, attempt=claim.attempt)
    except work.LeaseLost:
        db.session.rollback()
        log.warning("lease_lost", subject_id=claim.subject_id)
    except Exception as error:
        db.session.rollback()
        log.exception("work_failed", subject_id=claim.subject_id, attempt=claim.attempt)
        if work.put_back(claim, f"{type(error).__name__}: {error}"):
            GIVE_UP[claim.kind](claim.subject_id, now())
        db.session.commit()


@contextmanager
def kept_alive(claim: work.Claim, lease_seconds: int) -> Iterator[None]:
    """Renew the lease from a thread of its own until the work is over."""
    over = threading.Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(
        target=_renew_until, args=(app, claim, lease_seconds, over), name="lease", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew_until(app: Flask, claim: work.Claim, lease_seconds: int, over: threading.Event) -> None:
    while not over.wait(lease_seconds / 4):
        with app.app_context():
            try:
                kept = work.renew(claim, lease_seconds=lease_seconds)
                db.session.commit()
            except SQLAlchemyError:
                continue  # the database may be back at the next turn, before the lease ends
            if not kept:
                return
