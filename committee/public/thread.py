"""One matter through every part of the product: the events that other slices than its own give.

Only what has been published is read: agendas and minutes as their open contents say, consultations
and summaries as they are public. A matter that is taken in private leaves no trace here.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from committee.agendas.models import AgendaVersion
from committee.agendas.naming import anchor_of
from committee.clock import LONDON
from committee.confidentiality.rules import Classification
from committee.consultations.models import Consultation, SummaryVersion
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.minutes.models import Minutes, MinutesVersion
from committee.minutes.rules import OUTCOME_LABELS, MinutesStatus, Outcome
from committee.public.decision_thread import Event
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from committee.web.filters import weekday_in_words

NOT_HELD = {
    MeetingStatus.CANCELLED: "cancelled",
    MeetingStatus.POSTPONED: "postponed",
}


def events_elsewhere(decision: Decision, *, today: date) -> Iterator[Event]:
    """What consultations, reports, agendas and minutes tell of the matter, in no order."""
    yield from _consultations(decision, today)
    versions = _agendas(decision.number)
    minutes = _minutes({version.meeting_id for version in versions})
    yield from _published_agendas(versions, decision.number)
    yield from _reports(versions, decision.number)
    yield from _meetings(versions, minutes, decision.number, today)
    for version in minutes:
        yield from _published_minutes(version, decision.number, today)


# --- consultations ---


def _consultations(decision: Decision, today: date) -> Iterator[Event]:
    found = (
        select(Consultation)
        .where(Consultation.decision_id == decision.id, Consultation.published_at.is_not(None))
        .options(selectinload(Consultation.extensions))
        .order_by(Consultation.opens_on, Consultation.id)
    )
    consultations = db.session.scalars(found).all()
    for consultation in consultations:
        yield from _period(consultation, today)
    summaries = (
        select(SummaryVersion)
        .where(SummaryVersion.consultation_id.in_([each.id for each in consultations]))
        .options(joinedload(SummaryVersion.consultation))
        .order_by(SummaryVersion.published_on, SummaryVersion.id)
    )
    for summary in db.session.scalars(summaries) if consultations else ():
        again = f" (version {summary.number})" if summary.number > 1 else ""
        counted = summary.contents.get("responses", {}).get("counted")
        yield Event(
            summary.published_on,
            f"Results of the consultation published{again}",
            url_for(
                "consultation_summaries.version",
                slug=summary.consultation.slug,
                number=summary.number,
            ),
            summary.change_reason or (f"{counted:,} responses" if counted else ""),
            kind=2,
        )


def _period(consultation: Consultation, today: date) -> Iterator[Event]:
    address = url_for("consultations.consultation", slug=consultation.slug)
    begun = consultation.opens_on <= today
    if consultation.status is ConsultationStatus.WITHDRAWN:
        if begun:
            yield Event(consultation.opens_on, "Consultation opened, later withdrawn", address)
        return
    words = "Consultation opened" if begun else "Consultation opens"
    yield Event(consultation.opens_on, words, address, consultation.title, to_come=not begun)
    for extension in consultation.extensions:
        yield Event(
            extension.extended_at.astimezone(LONDON).date(),
            f"Consultation extended to {weekday_in_words(extension.closes_on)}",
            address,
            extension.reason,
            kind=1,
        )
    over = consultation.closes_on < today
    words = "Consultation closed" if over else "Last day of the consultation"
    yield Event(consultation.closes_on, words, address, consultation.title, to_come=not over)


# --- agendas and reports ---


def _agendas(number: str) -> Sequence[AgendaVersion]:
    """Every version of the agendas on which the matter ever stood, oldest first."""
    stood = aliased(AgendaVersion)
    told = {"items": [{"decision_number": number}]}
    meetings = select(stood.meeting_id).where(stood.open_contents.contains(told))
    found = select(AgendaVersion).where(AgendaVersion.meeting_id.in_(meetings))
    with_meeting = joinedload(AgendaVersion.meeting).joinedload(Meeting.committee)
    ordered = found.options(with_meeting).order_by(AgendaVersion.published_at, AgendaVersion.id)
    return db.session.scalars(ordered).all()


def _items(
    versions: Sequence[AgendaVersion], number: str
) -> Iterator[tuple[AgendaVersion, dict[str, Any]]]:
    """Each open item that concerns the matter, with the version in which it stands."""
    for version in versions:
        for item in version.open_contents["items"]:
            if not item["exempt"] and item["decision_number"] == number:
                yield version, item


def _published_agendas(versions: Sequence[AgendaVersion], number: str) -> Iterator[Event]:
    """The first version of each agenda on which the matter stands."""
    seen = set()
    for version, item in _items(versions, number):
        if version.meeting_id in seen:
            continue
        seen.add(version.meeting_id)
        what = "Agenda and report published" if item["papers"] else "Agenda published"
        yield Event(
            version.published_on,
            what,
            _place(version, item),
            f"Item {item['number']} of {_meeting(version.meeting)}",
            kind=2,
        )


def _place(version: AgendaVersion, item: dict[str, Any]) -> str:
    return url_for("public.meeting", meeting_id=version.meeting_id, _anchor=anchor_of(item))


def _meeting(meeting: Meeting) -> str:
    return f"the {meeting.committee.name}, {weekday_in_words(meeting.held_on)}"


def _reports(versions: Sequence[AgendaVersion], number: str) -> Iterator[Event]:
    """Reports on the matter, as an agenda that was published told of them."""
    told = {
        each["report_id"]: each["subject"]
        for _, item in _items(versions, number)
        for each in item.get("reports", ())
    }
    found = (
        select(Report)
        .where(
            Report.decision_number == number,
            Report.status == ReportStatus.ACCEPTED,
            Report.classification == Classification.OPEN,
            Report.id.in_(told),
        )
        .order_by(Report.accepted_at, Report.id)
    )
    for report in db.session.scalars(found) if told else ():
        if report.accepted_at:
            day = report.accepted_at.astimezone(LONDON).date()
            yield Event(day, "Report accepted for the agenda", more=told[report.id], kind=1)


# --- the committee and its minutes ---


def _minutes(meeting_ids: set[int]) -> Sequence[MinutesVersion]:
    """Every published version of the minutes of these meetings, oldest first."""
    if not meeting_ids:
        return ()
    found = (
        select(MinutesVersion)
        .join(MinutesVersion.minutes)
        .where(Minutes.meeting_id.in_(meeting_ids))
        .options(joinedload(MinutesVersion.minutes).joinedload(Minutes.meeting))
        .order_by(MinutesVersion.published_at, MinutesVersion.id)
    )
    return db.session.scalars(found).all()


def _entry(version: MinutesVersion, number: str) -> dict[str, Any] | None:
    entries: list[dict[str, Any]] = version.open_contents["minutes"]
    return next((each for each in entries if each["decision_number"] == number), None)


def _meetings(
    versions: Sequence[AgendaVersion],
    minutes: Sequence[MinutesVersion],
    number: str,
    today: date,
) -> Iterator[Event]:
    """The meetings on whose newest agendas the matter stands, with what each resolved."""
    newest = {version.meeting_id: version for version in versions}
    recorded = {version.minutes.meeting_id: version for version in minutes}
    for version, item in _items(list(newest.values()), number):
        meeting = version.meeting
        record = recorded.get(meeting.id)
        entry = _entry(record, number) if record else None
        if entry is not None:
            yield _resolved(meeting, entry)
        elif meeting.status in NOT_HELD:
            words = f"Meeting of the {meeting.committee.name} {NOT_HELD[meeting.status]}"
            yield Event(meeting.held_on, words, _place(version, item), kind=4)
        else:
            to_come = meeting.held_on >= today and meeting.status is not MeetingStatus.HELD
            words = "To be considered by" if to_come else "Considered by"
            yield Event(
                meeting.held_on,
                f"{words} the {meeting.committee.name}",
                _place(version, item),
                to_come=to_come,
                kind=4,
            )


def _resolved(meeting: Meeting, entry: dict[str, Any]) -> Event:
    outcome = entry.get("outcome")
    label = f": {OUTCOME_LABELS[Outcome(outcome)].lower()}" if outcome else ""
    return Event(
        meeting.held_on,
        f"Considered by the {meeting.committee.name}{label}",
        _minute_address(meeting.id, entry),
        entry["resolution"],
        kind=4,
    )


def _minute_address(meeting_id: int, entry: dict[str, Any]) -> str:
    anchor = f"minute-{entry['number']}" if entry["number"] else None
    return url_for("published_minutes.read", meeting_id=meeting_id, _anchor=anchor)


def _published_minutes(version: MinutesVersion, number: str, today: date) -> Iterator[Event]:
    entry = _entry(version, number)
    if entry is None:
        return
    meeting = version.minutes.meeting
    corrected = bool(version.open_contents.get("corrected"))
    approved = version.became is MinutesStatus.APPROVED and not corrected
    words = "Minutes approved" if approved else "Draft minutes published"
    if corrected:
        words = "Minutes corrected after their approval"
    if not approved and version.number > 1:
        words += f" (version {version.number})"
    # Minutes are approved on the day of the meeting that did so, whenever the clerk wrote it down.
    on = version.minutes.approved_on if approved else version.published_on
    yield Event(
        on or version.published_on,
        words,
        _minute_address(meeting.id, entry),
        f"Meeting of {weekday_in_words(meeting.held_on)}",
        kind=7,
    )
    if version.number == 1:
        yield from _actions(entry, meeting, today)


def _actions(entry: dict[str, Any], meeting: Meeting, today: date) -> Iterator[Event]:
    for action in entry["actions"]:
        if action["due_on"]:
            day = date.fromisoformat(action["due_on"])
            yield Event(
                day,
                f"Action due from {action['owner']}",
                _minute_address(meeting.id, entry),
                action["text"],
                to_come=day >= today,
                kind=8,
            )
