"""Doing owed work in the command's own process, with a progress bar on a terminal."""

import logging
import sys
import time

import click
from sqlalchemy import func, select

from committee.extensions import db
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from tasks.perform import perform_now

# Seconds between two looks at work that a worker has taken up meanwhile.
LOOK_EVERY = 0.2

# A first error may be a passing one; a person at a terminal is not kept longer than this many.
ERRORS_BEFORE_STOPPING = 3


def do_owed(kind: WorkKind, subject_ids: list[int], *, label: str, quiet: bool = False) -> None:
    """Do the work owed on these rows, or wait for the worker that was quicker.

    Raises click.ClickException with the error of work that goes on failing. It stays owed, and a
    worker tries it again until its limit.
    """
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
    """Try until the work is done, set aside, or has failed as often as a person may be kept."""
    reported = 0
    while True:
        mine = perform_now(work_id)
        found = db.session.get_one(Work, work_id, populate_existing=True)
        status, errors, last_error = found.status, found.errors, found.last_error
        stuck = not mine and _is_worn_out(found)
        db.session.rollback()
        if status not in work.OWED:
            return
        if stuck:
            raise click.ClickException(
                "The work killed the process that did it as often as it may be tried. "
                "Start Quorate, which sets it aside, and see its log."
            )
        if errors > reported:
            reported = errors
            click.echo(f"Attempt {errors} failed: {last_error}", err=True)
        if errors >= ERRORS_BEFORE_STOPPING:
            raise click.ClickException(
                f"Stopped after {errors} failed attempts. The last error was: {last_error}"
            )
        time.sleep(LOOK_EVERY)


def _is_worn_out(found: Work) -> bool:
    """Whether its last worker died at the limit, so that nobody will take the work up again."""
    if found.status is not WorkStatus.LEASED or found.attempts < LIMITS[found.kind].attempts:
        return False
    over = select(Work.lease_until < func.now()).where(Work.id == found.id)
    return bool(db.session.scalar(over))
