"""What was published lately, of every kind, as news: from what was frozen as open alone."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from committee.agendas.models import AgendaVersion
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.decisions.rules import RECORD_STANDS, RecordKind
from committee.extensions import db
from committee.mail.links import address_of
from committee.minutes.models import Minutes, MinutesVersion
from committee.minutes.rules import MinutesStatus
from committee.public.feeds import NewsItem
from committee.web.filters import date_in_words, weekday_in_words

MOST = 50  # items of a feed

Source = Callable[[], Iterator[NewsItem]]


def decisions_taken() -> list[NewsItem]:
    """The records of decisions that were published last, latest first."""
    return list(_records(RecordKind.FINAL))


def lately() -> list[NewsItem]:
    """Whatever was published last: agendas, notices, records, consultations and minutes."""
    sources: tuple[Source, ...] = (
        _agendas,
        _notices,
        _all_records,
        _consultations,
        _summaries,
        _minutes,
    )
    found = [item for source in sources for item in source()]
    return sorted(found, key=lambda item: (item.at, item.name), reverse=True)[:MOST]


def _latest(model: Any, *options: Any) -> Sequence[Any]:
    found = select(model).options(*options).order_by(model.published_at.desc(), model.id.desc())
    return db.session.scalars(found.where(model.published_at.is_not(None)).limit(MOST)).all()


def _again(number: int) -> str:
    return f", version {number}" if number > 1 else ""


def _agendas() -> Iterator[NewsItem]:
    for version in _latest(AgendaVersion):
        meeting = version.open_contents["meeting"]
        day = weekday_in_words(date.fromisoformat(meeting["held_on"]))
        items = "; ".join(item["title"] for item in version.open_contents["items"])
        yield NewsItem(
            f"agenda_version:{version.id}",
            version.published_at,
            f"Agenda: {meeting['committee']}, {day}{_again(version.number)}",
            address_of("public.meeting", meeting_id=version.meeting_id),
            version.change_reason or items,
        )


def _notices() -> Iterator[NewsItem]:
    for notice in _latest(DecisionNotice):
        number, title = notice.contents["number"], notice.contents["title"]
        yield NewsItem(
            f"decision_notice:{notice.id}",
            notice.published_at,
            f"Forward plan: {number} {title}{_again(notice.number)}",
            address_of("decision_pages.decision", number=number),
            notice.change_reason or notice.contents["matter"],
        )


def _all_records() -> Iterator[NewsItem]:
    return _records(None)


def _records(kind: RecordKind | None) -> Iterator[NewsItem]:
    stands = or_(RecordVersion.kind != RecordKind.FINAL, Decision.status.in_(RECORD_STANDS))
    found = select(RecordVersion).join(RecordVersion.decision).where(stands)
    found = found.options(contains_eager(RecordVersion.decision))
    if kind:
        found = found.where(RecordVersion.kind == kind)
    ordered = found.order_by(RecordVersion.published_at.desc(), RecordVersion.id.desc())
    for version in db.session.scalars(ordered.limit(MOST)).all():
        number = version.decision.number
        is_final = version.kind is RecordKind.FINAL
        yield NewsItem(
            f"record_version:{version.id}",
            version.published_at,
            f"{'Decision' if is_final else 'Proposed decision'} {number}: "
            f"{version.contents['subject']}{_again(version.number)}",
            address_of("decision_pages.decision", number=number),
            version.change_reason or version.contents.get("decision") or "",
        )


def _consultations() -> Iterator[NewsItem]:
    for consultation in _latest(Consultation):
        opens, closes = date_in_words(consultation.opens_on), date_in_words(consultation.closes_on)
        yield NewsItem(
            f"consultation:{consultation.slug}",
            consultation.published_at,
            f"Consultation: {consultation.title}",
            address_of("consultations.consultation", slug=consultation.slug),
            f"From {opens} to {closes}.",
        )


def _summaries() -> Iterator[NewsItem]:
    for summary in _latest(SummaryVersion, joinedload(SummaryVersion.consultation)):
        consultation = summary.consultation
        yield NewsItem(
            f"summary_version:{summary.id}",
            summary.published_at,
            f"Results of consultation: {consultation.title}{_again(summary.number)}",
            address_of("consultations.consultation", slug=consultation.slug),
            summary.change_reason or "",
        )


def _minutes() -> Iterator[NewsItem]:
    for version in _latest(MinutesVersion, joinedload(MinutesVersion.minutes)):
        minutes: Minutes = version.minutes
        meeting = version.open_contents["meeting"]
        day = weekday_in_words(date.fromisoformat(meeting["held_on"]))
        draft = "Draft minutes" if version.became is MinutesStatus.PUBLISHED_DRAFT else "Minutes"
        yield NewsItem(
            f"minutes_version:{version.id}",
            version.published_at,
            f"{draft}: {meeting['committee']}, {day}{_again(version.number)}",
            address_of("public.meeting", meeting_id=minutes.meeting_id),
            version.change_reason or "",
        )
