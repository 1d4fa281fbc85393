"""Makers of reports for tests, each with sound defaults. Callers commit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from committee.clock import now
from committee.confidentiality.rules import OPENED
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.people.models import User
from committee.people.roles import Role
from committee.reports import asking, report_papers, writing
from committee.reports.asking import Request
from committee.reports.header_block import (
    AUTHOR,
    DIRECTOR,
    BackgroundDocument,
    Contact,
    HeaderBlock,
    RecommendationFields,
)
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.rules import Verb, VersionStatus
from committee.storage import current_storage
from tests import builders

A_BLOCK = HeaderBlock(
    subject="More places at the grammar school",
    from_whom="Ms L Okafor, Cabinet Member; Mr D Price, Corporate Director",
    decision_number="26/00007",
    said=OPENED,
    past_pathway="None",
    future_pathway="Decision of the Cabinet Member",
    divisions="All",
    summary="The school is to take thirty more pupils in each year.",
    recommendations=(
        RecommendationFields(
            (Verb.CONSIDER, Verb.ENDORSE), "the proposed decision to enlarge the school."
        ),
    ),
    background_documents=(BackgroundDocument("School places plan", "County Hall, room 4"),),
    contacts=(
        Contact(AUTHOR, "Sam Hill", "Area manager", "01632 960001", "sam.hill@example.org"),
        Contact(DIRECTOR, "Dee Price", "Director", "01632 960002", "dee.price@example.org"),
    ),
)


def an_author(**named: Any) -> User:
    """Somebody who may write reports to any committee."""
    return builders.a_user(Role.REPORT_AUTHOR, **named)


def a_report(
    meeting: Meeting | None = None,
    *,
    author: User | None = None,
    subject: str = A_BLOCK.subject,
    due_on: date | None = None,
) -> Report:
    """A report that was asked for, due a month before its meeting."""
    meeting = meeting or builders.a_meeting()
    report = asking.ask_for(
        meeting,
        Request(
            subject=subject,
            author_id=(author or an_author()).id,
            due_on=due_on or meeting.held_on - 30 * DAY,
        ),
        now=now(),
    )
    db.session.flush()
    return report


def a_checked_paper(report: Report, name: str = "report.docx", *, pages: int = 3) -> Paper:
    """A paper of the report whose file has passed its checks."""
    version = report_papers.receive(report, builders.an_upload(name, b"a file"))
    mark_checked(version, pages=pages)
    return version.paper


def mark_checked(version: PaperVersion, *, pages: int = 3) -> None:
    """Note that the version passed its checks and became a PDF of so many pages."""
    db.session.flush()
    version.prepared_sha256 = current_storage().save(BytesIO(builders.a_pdf(pages))).sha256
    version.pages, version.status = pages, VersionStatus.ACCEPTED
    version.checked_at = now()
    db.session.flush()


def a_draft(report: Report | None = None, **changed: Any) -> Report:
    """A report whose header block is filled in, but for what is `changed`."""
    report = report or a_report()
    writing.save(report, replace(A_BLOCK, **changed), now=now())
    return report


def a_sent_report(meeting: Meeting | None = None, *, author: User | None = None) -> Report:
    """A complete report, with democratic services."""
    report = a_draft(a_report(meeting, author=author))
    a_checked_paper(report)
    writing.submit(report, now=now())
    db.session.flush()
    return report


def titles(papers: Sequence[Paper]) -> list[str]:
    """What these papers are called, in order."""
    return [paper.title for paper in papers]
