"""A consultation from its first draft until it is closed. Callers commit; dates are arguments."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.consultations.models import Consultation, Extension
from committee.consultations.rules import CLOSED_KINDS, CONSULTATION_STATES, ConsultationStatus
from committee.decisions import awaiting
from committee.decisions.models import Decision
from committee.extensions import db
from committee.people.models import Committee
from committee.states import NotAllowed
from committee.web.paging import place_of

LONGEST_SLUG = 60
PAGE_SIZE = 50
# Addresses below /consultations that are pages of their own.
TAKEN_SLUGS = {"new", "receipt"}

# In these states everyone may see a consultation; a withdrawn one if it had been published.
PUBLIC = frozenset(
    {ConsultationStatus.PUBLISHED, ConsultationStatus.CLOSED, ConsultationStatus.REPORTED}
)


@dataclass(frozen=True)
class Particulars:
    """What an officer fills in about a consultation before it is published."""

    title: str
    proposal: str
    opens_on: date
    closes_on: date
    decision_id: int | None = None
    position_question: str | None = None
    promotion: str | None = None
    copies_sent: int | None = None


def set_up(committee: Committee, particulars: Particulars, *, by: int | None) -> Consultation:
    """Begin a consultation, as a draft that only officers and authors see."""
    consultation = Consultation(
        committee_id=committee.id,
        slug=_free_slug(particulars.title),
        status=ConsultationStatus.DRAFT,
        officer_id=by,
        **vars(particulars),
    )
    db.session.add(consultation)
    audit.record("consultation:added", consultation, by=by)
    return consultation


def change(consultation: Consultation, particulars: Particulars, *, by: int | None) -> None:
    """Change a draft. Raises NotAllowed once it has been published."""
    require_draft(consultation)
    for name, value in vars(particulars).items():
        setattr(consultation, name, value)
    audit.record("consultation:changed", consultation, by=by)


def note_promotion(
    consultation: Consultation,
    *,
    promotion: str | None,
    copies_sent: int | None,
    by: int | None,
) -> None:
    """Say how people were told of it, which goes on after it was published."""
    consultation.promotion, consultation.copies_sent = promotion, copies_sent
    audit.record("consultation:promoted", consultation, by=by)


def require_draft(consultation: Consultation) -> None:
    """Go on only with a draft, locked against being published meanwhile. Raises NotAllowed."""
    if locked_status(consultation) is not ConsultationStatus.DRAFT:
        raise NotAllowed(
            "This consultation has been published. Its proposal, its questions, whom it asks and "
            "its opening date stay as people saw them; the closing date can be put off."
        )


def locked_status(consultation: Consultation) -> ConsultationStatus:
    """The state that the row has now, kept from changing until the transaction ends.

    The object itself is not read anew: its version then shows whether somebody else has saved
    since it was read, and what they saved is not written over.
    """
    found = select(Consultation.status).where(Consultation.id == consultation.id)
    return db.session.execute(found.with_for_update()).scalar_one()


def what_is_missing(consultation: Consultation) -> list[str]:
    """What must be filled in before anyone can answer; nothing for a complete consultation."""
    wanted = [
        (bool(consultation.proposal), "Say what is proposed and why."),
        (bool(consultation.respondent_types), "Say whom you ask: add at least one type."),
        (
            bool(consultation.position_question)
            or any(not each.is_monitoring for each in consultation.questions),
            "Ask something: a question about the proposal, or any other.",
        ),
    ]
    found = [words for is_there, words in wanted if not is_there]
    return found + [
        f"“{question.text}” needs at least two answers to choose from."
        for question in consultation.questions
        if question.kind in CLOSED_KINDS and len(question.options) < 2
    ]


def publish(consultation: Consultation, *, now: datetime, today: date, by: int | None) -> None:
    """Show it to everyone. From its first day on people can answer. Raises NotAllowed."""
    CONSULTATION_STATES.check(locked_status(consultation), ConsultationStatus.PUBLISHED)
    missing = what_is_missing(consultation)
    if missing:
        raise NotAllowed(" ".join(missing))
    if consultation.closes_on < today:
        raise NotAllowed("The closing date is past. Set later dates before you publish.")
    consultation.status = ConsultationStatus.PUBLISHED
    consultation.published_at = now
    _tell_the_decision(consultation)
    audit.record("consultation:published", consultation, by=by)


def extend(
    consultation: Consultation,
    closes_on: date,
    reason: str,
    *,
    now: datetime,
    today: date,
    by: int | None,
) -> Extension:
    """Put off the closing date while people can still answer. Raises NotAllowed."""
    status = locked_status(consultation)
    if status is not ConsultationStatus.PUBLISHED or consultation.closes_on < today:
        raise NotAllowed(
            "Only a published consultation that has not ended can be extended. What comes in "
            "later can be keyed in as a late response."
        )
    if closes_on <= consultation.closes_on:
        raise NotAllowed("The new closing date must be later than the present one.")
    extension = Extension(
        consultation_id=consultation.id,
        closed_before=consultation.closes_on,
        closes_on=closes_on,
        reason=reason,
        extended_at=now,
        extended_by_id=by,
    )
    db.session.add(extension)
    consultation.closes_on = closes_on
    audit.record("consultation:extended", consultation, by=by)
    return extension


def withdraw(consultation: Consultation, reason: str, *, by: int | None) -> None:
    """Give it up. Responses that came in are kept. Raises NotAllowed."""
    CONSULTATION_STATES.check(locked_status(consultation), ConsultationStatus.WITHDRAWN)
    consultation.status = ConsultationStatus.WITHDRAWN
    consultation.withdrawal_reason = reason
    if consultation.published_at:
        _tell_the_decision(consultation, withdrawn=True)
    audit.record("consultation:withdrawn", consultation, by=by)


def _tell_the_decision(consultation: Consultation, *, withdrawn: bool = False) -> None:
    """Let the decision it belongs to wait for its results, or wait no longer."""
    if consultation.decision is not None:
        awaiting.expect_consultation(
            consultation.decision, consultation.id, consultation.title, withdrawn=withdrawn
        )


def close_ended(today: date) -> list[Consultation]:
    """Close every consultation whose last day is past. Another worker's are left to it."""
    ended = (
        select(Consultation)
        .where(Consultation.status == ConsultationStatus.PUBLISHED, Consultation.closes_on < today)
        .order_by(Consultation.id)
        .with_for_update(skip_locked=True)
    )
    closed = list(db.session.scalars(ended))
    for consultation in closed:
        CONSULTATION_STATES.check(consultation.status, ConsultationStatus.CLOSED)
        consultation.status, consultation.closed_on = ConsultationStatus.CLOSED, today
        audit.record("consultation:closed", consultation, by=None)
    return closed


