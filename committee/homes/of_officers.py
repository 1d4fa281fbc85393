"""What an officer has to do next, on the committees where they are one. Read only."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from committee.agendas.models import AgendaItem, AgendaVersion
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.homes.rules import Part, ToDo, by_deadline
from committee.homes.scope import Scope
from committee.law.calendar import CalendarExhausted, in_words
from committee.law.notice import latest_publication
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.minutes.models import Minutes, MinutesVersion
from committee.reminders.models import Obligation
from committee.reminders.rules import ObligationStatus
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.rules import WITH_AUTHOR, ReportStatus, VersionStatus

MOST = 25  # of each sort; whoever has more begins with those that are due first
AHEAD = timedelta(weeks=8)  # how far ahead agendas are looked for


def part(scope: Scope, *, today: date) -> Part:
    """Everything, whatever slice it comes from, in one list by its deadline."""
    return Part(
        "officer",
        "Committee business",
        by_deadline(
            [
                *_reports(scope, today),
                *_agendas(scope, today),
                *_papers(scope, today),
                *_decisions(scope, today),
                *_minutes(scope, today),
                *_reminders(scope),
            ]
        ),
        "No report waits for you, every agenda that is due is published, and the minutes are "
        "written.",
        ("Everything in hand for decisions", url_for("decisions.in_hand")),
    )


def deadline_of(held_on: date) -> date | None:
    """The last day in time for publishing the agenda of a meeting; None beyond the calendar."""
    try:
        return latest_publication(held_on).day
    except CalendarExhausted:
        return None


def _named(meeting: Meeting) -> str:
    return f"{meeting.committee.name}, {in_words(meeting.held_on)}"


def _reports(scope: Scope, today: date) -> Iterator[ToDo]:
    """Reports that wait for an officer, and those that their authors owe and have not sent."""
    late = Report.status.in_(WITH_AUTHOR) & (Report.due_on < today) & (Meeting.held_on >= today)
    found = (
        select(Report)
        .join(Report.meeting)
        .where(
            or_(Report.status == ReportStatus.SUBMITTED, late), scope.covers(Meeting.committee_id)
        )
        .options(
            joinedload(Report.meeting).joinedload(Meeting.committee), joinedload(Report.author)
        )
        .order_by(Meeting.held_on, Report.id)
    )
    for report in db.session.scalars(found.limit(MOST)).all():
        sent = report.status is ReportStatus.SUBMITTED
        yield ToDo(
            f"Accept or return {_the_report(report)}"
            if sent
            else f"Ask {report.author.name} for {_the_report(report, 'late ')}",
            url_for("reports.report", report_id=report.id),
            _named(report.meeting),
            deadline_of(report.meeting.held_on) if sent else report.due_on,
        )


def _the_report(report: Report, how: str = "") -> str:
    """A report by its subject; a closed one without, since nobody is noted for reading a home."""
    if report.is_closed:
        return f"a {how}report that is not open to the public"
    return f"the {how}report “{report.subject}”"


def _agendas(scope: Scope, today: date) -> Iterator[ToDo]:
    published = exists().where(AgendaVersion.meeting_id == Meeting.id)
    found = (
        select(Meeting)
        .where(
            Meeting.status == MeetingStatus.SCHEDULED,
            Meeting.held_on >= today,
            Meeting.held_on <= today + AHEAD,
            ~published,
            scope.covers(Meeting.committee_id),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on, Meeting.id)
    )
    for meeting in db.session.scalars(found.limit(MOST)).all():
        yield ToDo(
            "Publish the agenda",
            url_for("publishing.publish", meeting_id=meeting.id),
            _named(meeting),
            deadline_of(meeting.held_on),
        )


def _papers(scope: Scope, today: date) -> Iterator[ToDo]:
    """Papers on agendas to come whose newest version could not be used."""
    newest = (
        select(func.max(PaperVersion.number))
        .where(PaperVersion.paper_id == Paper.id)
        .correlate(Paper)
        .scalar_subquery()
    )
    found = (
        select(Paper, AgendaItem, Meeting)
        .join(AgendaItem, AgendaItem.id == Paper.agenda_item_id)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(PaperVersion, PaperVersion.paper_id == Paper.id)
        .where(
            Paper.removed_at.is_(None),
            AgendaItem.removed_at.is_(None),
            Meeting.held_on >= today,
            PaperVersion.number == newest,
            PaperVersion.status.in_((VersionStatus.REFUSED, VersionStatus.FAILED)),
            scope.covers(Meeting.committee_id),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on, Paper.id)
    )
    for paper, item, meeting in db.session.execute(found.limit(MOST)).all():
        closed = paper.is_closed or item.is_closed
        named = "a closed paper" if closed else f"the paper “{paper.title}”"
        yield ToDo(
            f"Replace {named}, which was refused",
            url_for("versions.paper", paper_id=paper.id),
            f"{item.title_for_public if item.is_closed else item.title}. {_named(meeting)}",
            deadline_of(meeting.held_on),
        )


def _decisions(scope: Scope, today: date) -> Iterator[ToDo]:
    """Decisions that were taken: the record is published as soon as can be (SI 2012/2089, 12)."""
    found = (
        select(Decision)
        .where(Decision.status == DecisionStatus.TAKEN, scope.covers(Decision.committee_id))
        .order_by(Decision.taken_on, Decision.id)
    )
    for decision in db.session.scalars(found.limit(MOST)).all():
        yield ToDo(
            f"Publish the record of decision {decision.number}",
            url_for("published_records.publish", number=decision.number),
            decision.title,
            max(decision.taken_on or today, today),
        )


def _minutes(scope: Scope, today: date) -> Iterator[ToDo]:
    """Meetings that were held and of which no minutes have been published."""
    published = (
        exists()
        .where(Minutes.meeting_id == Meeting.id, MinutesVersion.minutes_id == Minutes.id)
        .correlate(Meeting)
    )
    found = (
        select(Meeting)
        .where(
            Meeting.status.in_((MeetingStatus.SCHEDULED, MeetingStatus.HELD)),
            Meeting.held_on < today,
            exists().where(AgendaVersion.meeting_id == Meeting.id),
            ~published,
            scope.covers(Meeting.committee_id),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on.desc(), Meeting.id)
    )
    for meeting in db.session.scalars(found.limit(MOST)).all():
        yield ToDo(
            "Write the minutes",
            url_for("minutes.overview", meeting_id=meeting.id),
            _named(meeting),
        )


def _reminders(scope: Scope) -> Iterator[ToDo]:
    failed = select(func.count()).where(
        Obligation.status == ObligationStatus.QUARANTINED, scope.covers(Obligation.committee_id)
    )
    number = db.session.scalar(failed) or 0
    if number:
        told = "A reminder" if number == 1 else f"{number:,} reminders"
        yield ToDo(
            f"{told} could not be sent",
            url_for("reminders.overview"),
            "See to whom, and send again or tell them yourself",
        )
