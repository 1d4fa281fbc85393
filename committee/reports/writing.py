"""Writing a report and what becomes of it: sent, returned, accepted. Callers commit."""

from dataclasses import asdict
from datetime import datetime
from itertools import takewhile

from sqlalchemy import func, select

from committee.audit import service as audit
from committee.extensions import db
from committee.reports.asking import step
from committee.reports.header_block import (
    BackgroundDocument,
    Contact,
    HeaderBlock,
    Missing,
    RecommendationFields,
    missing,
)
from committee.reports.models import Paper, Recommendation, Report, ReportStep
from committee.reports.report_papers import every_paper_of, wanting
from committee.reports.rules import REPORT_STATES, WITH_AUTHOR, ReportStatus, Verb
from committee.reports.service import lock_papers_of
from committee.reports.stating import check_ground, said_of, state
from committee.states import NotAllowed


class Incomplete(NotAllowed):
    """A report cannot be sent yet. `missing` says what it lacks, field by field."""

    def __init__(self, lacking: list[Missing]) -> None:
        super().__init__("Something is still missing, so the report cannot be sent.")
        self.missing = lacking


def header_block(report: Report) -> HeaderBlock:
    """What is filled in, as plain values."""
    return HeaderBlock(
        subject=report.subject,
        from_whom=report.from_whom,
        decision_number=report.decision_number,
        said=said_of(report),
        past_pathway=report.past_pathway,
        future_pathway=report.future_pathway,
        divisions=report.divisions,
        summary=report.summary,
        recommendations=tuple(
            RecommendationFields(tuple(Verb(verb) for verb in each.verbs), each.text)
            for each in report.recommendations
        ),
        background_documents=tuple(
            BackgroundDocument(**document) for document in report.background_documents
        ),
        no_background_documents=report.no_background_documents,
        contacts=tuple(Contact(**contact) for contact in report.contacts),
    )


def returned_by(report: Report) -> ReportStep | None:
    """The step by which a report came back to its author, while it is there.

    Another due date is a step that leaves the report as it is, so steps after the return may
    carry the same status.
    """
    latest = list(takewhile(lambda step: step.became is ReportStatus.RETURNED, report.steps))
    return latest[-1] if latest else None


def submitted_to(report: Report) -> str:
    """The “To” line of the header block: the committee and the day of its meeting."""
    day = report.meeting.held_on
    return f"{report.meeting.committee.name} – {day.day} {day:%B %Y}"


def save(
    report: Report,
    block: HeaderBlock,
    *,
    acknowledged: bool = False,
    now: datetime,
    by: int | None = None,
) -> None:
    """Save what has been written so far, complete or not.

    Raises NotAllowed while the report is not with its author, for an exempt report without its
    ground in Schedule 12A (Local Government Act 1972, section 100B(5)), for a confidential one
    without what forbids its disclosure, and for opening a closed one unless that is
    `acknowledged`.
    """
    check_with_author(report)
    check_ground(block.said)
    _fill(report, block)
    state(report, block.said, acknowledged=acknowledged, now=now, by=by)
    audit.record("report:changed", report, by=by)
    if report.status is ReportStatus.ASKED_FOR:
        report.status = ReportStatus.DRAFT
        step(report, ReportStatus.DRAFT, now=now, by=by)


def check_with_author(report: Report) -> None:
    """Raises NotAllowed unless the author may still change the report and its papers."""
    if report.status not in WITH_AUTHOR:
        state = REPORT_STATES.labels[report.status]
        raise NotAllowed(
            f"This report is “{state}”, so it cannot be changed. Democratic services can return "
            "it to its author."
        )


def submit(report: Report, *, now: datetime, by: int | None = None) -> None:
    """Send the report to democratic services.

    Raises Incomplete with all that is missing, and NotAllowed unless it is with its author.
    """
    REPORT_STATES.check(report.status, ReportStatus.SUBMITTED)
    lacking = missing(header_block(report), papers=wanting(report.papers))
    if lacking:
        raise Incomplete(lacking)
    report.status, report.submitted_at = ReportStatus.SUBMITTED, now
    audit.record("report:submitted", report, by=by)
    step(report, ReportStatus.SUBMITTED, now=now, by=by)


def recall(report: Report, *, now: datetime, by: int | None = None) -> None:
    """Take a report back that nobody has decided on yet. Raises NotAllowed otherwise."""
    REPORT_STATES.check(report.status, ReportStatus.DRAFT)
    if report.status is ReportStatus.ASKED_FOR:
        raise NotAllowed("A report that was never sent cannot become a draft by being taken back.")
    report.status, report.submitted_at = ReportStatus.DRAFT, None
    audit.record("report:recalled", report, by=by)
    step(report, ReportStatus.DRAFT, now=now, by=by, comment="Taken back by its author.")


def accept(report: Report, agenda_item_id: int, *, now: datetime, by: int | None = None) -> None:
    """Accept a report that was sent: its papers come under the agenda item, after those there.

    Raises NotAllowed unless it is with democratic services.
    """
    REPORT_STATES.check(report.status, ReportStatus.ACCEPTED)
    lock_papers_of(agenda_item_id)
    last = db.session.scalar(
        select(func.max(Paper.position)).where(Paper.agenda_item_id == agenda_item_id)
    )
    for position, paper in enumerate(report.papers, start=(last or 0) + 1):
        paper.agenda_item_id, paper.position = agenda_item_id, position
    report.agenda_item_id, report.accepted_at = agenda_item_id, now
    report.status = ReportStatus.ACCEPTED
    audit.record("report:accepted", report, by=by)
    step(report, ReportStatus.ACCEPTED, now=now, by=by)


def return_to_author(
    report: Report, comment: str | None, *, now: datetime, by: int | None = None
) -> None:
    """Return a report to its author with a comment; the papers of an accepted one leave the item.

    Raises NotAllowed without a comment, and unless it was sent or accepted.
    """
    REPORT_STATES.check(report.status, ReportStatus.RETURNED)
    if not comment:
        raise NotAllowed("Say what the author is to do. A report is returned with a comment.")
    if report.agenda_item_id is not None:
        lock_papers_of(report.agenda_item_id)
        for paper in every_paper_of(report):
            paper.agenda_item_id = None
    report.agenda_item_id = report.accepted_at = report.submitted_at = None
    report.status = ReportStatus.RETURNED
    audit.record("report:returned", report, by=by)
    step(report, ReportStatus.RETURNED, now=now, by=by, comment=comment)


def _fill(report: Report, block: HeaderBlock) -> None:
    for name in (
        "subject",
        "from_whom",
        "decision_number",
        "past_pathway",
        "future_pathway",
        "divisions",
        "summary",
        "no_background_documents",
    ):
        setattr(report, name, getattr(block, name))
    report.background_documents = [asdict(each) for each in block.background_documents]
    report.contacts = [asdict(each) for each in block.contacts]
    report.recommendations = [
        Recommendation(position=place, verbs=[verb.value for verb in each.verbs], text=each.text)
        for place, each in enumerate(block.recommendations, start=1)
    ]
