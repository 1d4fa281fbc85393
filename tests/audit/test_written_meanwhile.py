"""What is written and noted while the log is being read does not look like an end cut off."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from committee.audit import anchors as anchoring
from committee.audit import check, reading
from committee.audit import service as audit
from committee.audit.anchors import Anchors
from committee.audit.verifier.chain import Link
from committee.extensions import db
from committee.people.models import User
from tests.audit.conftest import Command


@pytest.fixture
def busy(noted: int, anchors: Anchors, user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log that somebody writes to, and that is noted, just when a check has read its end."""
    read, who = reading.links, user.id

    def links(connection: Connection, **part: Any) -> Iterator[Link]:
        yield from read(connection, **part)
        if not part:
            audit.record_apart("user:changed", "user_account", who, by=who)
            with db.engine.connect() as other:
                assert anchoring.note(anchors, other)

    monkeypatch.setattr(reading, "links", links)


@pytest.mark.usefixtures("busy")
def test_the_daily_check_finds_nothing_wrong(anchors: Anchors, noted: int) -> None:
    result = check.verify(db.session.connection(), anchors)
    assert result.sound, result.words
    assert len(result.log.seqs) == noted
    again = check.verify(db.session.connection(), anchors)
    assert (again.sound, len(again.log.seqs)) == (True, noted + 1)


@pytest.mark.usefixtures("busy")
def test_the_command_finds_nothing_wrong(command: Command) -> None:
    found = command("verify")
    assert found.exit_code == 0, found.output


@pytest.mark.usefixtures("busy")
def test_an_export_is_sound(command: Command, tmp_path: Path) -> None:
    assert command("export", str(tmp_path)).exit_code == 0
    program = [sys.executable, "-I", "-S", "verify.pyz", "log.jsonl", "anchors.jsonl"]
    ran = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
