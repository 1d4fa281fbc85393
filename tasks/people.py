"""Answering those who have forgotten their password."""

from datetime import datetime

from committee.clock import now
from committee.extensions import db
from committee.people import password_letters
from committee.work import service as work


def send_password_link(claim: work.Claim) -> None:
    """Owe the letter, if there is such an account."""
    password_letters.answer(claim.subject_id, now=now())
    work.finish(claim)
    db.session.commit()


def give_up(request_id: int, _at: datetime) -> None:
    """The asking failed as often as it may: it is forgotten, since it names an address."""
    password_letters.forget(request_id)
