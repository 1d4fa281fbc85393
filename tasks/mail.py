"""Sending a mail: at least once, and always under the same Message-ID."""

from datetime import datetime

from flask import current_app

from committee.clock import now
from committee.extensions import db
from committee.mail import service as mails
from committee.mail.models import Mail
from committee.mail.rules import MailStatus
from committee.mail.sending import Delayed, Rejected, compose, deliver
from committee.work import service as work
from config import Settings

UNSENDABLE = (
    "The mail server could not take this mail for many hours, so it is tried no more. "
    "Tell your support team; then send it again."
)


def send(claim: work.Claim) -> None:
    """Send the mail and note it with the work's end. Raises Delayed to have it tried again."""
    mail = mails.mail_with_id(claim.subject_id)
    if mail is None or mail.status is not MailStatus.DUE:
        work.finish(claim)
        db.session.commit()
        return
    try:
        _hand_over(mail)
    except Delayed as delay:
        _note_delayed(claim, str(delay))
        raise
    except Rejected as refusal:
        _note(claim, refusal)
    else:
        _note(claim, None)


def _hand_over(mail: Mail) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    server, sender, to = settings.mail_server, settings.mail_from, mail.to_address
    message = compose(mail, sender)
    db.session.rollback()  # no connection is held while the mail server is spoken to
    if server is None:
        raise Delayed("No mail server is named: SMTP_URL is not set.")
    deliver(message, server, sender=sender, to=to)


def _note(claim: work.Claim, refusal: Rejected | None) -> None:
    mail = db.session.get_one(Mail, claim.subject_id, with_for_update=True)
    if refusal is None:
        mails.record_sent(mail, now=now())
    elif mail.status is MailStatus.DUE:
        mails.record_failed(mail, str(refusal))
    work.finish(claim)
    db.session.commit()


def _note_delayed(claim: work.Claim, error: str) -> None:
    """Say where the mail is listed why it waits. The work itself is put back by the caller."""
    work.confirm(claim, db.session())
    mails.record_delayed(db.session.get_one(Mail, claim.subject_id, with_for_update=True), error)
    db.session.commit()


def give_up(mail_id: int, _at: datetime) -> None:
    """The mail was tried as often as it may be: say so where it is listed."""
    mail = mails.mail_with_id(mail_id, locked=True)
    if mail and mail.status is MailStatus.DUE:
        mails.record_failed(mail, f"{UNSENDABLE} {mail.last_error or ''}".strip())
