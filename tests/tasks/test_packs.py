"""Building packs and checking papers as a worker does it, on the real parts."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from committee.agendas.rules import Part
from committee.clock import now
from committee.commands.working import do_owed
from committee.documents.pack import build as builder
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.reports.rules import VersionStatus
from committee.storage import current_storage
from committee.storage.base import sha256_of
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from tasks import packs as building
from tasks.perform import perform_now
from tasks.schedule import set_aside_worn_out, sweep
from tests import builders


def checked(version: PaperVersion) -> PaperVersion:
    db.session.commit()
    do_owed(WorkKind.CHECK_PAPER, [version.id], label="", quiet=True)
    return db.session.get_one(PaperVersion, version.id, populate_existing=True)


def built(pack: Pack) -> Pack:
    db.session.commit()
    do_owed(WorkKind.BUILD_PACK, [pack.id], label="", quiet=True)
    do_owed(WorkKind.LINEARISE_PACK, [pack.id], label="", quiet=True)
    return db.session.get_one(Pack, pack.id, populate_existing=True)


def test_a_sound_paper_is_accepted_and_a_broken_one_refused_with_reasons(app: Flask) -> None:
    item = builders.an_item(builders.a_meeting())
    good, bad = builders.a_paper(item), builders.a_paper(item, content=b"not a PDF at all")
    good, bad = checked(good), checked(bad)
    assert (good.status, good.pages) == (VersionStatus.ACCEPTED, 2)
    assert bad.status is VersionStatus.REFUSED
    assert bad.reason
    assert bad.remedy
    assert current_storage().holds(bad.original_sha256)


def test_a_pack_is_built_stored_and_made_fast(app: Flask) -> None:
    meeting = builders.a_meeting()
    checked(builders.a_paper(builders.an_item(meeting, "First")))
    pack = built(packs.ask_for(meeting, Audience.PUBLIC))
    assert pack.status is PackStatus.BUILT
    assert pack.file_sha256 is not None
    assert sha256_of(current_storage().local_path(pack.file_sha256)) == pack.file_sha256
    fast = current_storage().local_path(pack.fast_file_sha256 or "")
    assert b"/Linearized" in fast.read_bytes()[:1024]
    (item,) = pack.contents
    assert item["number"] == "1"
    assert item["last_page"] == item["first_page"] + 1


def test_the_same_agenda_gives_the_same_bytes(app: Flask) -> None:
    meeting = builders.a_meeting()
    checked(builders.a_paper(builders.an_item(meeting)))
    first = built(packs.ask_for(meeting, Audience.PUBLIC))
    second = built(packs.ask_for(meeting, Audience.PUBLIC))
    assert first.id != second.id
    assert (first.file_sha256, first.fast_file_sha256) == (
        second.file_sha256,
        second.fast_file_sha256,
    )


def test_a_paper_that_cannot_be_used_gets_a_warning_and_the_pack_is_built(app: Flask) -> None:
    meeting = builders.a_meeting()
    item = builders.an_item(meeting)
    checked(builders.a_paper(item, content=b"not a PDF"))
    pack = built(packs.ask_for(meeting, Audience.PUBLIC))
    assert pack.status is PackStatus.BUILT
    assert pack.warnings


def test_when_one_paper_changes_no_other_is_prepared_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = builders.a_meeting()
    versions = [checked(builders.a_paper(builders.an_item(meeting))) for _ in range(3)]
    built(packs.ask_for(meeting, Audience.PUBLIC))
    prepared: list[str] = []
    real = reports.record_accepted
    monkeypatch.setattr(
        reports, "record_accepted", lambda v, *a, **k: (prepared.append(v.id), real(v, *a, **k))
    )
    late = builders.an_upload("late.pdf", builders.a_pdf(4, words="Late"))
    newer = checked(reports.receive_version(versions[1].paper, late))
    pack = built(packs.ask_for(meeting, Audience.PUBLIC))
    assert prepared == [newer.id]
    assert [item["last_page"] - item["first_page"] + 1 for item in pack.contents] == [2, 4, 2]
    owed_checks = db.session.scalars(select(Work).where(Work.kind == WorkKind.CHECK_PAPER)).all()
    assert sorted(piece.attempts for piece in owed_checks) == [1, 1, 1, 1]


def test_the_public_pack_opens_no_exempt_file(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = builders.a_meeting()
    checked(builders.a_paper(builders.an_item(meeting)))
    exempt = builders.an_item(meeting, "Sale", part=Part.EXEMPT)
    secret = checked(builders.a_paper(exempt, content=builders.a_pdf(2, words="zqsecret")))
    asked: list[str] = []
    storage = current_storage()
    real = storage.local_path
    monkeypatch.setattr(storage, "local_path", lambda sha: (asked.append(sha), real(sha))[1])
    built(packs.ask_for(meeting, Audience.PUBLIC))
    assert asked
    assert secret.prepared_sha256 not in asked


def test_a_build_that_someone_stops_ends_cancelled_and_keeps_the_last_pack(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = builders.a_meeting()
    checked(builders.a_paper(builders.an_item(meeting)))
    good = built(packs.ask_for(meeting, Audience.PUBLIC))
    monkeypatch.setattr(building, "PROGRESS_EVERY", 0)
    real = builder.build_pack

    def stopped_meanwhile(*args, **named):
        packs.cancel(db.session.get_one(Pack, asked.id), now=now())
        db.session.commit()
        return real(*args, **named)

    monkeypatch.setattr(builder, "build_pack", stopped_meanwhile)
    asked = packs.ask_for(meeting, Audience.PUBLIC)
    asked = built(asked)
    assert asked.status is PackStatus.CANCELLED
    assert packs.current(meeting, Audience.PUBLIC).id == good.id


def test_a_build_that_raises_is_owed_again_and_the_pack_stays_whole(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = builders.a_meeting()
    builders.an_item(meeting)
    pack = packs.ask_for(meeting, Audience.PUBLIC)
    db.session.commit()
    (piece,) = work.to_hint()

    def no_space(*_args, **_named):
        raise OSError("No space left on device")

    monkeypatch.setattr(builder, "build_pack", no_space)
    assert perform_now(piece.id)
    db.session.expire_all()
    assert piece.status is WorkStatus.DUE
    assert "No space left" in (piece.last_error or "")
    assert pack.status is PackStatus.BUILDING
    monkeypatch.undo()
    piece.due_at = now()
    assert built(pack).status is PackStatus.BUILT


def test_a_worker_that_lost_its_lease_stores_no_result(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = builders.a_meeting()
    builders.an_item(meeting)
    pack = packs.ask_for(meeting, Audience.PUBLIC)
    db.session.commit()
    (piece,) = work.to_hint()
    real = builder.build_pack

    def taken_over_meanwhile(*args, **named):
        piece.lease_token = "00000000-0000-4000-8000-000000000000"
        db.session.commit()
        return real(*args, **named)

    monkeypatch.setattr(builder, "build_pack", taken_over_meanwhile)
    perform_now(piece.id)
    db.session.expire_all()
    assert pack.status is PackStatus.BUILDING
    assert pack.file_sha256 is None


def test_the_sweep_gives_up_what_kills_its_worker_each_time_and_says_so(app: Flask) -> None:
    version = builders.a_paper(builders.an_item(builders.a_meeting()))
    db.session.commit()
    (piece,) = work.to_hint()
    piece.attempts = LIMITS[WorkKind.CHECK_PAPER].attempts - 1
    db.session.commit()
    work.claim(piece.id, lease_seconds=-1)
    db.session.commit()
    set_aside_worn_out()
    db.session.expire_all()
    assert piece.status is WorkStatus.QUARANTINED
    assert version.status is VersionStatus.FAILED
    assert version.reason
    reports.check_again(version)
    db.session.commit()
    assert checked(version).status is VersionStatus.ACCEPTED


def test_the_sweep_leaves_a_sign_of_life(app: Flask) -> None:
    sweep()
    assert work.last_seen("sweep") is not None


def test_a_missing_original_is_tried_again_and_never_lost(app: Flask, tmp_path: Path) -> None:
    version = builders.a_paper(builders.an_item(builders.a_meeting()))
    version.original_sha256 = "0" * 64
    db.session.commit()
    (piece,) = work.to_hint()
    perform_now(piece.id)
    db.session.expire_all()
    assert piece.status is WorkStatus.DUE
    assert version.status is VersionStatus.RECEIVED
