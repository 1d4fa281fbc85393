"""The daily check of the log, and the letter about it to the monitoring officers.

Callers commit.
"""

from collections.abc import Sequence
from datetime import date, datetime

from flask import current_app, render_template
from sqlalchemy import Connection, select

from committee.audit.anchors import Anchors, open_anchors
from committee.audit.check import verify
from committee.audit.verifier.checking import Result
from committee.extensions import db
from committee.integrity import guards, heads, records
from committee.integrity.models import AuditCheck
from committee.mail import service as mails
from committee.mail.links import address_of
from committee.people.models import RoleGrant, User
from committee.people.roles import Role
from committee.storage import current_storage
from config import Settings


def the_anchors() -> Anchors:
    """The anchors of this installation."""
    settings: Settings = current_app.config["SETTINGS"]
    return open_anchors(settings.anchors_file, settings.audit_secret)


def verify_all(connection: Connection, *, head: tuple[int, str] | None = None) -> Result:
    """Check the log against everything that was told of it: its anchors, the head that the broker
    keeps, earlier daily checks, and a head from a letter where one is given."""
    kept = heads.remembered()  # before the anchors, which never fall behind it
    return verify(connection, the_anchors(), head=head, told=heads.in_daily_checks, remembered=kept)


def newest_check() -> AuditCheck | None:
    """The last daily check, if there was one."""
    return db.session.scalars(select(AuditCheck).order_by(AuditCheck.id.desc()).limit(1)).first()


def check_of_day(day: date, *, now: datetime) -> AuditCheck | None:
    """Check the whole log, and what was published and stored against it, once in a day; nothing
    where that was done already."""
    if db.session.scalar(select(AuditCheck.id).where(AuditCheck.day == day)):
        return None
    connection = db.session.connection()
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    # Nothing is asked of the database while every stored file is read.
    connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
    result = verify_all(connection)
    findings = [
        *(finding.words for finding in result.findings),
        *guards.missing(connection),
        *records.altered_rows(),
        *records.damaged_files(current_storage()),
    ]
    made = AuditCheck(
        day=day,
        at=now,
        sound=not findings,
        seq=result.log.seqs[-1] if result.log.seqs else 0,
        hash=result.log.hashes[-1] if result.log.hashes else "",
        findings="\n".join(findings),
    )
    db.session.add(made)
    db.session.flush()
    return made


def tell_of_check(made: AuditCheck) -> None:
    """Mail the end of the log, and whether it is sound, to every monitoring officer."""
    for officer in monitoring_officers():
        if made.sound:
            subject = f"The audit log is sound: entry {made.seq}"
        else:
            subject = "The audit log is NOT sound: read this today"
        _write_to(officer, subject, f"{made.day}", check=made)


def tell_of_difference(seq: int, *, day: date) -> None:
    """Tell the monitoring officers, once in a day, that nothing is noted of the log any more."""
    for officer in monitoring_officers():
        subject = "The audit log is NOT what was noted of it: read this today"
        _write_to(officer, subject, f"{day}.differs", differs_at=seq)


def monitoring_officers() -> Sequence[User]:
    """Who holds the office, with an account that is open."""
    held = select(RoleGrant.user_id).where(
        RoleGrant.role == Role.MONITORING_OFFICER, RoleGrant.ended_at.is_(None)
    )
    found = select(User).where(User.id.in_(held), User.active)
    return db.session.scalars(found.order_by(User.id)).all()


def _write_to(officer: User, subject: str, about: str, **facts: object) -> None:
    mails.owe(
        "audit_head",
        to=officer.email,
        to_user_id=officer.id,
        subject=subject,
        text=render_template(
            "emails/audit_head.txt",
            user=officer,
            page=address_of("integrity.overview"),
            public_key=the_anchors().public_key,
            **facts,
        ),
        key=f"audit_head.{about}.user{officer.id}",
    )
