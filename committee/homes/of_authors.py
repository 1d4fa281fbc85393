"""What an author owes: reports and, for anybody, actions that a committee gave them. Read only."""

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from committee.extensions import db
from committee.homes.rules import Part, ToDo, by_deadline
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.minutes.models import Action, Minute, Minutes
from committee.minutes.rules import ActionStatus
from committee.people.models import User
from committee.reports.models import Report
from committee.reports.rules import NEXT_FOR_AUTHOR, WITH_AUTHOR

MOST = 50


def reports_part(user: User) -> Part:
    """The reports that are with their author, those that are due first at the head."""
    found = (
        select(Report)
        .where(Report.author_id == user.id, Report.status.in_(WITH_AUTHOR))
        .options(joinedload(Report.meeting).joinedload(Meeting.committee))
        .order_by(Report.due_on, Report.id)
    )
    return Part(
        "author",
        "Papers you owe",
        by_deadline(
            ToDo(
                report.subject,
                url_for("reports.report", report_id=report.id),
                f"{report.meeting.committee.name}, {in_words(report.meeting.held_on)}. "
                f"{NEXT_FOR_AUTHOR[report.status]}.",
                report.due_on,
            )
            for report in db.session.scalars(found.limit(MOST)).all()
        ),
        "You owe no paper. When a report is asked of you, it appears here with the day on which "
        "it is due.",
        ("All your reports", url_for("reports.owed")),
    )


def actions_part(user: User) -> Part | None:
    """What the user is to do because a committee asked for it; None for nothing."""
    found = (
        select(Action, Meeting)
        .join(Minute, Minute.id == Action.minute_id)
        .join(Minutes, Minutes.id == Minute.minutes_id)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Action.owner_id == user.id, Action.status == ActionStatus.OPEN)
        .options(
            joinedload(Meeting.committee),
            contains_eager(Action.minute).joinedload(Minute.agenda_item),
        )
        .order_by(Action.due_on.asc().nulls_last(), Action.id)
    )
    rows = db.session.execute(found.limit(MOST)).all()
    if not rows:
        return None
    todos = by_deadline(
        ToDo(
            action.words_in_lists,
            url_for("actions.update", action_id=action.id),
            f"{meeting.committee.name}, {in_words(meeting.held_on)}",
            action.due_on,
        )
        for action, meeting in rows
    )
    return Part("actions", "Actions you took away", todos, "", None)
