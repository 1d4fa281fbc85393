"""The scheduler is silent for days and starts again."""

import random
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, update

from committee.extensions import db
from committee.work import service as work
from committee.work.models import Work
from tests.faults import council
from tests.faults.installation import Installation, wait_until
from tests.faults.watching import assert_all_done


def test_what_was_owed_three_days_ago_is_done_when_the_scheduler_starts_again(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    papers = council.checked_papers(installation.folder / "papers", papers=2, pages=20)
    app.config["HURRY_WORK"] = False
    council.ask_for_packs(council.meetings_with_papers(papers, meetings=3, chance=chance))
    # One was begun before the silence, by a worker that is no more.
    first = db.session.query(Work.id).where(Work.status == "due").order_by(Work.id).first()
    assert first is not None
    assert work.claim(first.id, lease_seconds=1)
    long_ago = func.now() - timedelta(days=3)
    db.session.execute(update(Work).values(due_at=long_ago, hinted_at=long_ago))
    db.session.execute(update(Work).where(Work.id == first.id).values(lease_until=long_ago))
    db.session.merge(work.SignOfLife(name="sweep", seen_at=long_ago))
    db.session.commit()
    assert app.test_client().get("/healthz").json["sweep"] == "silent"
    installation.add_worker()
    installation.start_scheduler()
    wait_until(lambda: council.owed() == 0, seconds=60)
    assert_all_done(app, installation.storage_folder)
    assert app.test_client().get("/healthz").json["sweep"] == "ok"
