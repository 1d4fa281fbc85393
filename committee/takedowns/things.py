"""What each kind of published thing is called, whose it is, and at which addresses it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from committee.agendas.models import AgendaVersion
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import MinutesVersion
from committee.takedowns.rules import PublishedKind
from committee.web.filters import weekday_in_words


@dataclass(frozen=True)
class Thing:
    """One published thing. `addresses` are paths without host; the first is where it is read."""

    kind: PublishedKind
    id: int
    title: str
    committee_id: int | None
    addresses: tuple[str, ...]
    meeting_id: int | None = None
    decision_id: int | None = None
    consultation_id: int | None = None


def published_thing(kind: PublishedKind, subject_id: int) -> Thing | None:
    """The thing, if it was ever published; whether it is taken down does not matter here."""
    return _FINDERS[kind](subject_id)


def _paper(version_id: int) -> Thing | None:
    """A version of a paper, as the agendas that were published with it name it."""
    holding = {"items": [{"papers": [{"version_id": version_id}]}]}
    found = select(AgendaVersion).where(AgendaVersion.open_contents.contains(holding))
    versions = db.session.scalars(found.order_by(AgendaVersion.id)).all()
    for version in versions:
        for item in version.open_contents["items"]:
            for paper in item["papers"]:
                if paper["version_id"] == version_id:
                    address = f"/meetings/{version.meeting_id}/agenda/papers/{version_id}"
                    title = f"{paper['title']}, item {item['number']} of {_held(version.meeting)}"
                    return Thing(
                        PublishedKind.PAPER,
                        version_id,
                        title,
                        version.meeting.committee_id,
                        (address,),
                        meeting_id=version.meeting_id,
                    )
    return None


def _held(meeting: Meeting) -> str:
    return f"{meeting.committee.name}, {weekday_in_words(meeting.held_on)}"


def _agenda(version_id: int) -> Thing | None:
    version = db.session.get(AgendaVersion, version_id)
    if version is None:
        return None
    meeting = version.meeting
    return Thing(
        PublishedKind.AGENDA,
        version.id,
        f"Agenda, version {version.number}: {_held(meeting)}",
        meeting.committee_id,
        (f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/agenda/{version.number}/pack"),
        meeting_id=meeting.id,
    )


def _minutes(version_id: int) -> Thing | None:
    version = db.session.get(MinutesVersion, version_id)
    if version is None:
        return None
    meeting = version.minutes.meeting
    latest = f"/meetings/{meeting.id}/minutes/published"
    own = f"{latest}/{version.number}"
    return Thing(
        PublishedKind.MINUTES,
        version.id,
        f"Minutes, version {version.number}: {_held(meeting)}",
        meeting.committee_id,
        (own, f"{own}/pdf", f"{own}/word", latest),
        meeting_id=meeting.id,
    )


def _notice(notice_id: int) -> Thing | None:
    notice = db.session.get(DecisionNotice, notice_id)
    if notice is None:
        return None
    decision = notice.decision
    return Thing(
        PublishedKind.NOTICE,
        notice.id,
        f"Notice of decision {decision.number}, version {notice.number}",
        decision.committee_id,
        (f"/decisions/{decision.number}",),
        decision_id=decision.id,
    )


def _record(version_id: int) -> Thing | None:
    version = db.session.get(RecordVersion, version_id)
    if version is None:
        return None
    decision = version.decision
    latest = f"/decisions/{decision.number}/record"
    own = f"{latest}/{version.kind.value}/{version.number}"
    return Thing(
        PublishedKind.RECORD,
        version.id,
        f"{version.kind.value.capitalize()} record of decision {decision.number}, "
        f"version {version.number}",
        decision.committee_id,
        (own, f"{own}.pdf", latest),
        decision_id=decision.id,
    )


def _summary(version_id: int) -> Thing | None:
    version = db.session.get(SummaryVersion, version_id)
    if version is None:
        return None
    consultation = version.consultation
    latest = f"/consultations/{consultation.slug}/summary"
    own = f"{latest}/{version.number}"
    return Thing(
        PublishedKind.SUMMARY,
        version.id,
        f"Results, version {version.number}: {consultation.title}",
        consultation.committee_id,
        (own, f"{own}/pdf", latest),
        consultation_id=consultation.id,
    )


def _consultation(consultation_id: int) -> Thing | None:
    consultation = db.session.get(Consultation, consultation_id)
    if consultation is None or consultation.published_at is None:
        return None
    own = f"/consultations/{consultation.slug}"
    versions = select(SummaryVersion.number).where(
        SummaryVersion.consultation_id == consultation.id
    )
    numbers = db.session.scalars(versions.order_by(SummaryVersion.number)).all()
    results = [f"{own}/summary/{number}" for number in numbers]
    return Thing(
        PublishedKind.CONSULTATION,
        consultation.id,
        consultation.title,
        consultation.committee_id,
        (
            own,
            f"{own}/respond",
            f"{own}/summary",
            f"{own}/open-responses",
            *results,
            *(f"{each}/pdf" for each in results),
        ),
        consultation_id=consultation.id,
    )


_FINDERS: dict[PublishedKind, Callable[[int], Thing | None]] = {
    PublishedKind.PAPER: _paper,
    PublishedKind.AGENDA: _agenda,
    PublishedKind.NOTICE: _notice,
    PublishedKind.RECORD: _record,
    PublishedKind.MINUTES: _minutes,
    PublishedKind.SUMMARY: _summary,
    PublishedKind.CONSULTATION: _consultation,
}