def consultation_with_slug(slug: str) -> Consultation | None:
    """The consultation at this address, in whatever state."""
    return db.session.scalars(select(Consultation).where(Consultation.slug == slug)).first()


def open_on(today: date) -> Sequence[Consultation]:
    """Consultations that take responses today, those that close first before the others."""
    found = _published().where(Consultation.opens_on <= today, Consultation.closes_on >= today)
    return db.session.scalars(found.order_by(Consultation.closes_on, Consultation.id)).all()


def coming_after(today: date) -> Sequence[Consultation]:
    """Published consultations that have not begun, the next one first."""
    found = _published().where(Consultation.opens_on > today)
    return db.session.scalars(found.order_by(Consultation.opens_on, Consultation.id)).all()


def past(today: date, page: int) -> tuple[Sequence[Consultation], int]:
    """One page of fifty of those that have ended, the last first, and how many there are."""
    ended = or_(
        Consultation.status.in_((ConsultationStatus.CLOSED, ConsultationStatus.REPORTED)),
        and_(Consultation.status == ConsultationStatus.PUBLISHED, Consultation.closes_on < today),
        and_(
            Consultation.status == ConsultationStatus.WITHDRAWN,
            Consultation.published_at.is_not(None),
        ),
    )
    number = db.session.scalar(select(func.count()).select_from(Consultation).where(ended)) or 0
    rows = db.session.scalars(
        select(Consultation)
        .where(ended)
        .options(joinedload(Consultation.committee))
        .order_by(Consultation.closes_on.desc(), Consultation.id.desc())
        .offset((place_of(page, number, PAGE_SIZE) - 1) * PAGE_SIZE)
        .limit(PAGE_SIZE)
    ).all()
    return rows, number


def _published() -> Select[Consultation]:
    return (
        select(Consultation)
        .where(Consultation.status == ConsultationStatus.PUBLISHED)
        .options(joinedload(Consultation.committee))
    )


def drafts(committee_ids: Collection[int] | None) -> Sequence[Consultation]:
    """Consultations being prepared for these committees, or for any where none are given."""
    found = (
        select(Consultation)
        .where(Consultation.status == ConsultationStatus.DRAFT)
        .options(joinedload(Consultation.committee))
    )
    if committee_ids is not None:
        found = found.where(Consultation.committee_id.in_(committee_ids))
    return db.session.scalars(found.order_by(Consultation.opens_on, Consultation.id)).all()


def decisions_of(committee: Committee) -> Sequence[Decision]:
    """The decisions of a committee to which a consultation may belong, newest number first."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.committee_id == committee.id)
        .order_by(Decision.number.desc(), Decision.id)
    ).all()


def _free_slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    base = base or "consultation"
    number, slug = 1, base
    while slug in TAKEN_SLUGS or consultation_with_slug(slug) is not None:
        number += 1
        slug = f"{base}-{number}"
    return slug
