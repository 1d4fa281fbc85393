"""Lists ask the database a small number of questions with ten rows and with ten thousand.

Other lists are tried so in the tests of their own slices: search, meetings, decisions, responses,
actions, reminders, people and portfolios; and those that are as long as one meeting's business
(the agenda, its papers and packs, the members of a committee) in test_statements.py.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import insert

from committee.agendas.models import Deferral, ProgrammeItem
from committee.agendas.rules import ProgrammeStatus
from committee.clock import now, today
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus, Restriction
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.models import Committee, RoleGrant, User
from committee.people.roles import Role
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.decisions.builders import a_portfolio
from tests.pages.conftest import PASSWORD
from tests.pages.reader import Reader
from tests.pages.test_statements import MOST, statements

DAY = timedelta(days=1)
Row = dict[str, object]

# What is many, and the pages that list it. The reader has every role.
LISTS = {
    "committees": ("/committees", "/home"),
    "meetings": ("/committees/{slug}", "/committees/{slug}/calendar.ics", "/home"),
    "reports": ("/reports", "/reports?finished=1", "/meetings/{meeting}/reports", "/home"),
    "programme": ("/committees/{slug}/work-programme",),
    "consultations": ("/", "/consultations", "/consultations?page=2", "/home", "/feed.xml"),
    "decisions": ("/", "/home", "/feed.xml", "/decisions/feed.xml"),
    "mail": ("/mail", "/mail?page=2"),
}

# Lists that grow from year to year are turned, fifty lines at a time.
TURNED = set(LISTS) - {"committees", "meetings"}


@pytest.fixture
def reader(pages_app: Flask) -> Reader:
    """Somebody who is everything, and holds a portfolio."""
    user = builders.a_user(Role.ADMINISTRATOR, password=PASSWORD)
    db.session.add_all(
        RoleGrant(user_id=user.id, role=role) for role in Role if role is not Role.ADMINISTRATOR
    )
    db.session.commit()
    found = Reader(pages_app)
    assert found.sign_in(user.email, PASSWORD).status_code == 303
    return found


@pytest.fixture
def meeting(reader: Reader) -> Meeting:
    """A meeting to come, of whose committee there will be many things."""
    made = builders.a_meeting(held_on=today() + 20 * DAY)
    db.session.commit()
    return made


def the_reader() -> User:
    """The first account of all."""
    return db.session.scalars(db.select(User).order_by(User.id)).all()[0]


def many_committees(meeting: Meeting, rows: int) -> None:
    council = meeting.committee.council_id
    made: list[Row] = [
        {"council_id": council, "name": f"Committee no. {n}", "slug": f"no-{n}", "version": 1}
        for n in range(rows)
    ]
    db.session.execute(insert(Committee), made)


def many_meetings(meeting: Meeting, rows: int) -> None:
    like: Row = {"committee_id": meeting.committee_id, "starts_at": meeting.starts_at}
    db.session.execute(
        insert(Meeting),
        [
            {**like, "held_on": today() + (n - rows // 2) * DAY, "place": f"Room {n}"}
            for n in range(rows)
        ],
    )


def many_reports(meeting: Meeting, rows: int) -> None:
    author = the_reader().id
    standings = [each for each in ReportStatus if each is not ReportStatus.ACCEPTED]
    db.session.execute(
        insert(Report),
        [
            {
                "meeting_id": meeting.id,
                "author_id": author,
                "subject": f"Report {n}",
                "due_on": today() + (n % 60 - 30) * DAY,
                "status": standings[n % len(standings)],
                "submitted_at": now(),
                "exempt_paragraphs": [],
                "background_documents": [],
                "contacts": [],
            }
            for n in range(rows)
        ],
    )


def many_programme_items(meeting: Meeting, rows: int) -> None:
    many_meetings(meeting, rows)
    meetings = db.session.scalars(db.select(Meeting.id).order_by(Meeting.id)).all()
    standings = (ProgrammeStatus.PLANNED, ProgrammeStatus.PLANNED, ProgrammeStatus.DROPPED)
    ids = db.session.scalars(
        insert(ProgrammeItem).returning(ProgrammeItem.id),
        [
            {
                "committee_id": meeting.committee_id,
                "meeting_id": meetings[n % len(meetings)],
                "title": f"Matter {n}",
                "status": standings[n % 3],
            }
            for n in range(rows)
        ],
    ).all()
    put_off: Row = {"to_meeting_id": meeting.id, "deferred_on": today(), "reason": "Not ready."}
    db.session.execute(
        insert(Deferral),
        [
            {**put_off, "programme_item_id": each, "from_meeting_id": meetings[n % len(meetings)]}
            for n, each in enumerate(ids)
        ],
    )


def many_consultations(meeting: Meeting, rows: int) -> None:
    """Two that run, two to come, and all others over."""

    def opens(n: int) -> timedelta:
        soon = (-5 * DAY, -4 * DAY, 5 * DAY, 9 * DAY)
        return soon[n] if n < len(soon) else -(n % 900) * DAY - 60 * DAY

    db.session.execute(
        insert(Consultation),
        [
            {
                "committee_id": meeting.committee_id,
                "slug": f"consultation-{n}",
                "title": f"Consultation {n}",
                "proposal": "A change.",
                "opens_on": today() + opens(n),
                "closes_on": today() + opens(n) + 30 * DAY,
                "status": ConsultationStatus.PUBLISHED,
                "published_at": now(),
            }
            for n in range(rows)
        ],
    )


def many_decisions(meeting: Meeting, rows: int) -> None:
    portfolio = a_portfolio(meeting.committee, the_reader())
    standings = (DecisionStatus.DRAFT, DecisionStatus.NOTIFIED, DecisionStatus.READY)
    db.session.execute(
        insert(Decision),
        [
            {
                "number": f"18/{n:05}",
                "title": f"Decision {n}",
                "matter": "Whether to.",
                "portfolio_id": portfolio.id,
                "committee_id": meeting.committee_id,
                "is_key": False,
                "restriction": Restriction.OPEN,
                "status": standings[n % 3],
                "notified_on": today() - 40 * DAY,
                "earliest_on": today() + (n % 60 - 30) * DAY,
                "consultation_quotes": [],
            }
            for n in range(rows)
        ],
    )


def many_mails(meeting: Meeting, rows: int) -> None:
    folder = Path(current_app.config["SETTINGS"].data_folder) / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(rows):
        words = f"From: q@example.org\nTo: a@example.org\nSubject: Mail {number}\n\nWords.\n"
        (folder / f"{number + 1:08d}.eml").write_text(words, encoding="utf-8")


MAKERS: dict[str, Callable[[Meeting, int], None]] = {
    "committees": many_committees,
    "meetings": many_meetings,
    "reports": many_reports,
    "programme": many_programme_items,
    "consultations": many_consultations,
    "decisions": many_decisions,
    "mail": many_mails,
}


@pytest.mark.parametrize("rows", [10, 10_000])
@pytest.mark.parametrize("what", MAKERS)
def test_lists_ask_little_however_long_they_are(
    reader: Reader, meeting: Meeting, what: str, rows: int
) -> None:
    known = {"slug": meeting.committee.slug, "meeting": meeting.id}
    MAKERS[what](meeting, rows)
    db.session.commit()
    for page in LISTS[what]:
        address = page.format(**known)
        db.session.expire_all()
        with statements() as sent:
            answer = reader.client.get(address)  # not judged as HTML: that takes its time
        assert answer.status_code == 200, address
        # The home of somebody who is everything asks once for each part of it.
        most = MOST + 2 if page == "/home" else MOST
        assert len(sent) <= most, f"{address}\n" + "\n".join(sent)
        if what in TURNED:
            assert answer.text.count("<a ") < 300, f"{address} is not turned"
