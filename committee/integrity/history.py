"""The history of one thing and of what belongs to it, for staff, on the thing's own page."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from committee.audit.service import Subject
from committee.extensions import db
from committee.integrity.log import Line, of_things
from committee.people.permissions import Permission, may, may_anywhere

SHOWN = 30  # entries

# Staff, who prepare, clear or check business. Members read what was decided, not who typed it.
STAFF = (Permission.REPORT_WRITE, Permission.REPORT_READ, Permission.AUDIT_READ)

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
    """What was done to a thing that this page shows, if its reader is staff; else nothing.

    Acts, names and times alone: no words of the thing itself, which may be exempt.
    """
    if subject is None or not any(may_anywhere(permission) for permission in STAFF):
        return None
    kind, subject_id = subject.__tablename__, subject.id
    things: dict[str, Any] = {kind: subject_id}
    for table, column in BELONGS.get(kind, {}).items():
        columns = db.metadata.tables[table].c
        things[table] = select(columns.id).where(columns[column] == subject_id)
    lines, more = of_things(things, most=SHOWN)
    return History(lines, more, kind, subject_id, may(Permission.AUDIT_READ))
