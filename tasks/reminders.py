"""The part of the sweep that reminds people: see what is wanted, then send what is due.

A letter is owed in one transaction with the end of its reminder; committee.mail sends it. Every
step may be cut short anywhere, and two of these may run at once.
"""

from contextlib import suppress
from functools import partial

import structlog
from flask import current_app

from committee.clock import now, today
from committee.constitution import current_constitution
from committee.extensions import db
from committee.mail import service as mails
from committee.people.service import the_council
from committee.reminders import letters, reconciling, service
from committee.reminders.models import Obligation
from committee.reminders.readers import officers_of
from committee.states import NotAllowed
from config import Settings

log = structlog.get_logger()

# Reminders in one claim, and claims in one sweep: the next sweep comes within seconds, and other
# duties of this one must not wait for a thousand letters.
AT_ONCE = 10
CLAIMS = 20


def remind() -> None:
    """Bring the obligations up to date at most once a minute, then send those that are due."""
    try:
        _reconcile()
        _set_aside_worn_out()
        _send_due()
    except Exception:
        # The next sweep tries again; what else is owed must not wait for this.
        db.session.rollback()
        log.exception("reminders_not_swept")


def _reconcile() -> None:
    choices = current_constitution().reminders
    done = reconciling.reconcile_if_due(choices, now=now(), today=today())
    db.session.commit()
    if done and any(vars(done).values()):
        log.info("reminders_reconciled", **vars(done))


def _set_aside_worn_out() -> None:
    council = _council()
    for obligation in service.set_aside_worn_out():
        _tell_officers(obligation, council)
    db.session.commit()


def _send_due() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    council = _council()
    for _ in range(CLAIMS):
        claims = service.claim(today=today(), lease_seconds=settings.lease_seconds, limit=AT_ONCE)
        db.session.commit()
        for claim in claims:
            _send(claim, council)
        if len(claims) < AT_ONCE:
            return


def _council() -> str:
    council = the_council()
    return council.name if council else "the council"


def _send(claim: service.Claim, council: str) -> None:
    write = partial(letters.letter, today=today(), council=council)
    try:
        service.fulfil(claim, write, now=now())
        db.session.commit()
    except service.LeaseLost:
        db.session.rollback()
        log.warning("reminder_lease_lost", obligation_id=claim.obligation_id)
    except Exception as error:
        db.session.rollback()
        log.exception("reminder_failed", obligation_id=claim.obligation_id, attempt=claim.attempt)
        words = str(error) if isinstance(error, NotAllowed) else f"{type(error).__name__}: {error}"
        set_aside = service.put_back(claim, words)
        if set_aside is not None:
            _tell_officers(set_aside, council)
        db.session.commit()


def _tell_officers(obligation: Obligation, council: str) -> None:
    """Write to those who look after the committee that somebody was not reminded.

    What prevents this letter too must not keep the reminder from being set aside: the page of
    reminders shows it in any case.
    """
    log.error("reminder_set_aside", obligation_id=obligation.id, reason=obligation.last_error)
    try:
        with db.session.begin_nested():
            said = letters.letter_of_failure(obligation, today=today(), council=council)
            for officer in officers_of(obligation.committee_id, today=today()):
                with suppress(NotAllowed), db.session.begin_nested():
                    mails.owe(
                        "reminder_failed",
                        to=officer.email,
                        to_user_id=officer.id,
                        subject=said.subject,
                        text=said.text,
                        key=f"failed.{obligation.dedupe_key}.{today().isoformat()}.to{officer.id}",
                        concerns=obligation,
                    )
    except Exception:
        log.exception("officers_not_told", obligation_id=obligation.id)
