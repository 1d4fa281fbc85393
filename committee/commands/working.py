"""Doing owed work in the command's own process, with a progress bar on a terminal."""

import logging
import sys
import time

import click
from sqlalchemy import select

from committee.extensions import db
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks.perform import perform_now

# Seconds between two looks at work that a worker has taken up meanwhile.
LOOK_EVERY = 0.2


def do_owed(kind: WorkKind, subject_ids: list[int], *, label: str, quiet: bool = False) -> None:
    """Do the work owed on these rows, or wait for the worker that was quicker."""
    owed = select(Work.id).where(
        Work.kind == kind,
        Work.subject_id.in_(subject_ids),
        Work.status.in_(work.OWED),
    )
    ids = list(db.session.scalars(owed.order_by(Work.id)))
    # A person at a terminal watches the bar; only what goes wrong is worth a line of log.
    logging.getLogger("tasks").setLevel(logging.WARNING)
    db.session.rollback()
    shown = None if quiet or not sys.stderr.isatty() else sys.stderr
    with click.progressbar(ids, label=label, file=shown or sys.stderr, hidden=shown is None) as bar:
        for work_id in bar:
            _do_or_wait(work_id)


def _do_or_wait(work_id: int) -> None:
    while not perform_now(work_id):
        owed = work.is_owed(work_id)
        db.session.rollback()
        if not owed:
            return
        time.sleep(LOOK_EVERY)
    _try_again_after_failure(work_id)


def _try_again_after_failure(work_id: int) -> None:
    """A first failure may be a passing one: try until the work is done or set aside."""
    while True:
        owed = work.is_owed(work_id)
        db.session.rollback()
        if not owed:
            return
        time.sleep(LOOK_EVERY)
        perform_now(work_id)
