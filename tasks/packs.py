"""Building a meeting's pack, and afterwards its copy for fast web view."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

import structlog
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from committee.clock import now
from committee.constitution import current_constitution
from committee.documents.pack import build as builder
from committee.documents.pack.plan import PackPlan, key
from committee.extensions import db
from committee.packs import manifest
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import UNDER_WAY, PackStatus
from committee.storage import current_storage
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tasks.working_folder import working_folder

log = structlog.get_logger()

# Seconds between two notes of progress: often enough to watch, seldom enough to cost nothing.
PROGRESS_EVERY = 0.25


class Cancelled(Exception):
    """Someone asked for this build to stop."""


def build(claim: work.Claim) -> None:
    """Build the pack from its meeting as it stands, and note it with the work's end."""
    pack = db.session.get_one(Pack, claim.subject_id, with_for_update=True)
    if pack.status not in (PackStatus.QUEUED, PackStatus.BUILDING):
        work.finish(claim)
        db.session.commit()
        return
    packs.begin(pack, now=now())
    plan, extra = plan_of(pack)
    work.confirm(claim, db.session())
    db.session.commit()
    with working_folder(f"pack-{claim.subject_id}") as folder:
        try:
            found = manifest.with_files(plan, current_storage())
            built = builder.build_pack(found, folder / "pack.pdf", progress=Progress(claim))
        except Cancelled:
            _note_cancelled(claim)
            return
        _note_built(claim, plan, built, extra)


def plan_of(pack: Pack) -> tuple[PackPlan, list[str]]:
    """What the pack is to hold now, and what the officer should be told beside it."""
    plan = manifest.plan_for(pack.meeting, pack.audience, constitution=current_constitution())
    return plan, manifest.newer_version_warnings(pack.meeting, pack.audience)


Watcher = Callable[[int, int, str], None]
_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher | None) -> Iterator[None]:
    """Tell `watcher` of each step of the builds done in this process meanwhile."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


class Progress:
    """Notes a build's progress in transactions of its own, and stops it when it has no more use."""

    def __init__(self, claim: work.Claim) -> None:
        self.claim = claim
        self.noted_at = 0.0

    def __call__(self, done: int, total: int, label: str) -> None:
        """Note `done` of `total` agenda items.

        Raises Cancelled if someone asked to stop, and LeaseLost if another worker took over.
        """
        watcher = _watcher.get()
        if watcher:
            watcher(done, total, label)
        if time.monotonic() - self.noted_at < PROGRESS_EVERY:
            return
        self.noted_at = time.monotonic()
        with Session(db.engine) as session, session.begin():
            stop = packs.note_progress(self.claim.subject_id, done, total, label, session=session)
            work.confirm(self.claim, session)
        if stop:
            raise Cancelled


def _note_built(
    claim: work.Claim, plan: PackPlan, built: builder.BuiltPack, extra: list[str]
) -> None:
    stored = current_storage().save_file(built.path)
    pack = db.session.get_one(Pack, claim.subject_id, with_for_update=True)
    if pack.cancel_asked:
        packs.record_cancelled(pack, now=now())
    else:
        packs.record_built(pack, built, stored, key=key(plan), also=extra, now=now())
    work.finish(claim)
    db.session.commit()


def _note_cancelled(claim: work.Claim) -> None:
    pack = db.session.get_one(Pack, claim.subject_id, with_for_update=True)
    packs.record_cancelled(pack, now=now())
    work.finish(claim)
    db.session.commit()


def linearise(claim: work.Claim) -> None:
    """Make the copy for fast web view. The pack can be read meanwhile."""
    pack = db.session.get_one(Pack, claim.subject_id)
    sha256 = pack.file_sha256
    db.session.rollback()
    if sha256 is None:
        raise ValueError(f"pack {claim.subject_id} has no file")
    with working_folder(f"fast-{claim.subject_id}") as folder:
        target = folder / "fast.pdf"
        builder.linearise(current_storage().local_path(sha256), target)
        stored = current_storage().save_file(target)
    packs.record_fast(db.session.get_one(Pack, claim.subject_id, with_for_update=True), stored)
    work.finish(claim)
    db.session.commit()


def give_up(pack_id: int, at: datetime) -> None:
    """The build was tried as often as it may be: say so where the pack is shown."""
    pack = db.session.get(Pack, pack_id, with_for_update=True)
    if pack and pack.status in (PackStatus.QUEUED, PackStatus.BUILDING):
        if pack.status is PackStatus.QUEUED:
            packs.begin(pack, now=at)
        packs.record_failed(
            pack,
            "The build stopped each time it was tried. The last good pack is still here; "
            "build it again, or tell your support team.",
            now=at,
        )


def give_up_by_command(pack_id: int, at: datetime) -> None:
    """A command stopped trying: the pack is not left as if it were being built.

    A worker that has the work in hand goes on with it.
    """
    pack = db.session.get_one(Pack, pack_id, with_for_update=True, populate_existing=True)
    work.cancel(WorkKind.BUILD_PACK, pack_id)
    in_hand = select(Work.id).where(
        Work.kind == WorkKind.BUILD_PACK,
        Work.subject_id == pack_id,
        Work.status == WorkStatus.LEASED,
    )
    if pack.status in UNDER_WAY and db.session.scalar(in_hand) is None:
        packs.record_failed(
            pack,
            "The build was started on the command line and stopped there after several errors. "
            "The last good pack is still here; build it again, or tell your support team.",
            now=at,
        )


def give_up_fast(pack_id: int, _at: datetime) -> None:
    """Fast web view failed: the pack itself is unharmed, so it is only logged."""
    log.error("fast_web_view_failed", pack_id=pack_id, app=current_app.name)
