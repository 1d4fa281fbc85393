"""Receiving papers and recording what the checks made of them. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from committee.audit import service as audit
from committee.documents.preparation import Prepared
from committee.documents.refusals import Refused
from committee.extensions import db
from committee.reports.models import Paper, PaperVersion
from committee.reports.rules import VERSION_STATES, PaperKind, VersionStatus
from committee.states import NotAllowed
from committee.storage import Stored
from committee.work import service as work
from committee.work.rules import WorkKind


@dataclass(frozen=True)
class Upload:
    """A file that has been stored: its name as it came, and where its bytes are."""

    name: str
    stored: Stored


def receive_paper(
    agenda_item_id: int,
    upload: Upload,
    *,
    title: str | None = None,
    kind: PaperKind | None = None,
    by: int | None = None,
) -> PaperVersion:
    """Add a paper to an item and owe its check.

    The first paper of an item is its main paper and later ones are appendices, unless `kind`
    says otherwise. Without a title the file's name serves until someone writes a better one.
    """
    lock_papers_of(agenda_item_id)
    present = papers_of(agenda_item_id)
    if kind is None:
        has_main = any(paper.kind is PaperKind.MAIN for paper in present)
        kind = PaperKind.APPENDIX if has_main else PaperKind.MAIN
    last = db.session.scalar(
        select(func.max(Paper.position)).where(Paper.agenda_item_id == agenda_item_id)
    )
    paper = Paper(
        agenda_item_id=agenda_item_id,
        position=(last or 0) + 1,
        kind=kind,
        title=title or title_from(upload.name),
    )
    db.session.add(paper)
    audit.record("paper:added", paper, by=by)
    return receive_version(paper, upload, by=by)


def receive_version(paper: Paper, upload: Upload, *, by: int | None = None) -> PaperVersion:
    """Add a new version of a paper and owe its check; earlier versions stay as they are."""
    lock(paper)
    last = db.session.scalar(
        select(func.max(PaperVersion.number)).where(PaperVersion.paper_id == paper.id)
    )
    version = PaperVersion(
        paper_id=paper.id,
        number=(last or 0) + 1,
        original_name=upload.name[:255],
        original_sha256=upload.stored.sha256,
        size=upload.stored.size,
        status=VersionStatus.RECEIVED,
        notices=[],
        uploaded_by_id=by,
    )
    db.session.add(version)
    audit.record("paper_version:received", version, by=by)
    work.owe(WorkKind.CHECK_PAPER, version.id)
    db.session.expire(paper, ["versions"])
    return version


def title_from(name: str) -> str:
    """A first title for a paper from its file's name: no extension, no leading number."""
    stem = PurePath(name.replace("\\", "/")).stem.replace("_", " ").replace("-", " ")
    words = stem.split()
    if len(words) > 1 and words[0].isdigit():
        words = words[1:]
    title = " ".join(words)[:200]
    return title[:1].upper() + title[1:] if title else "Untitled paper"


def record_accepted(
    version: PaperVersion, prepared: Prepared, stored: Stored, *, now: datetime
) -> None:
    """Note that a version passed its checks and where its prepared PDF is kept."""
    VERSION_STATES.check(version.status, VersionStatus.ACCEPTED)
    version.prepared_sha256, version.pages = stored.sha256, prepared.pages
    version.tagged, version.notices = prepared.tagged, list(prepared.notices)
    version.status, version.checked_at = VersionStatus.ACCEPTED, now
    audit.record("paper_version:accepted", version, by=None)


def record_refused(version: PaperVersion, refusal: Refused, *, now: datetime) -> None:
    """Note why a version cannot be used and what its author can do."""
    VERSION_STATES.check(version.status, VersionStatus.REFUSED)
    version.code, version.reason, version.remedy = refusal.code, refusal.reason, refusal.remedy
    version.status, version.checked_at = VersionStatus.REFUSED, now
    audit.record("paper_version:refused", version, by=None)


def record_failed(version: PaperVersion, reason: str, remedy: str, *, now: datetime) -> None:
    """Note that we could not check a version; it may be checked again."""
    VERSION_STATES.check(version.status, VersionStatus.FAILED)
    version.reason, version.remedy, version.code = reason, remedy, "not_checked"
    version.status, version.checked_at = VersionStatus.FAILED, now
    audit.record("paper_version:failed", version, by=None)


