"""The broker forgets everything, or dies: work is late, and none is lost."""

import random
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from committee.extensions import db
from committee.packs.models import Pack
from committee.reports.models import PaperVersion
from committee.reports.rules import VersionStatus
from tests import builders
from tests.faults import council
from tests.faults.installation import Installation, wait_until
from tests.faults.record import record
from tests.faults.watching import Watch, assert_all_done


def owe_builds_and_checks(
    app: Flask, installation: Installation, chance: random.Random, *, meetings: int, checks: int
) -> None:
    """Owe the packs of so many meetings and the checks of so many papers."""
    papers = council.checked_papers(installation.folder / "papers", papers=6, pages=200)
    app.config["HURRY_WORK"] = False
    meeting_ids = council.meetings_with_papers(papers, meetings=meetings, chance=chance)
    app.config["HURRY_WORK"] = True
    council.ask_for_packs(meeting_ids)
    item = builders.an_item(builders.a_meeting())
    for number in range(checks):
        content = builders.a_pdf(20, words=f"Paper {number}")
        builders.a_paper(item, name=f"paper-{number}.pdf", content=content)
    db.session.commit()


def assert_every_paper_is_accepted() -> None:
    unfit = select(func.count()).where(PaperVersion.status != VersionStatus.ACCEPTED)
    assert db.session.scalar(unfit) == 0


class Trouble(threading.Thread):
    """Empties the broker every two seconds, and each fifth time kills it and starts it again."""

    def __init__(self, installation: Installation, *, times: int, every: float = 2.0) -> None:
        super().__init__(name="trouble", daemon=True)
        self.installation, self.times, self.every = installation, times, every
        self.emptied = self.killed = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Make trouble so many times; the broker runs in the end."""
        for number in range(1, self.times + 1):
            self.over.wait(self.every)
            if number % 5 == 0:
                self.installation.kill_broker()
                self.killed += 1
                self.over.wait(self.every)
                self.installation.start_broker()
            else:
                self.installation.empty_broker()
                self.emptied += 1


def test_a_broker_that_is_emptied_once_loses_nothing(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    owe_builds_and_checks(app, installation, chance, meetings=3, checks=3)
    installation.add_worker()
    installation.start_scheduler()
    wait_until(lambda: council.owed() < 9, seconds=60)
    assert council.owed() > 0
    installation.empty_broker()
    wait_until(lambda: council.owed() == 0, seconds=120)
    assert_every_paper_is_accepted()
    assert_all_done(app, installation.storage_folder)


@pytest.mark.nightly
@pytest.mark.timeout(900)
def test_a_broker_that_is_emptied_and_killed_all_the_time_loses_nothing(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    for _ in range(2):
        installation.add_worker()
    installation.start_scheduler()
    watch = Watch(app)
    watch.start()
    trouble = Trouble(installation, times=30)
    trouble.start()
    while trouble.is_alive():
        if council.owed() < 10:
            owe_builds_and_checks(app, installation, chance, meetings=8, checks=30)
        trouble.join(0.5)
    wait_until(lambda: council.owed() == 0, seconds=300, every=0.2)
    watch.stop()
    assert_every_paper_is_accepted()
    assert_all_done(app, installation.storage_folder)
    record(
        "A broker emptied and killed",
        {
            "times emptied": trouble.emptied,
            "times killed and started again": trouble.killed,
            "packs asked for and built": db.session.query(Pack).count(),
            "papers checked": db.session.query(PaperVersion).count(),
            "lost": 0,
        },
    )
