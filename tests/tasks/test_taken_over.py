"""A worker that slept through its lease wakes and finds that another has taken its work over."""

import pytest
from flask import Flask

from committee.clock import now
from committee.documents.pack import build as builder
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.work import service as work
from tasks import packs as building
from tasks.perform import perform_now
from tests import builders


def claimed_build() -> tuple[Pack, work.Claim]:
    meeting = builders.a_meeting()
    builders.an_item(meeting)
    pack = packs.ask_for(meeting, Audience.PUBLIC)
    db.session.commit()
    (piece,) = work.to_hint()
    claim = work.claim(piece.id, lease_seconds=-1)
    db.session.commit()
    assert claim is not None
    return pack, claim


def what_is_shown(pack: Pack) -> tuple[object, ...]:
    db.session.refresh(pack)
    return (pack.status, pack.label, pack.done, pack.started_at, pack.finished_at, pack.file_sha256)


def test_it_does_not_begin_the_build_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    pack, claim = claimed_build()
    real = builder.build_pack
    seen: list[tuple[object, ...]] = []

    def woken_meanwhile(*args, **named):
        monkeypatch.setattr(builder, "build_pack", real)
        before = what_is_shown(pack)
        db.session.commit()
        with pytest.raises(work.LeaseLost):
            building.build(claim)
        db.session.rollback()
        seen.extend((before, what_is_shown(pack)))
        db.session.commit()
        return real(*args, **named)

    monkeypatch.setattr(builder, "build_pack", woken_meanwhile)
    assert perform_now(claim.work_id)
    assert seen[0] == seen[1]
    assert what_is_shown(pack)[0] is PackStatus.BUILT


def test_it_notes_no_progress_and_stops_building(app: Flask) -> None:
    pack, claim = claimed_build()
    assert perform_now(claim.work_id)
    before = what_is_shown(pack)
    db.session.commit()
    with pytest.raises(work.LeaseLost):
        building.Progress(claim)(0, 1, "Front matter")
    assert what_is_shown(pack) == before


def test_its_errors_do_not_put_the_work_back(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    pack, claim = claimed_build()
    assert perform_now(claim.work_id)
    assert not work.put_back(claim, "OSError: woken too late")
    db.session.commit()
    assert not work.is_owed(claim.work_id)
    assert pack.finished_at is not None
    assert pack.finished_at <= now()
