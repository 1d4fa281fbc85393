"""`./quorate packs build MEETING_ID`: a pack, and what it holds as JSON."""

import hashlib
import itertools
import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask
from sqlalchemy import select

from committee.clock import now
from committee.documents.pack import build as builder
from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import WorkKind
from tasks import packs as building
from tests import builders
from tests.commands.conftest import Command, a_meeting_file, written


@pytest.fixture
def meeting_id(command: Command, folder: Path) -> str:
    """The id of the meeting, imported."""
    return command("meetings", "import", written(folder, a_meeting_file())).stdout.strip()


def built(command: Command, *words: object) -> dict[str, Any]:
    done = command("packs", "build", *words, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_the_answer_has_the_promised_keys(
    command: Command, meeting_id: str, tmp_path: Path
) -> None:
    answer = built(command, meeting_id, "--audience", "public", "--out", tmp_path / "out")
    assert {"pages", "sha256", "items"} <= set(answer)
    for item in answer["items"]:
        assert set(item) == {"number", "title", "first_page", "last_page", "warnings"}


def test_the_file_is_the_one_that_the_answer_describes(
    command: Command, meeting_id: str, tmp_path: Path
) -> None:
    answer = built(command, meeting_id, "--audience", "public", "--out", tmp_path / "out")
    (file,) = (tmp_path / "out").iterdir()
    assert Path(answer["file"]) == file
    assert file.suffix == ".pdf"
    assert hashlib.sha256(file.read_bytes()).hexdigest() == answer["sha256"]
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == answer["pages"]
        assert pdf.is_linearized


def test_the_public_pack_names_what_is_exempt_only_as_approved(
    command: Command, meeting_id: str, tmp_path: Path
) -> None:
    answer = built(command, meeting_id, "--audience", "public", "--out", tmp_path)
    assert [(item["number"], item["title"]) for item in answer["items"]] == [
        ("1", "Apologies"),
        ("2", "Minutes"),
        ("3", "Dredging the outer harbour"),
        ("4", "Disposal of land"),
    ]
    assert (answer["items"][3]["first_page"], answer["items"][3]["last_page"]) == (None, None)


def test_the_restricted_pack_holds_everything(command: Command, meeting_id: str) -> None:
    public = built(command, meeting_id, "--audience", "public")
    restricted = built(command, meeting_id, "--audience", "restricted")
    assert restricted["items"][3]["title"] == "Offer for the old lifeboat house"
    assert restricted["pages"] > public["pages"]
    assert restricted["sha256"] != public["sha256"]


def test_papers_start_on_odd_pages_one_after_the_other(command: Command, meeting_id: str) -> None:
    answer = built(command, meeting_id, "--audience", "restricted")
    ranges = [(i["first_page"], i["last_page"]) for i in answer["items"] if i["first_page"]]
    assert len(ranges) == 3
    assert all(first % 2 == 1 for first, _ in ranges)
    assert all(last < later for (_, last), (later, _) in itertools.pairwise(ranges))


def test_the_same_meeting_gives_the_same_bytes(command: Command, meeting_id: str) -> None:
    assert built(command, meeting_id)["sha256"] == built(command, meeting_id)["sha256"]


def test_without_json_it_is_told_in_words(
    command: Command, meeting_id: str, tmp_path: Path
) -> None:
    done = command("packs", "build", meeting_id, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert "Dredging the outer harbour (pages " in done.stdout
    assert "Apologies (no pages)" in done.stdout
    assert "Written to " in done.stdout


def test_a_paper_that_could_not_be_used_is_a_warning(command: Command, folder: Path) -> None:
    (folder / "papers" / "chart.pdf").write_bytes(b"no PDF at all")
    imported = command("meetings", "import", written(folder, a_meeting_file()))
    answer = built(command, imported.stdout.strip())
    (item,) = [item for item in answer["items"] if item["warnings"]]
    assert item["number"] == "3"
    assert "Chart of depths" in str(item["warnings"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["999"], "There is no meeting 999"),
        (["one"], "is not a valid integer"),
        (["1", "--audience", "everyone"], "everyone"),
    ],
)
def test_what_cannot_be_built_is_told(command: Command, words: list[str], message: str) -> None:
    done = command("packs", "build", *words)
    assert done.exit_code != 0
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_build_that_stops_after_errors_leaves_no_pack_being_built(
    command: Command, meeting_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(builder, "build_pack", no_space)
        broken.setattr(work, "pause_before", lambda _attempt: 0)
        assert command("packs", "build", meeting_id).exit_code == 1
    (pack,) = db.session.scalars(select(Pack))
    assert pack.status is PackStatus.FAILED
    assert "command line" in (pack.failure or "")
    assert WorkKind.BUILD_PACK not in {piece.kind for piece in work.to_hint()}
    assert built(command, meeting_id)["pages"] > 0


def test_a_build_that_a_worker_has_in_hand_is_left_to_it(app: Flask) -> None:
    pack = packs.ask_for(builders.a_meeting(), Audience.PUBLIC)
    db.session.flush()
    owed = db.session.scalars(select(Work).where(Work.kind == WorkKind.BUILD_PACK)).one()
    db.session.commit()
    assert work.claim(owed.id, lease_seconds=60) is not None
    packs.begin(pack, now=now())
    db.session.commit()
    building.give_up_by_command(pack.id, now())
    db.session.commit()
    assert pack.status is PackStatus.BUILDING
