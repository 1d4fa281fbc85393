"""Reminders of agendas that are to be published, to the committee's officers."""

from collections.abc import Iterator
from datetime import date

import structlog
from sqlalchemy import exists, select

from committee.agendas.models import AgendaVersion
from committee.constitution import ReminderChoices
from committee.extensions import db
from committee.law.calendar import CalendarExhausted, in_words
from committee.law.notice import latest_publication
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions

log = structlog.get_logger()


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of every meeting to come whose agenda nobody has published yet.

    The last lawful day comes from the law module. Beyond the known bank holidays there is no such
    day, and nothing is guessed: the reminders come once the calendar knows the year.
    """
    published = exists().where(AgendaVersion.meeting_id == Meeting.id)
    found = (
        select(Meeting.id, Meeting.committee_id, Meeting.held_on)
        .where(Meeting.status == MeetingStatus.SCHEDULED, Meeting.held_on >= today, ~published)
        .order_by(Meeting.id)
    )
    for meeting_id, committee_id, held_on in db.session.execute(found):
        try:
            deadline = latest_publication(held_on).day
        except CalendarExhausted:
            log.warning("agenda_deadline_unknown", meeting_id=meeting_id)
            continue
        for occasion, day in occasions(choices.agenda, deadline, working=True):
            for user_id in readers.officers(committee_id):
                yield Wanted(
                    kind=ObligationKind.AGENDA_TO_PUBLISH,
                    subject_kind=Meeting.__tablename__,
                    subject_id=meeting_id,
                    committee_id=committee_id,
                    user_id=user_id,
                    occasion=occasion,
                    words=f"Meeting on {in_words(held_on)}",
                    address=f"/meetings/{meeting_id}/agenda/publish",
                    remind_on=day,
                    deadline_on=deadline,
                )
