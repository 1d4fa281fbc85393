"""Reminders of consultations about to close, to their officer and the committee's members."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from committee.constitution import ReminderChoices
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.extensions import db
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions, shortened


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of every published consultation that has not closed yet."""
    found = (
        select(
            Consultation.id,
            Consultation.committee_id,
            Consultation.officer_id,
            Consultation.slug,
            Consultation.title,
            Consultation.closes_on,
        )
        .where(Consultation.status == ConsultationStatus.PUBLISHED, Consultation.closes_on >= today)
        .order_by(Consultation.id)
    )
    for consultation in db.session.execute(found):
        told = readers.still(consultation.officer_id, *readers.members(consultation.committee_id))
        for occasion, day in occasions(choices.consultation, consultation.closes_on, working=False):
            for user_id in told:
                yield Wanted(
                    kind=ObligationKind.CONSULTATION_CLOSING,
                    subject_kind=Consultation.__tablename__,
                    subject_id=consultation.id,
                    committee_id=consultation.committee_id,
                    user_id=user_id,
                    occasion=occasion,
                    words=f"“{shortened(consultation.title)}”",  # a published one has no secrets
                    address=f"/consultations/{consultation.slug}",
                    remind_on=day,
                    deadline_on=consultation.closes_on,
                )
