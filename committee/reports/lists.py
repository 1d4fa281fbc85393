"""Lists of reports: what an author owes, and what a meeting is to have. Read only, and paged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from committee.extensions import db
from committee.meetings.models import Meeting
from committee.reports.models import Paper, Report, ReportStep
from committee.reports.rules import FINISHED, WITH_AUTHOR, ReportStatus

PAGE = 50  # reports


@dataclass(frozen=True)
class PageOfReports:
    """Some of a list of reports: those of page `number`, which counts from 1, of `pages`."""

    reports: Sequence[Report]
    number: int
    pages: int
    total: int


def of_authors(
    author_ids: Collection[int],
    committee_ids: Collection[int] | None,
    *,
    finished: bool,
    page: int,
) -> PageOfReports:
    """These authors' reports to these committees (none: to any), those due first at the top.

    With `finished` the accepted and withdrawn ones, latest first; else all others, those still
    with the author before those that were sent.
    """
    found = select(Report).join(Meeting).where(Report.author_id.in_(author_ids))
    found = found.where(Report.status.in_(FINISHED) if finished else Report.status.not_in(FINISHED))
    if committee_ids is not None:
        found = found.where(Meeting.committee_id.in_(committee_ids))
    order: tuple[Any, ...] = (
        (Report.due_on.desc(), Report.id.desc())
        if finished
        else (Report.status == ReportStatus.SUBMITTED, Report.due_on, Report.id)
    )
    return _page(found, order, page)


def of_meeting(meeting: Meeting, *, page: int) -> PageOfReports:
    """Every report to a meeting, those due first at the top."""
    found = select(Report).where(Report.meeting_id == meeting.id)
    return _page(found, (Report.due_on, Report.id), page)


def counts_of_meeting(meeting: Meeting) -> dict[ReportStatus, int]:
    """How many reports to a meeting stand how; statuses without any are left out."""
    found = select(Report.status, func.count()).where(Report.meeting_id == meeting.id)
    rows = db.session.execute(found.group_by(Report.status).order_by(Report.status))
    return {row[0]: row[1] for row in rows}


def still_with_author(meeting: Meeting) -> int:
    """How many reports to a meeting are still to be sent by their authors."""
    counts = counts_of_meeting(meeting)
    return sum(counts.get(status, 0) for status in WITH_AUTHOR)


def with_id(report_id: int) -> Report | None:
    """The report with its meeting, author, steps, recommendations and papers."""
    found = select(Report).where(Report.id == report_id)
    return db.session.scalars(
        found.options(
            joinedload(Report.meeting).joinedload(Meeting.committee),
            joinedload(Report.author),
            selectinload(Report.steps).joinedload(ReportStep.by),
            selectinload(Report.recommendations),
            selectinload(Report.papers).selectinload(Paper.versions),
        )
    ).first()


def _page(found: Select[Any], order: Sequence[Any], page: int) -> PageOfReports:
    total = db.session.scalar(select(func.count()).select_from(found.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    number = min(max(page, 1), pages)
    reports = db.session.scalars(
        found.options(
            joinedload(Report.author), joinedload(Report.meeting).joinedload(Meeting.committee)
        )
        .order_by(*order)
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return PageOfReports(reports, number, pages, total)
