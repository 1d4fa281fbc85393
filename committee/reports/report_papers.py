"""The papers of a report while it is with its author: sending, ordering, removing. Callers commit.

They are looked after as papers under an agenda item are; only their home is another.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import User
from committee.reports import service
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.rules import PaperKind, VersionStatus
from committee.reports.service import Upload, title_from

UNUSABLE = frozenset({VersionStatus.REFUSED, VersionStatus.FAILED})


def receive(
    report: Report,
    upload: Upload,
    *,
    title: str | None = None,
    kind: PaperKind | None = None,
    by: int | None = None,
) -> PaperVersion:
    """Add a paper to a report and owe its check.

    The first paper is the main paper, named after the report, unless `kind` and `title` say
    otherwise; later ones are appendices.
    """
    lock(report)
    present = papers_of(report)
    if kind is None:
        has_main = any(paper.kind is PaperKind.MAIN for paper in present)
        kind = PaperKind.APPENDIX if has_main else PaperKind.MAIN
    first_title = report.subject if kind is PaperKind.MAIN else title_from(upload.name)
    last = db.session.scalar(select(func.max(Paper.position)).where(Paper.report_id == report.id))
    paper = Paper(
        report_id=report.id, position=(last or 0) + 1, kind=kind, title=title or first_title
    )
    db.session.add(paper)
    audit.record("paper:added", paper, by=by)
    version = service.receive_version(paper, upload, by=by)
    db.session.expire(report, ["papers"])
    return version


def remove(report: Report, paper: Paper, *, now: datetime, by: int | None = None) -> None:
    """Take a paper off its report. Its versions stay, and it can be put back."""
    service.remove(paper, now=now, by=by)
    db.session.flush()
    db.session.expire(report, ["papers"])


def papers_of(report: Report) -> Sequence[Paper]:
    """The papers of a report in order, with their versions, without those removed."""
    found = select(Paper).where(Paper.report_id == report.id, Paper.removed_at.is_(None))
    return db.session.scalars(
        found.options(selectinload(Paper.versions)).order_by(Paper.position, Paper.id)
    ).all()


def removed_papers_of(report: Report) -> Sequence[Paper]:
    """Papers that were taken off the report and can be put back, latest first."""
    found = select(Paper).where(Paper.report_id == report.id, Paper.removed_at.is_not(None))
    return db.session.scalars(found.order_by(Paper.removed_at.desc(), Paper.id)).all()


def every_paper_of(report: Report) -> Sequence[Paper]:
    """Every paper of a report, those removed too, in order."""
    found = select(Paper).where(Paper.report_id == report.id)
    return db.session.scalars(found.order_by(Paper.position, Paper.id)).all()


def senders_of(paper: Paper) -> dict[int, str]:
    """Who sent the versions of a paper: names by the id of the user."""
    ids = {version.uploaded_by_id for version in paper.versions if version.uploaded_by_id}
    found = select(User.id, User.name).where(User.id.in_(ids)).order_by(User.id)
    return {row[0]: row[1] for row in db.session.execute(found)}


def wanting(papers: Sequence[Paper]) -> list[str]:
    """What keeps a report with these papers from being sent, in sentences; nothing if all is well.

    Asks for one main paper at least, and that the newest file of each has passed its checks, so
    that nothing older than its author thinks goes to the meeting.
    """
    found = []
    if not any(paper.kind is PaperKind.MAIN for paper in papers):
        found.append("Send the main paper as a Word or PDF file")
    for paper in papers:
        if paper.newest.status is VersionStatus.RECEIVED:
            found.append(f"Wait until “{paper.title}” has been checked")
        elif paper.newest.status in UNUSABLE:
            found.append(f"Replace or remove “{paper.title}”: its file cannot be used")
    return found


def lock(report: Report) -> None:
    """Let no one else add a paper to this report until the transaction ends."""
    name = f"papers of report {report.id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
