"""Work done by a command: what cannot be done is told, and nobody is kept waiting for hours."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func

from committee.documents.pack import build as builder
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from tests import builders
from tests.commands.conftest import Command


def test_a_build_that_goes_on_failing_is_told_and_stopped(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    meeting = builders.a_meeting()
    db.session.commit()
    monkeypatch.setattr(builder, "build_pack", no_space)
    monkeypatch.setattr(work, "pause_before", lambda _attempt: 0)
    done = command("packs", "build", meeting.id, "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Attempt 1 failed: OSError: No space left on device" in done.stderr
    assert "Stopped after 3 failed attempts" in done.stderr
    assert "Attempt 4" not in done.stderr


def test_work_whose_last_worker_died_is_not_waited_for(command: Command) -> None:
    meeting = builders.a_meeting()
    packs.ask_for(meeting, Audience.PUBLIC)
    db.session.flush()
    owed = db.session.query(Work).filter_by(kind=WorkKind.BUILD_PACK).one()
    owed.status, owed.attempts = WorkStatus.LEASED, LIMITS[WorkKind.BUILD_PACK].attempts
    owed.lease_token = uuid.uuid4()
    owed.lease_until = func.now() - timedelta(seconds=1)
    db.session.commit()
    done = command("packs", "build", meeting.id)
    assert done.exit_code == 1
    assert "as often as it may be tried" in done.stderr