def check_again(version: PaperVersion, *, by: int | None = None) -> None:
    """Owe another check of a version that could not be checked. Raises NotAllowed otherwise."""
    VERSION_STATES.check(version.status, VersionStatus.RECEIVED)
    version.status, version.checked_at = VersionStatus.RECEIVED, None
    version.reason = version.remedy = version.code = None
    audit.record("paper_version:received", version, by=by)
    work.owe(WorkKind.CHECK_PAPER, version.id)


def rename(paper: Paper, title: str, *, kind: PaperKind, by: int | None = None) -> None:
    """Give a paper another title or kind."""
    paper.title, paper.kind = title, kind
    audit.record("paper:changed", paper, by=by)


def move(paper: Paper, to: str, *, by: int | None = None) -> None:
    """Move a paper `up` or `down` among those beside it. Raises NotAllowed for another word."""
    if to not in ("up", "down"):
        raise NotAllowed("A paper can move up or down.")
    ordered = list(beside(paper))
    place = ordered.index(paper)
    ordered.remove(paper)
    ordered.insert(max(place - 1, 0) if to == "up" else place + 1, paper)
    for position, other in enumerate(ordered, start=1):
        other.position = position
    audit.record("paper:moved", paper, by=by)


def remove(paper: Paper, *, now: datetime, by: int | None = None) -> None:
    """Take a paper off its item or report. Its versions stay, and it can be put back."""
    paper.removed_at = now
    audit.record("paper:removed", paper, by=by)


def restore(paper: Paper, *, by: int | None = None) -> None:
    """Put back a paper that was removed."""
    paper.removed_at = None
    audit.record("paper:restored", paper, by=by)


def beside(paper: Paper) -> Sequence[Paper]:
    """The papers of the item or, before it is on an agenda, of the report that this one is in.

    Nobody else can move them until the transaction ends.
    """
    if paper.agenda_item_id is not None:
        _lock_all(Paper.agenda_item_id == paper.agenda_item_id)
        return papers_of(paper.agenda_item_id)
    of_report = Paper.report_id == paper.report_id
    _lock_all(of_report)
    found = select(Paper).where(of_report, Paper.removed_at.is_(None))
    return db.session.scalars(found.order_by(Paper.position, Paper.id)).all()


def _lock_all(chosen: ColumnElement[bool]) -> None:
    """Lock papers by their ids, as whoever publishes them does, and not by their places."""
    found = select(Paper.id).where(chosen).order_by(Paper.id)
    db.session.execute(found.with_for_update())


def papers_of(agenda_item_id: int) -> Sequence[Paper]:
    """The papers of an item in order, without those removed."""
    found = select(Paper).where(Paper.agenda_item_id == agenda_item_id, Paper.removed_at.is_(None))
    return db.session.scalars(found.order_by(Paper.position, Paper.id)).all()


def removed_papers_of(agenda_item_ids: Sequence[int]) -> Sequence[Paper]:
    """Papers that were taken off these items and can be put back, latest first."""
    found = select(Paper).where(
        Paper.agenda_item_id.in_(agenda_item_ids), Paper.removed_at.is_not(None)
    )
    return db.session.scalars(found.order_by(Paper.removed_at.desc(), Paper.id)).all()


def paper_with_id(paper_id: int) -> Paper | None:
    """The paper, with its versions."""
    found = select(Paper).where(Paper.id == paper_id)
    return db.session.scalars(found.options(selectinload(Paper.versions))).first()


def version_with_id(version_id: int) -> PaperVersion | None:
    """One version, with its paper."""
    found = select(PaperVersion).where(PaperVersion.id == version_id)
    return db.session.scalars(found.options(joinedload(PaperVersion.paper))).first()


def lock_papers_of(agenda_item_id: int) -> None:
    """Let no one else add a paper to this item until the transaction ends."""
    name = f"papers of agenda item {agenda_item_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def lock(paper: Paper) -> None:
    """Let no one else add a version to this paper until the transaction ends."""
    db.session.flush()
    db.session.execute(select(Paper.id).where(Paper.id == paper.id).with_for_update())
