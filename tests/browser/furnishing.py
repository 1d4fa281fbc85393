"""Fills an installation with something of everything, and prints where to find it as JSON.

A program of its own, `python -m tests.browser.furnishing`, because the application that it makes
must not meet the one that other tests have made in their process.
"""

import json
import time
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from committee import create_app
from committee.agendas.rules import ItemKind, Part
from committee.clock import today
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people import service as people
from committee.people import users
from committee.people.roles import MemberRole, Role
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.reports.rules import VersionStatus
from tests import builders
from tests.pages.furnishing import furnish_thread

PASSWORD = "a long enough password"
ACCOUNTS = {
    "officer@example.org": ("Asha Whitlock", Role.DEMOCRATIC_SERVICES_OFFICER),
    "second@example.org": ("Tomos Vane", Role.DEMOCRATIC_SERVICES_OFFICER),
    "administrator@example.org": ("Petra Quill", Role.ADMINISTRATOR),
    "maker@example.org": ("Cllr Ines Farrow", Role.DECISION_MAKER),
    "monitoring@example.org": ("Eleanor Wick", Role.MONITORING_OFFICER),
}
PATIENCE = 60  # seconds until every paper must have been checked
LONG = "Arrangements for the review of supported accommodation, " * 6 + "and-of-its-funding" * 9


def furnish() -> dict[str, object]:
    """Add the people, a full meeting, its thread and empty meetings; answer what names them."""
    mail = _furnish_mail()  # before anything is committed of which the worker sends letters
    accounts = {
        email: users.add_user(email, name, PASSWORD, role=role)
        for email, (name, role) in ACCOUNTS.items()
    }
    committee = builders.a_committee("Planning & “Highways” Committee", seats=5)
    people.set_contact(
        committee, name="Priya Nair", telephone="01632 960123", email="clerk@example.org"
    )
    chairman = builders.a_member(committee, "Mrs A Carter", role=MemberRole.CHAIRMAN)
    builders.a_member(committee, "Mr B <Osei>", group="Green")
    empty_committee = builders.a_committee("Staffing Committee")
    meeting = builders.a_meeting(committee, held_on=today() + timedelta(days=20))
    builders.a_meeting(committee, held_on=today() - timedelta(days=30))
    empty = builders.a_meeting(empty_committee, held_on=today() + timedelta(days=9))
    made = _furnish_agenda(meeting)
    thread = furnish_thread(
        meeting, maker=accounts["maker@example.org"], officer=accounts["officer@example.org"]
    )
    db.session.commit()
    return {
        "slug": committee.slug,
        "empty_slug": empty_committee.slug,
        "membership": chairman.id,
        "meeting": meeting.id,
        "empty": empty.id,
        "mail": mail,
        **made,
        **thread,
    }


def _furnish_agenda(meeting: Meeting) -> dict[str, int]:
    builders.an_item(meeting, "Apologies", kind=ItemKind.PROCEDURAL)
    builders.an_item(meeting, "Minutes of the last meeting", kind=ItemKind.MINUTES)
    builders.an_item(meeting, "Update by the Director", kind=ItemKind.VERBAL_UPDATE)
    item = builders.an_item(meeting, "School places & <b>buses</b>")
    long = builders.an_item(meeting, LONG[:480], kind=ItemKind.PRESENTATION)
    exempt = builders.an_item(
        meeting, "A secret contract", part=Part.EXEMPT, public_title="A contract"
    )
    sound = builders.a_paper(item, name="report.pdf")
    refused = builders.a_paper(item, name="appendix.docx", content=b"<html>not a Word file</html>")
    removed = builders.a_paper(item, name="withdrawn.pdf")
    builders.a_paper(exempt, name="contract.pdf")
    removed_item = builders.an_item(meeting, "Withdrawn business")
    db.session.flush()
    now = removed.uploaded_at
    reports.remove(removed.paper, now=now)
    builders.agendas.remove_item(removed_item, now=now)
    return {
        "item": item.id,
        "long_item": long.id,
        "exempt_item": exempt.id,
        "paper": sound.paper.id,
        "refused": refused.paper.id,
    }


def _furnish_mail() -> int:
    """Keep a message as the catcher of mail does; answer its number."""
    folder = Path(current_app.config["SETTINGS"].data_folder) / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    message = EmailMessage()
    message["From"], message["To"] = "quorate@example.org", "clerk@example.org"
    message["X-Kept-For"] = "clerk@example.org"
    message["Subject"] = "A report is due"
    message.set_content("The report is due on Friday.\n\n" + "supercalifragilistic" * 9)
    (folder / "00000001.eml").write_bytes(message.as_bytes())
    return 1


def wait_until_checked() -> None:
    """Wait until the worker has looked at every paper."""
    waiting = select(func.count()).where(PaperVersion.status == VersionStatus.RECEIVED)
    deadline = time.monotonic() + PATIENCE
    while db.session.scalar(waiting):
        assert time.monotonic() < deadline, "the worker has not checked the papers"
        db.session.rollback()
        time.sleep(0.2)


if __name__ == "__main__":
    with create_app().app_context():
        found = furnish()
        wait_until_checked()
        print(json.dumps(found))  # noqa: T201
