"""Owing mail, noting what became of it, and finding it. Callers commit.

A mail carries links and what anyone may know of a matter, never exempt text: it leaves the
council's own machines and is kept where nobody checks who reads it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from committee.audit import service as audit
from committee.audit.service import Subject
from committee.extensions import db
from committee.mail.models import Mail
from committee.mail.rules import (
    MAIL_STATES,
    MailStatus,
    checked_address,
    checked_subject,
    message_id,
)
from committee.work import service as work
from committee.work.rules import WorkKind

A_PAGE = 50  # mails


@dataclass(frozen=True)
class MailPage:
    """One page of mail, newest first; `total` counts all mails and `pages` is 1 at least."""

    mails: Sequence[Mail]
    page: int
    pages: int
    total: int


def owe(
    kind: str,
    *,
    to: str,
    subject: str,
    text: str,
    key: str,
    html: str | None = None,
    to_user_id: int | None = None,
    concerns: Subject | None = None,
) -> Mail:
    """Note that a mail is to be sent; the same `key` is one mail, however often it is owed.

    `kind` is a word for lists, as in "report_due"; `to` a bare address; `key` says what the mail
    is for, as in "report_due.version12.user7.2018-04-20". A worker sends it after the commit, and
    again under the same Message-ID if it died before it could note that it was sent. Raises
    NotAllowed for an address that is none and for a subject that is not one line.
    """
    values = {
        "key": key,
        "kind": kind,
        "to_address": checked_address(to),
        "to_user_id": to_user_id,
        "subject": checked_subject(subject),
        "text": text,
        "html": html,
        "status": MailStatus.DUE,
        "message_id": message_id(key),
    }
    db.session.flush()
    if concerns is not None:
        values |= {"concerns_kind": concerns.__tablename__, "concerns_id": concerns.id}
    new = insert(Mail).values(values).on_conflict_do_nothing(index_elements=[Mail.key])
    added = db.session.scalar(new.returning(Mail.id))
    mail = db.session.scalars(select(Mail).where(Mail.key == key)).one()
    if added is not None:
        audit.record("mail:owed", mail, by=None)
        work.owe(WorkKind.SEND_MAIL, mail.id)
    return mail


def record_sent(mail: Mail, *, now: datetime) -> None:
    """Note that the mail server has taken the mail. Raises NotAllowed if that was noted before."""
    MAIL_STATES.check(mail.status, MailStatus.SENT)
    mail.status, mail.sent_at, mail.last_error = MailStatus.SENT, now, None
    audit.record("mail:sent", mail, by=None)


def record_delayed(mail: Mail, error: str) -> None:
    """Note why a mail that stays owed could not be sent yet, for people."""
    mail.last_error = error


def record_failed(mail: Mail, error: str) -> None:
    """Note that a due mail cannot be sent, and why, for people. Raises NotAllowed if not due."""
    MAIL_STATES.check(mail.status, MailStatus.FAILED)
    mail.status, mail.last_error = MailStatus.FAILED, error
    audit.record("mail:failed", mail, by=None)


def cancel(mail: Mail, *, by: int | None = None) -> None:
    """Let the mail go unsent, unless a worker has it in hand. Raises NotAllowed if it was sent."""
    db.session.refresh(mail, with_for_update=True)
    MAIL_STATES.check(mail.status, MailStatus.CANCELLED)
    mail.status = MailStatus.CANCELLED
    work.cancel(WorkKind.SEND_MAIL, mail.id)
    audit.record("mail:cancelled", mail, by=by)


def send_again(mail: Mail, *, by: int | None = None) -> None:
    """Owe a mail that failed once more, as the same mail. Raises NotAllowed unless it failed."""
    db.session.refresh(mail, with_for_update=True)
    MAIL_STATES.check(mail.status, MailStatus.DUE)
    mail.status = MailStatus.DUE
    work.owe(WorkKind.SEND_MAIL, mail.id)
    audit.record("mail:put_back", mail, by=by)


def mail_with_id(mail_id: int, *, locked: bool = False) -> Mail | None:
    """The mail; `locked` until the transaction ends, and read anew."""
    return db.session.get(Mail, mail_id, with_for_update=locked or None)


def mail_with_key(key: str) -> Mail | None:
    """The mail that was owed under this key."""
    return db.session.scalars(select(Mail).where(Mail.key == key)).one_or_none()


def recent(
    *, page: int = 1, status: MailStatus | None = None, concerns: Subject | None = None
) -> MailPage:
    """Page `page` of the mails, newest first: all, those of a status, or about one row."""
    found = _about(select(Mail), status, concerns)
    total = db.session.scalar(_about(select(func.count(Mail.id)), status, concerns)) or 0
    pages = max(1, -(-total // A_PAGE))
    page = min(max(1, page), pages)
    found = found.order_by(Mail.id.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE)
    return MailPage(db.session.scalars(found).all(), page, pages, total)


def counts() -> dict[MailStatus, int]:
    """How many mails there are of each status."""
    counted = select(Mail.status, func.count(Mail.id)).group_by(Mail.status).order_by(Mail.status)
    found = {row.status: row[1] for row in db.session.execute(counted)}
    return {status: found.get(status, 0) for status in MailStatus}


def _about(found: Select, status: MailStatus | None, concerns: Subject | None) -> Select:
    if status is not None:
        found = found.where(Mail.status == status)
    if concerns is not None:
        found = found.where(
            Mail.concerns_kind == concerns.__tablename__, Mail.concerns_id == concerns.id
        )
    return found
