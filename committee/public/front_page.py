"""What anyone should see first: what is coming up, what is open for a say, what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision, DecisionNotice, RecordVersion
from committee.decisions.rules import IN_FORWARD_PLAN, RECORD_STANDS, RecordKind
from committee.extensions import db
from committee.meetings import service as meetings
from committee.public.meeting_list import Listed, listed

MOST = 5  # of each sort; the rest is a link away


@dataclass(frozen=True)
class FrontPage:
    """All of it. Decisions are told as their published notices and records tell them."""

    coming: Sequence[Listed]
    held: Sequence[Listed]
    consultations: Sequence[Consultation]
    expected: Sequence[DecisionNotice]
    decided: Sequence[RecordVersion]


def front_page(*, today: date) -> FrontPage:
    """What the front page shows on `today`, in a handful of queries."""
    shown = listed(
        [
            *(coming := meetings.coming_up(today=today, limit=MOST)),
            *meetings.lately_held(today=today, limit=MOST),
        ]
    )
    return FrontPage(
        coming=shown[: len(coming)],
        held=shown[len(coming) :],
        consultations=_open(today),
        expected=_expected(),
        decided=_decided(),
    )


def _open(today: date) -> Sequence[Consultation]:
    found = select(Consultation).where(
        Consultation.status == ConsultationStatus.PUBLISHED,
        Consultation.opens_on <= today,
        Consultation.closes_on >= today,
    )
    ordered = found.order_by(Consultation.closes_on, Consultation.id)
    return db.session.scalars(ordered.limit(MOST)).all()


def _expected() -> Sequence[DecisionNotice]:
    newest = (
        select(func.max(DecisionNotice.number))
        .where(DecisionNotice.decision_id == Decision.id)
        .correlate(Decision)
        .scalar_subquery()
    )
    found = (
        select(DecisionNotice)
        .join(DecisionNotice.decision)
        .where(Decision.status.in_(IN_FORWARD_PLAN), DecisionNotice.number == newest)
        .order_by(Decision.earliest_on.asc().nulls_last(), Decision.number, Decision.id)
    )
    return db.session.scalars(found.limit(MOST)).all()


def _decided() -> Sequence[RecordVersion]:
    newest = (
        select(func.max(RecordVersion.id))
        .where(RecordVersion.decision_id == Decision.id, RecordVersion.kind == RecordKind.FINAL)
        .correlate(Decision)
        .scalar_subquery()
    )
    found = (
        select(RecordVersion)
        .join(RecordVersion.decision)
        .where(Decision.status.in_(RECORD_STANDS), RecordVersion.id == newest)
        .options(joinedload(RecordVersion.decision))
        .order_by(Decision.published_on.desc(), Decision.id.desc())
    )
    return db.session.scalars(found.limit(MOST)).all()
