"""Work is never lost, never done by two, and never tried for ever."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from committee.extensions import db
from committee.states import NotAllowed
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WORK_STATES, WorkKind, WorkStatus

KIND = WorkKind.CHECK_PAPER


def owed(subject_id: int = 1) -> Work:
    made = work.owe(KIND, subject_id)
    db.session.commit()
    return made


def taken(piece: Work) -> work.Claim:
    claim = work.claim(piece.id, lease_seconds=60)
    db.session.commit()
    assert claim is not None
    return claim


def let_the_lease_run_out(piece: Work) -> None:
    past = func.now() - timedelta(seconds=1)
    db.session.execute(update(Work).where(Work.id == piece.id).values(lease_until=past))
    db.session.commit()


def status_of(piece: Work) -> WorkStatus:
    return db.session.scalar(select(Work.status).where(Work.id == piece.id))


def test_what_is_owed_is_not_owed_twice(app: Flask) -> None:
    assert owed(7).id == owed(7).id
    assert owed(8).id != owed(7).id


def test_only_one_can_claim(app: Flask) -> None:
    piece = owed()
    taken(piece)
    assert work.claim(piece.id, lease_seconds=60) is None


def test_a_dead_workers_claim_can_be_taken_over_and_its_own_finish_changes_nothing(
    app: Flask,
) -> None:
    piece = owed()
    zombie = taken(piece)
    let_the_lease_run_out(piece)
    heir = taken(piece)
    assert heir.attempt == 2
    with pytest.raises(work.LeaseLost):
        work.finish(zombie)
    db.session.rollback()
    assert work.renew(zombie, lease_seconds=60) is False
    work.finish(heir)
    db.session.commit()
    assert status_of(piece) is WorkStatus.DONE


def test_a_renewed_lease_is_not_taken_over(app: Flask) -> None:
    piece = owed()
    claim = taken(piece)
    let_the_lease_run_out(piece)
    assert work.renew(claim, lease_seconds=60)
    db.session.commit()
    assert work.claim(piece.id, lease_seconds=60) is None


def test_work_put_back_waits_before_it_is_due_again(app: Flask) -> None:
    piece = owed()
    assert work.put_back(taken(piece), "the disk was full") is False
    db.session.commit()
    assert status_of(piece) is WorkStatus.DUE
    assert work.claim(piece.id, lease_seconds=60) is None


def test_work_that_fails_at_its_limit_is_set_aside(app: Flask) -> None:
    piece = owed()
    piece.errors = LIMITS[KIND].errors - 1
    db.session.commit()
    assert work.put_back(taken(piece), "the disk was full") is True
    db.session.commit()
    assert status_of(piece) is WorkStatus.QUARANTINED


def test_a_build_outlives_many_dead_workers_but_few_errors(app: Flask) -> None:
    piece = work.owe(WorkKind.BUILD_PACK, 1)
    db.session.commit()
    for _ in range(LIMITS[KIND].attempts + 1):
        taken(piece)
        let_the_lease_run_out(piece)
    told = []
    for _ in range(LIMITS[WorkKind.BUILD_PACK].errors):
        told.append(work.put_back(taken(piece), "no such glyph"))
        db.session.execute(update(Work).values(due_at=func.now()))
        db.session.commit()
    assert told == [False] * (LIMITS[WorkKind.BUILD_PACK].errors - 1) + [True]
    assert status_of(piece) is WorkStatus.QUARANTINED


def test_work_that_kills_its_worker_is_found_when_it_is_worn_out(app: Flask) -> None:
    piece = owed()
    for _ in range(LIMITS[KIND].attempts):
        taken(piece)
        let_the_lease_run_out(piece)
    assert work.claim(piece.id, lease_seconds=60) is None
    found = work.worn_out()
    assert [one.id for one in found] == [piece.id]
    work.set_aside(found[0], "it died")
    db.session.commit()
    assert status_of(piece) is WorkStatus.QUARANTINED


def test_a_hint_is_sent_once_and_again_when_nobody_answers(app: Flask) -> None:
    piece = owed()
    assert [one.id for one in work.to_hint()] == [piece.id]
    work.note_hinted([piece.id])
    db.session.commit()
    assert work.to_hint() == []
    long_ago = func.now() - timedelta(seconds=work.HINT_AGAIN + 1)
    db.session.execute(update(Work).values(hinted_at=long_ago))
    db.session.commit()
    assert [one.id for one in work.to_hint()] == [piece.id]


def test_abandoned_work_is_hinted_at_once(app: Flask) -> None:
    piece = owed()
    work.note_hinted([piece.id])
    taken(piece)
    assert work.to_hint() == []
    db.session.execute(update(Work).values(hinted_at=func.now() - timedelta(seconds=5)))
    let_the_lease_run_out(piece)
    assert [one.id for one in work.to_hint()] == [piece.id]


def test_cancelled_work_is_not_done(app: Flask) -> None:
    piece = owed(3)
    work.cancel(KIND, 3)
    db.session.commit()
    assert work.claim(piece.id, lease_seconds=60) is None
    assert not work.is_owed(piece.id)


def test_done_work_cannot_be_begun_again() -> None:
    with pytest.raises(NotAllowed):
        WORK_STATES.check(WorkStatus.DONE, WorkStatus.LEASED)
