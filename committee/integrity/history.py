"""The history of one thing and of what belongs to it, for staff, on the thing's own page.

Staff of another committee read there what everybody reads: a history tells that things were closed
and that call-ins were asked for, which is not public.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from committee.agendas.models import AgendaItem
from committee.audit.service import Subject
from committee.extensions import db
from committee.integrity.log import Line, of_things
from committee.meetings.models import Meeting
from committee.people.models import Committee
from committee.people.permissions import Permission, may
from committee.reports.models import Paper, Report

SHOWN = 30  # entries

# Staff, who prepare, clear or check business. Members read what was decided, not who typed it.
STAFF = (Permission.REPORT_WRITE, Permission.REPORT_READ, Permission.AUDIT_READ)

# Who read exempt matter is for those who audit.
READINGS = ("exempt_matter:read",)

# What belongs to a thing: which tables, and the column that names it there. Responses are left
# out: nobody is to learn from a history when who responded.
BELONGS: dict[str, dict[str, str]] = {
    "meeting": {
        "agenda_item": "meeting_id",
        "agenda_version": "meeting_id",
        "pack": "meeting_id",
        "minutes": "meeting_id",
        "attendance": "meeting_id",
        "attendee": "meeting_id",
        "declaration": "meeting_id",
    },
    "agenda_item": {"paper": "agenda_item_id", "report": "agenda_item_id"},
    "report": {"paper": "report_id"},
    "paper": {"paper_version": "paper_id"},
    "decision": {
        "decision_notice": "decision_id",
        "decision_record": "decision_id",
        "record_version": "decision_id",
        "call_in": "decision_id",
    },
    "minutes": {"minute": "minutes_id", "minutes_version": "minutes_id"},
    "consultation": {
        "question": "consultation_id",
        "respondent_type": "consultation_id",
        "theme": "consultation_id",
        "summary_version": "consultation_id",
    },
    "committee": {"membership": "committee_id", "minute_series": "committee_id"},
    "user_account": {"role_grant": "user_id", "user_session": "user_id"},
    "portfolio": {"portfolio_holding": "portfolio_id"},
}


@dataclass(frozen=True)
class History:
    """The newest entries about a thing; with `more`, where the log has the rest of them."""

    lines: list[Line]
    more: bool
    kind: str
    subject_id: int
    may_search: bool


def history_of(subject: Subject | None) -> History | None:
    """What was done to a thing that this page shows, if its reader is staff of its committee, or
    where it has none, of the whole council; else nothing.

    Acts, names and times alone: no words of the thing itself, which may be exempt.
    """
    if subject is None:
        return None
    committee_id = _committee_of(subject)
    if not any(may(permission, committee_id) for permission in STAFF):
        return None
    audits = may(Permission.AUDIT_READ)  # which is held for the whole council alone
    kind, subject_id = subject.__tablename__, subject.id
    things: dict[str, Any] = {kind: subject_id}
    for table, column in BELONGS.get(kind, {}).items():
        columns = db.metadata.tables[table].c
        things[table] = select(columns.id).where(columns[column] == subject_id)
    lines, more = of_things(things, most=SHOWN, without=() if audits else READINGS)
    return History(lines, more, kind, subject_id, audits)


def _committee_of(subject: Any) -> int | None:
    """The id of the committee whose business a thing is; none for people and portfolios."""
    if isinstance(subject, Committee):
        return subject.id
    if isinstance(subject, Paper):
        return _committee_of(_holder_of(subject))
    of: Meeting | None = getattr(subject, "meeting", None)
    committee_id: int | None = getattr(of or subject, "committee_id", None)
    return committee_id


def _holder_of(paper: Paper) -> AgendaItem | Report | None:
    """The item that a paper stands under, or while it has none, the report that it belongs to."""
    if paper.agenda_item_id is not None:
        return db.session.get(AgendaItem, paper.agenda_item_id)
    return db.session.get(Report, paper.report_id)
