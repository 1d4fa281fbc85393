"""Workers killed at random moments: there is always a whole pack, and every build ends."""

import itertools
import random
import statistics
from pathlib import Path

import pytest
from flask import Flask

from committee.extensions import db
from committee.packs.models import Pack
from tests.faults import council
from tests.faults.installation import Installation, wait_until
from tests.faults.killing import Killer, attempts_lost
from tests.faults.record import record
from tests.faults.watching import Watch, assert_all_done


def run(
    app: Flask,
    installation: Installation,
    chance: random.Random,
    *,
    meetings: int,
    kills: int,
    inside: int = 0,
) -> Killer:
    """Build packs of so many meetings over and over until so many kills are done, then finish.

    Where so few kills may all miss, it goes on until `inside` of them fell within a build, though
    not beyond four times as many. Few are asked for at a time, so that a wait is for the fault and
    not for one's turn.
    """
    pages = 1000 if kills > 20 else 400
    papers = council.checked_papers(installation.folder / "papers", papers=5, pages=pages)
    app.config["HURRY_WORK"] = False
    meeting_ids = council.meetings_with_papers(papers, meetings=meetings, chance=chance)
    app.config["HURRY_WORK"] = True
    turn = itertools.cycle(meeting_ids)
    for _ in range(2):
        installation.add_worker()
    installation.start_scheduler()
    watch = Watch(app)
    watch.start()
    killer = Killer(installation, chance)
    while killer.kills < kills or (killer.inside_builds < inside and killer.kills < 4 * kills):
        while council.builds_owed() < 3:
            council.ask_for_packs([next(turn)])
        killer.strike()

    def all_done() -> bool:
        killer.note_begun_again()
        return council.owed() == 0

    wait_until(all_done, seconds=120, every=0.1)
    council.ask_for_packs(meeting_ids)
    wait_until(all_done, seconds=240, every=0.1)
    watch.stop()
    assert watch.looks > kills
    assert_all_done(app, installation.storage_folder)
    return killer


def working_folders(installation: Installation) -> list[Path]:
    """What half-made files are left where workers work."""
    working = installation.data_folder / "working"
    return [path for path in working.iterdir() if path.is_dir()]


def test_a_few_kills_leave_whole_packs_and_nothing_undone(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    killer = run(app, installation, chance, meetings=2, kills=5, inside=3)
    assert killer.inside_builds >= 3
    assert attempts_lost(app) >= 1


@pytest.mark.nightly
@pytest.mark.timeout(1800)
def test_a_hundred_kills_leave_whole_packs_and_nothing_undone(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    killer = run(app, installation, chance, meetings=25, kills=100)
    assert killer.inside_builds >= 60
    assert len(working_folders(installation)) <= 2
    record(
        "A hundred kills",
        {
            "kills (SIGKILL)": killer.kills,
            "of which whole workers": killer.whole_workers,
            "kills that fell inside a build": killer.inside_builds,
            "attempts at builds cut short": attempts_lost(app),
            "packs asked for and built": db.session.query(Pack).count(),
            "seconds until a build cut short was begun again, median": round(
                statistics.median(killer.begun_again_after), 1
            ),
            "the same, longest": round(max(killer.begun_again_after), 1),
            "packs lost, half or by hand": 0,
        },
    )
