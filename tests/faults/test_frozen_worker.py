"""A worker that sleeps through its lease wakes and changes nothing; two builds do no harm."""

import random
import signal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from committee.audit.models import AuditEntry
from committee.extensions import db
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tasks.hurry import send
from tests.faults import council
from tests.faults.installation import Installation, Program, wait_until
from tests.faults.killing import pack_built_in
from tests.faults.record import record
from tests.faults.watching import assert_all_done

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(1200)]

FREEZES = 20


def big_meetings(
    app: Flask, installation: Installation, chance: random.Random, *, meetings: int
) -> list[int]:
    papers = council.checked_papers(installation.folder / "papers", papers=6, pages=600)
    app.config["HURRY_WORK"] = False
    made = council.meetings_with_papers(papers, meetings=meetings, chance=chance, fewest=9)
    app.config["HURRY_WORK"] = True
    return made


def status_of(pack_id: int) -> PackStatus | None:
    status = db.session.scalar(select(Pack.status).where(Pack.id == pack_id))
    db.session.rollback()
    return status


def everything_about(pack_id: int, storage: Path) -> tuple[object, ...]:
    """The pack's row, its work, and every stored file with the moment it was written."""
    rows = [
        tuple(db.session.execute(select(table.__table__).where(column == pack_id)).all())
        for table, column in ((Pack, Pack.id), (Work, Work.subject_id))
    ]
    audit = db.session.scalar(
        select(func.count()).where(AuditEntry.act == "pack:built", AuditEntry.subject_id == pack_id)
    )
    db.session.rollback()
    files = sorted((path.name, path.stat().st_mtime_ns) for path in storage.glob("??/*"))
    return (*rows, audit, files)


def frozen_inside(worker: Program, pack_id: int) -> bool:
    """Whether the worker, stopped now, was building that pack; it goes on if it was not."""
    worker.signal(signal.SIGSTOP)
    if pack_built_in(worker) == pack_id:
        return True
    worker.signal(signal.SIGCONT)
    return False


def times_given_up(worker: Program) -> int:
    """How often the worker found its lease lost, or its connection closed while it slept."""
    log = worker.log.read_text(errors="replace")
    return log.count(" lease_lost ") + log.count(" work_failed ")


def test_the_frozen_worker_changes_nothing_when_it_wakes(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    meetings = big_meetings(app, installation, chance, meetings=FREEZES)
    workers = [installation.add_worker(), installation.add_worker()]
    installation.start_scheduler()
    for meeting_id in meetings:
        (pack_id,) = council.ask_for_packs([meeting_id], Audience.RESTRICTED)
        sleepers: list[Program] = []

        def one_sleeps(pack_id: int = pack_id, sleepers: list[Program] = sleepers) -> bool:
            sleepers += [w for w in workers if pack_built_in(w) and frozen_inside(w, pack_id)]
            return bool(sleepers)

        wait_until(one_sleeps, seconds=60, every=0.01)
        wait_until(lambda p=pack_id: status_of(p) is PackStatus.BUILT, seconds=90)
        wait_until(lambda: council.owed() == 0, seconds=60)
        before = everything_about(pack_id, installation.storage_folder)
        (sleeper,) = sleepers
        lost = times_given_up(sleeper)
        sleeper.signal(signal.SIGCONT)
        wait_until(lambda s=sleeper, n=lost: times_given_up(s) > n, seconds=60)
        wait_until(lambda s=sleeper: pack_built_in(s) is None, seconds=60)
        assert everything_about(pack_id, installation.storage_folder) == before
        assert before[2] == 1
    assert_all_done(app, installation.storage_folder)
    record("A worker frozen past its lease", {"freezes": FREEZES, "changes by a frozen worker": 0})


def test_two_builds_of_a_meeting_at_once_give_the_same_bytes(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    meetings = big_meetings(app, installation, chance, meetings=4)
    for _ in range(2):
        installation.add_worker()
    installation.start_scheduler()
    overlapped = 0
    for meeting_id in meetings:
        (first,) = council.ask_for_packs([meeting_id], Audience.RESTRICTED)
        wait_until(lambda p=first: status_of(p) is not PackStatus.QUEUED, seconds=60, every=0.01)
        (second,) = council.ask_for_packs([meeting_id], Audience.RESTRICTED)
        assert first != second
        # Nobody may profit from more messages than there is work.
        for work_id in db.session.scalars(select(Work.id).where(Work.status == WorkStatus.DUE)):
            for _ in range(5):
                send(app, work_id, WorkKind.BUILD_PACK, None)
        db.session.rollback()
        wait_until(lambda: council.owed() == 0, seconds=120)
        one, other = (
            db.session.get_one(Pack, pack, populate_existing=True) for pack in (first, second)
        )
        assert (one.key, one.file_sha256) == (other.key, other.file_sha256)
        assert one.finished_at is not None
        assert other.started_at is not None
        overlapped += other.started_at < one.finished_at
        db.session.rollback()
    assert overlapped >= 1
    builds = db.session.scalars(select(Work.attempts).where(Work.kind == WorkKind.BUILD_PACK))
    assert set(builds) == {1}
    db.session.rollback()
    assert_all_done(app, installation.storage_folder)
    record("Two builds of a meeting at once", {"pairs": len(meetings), "overlapping": overlapped})
