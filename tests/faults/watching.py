"""Looking, while faults happen and afterwards, for anything that is half, lost or doubled."""

import threading
from pathlib import Path

import pikepdf
from flask import Flask
from sqlalchemy import select

from committee.extensions import db
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.storage import current_storage
from committee.storage.base import sha256_of
from committee.work.models import Work
from committee.work.rules import WorkKind, WorkStatus


def is_whole(path: Path, *, sha256: str, pages: int) -> bool:
    """Whether the file is the PDF that its name and its row promise."""
    if path.stat().st_mode & 0o222 or sha256_of(path) != sha256:
        return False
    with pikepdf.open(path) as pdf:
        return len(pdf.pages) == pages


class Watch(threading.Thread):
    """Reads every meeting's current packs over and over, as the public would."""

    def __init__(self, app: Flask, *, every: float = 0.1) -> None:
        super().__init__(name="watch", daemon=True)
        self.app, self.every = app, every
        self.over = threading.Event()
        self.complaints: list[str] = []
        self.looks = 0
        self._whole: set[str] = set()
        self._current: dict[tuple[int, Audience], int] = {}

    def run(self) -> None:
        """Look until `stop` is called; what was wrong is in `complaints`."""
        while not self.over.wait(self.every):
            with self.app.app_context():
                try:
                    self.look()
                except Exception as error:
                    self.complaints.append(f"{type(error).__name__}: {error}")

    def look(self) -> None:
        """One look at every current pack."""
        newest: dict[tuple[int, Audience], Pack] = {}
        built = select(Pack).where(Pack.status == PackStatus.BUILT).order_by(Pack.id)
        for pack in db.session.scalars(built):
            newest[pack.meeting_id, pack.audience] = pack
        for place, before in self._current.items():
            if place not in newest or newest[place].id < before:
                self.complaints.append(f"the pack of {place} went back from {before}")
        for place, pack in newest.items():
            self._current[place] = pack.id
            self._read(pack)
        self.looks += 1

    def _read(self, pack: Pack) -> None:
        sha256 = pack.file_sha256 or ""
        if sha256 in self._whole:
            return
        if is_whole(current_storage().local_path(sha256), sha256=sha256, pages=pack.pages or 0):
            self._whole.add(sha256)
        else:
            self.complaints.append(f"pack {pack.id} is not whole")

    def stop(self) -> None:
        """Take a last look, and raise AssertionError if anything was ever wrong."""
        self.over.set()
        self.join()
        with self.app.app_context():
            self.look()
        assert not self.complaints, self.complaints[:10]


def assert_storage_is_whole(folder: Path) -> int:
    """Every file that can be found by its name has the bytes its name promises; counts them."""
    count = 0
    for path in folder.glob("*/*"):
        if path.parent.name == "incoming":
            continue
        assert path.name.startswith(path.parent.name)
        assert sha256_of(path) == path.name
        count += 1
    return count


def assert_all_done(app: Flask, storage_folder: Path) -> None:
    """Nothing is owed, leased, set aside, failed or different from its like."""
    with app.app_context():
        undone = db.session.scalars(
            select(Work).where(Work.status.not_in([WorkStatus.DONE, WorkStatus.CANCELLED]))
        ).all()
        assert not [(w.id, w.kind, w.status, w.attempts, w.last_error) for w in undone]
        files: dict[str, set[tuple[str | None, str | None]]] = {}
        for pack in db.session.scalars(select(Pack)):
            assert pack.status is PackStatus.BUILT, (pack.id, pack.status, pack.failure)
            assert pack.fast_file_sha256
            assert pack.label is None
            files.setdefault(pack.key or "", set()).add((pack.file_sha256, pack.fast_file_sha256))
        assert all(len(alike) == 1 for alike in files.values()), "same papers, different bytes"
        builds = db.session.scalars(select(Work).where(Work.kind == WorkKind.BUILD_PACK)).all()
        assert len({build.subject_id for build in builds}) == len(builds), "a build was owed twice"
    assert_storage_is_whole(storage_folder)
