"""What a member reads next: the next meetings, responses, and decisions to follow. Read only."""

from collections.abc import Collection, Iterator
from datetime import date

from flask import url_for
from sqlalchemy import ColumnElement, Select, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload

from committee.agendas.models import AgendaVersion
from committee.consultations import reading
from committee.consultations.models import Consultation, Response
from committee.consultations.reading_models import Reading
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision, DecisionNotice
from committee.decisions.rules import BEFORE_TAKEN, IN_FORWARD_PLAN
from committee.extensions import db
from committee.homes.rules import Part, ToDo
from committee.homes.scope import Scope
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.people.models import User
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind

MOST = 10
READABLE = (ConsultationStatus.PUBLISHED, ConsultationStatus.CLOSED, ConsultationStatus.REPORTED)


def meetings_part(scope: Scope, *, today: date) -> Part:
    """The next meetings, each with the pack to read where its agenda is published."""
    return Part(
        "meetings",
        "Your next meetings",
        tuple(_meetings(scope, today)),
        "No meeting of your committees is in the calendar.",
        ("All meetings", url_for("public.meetings")),
    )


def _meetings(scope: Scope, today: date) -> Iterator[ToDo]:
    papers_down = takedowns.ids_down(PublishedKind.PAPER).subquery()
    stopped = select(func.array_agg(papers_down.c.subject_id)).scalar_subquery()
    newest = (
        select(func.max(AgendaVersion.number))
        .where(
            AgendaVersion.meeting_id == Meeting.id,
            AgendaVersion.id.not_in(takedowns.ids_down(PublishedKind.AGENDA)),
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    was_published = exists().where(AgendaVersion.meeting_id == Meeting.id).correlate(Meeting)
    found = (
        select(Meeting, AgendaVersion, was_published, stopped)
        .outerjoin(
            AgendaVersion,
            (AgendaVersion.meeting_id == Meeting.id) & (AgendaVersion.number == newest),
        )
        .where(
            Meeting.held_on >= today,
            Meeting.status == MeetingStatus.SCHEDULED,
            scope.covers(Meeting.committee_id),
        )
        .options(joinedload(Meeting.committee))
        .order_by(Meeting.held_on, Meeting.starts_at, Meeting.id)
    )
    for meeting, version, published, papers in db.session.execute(found.limit(5)).all():
        yield _meeting(meeting, version, papers or (), was_published=published)


def _meeting(
    meeting: Meeting,
    version: AgendaVersion | None,
    papers_down: Collection[int],
    *,
    was_published: bool,
) -> ToDo:
    named = f"{meeting.committee.name}, {in_words(meeting.held_on)}"
    kind = _pack_to_read(version, papers_down) if version else None
    if version and kind:
        pack = url_for(f"publishing.{kind}", meeting_id=meeting.id, number=version.number, show=1)
        return ToDo(f"Read the pack: {named}", pack, meeting.place)
    if version:
        told = "The agenda is published"
    else:
        told = "The agenda was taken down" if was_published else "The agenda is not published yet"
    return ToDo(named, url_for("public.meeting", meeting_id=meeting.id), told)


def _pack_to_read(version: AgendaVersion, papers_down: Collection[int]) -> str | None:
    """The view of the pack that a member reads, if there is one; none that is stopped because a
    paper in it was taken down."""
    if version.restricted_pack_id:
        return "restricted_pack"
    papers = (paper for item in version.open_contents["items"] for paper in item["papers"])
    stopped = any(paper["version_id"] in papers_down for paper in papers)
    return "pack" if version.public_pack_id and not stopped else None


def decisions_part(scope: Scope, *, today: date) -> Part:
    """Decisions on the forward plan that these committees may want to look at first."""
    newest = (
        select(func.max(DecisionNotice.number))
        .where(
            DecisionNotice.decision_id == Decision.id,
            DecisionNotice.id.not_in(takedowns.ids_down(PublishedKind.NOTICE)),
        )
        .correlate(Decision)
        .scalar_subquery()
    )
    found = (
        select(DecisionNotice)
        .join(DecisionNotice.decision)
        .where(
            Decision.status.in_(IN_FORWARD_PLAN),
            DecisionNotice.number == newest,
            scope.covers(Decision.committee_id),
        )
        .order_by(Decision.earliest_on.asc().nulls_last(), Decision.number)
    )
    return Part(
        "decisions",
        "Decisions to follow",
        tuple(
            ToDo(
                notice.contents["title"],
                url_for("decision_pages.decision", number=notice.contents["number"]),
                _when(notice, today),
            )
            for notice in db.session.scalars(found.limit(MOST)).all()
        ),
        "Nothing on the forward plan concerns your committees.",
        ("The forward plan", url_for("decision_pages.forward_plan")),
    )


def _when(notice: DecisionNotice, today: date) -> str:
    number, earliest = notice.contents["number"], notice.contents.get("earliest_on")
    if not earliest:
        return str(number)
    day = date.fromisoformat(earliest)
    return (
        f"{number}, may be taken now" if day <= today else f"{number}, not before {in_words(day)}"
    )


def responses_part(
    user: User, scope: Scope | None, portfolio_ids: Select[int], *, today: date
) -> Part:
    """Consultations with responses that this reader may open, has not opened, and that can still
    matter."""
    mine: list[ColumnElement[bool]] = [Decision.portfolio_id.in_(portfolio_ids)]
    if scope is not None:
        mine.append(scope.covers(Consultation.committee_id))
    unread = func.count(Response.id) - func.count(Reading.id)
    found = (
        select(Consultation, unread.label("unread"))
        .outerjoin(Decision, Decision.id == Consultation.decision_id)
        .join(Response, Response.consultation_id == Consultation.id)
        .outerjoin(Reading, (Reading.response_id == Response.id) & (Reading.reader_id == user.id))
        .where(
            Consultation.status.in_(READABLE),
            Consultation.id.not_in(takedowns.ids_down(PublishedKind.CONSULTATION)),
            or_(Decision.id.is_(None), Decision.status.in_(BEFORE_TAKEN)),
            or_(*mine),
            not_(reading.shut_to(user, on=today)),
        )
        .group_by(Consultation.id)
        .having(unread > 0)
        .order_by(Consultation.closes_on, Consultation.id)
    )
    return Part(
        "responses",
        "Responses to read",
        tuple(
            ToDo(
                consultation.title,
                url_for("consultation_responses.overview", slug=consultation.slug, unread=1),
                f"{_responses(number)} you have not opened; "
                f"{'closes' if consultation.closes_on >= today else 'closed'} "
                f"{in_words(consultation.closes_on)}",
            )
            for consultation, number in db.session.execute(found.limit(MOST)).all()
        ),
        "You have opened every response to the consultations that concern you.",
        ("All consultations", url_for("consultations.overview")),
    )


def _responses(number: int) -> str:
    return "1 response" if number == 1 else f"{number:,} responses"
