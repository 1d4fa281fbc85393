"""Killing workers in mid-build, and measuring how soon what they left is taken up again."""

import random
import re
import signal
import time
from dataclasses import dataclass, field

import psutil
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from committee.extensions import db
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus
from tests.faults.installation import Installation, Program

# The share of kills that wait for a build to be under way; the others come at any moment.
AIMED = 0.8
_PACK_FOLDER = re.compile(r"/working/pack-(\d+)-")
PATIENCE = 20.0  # seconds to wait for a build before striking anyway


def pack_built_by(process: psutil.Process) -> int | None:
    """The id of the pack that the process is building: it holds the lock of a folder for it."""
    try:
        paths = [opened.path for opened in process.open_files()]
    except psutil.Error:
        return None
    found = [match for path in paths if (match := _PACK_FOLDER.search(path))]
    return int(found[0].group(1)) if found else None


def pack_built_in(worker: Program) -> int | None:
    """The id of the pack that the worker is building."""
    return next((pack for child in worker.children() if (pack := pack_built_by(child))), None)


@dataclass
class Killer:
    """Kills one working process or a whole worker at a time, and keeps count."""

    installation: Installation
    chance: random.Random
    kills: int = 0
    whole_workers: int = 0
    inside_builds: int = 0
    _cut_short: dict[tuple[int, int], float] = field(default_factory=dict)
    begun_again_after: list[float] = field(default_factory=list)

    def strike(self) -> None:
        """Kill once, then start again what a supervisor would."""
        worker = self._stopped_victim()
        whole = self.chance.random() < 0.5
        children = worker.children()
        pack_id = pack_built_in(worker)
        if pack_id:
            self._note_cut_short(pack_id)
        if whole or not children:
            worker.kill()
            self.whole_workers += 1
        else:
            self.chance.choice(children).kill()
            worker.signal(signal.SIGCONT)
        self.kills += 1
        self.inside_builds += pack_id is not None
        self.installation.restart_what_died()

    def _stopped_victim(self) -> Program:
        """A worker, stopped at a random moment: what it was doing can be read with certainty."""
        aimed = self.chance.random() < AIMED
        deadline = time.monotonic() + PATIENCE
        while aimed and time.monotonic() < deadline:
            building = [worker for worker in self.installation.workers if pack_built_in(worker)]
            if building:
                time.sleep(self.chance.uniform(0, 0.2))
                worker = self.chance.choice(building)
                worker.signal(signal.SIGSTOP)
                if pack_built_in(worker):
                    return worker
                worker.signal(signal.SIGCONT)  # it was quicker
            self.note_begun_again()
            time.sleep(0.01)
        time.sleep(self.chance.uniform(0, 1))
        worker = self.chance.choice(self.installation.workers)
        worker.signal(signal.SIGSTOP)
        return worker

    def _note_cut_short(self, pack_id: int) -> None:
        under_way = select(Work.id, Work.attempts).where(
            Work.kind == WorkKind.BUILD_PACK,
            Work.subject_id == pack_id,
            Work.status == WorkStatus.LEASED,
        )
        with Session(db.engine) as session:
            for work_id, attempts in session.execute(under_way):
                self._cut_short[work_id, attempts] = time.monotonic()

    def note_begun_again(self) -> None:
        """Note for each build cut short whether another attempt has begun."""
        if not self._cut_short:
            return
        with Session(db.engine) as session:
            ids = {work_id for work_id, _ in self._cut_short}
            rows = session.execute(select(Work.id, Work.attempts).where(Work.id.in_(ids))).all()
        for work_id, attempts in rows:
            for place in [p for p in self._cut_short if p[0] == work_id and p[1] < attempts]:
                self.begun_again_after.append(time.monotonic() - self._cut_short.pop(place))


def attempts_lost(app: Flask) -> int:
    """How many attempts at builds ended without an error and without a result: they were killed."""
    with app.app_context():
        builds = db.session.scalars(select(Work).where(Work.kind == WorkKind.BUILD_PACK)).all()
        assert not [build.last_error for build in builds if build.last_error]
        return sum(build.attempts - 1 for build in builds)
