"""Reminders of reports: to authors before they are due, to officers too once they are late."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from committee.agendas.models import AgendaItem
from committee.confidentiality.rules import Classification
from committee.constitution import ReminderChoices
from committee.decisions.models import Decision
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.models import User
from committee.reminders.models import Obligation
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions, shortened, working_days_after
from committee.reports.models import Report
from committee.reports.rules import CLOSED_REPORT, WITH_AUTHOR


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of every report that its author still has and whose meeting is still to come."""
    for report in _with_authors(today):
        yield from _due(report, readers, choices, today)
        yield from _late(report, readers, choices)


def words_now(obligation: Obligation) -> str | None:
    """What may be said to somebody of a report as it stands; None where it is not there."""
    report = db.session.execute(_reports().where(Report.id == obligation.subject_id)).first()
    return _words_for(obligation.user_id, report) if report else None


def _with_authors(today: date) -> list[Row[Any]]:
    found = (
        _reports()
        .where(Report.status.in_(WITH_AUTHOR), Meeting.status == MeetingStatus.SCHEDULED)
        .where(Meeting.held_on >= today)
        .order_by(Report.id)
    )
    return list(db.session.execute(found))


def _reports() -> Any:
    return (
        select(
            Report.id,
            Report.meeting_id,
            Report.author_id,
            Report.due_on,
            Report.subject,
            Report.classification,
            Meeting.committee_id,
            Meeting.held_on,
            AgendaItem.classification.label("item_classification"),
            Decision.restriction,
            User.name.label("author"),
        )
        .join(Meeting, Report.meeting_id == Meeting.id)
        .join(User, Report.author_id == User.id)
        .outerjoin(AgendaItem, Report.agenda_item_id == AgendaItem.id)
        .outerjoin(Decision, Report.decision_number == Decision.number)
    )


def _due(
    report: Row[Any], readers: Readers, choices: ReminderChoices, today: date
) -> Iterator[Wanted]:
    """Before the deadline and on its day. Afterwards the report is late, which is said instead."""
    if report.due_on < today:
        return
    for occasion, day in occasions(choices.report_due, report.due_on, working=True):
        for user_id in readers.still(report.author_id):
            yield _reminder(ObligationKind.REPORT_DUE, report, user_id, occasion, day)


def _late(report: Row[Any], readers: Readers, choices: ReminderChoices) -> Iterator[Wanted]:
    day = working_days_after(report.due_on, choices.report_late)
    officers = readers.officers(report.committee_id)
    for user_id in readers.still(report.author_id, *officers):
        occasion = f"{report.due_on.isoformat()}.late{choices.report_late}"
        yield _reminder(ObligationKind.REPORT_LATE, report, user_id, occasion, day)


def _reminder(
    kind: ObligationKind, report: Row[Any], user_id: int, occasion: str, day: date
) -> Wanted:
    is_author = user_id == report.author_id
    return Wanted(
        kind=kind,
        subject_kind=Report.__tablename__,
        subject_id=report.id,
        committee_id=report.committee_id,
        user_id=user_id,
        occasion=occasion,
        words=_words_for(user_id, report),
        address=f"/reports/{report.id}" if is_author else f"/meetings/{report.meeting_id}/reports",
        remind_on=day,
        deadline_on=report.due_on,
    )


def _words_for(user_id: int, report: Row[Any]) -> str:
    words = _words(report)
    return words if user_id == report.author_id else f"{words}, from {report.author}"


def _words(report: Row[Any]) -> str:
    what = CLOSED_REPORT
    if report.classification is Classification.UNCLASSED:
        what = "A report whose author has not said yet who may read it"
    if _is_open(report):
        what = f"“{shortened(report.subject)}”"
    return f"{what}, for the meeting on {in_words(report.held_on)}"


def _is_open(report: Row[Any]) -> bool:
    """Whether its author has said so, and nothing else closes it. Letters lie in many places."""
    return (
        report.classification is Classification.OPEN
        and report.item_classification in (None, Classification.OPEN)
        and report.restriction in (None, Restriction.OPEN)
    )
