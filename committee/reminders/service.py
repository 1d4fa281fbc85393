"""Claiming due reminders, owing their letters and setting aside what cannot be sent.

Callers commit: the claim before the work begins, the letter together with the end of its claim. A
worker may die anywhere. Whoever holds a row's token may finish it; anyone else changes nothing.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.mail import service as mails
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.reminders.letters import Letter
from committee.reminders.models import Obligation
from committee.reminders.rules import MOST_ATTEMPTS, OBLIGATION_STATES, ObligationStatus
from committee.reminders.wording import words_now
from committee.states import NotAllowed
from committee.work.rules import pause_before


class LeaseLost(Exception):
    """Another worker has taken this reminder over; nothing of what was done here may be kept."""


@dataclass(frozen=True)
class Claim:
    """The right to send one reminder, while its lease lasts."""

    obligation_id: int
    token: uuid.UUID
    attempt: int


def claim(*, today: date, lease_seconds: int, limit: int = 10) -> list[Claim]:
    """Take up to `limit` reminders whose day has come by `today`, for `lease_seconds`.

    Those begun least often come first, so that the dead workers of some never hold up others.
    Commit before the work begins: the attempt must be on record even if it kills the process.
    """
    free = or_(
        Obligation.status == ObligationStatus.DUE,
        and_(Obligation.status == ObligationStatus.LEASED, Obligation.lease_until < func.now()),
    )
    found = (
        select(Obligation)
        .where(Obligation.remind_on <= today, Obligation.attempts < MOST_ATTEMPTS, free)
        .order_by(Obligation.attempts, Obligation.remind_on, Obligation.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    token = uuid.uuid4()
    claims = []
    for obligation in db.session.scalars(found):
        OBLIGATION_STATES.check(obligation.status, ObligationStatus.LEASED)
        obligation.status, obligation.lease_token = ObligationStatus.LEASED, token
        obligation.attempts += 1
        obligation.lease_until = func.now() + timedelta(seconds=lease_seconds)
        claims.append(Claim(obligation.id, token, obligation.attempts))
    db.session.flush()
    return claims


def fulfil(claim: Claim, write: Callable[[Obligation], Letter], *, now: datetime) -> Mail:
    """Owe the letter that `write` makes, and close the reminder in the same transaction.

    It says what may be said at this moment: what it concerns may have been closed since the
    reminder was worked out. However often it is done, the letter is one, since its key is the
    reminder's. Raises LeaseLost if another worker has taken the reminder over or it was let go.
    """
    held = select(Obligation).where(
        Obligation.id == claim.obligation_id, Obligation.lease_token == claim.token
    )
    obligation = db.session.scalars(
        held.options(joinedload(Obligation.user), joinedload(Obligation.committee))
        .with_for_update(of=Obligation)
        .execution_options(populate_existing=True)
    ).first()
    if obligation is None:
        raise LeaseLost(str(claim.obligation_id))
    OBLIGATION_STATES.check(obligation.status, ObligationStatus.DONE)
    obligation.words = words_now(obligation)
    letter = write(obligation)
    mail = mails.owe(
        obligation.kind.value,
        to=obligation.user.email,
        to_user_id=obligation.user_id,
        subject=letter.subject,
        text=letter.text,
        key=obligation.dedupe_key,
        concerns=obligation,
    )
    obligation.status, obligation.done_at = ObligationStatus.DONE, now
    obligation.mail_id, obligation.last_error = mail.id, None
    obligation.lease_token = obligation.lease_until = None
    db.session.flush()
    return mail


def put_back(claim: Claim, error: str) -> Obligation | None:
    """Give back a reminder that raised an error: to be tried again after a pause that grows.

    Answers the reminder if it was set aside instead, having been tried as often as it may be. It
    waits under a token that nobody knows, so whoever began it can no longer finish it.
    """
    changed = db.session.execute(
        update(Obligation)
        .where(Obligation.id == claim.obligation_id, Obligation.lease_token == claim.token)
        .values(
            lease_token=uuid.uuid4(),
            lease_until=func.now() + timedelta(seconds=pause_before(claim.attempt)),
            last_error=error[:2000],
        )
        .execution_options(synchronize_session=False)
        .returning(Obligation.id)
    )
    if changed.first() is None or claim.attempt < MOST_ATTEMPTS:
        return None
    obligation = db.session.get_one(Obligation, claim.obligation_id, populate_existing=True)
    return _set_aside(obligation, error)


def set_aside_worn_out() -> Sequence[Obligation]:
    """Set aside what was begun as often as it may be and never finished: its workers died."""
    found = select(Obligation).where(
        Obligation.status == ObligationStatus.LEASED,
        Obligation.lease_until < func.now(),
        Obligation.attempts >= MOST_ATTEMPTS,
    )
    worn_out = db.session.scalars(
        found.order_by(Obligation.id).with_for_update(skip_locked=True)
    ).all()
    for obligation in worn_out:
        _set_aside(obligation, obligation.last_error or "The worker died each time.")
    return worn_out


def _set_aside(obligation: Obligation, error: str) -> Obligation:
    OBLIGATION_STATES.check(obligation.status, ObligationStatus.QUARANTINED)
    obligation.words = words_now(obligation)  # officers are told of it in a letter
    obligation.status, obligation.last_error = ObligationStatus.QUARANTINED, error[:2000]
    obligation.lease_token = obligation.lease_until = None
    audit.record("obligation:quarantined", obligation, by=None)
    return obligation


def send_again(obligation: Obligation, *, by: int | None) -> None:
    """Try a failed reminder once more: one that was set aside, or one whose letter was refused.

    Raises NotAllowed if it has not failed.
    """
    db.session.refresh(obligation, with_for_update={"of": Obligation})
    mail = mails.mail_with_id(obligation.mail_id) if obligation.mail_id else None
    if mail is not None and mail.status is MailStatus.FAILED:
        mails.send_again(mail, by=by)
    elif obligation.status is ObligationStatus.QUARANTINED:
        OBLIGATION_STATES.check(obligation.status, ObligationStatus.DUE)
        obligation.status, obligation.attempts = ObligationStatus.DUE, 0
    else:
        raise NotAllowed(
            "Only a reminder that has failed can be sent again. This one has not, or somebody "
            "else has sent it again already."
        )
    audit.record("obligation:put_back", obligation, by=by)


def obligation_with_id(obligation_id: int) -> Obligation | None:
    """The reminder with its person."""
    return db.session.get(Obligation, obligation_id, options=[joinedload(Obligation.user)])
