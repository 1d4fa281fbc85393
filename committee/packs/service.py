"""Asking for packs, noting how their building goes, and finding the one to read. Callers commit."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from committee.agendas.models import AgendaVersion
from committee.audit import service as audit
from committee.documents.pack.build import BuiltPack
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs.models import Pack
from committee.packs.rules import PACK_STATES, UNDER_WAY, Audience, PackStatus
from committee.states import NotAllowed
from committee.storage import Stored
from committee.work import service as work
from committee.work.rules import WorkKind


def ask_for(meeting: Meeting, audience: Audience, *, by: int | None = None) -> Pack:
    """Owe a pack. Where one is already waiting for its turn, that one serves."""
    waiting = select(Pack).where(
        Pack.meeting_id == meeting.id,
        Pack.audience == audience,
        Pack.status == PackStatus.QUEUED,
        Pack.cancel_asked.is_(False),
    )
    pack = db.session.scalars(waiting.order_by(Pack.id)).first()
    if pack is None:
        pack = Pack(
            meeting=meeting, audience=audience, status=PackStatus.QUEUED, requested_by_id=by
        )
        pack.contents, pack.warnings = [], []
        db.session.add(pack)
        audit.record("pack:asked_for", pack, by=by)
        work.owe(WorkKind.BUILD_PACK, pack.id)
    return pack


def cancel(pack: Pack, *, now: datetime, by: int | None = None) -> None:
    """Stop a build: at once if not begun, else at its next step. Raises NotAllowed if over."""
    db.session.refresh(pack, with_for_update=True)
    if pack.status not in UNDER_WAY:
        PACK_STATES.check(pack.status, PackStatus.CANCELLED)
    pack.cancel_asked = True
    if pack.status is PackStatus.QUEUED:
        record_cancelled(pack, now=now)
        work.cancel(WorkKind.BUILD_PACK, pack.id)
    audit.record("pack:cancelled", pack, by=by)


def begin(pack: Pack, *, now: datetime) -> None:
    """Note that a worker has started the build, for the first time or again."""
    PACK_STATES.check(pack.status, PackStatus.BUILDING)
    pack.status, pack.started_at = PackStatus.BUILDING, now
    pack.done, pack.label = 0, None


def note_progress(pack_id: int, done: int, total: int, label: str, *, session: Session) -> bool:
    """Note how far a build is, in agenda items; answers whether someone has asked to stop it.

    `session` is one of its own, so that the note is seen while the build goes on. Of a pack that
    another worker has built meanwhile nothing is noted.
    """
    noted = session.execute(
        update(Pack)
        .where(Pack.id == pack_id, Pack.status != PackStatus.BUILT)
        .values(done=done, total=total, label=label)
        .execution_options(synchronize_session=False)
        .returning(Pack.cancel_asked)
    )
    return bool(noted.scalar_one_or_none())


def record_built(
    pack: Pack,
    built: BuiltPack,
    stored: Stored,
    *,
    key: str,
    now: datetime,
    also: Sequence[str] = (),
) -> None:
    """Note where the finished pack is kept and what it holds, and owe its fast web view.

    `also` are warnings beside those of the build itself.
    """
    PACK_STATES.check(pack.status, PackStatus.BUILT)
    pack.status, pack.finished_at, pack.key = PackStatus.BUILT, now, key
    pack.file_sha256, pack.pages = stored.sha256, built.pages
    pack.contents = [asdict(item) for item in built.items]
    pack.warnings = [*built.warnings, *also]
    pack.done, pack.label = pack.total, None
    audit.record("pack:built", pack, by=None, after=as_built(pack))
    work.owe(WorkKind.LINEARISE_PACK, pack.id)


def record_fast(pack: Pack, stored: Stored) -> None:
    """Note where the copy for fast web view is kept. The first one stays.

    Raises NotAllowed if the pack has no file.
    """
    if pack.file_sha256 is None:
        raise NotAllowed("Only a built pack can be prepared for fast web view.")
    if pack.fast_file_sha256 is None:
        pack.fast_file_sha256 = stored.sha256
        audit.record("pack:arranged", pack, by=None, after=as_arranged(pack))


def note_published(version: AgendaVersion, *, by: int | None) -> None:
    """Note which packs an agenda was published with, and what each was at that moment."""
    audit.record("pack:published", version, by=by, after=as_published(version))


def as_built(pack: Pack) -> dict[str, Any] | None:
    """What the log notes of a pack when it is built; nothing of one that is not."""
    if pack.status is not PackStatus.BUILT:
        return None
    return {
        "meeting_id": pack.meeting_id,
        "audience": pack.audience.value,
        "key": pack.key,
        "file_sha256": pack.file_sha256,
        "pages": pack.pages,
        "contents": pack.contents,
        "warnings": pack.warnings,
    }


def as_arranged(pack: Pack) -> dict[str, Any] | None:
    """What the log notes of a pack's copy for fast web view; nothing before there is one."""
    made_of, sha256 = pack.file_sha256, pack.fast_file_sha256
    return {"file_sha256": made_of, "fast_file_sha256": sha256} if sha256 else None


def as_published(version: AgendaVersion) -> dict[str, Any] | None:
    """What the log notes of the packs that a version of an agenda was published with: which they
    are, and their files. Nothing of a version that has none."""
    ids = {"public": version.public_pack_id, "restricted": version.restricted_pack_id}
    found = {name: pack_with_id(pack_id) for name, pack_id in ids.items() if pack_id}
    return {
        name: {"id": ids[name], "file_sha256": pack.file_sha256 if pack else None}
        for name, pack in found.items()
    } or None


def record_cancelled(pack: Pack, *, now: datetime) -> None:
    """Note that a build was stopped because someone asked for it."""
    PACK_STATES.check(pack.status, PackStatus.CANCELLED)
    pack.status, pack.finished_at, pack.label = PackStatus.CANCELLED, now, None


def record_failed(pack: Pack, failure: str, *, now: datetime) -> None:
    """Note that a build cannot be finished, and why, for people."""
    PACK_STATES.check(pack.status, PackStatus.FAILED)
    pack.status, pack.finished_at, pack.failure = PackStatus.FAILED, now, failure
    pack.label = None
    audit.record("pack:failed", pack, by=None)


def current(meeting: Meeting, audience: Audience) -> Pack | None:
    """The pack to read: the one asked for last among those that were built."""
    built = select(Pack).where(
        Pack.meeting_id == meeting.id,
        Pack.audience == audience,
        Pack.status == PackStatus.BUILT,
    )
    return db.session.scalars(built.order_by(Pack.id.desc())).first()


def latest(meeting: Meeting, audience: Audience) -> Pack | None:
    """The pack asked for last, whatever became of it."""
    asked = select(Pack).where(Pack.meeting_id == meeting.id, Pack.audience == audience)
    return db.session.scalars(asked.order_by(Pack.id.desc())).first()


def history(meeting: Meeting, *, limit: int = 20) -> Sequence[Pack]:
    """The packs asked for, latest first."""
    asked = select(Pack).where(Pack.meeting_id == meeting.id)
    return db.session.scalars(asked.order_by(Pack.id.desc()).limit(limit)).all()


def pack_with_id(pack_id: int) -> Pack | None:
    """The pack."""
    return db.session.get(Pack, pack_id)


def ahead_of(pack: Pack) -> int:
    """How many other packs wait or are being built and were asked for before this one."""
    before = select(func.count()).where(Pack.id < pack.id, Pack.status.in_(UNDER_WAY))
    return db.session.scalar(before) or 0
