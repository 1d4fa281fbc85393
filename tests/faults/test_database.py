"""The database dies without a goodbye while packs are built and asked for."""

import random
import threading

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from committee.extensions import db, end_connections
from committee.packs.models import Pack
from committee.packs.rules import PackStatus
from tests.faults import council
from tests.faults.installation import Installation, wait_until
from tests.faults.killing import pack_built_in
from tests.faults.record import record
from tests.faults.watching import assert_all_done

CRASHES = 4


class Asking(threading.Thread):
    """Asks for packs all the time, as officers would, and remembers what was acknowledged."""

    def __init__(self, app: Flask, meeting_ids: list[int], chance: random.Random) -> None:
        super().__init__(name="asking", daemon=True)
        self.app, self.meeting_ids, self.chance = app, meeting_ids, chance
        self.acknowledged: set[int] = set()
        self.refused = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Ask until told to stop."""
        while not self.over.wait(0.4):
            with self.app.app_context():
                try:
                    asked = council.ask_for_packs([self.chance.choice(self.meeting_ids)])
                    self.acknowledged.update(asked)
                except DBAPIError:
                    self.refused += 1


@pytest.mark.nightly
@pytest.mark.timeout(600)
def test_builds_are_done_and_nothing_acknowledged_is_lost(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    papers = council.checked_papers(installation.folder / "papers", papers=6, pages=300)
    meeting_ids = council.meetings_with_papers(papers, meetings=6, chance=chance)
    for _ in range(2):
        installation.add_worker()
    installation.start_scheduler()
    asking = Asking(app, meeting_ids, chance)
    asking.start()

    def building() -> bool:
        return any(pack_built_in(worker) for worker in installation.workers)

    for _ in range(CRASHES):
        wait_until(building, seconds=90, every=0.01)
        installation.crash_database()
        asking.over.wait(1)
        installation.start_database()
        asking.over.wait(3)
    asking.over.set()
    asking.join()
    end_connections()
    db.session.remove()
    wait_until(lambda: council.owed() == 0, seconds=300, every=0.2)
    assert asking.refused
    for pack_id in asking.acknowledged:
        assert db.session.get_one(Pack, pack_id).status is PackStatus.BUILT
    assert all(worker.runs for worker in installation.workers)
    assert_all_done(app, installation.storage_folder)
    record(
        "The database crashed",
        {
            "crashes in mid-build": CRASHES,
            "requests for packs acknowledged": len(asking.acknowledged),
            "requests refused while it was down": asking.refused,
            "acknowledged and lost": 0,
        },
    )
