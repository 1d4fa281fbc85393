"""The disk on which papers and packs are stored is full."""

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from committee.clock import now
from committee.extensions import db
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.people import sessions
from committee.reports.models import PaperVersion
from committee.work.models import Work
from tests import builders
from tests.faults import council
from tests.faults.installation import Installation, wait_until
from tests.faults.watching import assert_all_done, assert_storage_is_whole

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.timeout(300),
    pytest.mark.skipif(
        os.geteuid() != 0 or shutil.which("mount") is None,
        reason="a small disk of its own can only be mounted by root",
    ),
]

SIZE = 16  # mebibytes


@pytest.fixture
def installation() -> Iterator[Installation]:
    """An installation whose storage is a small disk of its own."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    disk = folder / "small"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        shutil.rmtree(folder)
        pytest.skip("this machine lets nobody mount a small disk")
    made = Installation(folder, storage=disk / "files")
    yield made
    subprocess.run(["umount", "-l", str(disk)], check=True)
    made.close()


def fill(installation: Installation) -> Path:
    """Fill the disk to the last byte with one file, and answer it."""
    filler = installation.storage_folder.parent / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"\0" * 65536):
                pass
        except OSError:
            return filler
    raise AssertionError("the disk is not full")


def left_in_incoming(installation: Installation) -> list[Path]:
    return list((installation.storage_folder / "incoming").iterdir())


def test_a_build_waits_until_there_is_room_and_leaves_no_half_file(
    app: Flask, installation: Installation, chance: random.Random
) -> None:
    papers = council.checked_papers(installation.folder / "papers", papers=3, pages=100)
    meeting_ids = council.meetings_with_papers(papers, meetings=2, chance=chance)
    filler = fill(installation)
    pack_ids = council.ask_for_packs(meeting_ids, Audience.RESTRICTED)
    installation.add_worker()
    installation.start_scheduler()

    def each_has_failed() -> bool:
        errors = select(func.count()).where(Work.last_error.like("%No space left%"))
        db.session.rollback()
        return db.session.scalar(errors) == len(pack_ids)

    wait_until(each_has_failed, seconds=60)
    assert_storage_is_whole(installation.storage_folder)
    assert left_in_incoming(installation) == []
    assert {db.session.get_one(Pack, pack_id).status for pack_id in pack_ids} == {
        PackStatus.BUILDING
    }
    filler.unlink()
    wait_until(lambda: council.owed() == 0, seconds=120)
    assert_all_done(app, installation.storage_folder)


@pytest.fixture
def officer(app: Flask) -> FlaskClient:
    """A signed-in officer's browser, shown error pages as people are."""
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    user = builders.a_user()
    token = sessions.begin(user, now=now())
    db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return client


def send_paper(officer: FlaskClient, item_id: int) -> tuple[int, str]:
    """Send a paper to the item; answers the status and the page."""
    files = {"files": (BytesIO(builders.a_pdf(30)), "report.pdf")}
    answer = officer.post(f"/agenda-items/{item_id}/papers", data=files)
    return answer.status_code, answer.get_data(as_text=True)


def test_an_upload_is_refused_whole_and_taken_once_there_is_room(
    officer: FlaskClient, installation: Installation
) -> None:
    item_id = builders.an_item(builders.a_meeting()).id
    db.session.commit()
    installation.storage_folder.mkdir(parents=True, exist_ok=True)
    filler = fill(installation)
    status, _ = send_paper(officer, item_id)
    assert status >= 400
    assert db.session.query(PaperVersion).count() == 0
    assert left_in_incoming(installation) == []
    filler.unlink()
    status, _ = send_paper(officer, item_id)
    assert status == 303
    assert db.session.query(PaperVersion).count() == 1


def test_an_upload_is_answered_with_what_is_wrong(
    officer: FlaskClient, installation: Installation
) -> None:
    item_id = builders.an_item(builders.a_meeting()).id
    db.session.commit()
    installation.storage_folder.mkdir(parents=True, exist_ok=True)
    fill(installation)
    status, page = send_paper(officer, item_id)
    assert status in (422, 503, 507)
    assert "room" in page or "full" in page
