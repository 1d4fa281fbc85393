"""Asking for reports: of whom, by when, and taking the request back. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.models import Committee, RoleGrant, User
from committee.people.roles import ROLE_PERMISSIONS, Permission
from committee.reports.models import Report, ReportStep
from committee.reports.rules import FINISHED, REPORT_STATES, ReportStatus
from committee.states import NotAllowed

NO_MORE_REPORTS = frozenset({MeetingStatus.HELD, MeetingStatus.CANCELLED})


@dataclass(frozen=True)
class Request:
    """What an officer asks for. `due_on` is the last day; `reason` why it is not the proposed one.

    `due_basis` is how the rules reached the day that they propose.
    """

    subject: str
    author_id: int
    due_on: date
    decision_number: str | None = None
    due_basis: dict[str, Any] | None = None
    reason: str | None = None


def authors_for(committee: Committee) -> Sequence[User]:
    """Everyone who may write reports to the committee and can sign in, by name."""
    roles = [role for role, held in ROLE_PERMISSIONS.items() if Permission.REPORT_WRITE in held]
    writing = select(RoleGrant.user_id).where(
        RoleGrant.role.in_(roles),
        RoleGrant.ended_at.is_(None),
        or_(RoleGrant.committee_id.is_(None), RoleGrant.committee_id == committee.id),
    )
    found = select(User).where(User.id.in_(writing), User.active)
    return db.session.scalars(found.order_by(User.name, User.id)).all()


def ask_for(meeting: Meeting, asked: Request, *, now: datetime, by: int | None = None) -> Report:
    """Ask somebody for a report to a meeting.

    Raises NotAllowed for a meeting that is over or cancelled, a day after the meeting, or a day
    other than the proposed one without a reason.
    """
    if meeting.status in NO_MORE_REPORTS:
        raise NotAllowed("This meeting takes no more reports: it has been held or cancelled.")
    _check_day(meeting, asked.due_on, proposed_on(asked.due_basis), asked.reason)
    report = Report(
        meeting=meeting,
        author_id=asked.author_id,
        subject=asked.subject,
        decision_number=asked.decision_number,
        due_on=asked.due_on,
        due_basis=asked.due_basis,
        status=ReportStatus.ASKED_FOR,
        asked_by_id=by,
    )
    db.session.add(report)
    audit.record("report:asked_for", report, by=by)
    step(report, ReportStatus.ASKED_FOR, now=now, by=by, comment=asked.reason)
    return report


def change_due_date(
    report: Report, due_on: date, *, reason: str | None, now: datetime, by: int | None = None
) -> None:
    """Set another last day for sending the report, with the reason, which its author reads.

    Raises NotAllowed without a reason, for a day after the meeting, and once it is accepted.
    """
    if report.status in FINISHED:
        raise NotAllowed("The due date of a report that was accepted or withdrawn cannot change.")
    if due_on == report.due_on:
        raise NotAllowed("That is the due date already. Choose another day.")
    _check_day(report.meeting, due_on, report.due_on, reason)
    report.due_on = due_on
    audit.record("report:due_date_changed", report, by=by)
    step(report, report.status, now=now, by=by, comment=f"Now due on another day: {reason}")


def withdraw(report: Report, comment: str | None, *, now: datetime, by: int | None = None) -> None:
    """Say that the report is no longer wanted. Raises NotAllowed once it is accepted."""
    REPORT_STATES.check(report.status, ReportStatus.WITHDRAWN)
    report.status = ReportStatus.WITHDRAWN
    audit.record("report:withdrawn", report, by=by)
    step(report, ReportStatus.WITHDRAWN, now=now, by=by, comment=comment)


def step(
    report: Report,
    became: ReportStatus,
    *,
    now: datetime,
    by: int | None,
    comment: str | None = None,
) -> None:
    """Note a step of the report on its way, for its author and for officers to read."""
    db.session.add(
        ReportStep(report_id=report.id, became=became, comment=comment, by_id=by, at=now)
    )
    db.session.flush()
    db.session.expire(report, ["steps"])


def proposed_on(basis: dict[str, Any] | None) -> date | None:
    """The day that the rules propose, as it was stored with its reasons."""
    return date.fromisoformat(basis["day"]) if basis else None


def _check_day(meeting: Meeting, due_on: date, proposed: date | None, reason: str | None) -> None:
    if due_on > meeting.held_on:
        raise NotAllowed("A report cannot be due after its meeting. Choose an earlier day.")
    if proposed is not None and due_on != proposed and not reason:
        raise NotAllowed("Say why the report is due on another day than the proposed one.")
