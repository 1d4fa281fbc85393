"""What is noted of the log outside the database, and how it is gone back to."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from committee.audit import anchors as anchoring
from committee.audit.anchors import A_BURST, Anchors, DiffersFromAnchor
from committee.audit.verifier.chain import ANCHORS, CUT, REWRITTEN
from committee.audit.verifier.checking import Result
from committee.extensions import db
from tests.audit.conftest import Command, kinds
from tests.audit.test_tampering import CUT_OFF, EDIT

Check = Callable[..., Result]


def due(anchors: Anchors) -> bool:
    with db.engine.connect() as connection:
        return anchoring.is_due(anchors, connection)


def note(anchors: Anchors) -> dict[str, object] | None:
    with db.engine.connect() as connection:
        return anchoring.note(anchors, connection)


def test_the_first_entry_is_noted_at_once_and_the_next_after_a_while_or_a_burst(
    anchors: Anchors, write: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1)
    assert due(anchors)
    assert note(anchors)
    assert not due(anchors)
    assert note(anchors) is None, "nothing is written where there is nothing new"
    write(2)
    assert not due(anchors), "ten minutes have not gone by"
    monkeypatch.setattr(anchoring, "A_BURST", 2)
    assert due(anchors)
    assert A_BURST > 2


def test_a_line_cut_off_by_a_power_cut_stops_nothing(
    noted: int, anchors: Anchors, write: Callable[[int], None], checked: Check
) -> None:
    with anchors.path.open("a") as target:
        target.write('{"kind":"anch')
    write(1)
    assert note(anchors)
    assert kinds(checked()) == []
    assert checked().witness.lines == 4


def test_a_changed_file_of_anchors_is_found(noted: int, anchors: Anchors, checked: Check) -> None:
    lines = anchors.path.read_text().splitlines()
    second = json.loads(lines[1]) | {"at": "2026-01-01T00:00:00.000000Z"}
    anchors.path.write_text("\n".join([lines[0], json.dumps(second), lines[2], ""]))
    assert kinds(checked()) == [(ANCHORS, 3, 3)]
    third = json.loads(lines[2]) | {"at": "2026-01-01T00:00:00.000000Z"}
    anchors.path.write_text("\n".join([lines[0], lines[1], json.dumps(third), ""]))
    assert kinds(checked()) == [(ANCHORS, 3, 3)]


def test_nothing_is_noted_on_top_of_a_log_that_was_cut(
    noted: int, anchors: Anchors, tamper: Callable[..., None]
) -> None:
    tamper(*CUT_OFF)
    with pytest.raises(DiffersFromAnchor):
        note(anchors)


def test_a_mailed_head_tells_where_the_file_of_anchors_was_cut_as_well(
    noted: int, anchors: Anchors, tamper: Callable[..., None], checked: Check
) -> None:
    head = checked().log.seqs[-1], checked().log.hashes[-1]
    tamper(*CUT_OFF)
    anchors.path.write_text("".join(list(anchors.lines())[:2]))
    assert [kind for kind, _, _ in kinds(checked())] == []
    assert kinds(checked(head=head)) == [(CUT, 19, noted)]
    assert [kind for kind, _, _ in kinds(checked(head=(5, "0" * 64)))] == [REWRITTEN]


def test_the_command_says_in_words_what_is_wrong(
    noted: int, command: Command, tamper: Callable[..., None]
) -> None:
    sound = command("verify")
    assert sound.exit_code == 0
    assert "Nothing was changed." in sound.output
    tamper(EDIT)
    found = command("verify")
    assert found.exit_code == 1
    assert "Edited: entry 11, after 20" in found.output
    assert command("verify", "--head", "3").exit_code == 2


def test_after_a_restored_backup_the_log_goes_on_and_says_so_for_ever(
    noted: int, anchors: Anchors, command: Command, tamper: Callable[..., None], checked: Check
) -> None:
    refused = command("reseal", "--reason", "Nothing happened")
    assert refused.exit_code == 1
    assert "nothing to reseal" in refused.output
    tamper(*CUT_OFF)
    assert command("verify").exit_code == 1
    done = command("reseal", "--reason", "Restored from the backup of Sunday")
    assert done.exit_code == 0, done.output
    result = checked()
    assert kinds(result) == []
    assert [each["reason"] for each in result.witness.reseals] == [
        "Restored from the backup of Sunday"
    ]
    assert "Resealed from entry 19 on" in command("verify").output
    assert note(anchors) is None


def test_an_export_is_checked_by_one_file_that_needs_python_alone(
    noted: int, command: Command, tamper: Callable[..., None], tmp_path: Path, app: Flask
) -> None:
    for folder, code in (("before", 0), ("after", 1)):
        told = command("export", str(tmp_path / folder)).output
        assert "python3 verify.pyz" in told
        program = [sys.executable, "-I", "-S", "verify.pyz", "log.jsonl", "anchors.jsonl"]
        ran = subprocess.run(
            program, cwd=tmp_path / folder, capture_output=True, text=True, check=False
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        tamper(EDIT)
    assert "Edited: entry 11" in ran.stdout
    assert "signature was not checked" in ran.stdout
