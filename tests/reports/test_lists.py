"""Lists of reports ask the database a small number of questions, however long they are."""

from collections.abc import Sequence

from sqlalchemy import insert

from committee.clock import now, today
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.people.models import User
from committee.reports import lists
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.pages.test_statements import MOST, statements
from tests.reports.builders import an_author
from tests.reports.conftest import Person


def fill(meeting: Meeting, authors: Sequence[User], rows: int) -> None:
    """Add so many reports to the meeting, standing in every way, by these authors in turn."""
    states = list(ReportStatus)
    many = [
        {
            "meeting_id": meeting.id,
            "author_id": authors[number % len(authors)].id,
            "subject": f"Report {number}",
            "due_on": today() + (number % 60 - 30) * DAY,
            "status": states[number % len(states)],
            "accepted_at": now(),
        }
        for number in range(rows)
    ]
    db.session.execute(insert(Report), many)
    db.session.commit()


def questions(person: Person, address: str) -> int:
    """How many statements a page takes."""
    db.session.expunge_all()
    with statements() as sent:
        assert person.at.get(address).status_code == 200
    return len(sent)


def test_ten_thousand_reports_ask_no_more_than_ten(
    author: Person, officer: Person, meeting: Meeting
) -> None:
    authors = [author.user, an_author()]
    db.session.commit()
    pages = {
        "/reports": author,
        "/reports?page=2": author,
        "/reports?show=finished": author,
        f"/meetings/{meeting.id}/reports": officer,
    }
    found: dict[str, list[int]] = {address: [] for address in pages}
    for rows in (10, 9_990):
        fill(meeting, authors, rows)
        for address, person in pages.items():
            found[address].append(questions(person, address))
        meeting = db.session.merge(meeting)
        authors = [db.session.merge(user) for user in authors]
    assert {address: few for address, (few, many) in found.items() if many > few} == {}
    assert {address: many for address, (_, many) in found.items() if many > MOST} == {}
    officer.at.get(f"/meetings/{meeting.id}/reports?page=200")
    assert len(officer.at.page.select("tbody tr")) == lists.PAGE
    officer.at.get(f"/meetings/{meeting.id}/reports?page=999")
    assert len(officer.at.page.select("tbody tr")) == lists.PAGE


def test_an_author_sees_reports_to_committees_for_which_they_write(
    author: Person, meeting: Meeting
) -> None:
    elsewhere = builders.a_meeting()
    db.session.flush()
    fill(meeting, [author.user], 6)
    fill(elsewhere, [author.user], 6)
    unfinished = lists.of_authors({author.user.id}, {meeting.committee_id}, finished=False, page=1)
    finished = lists.of_authors({author.user.id}, {meeting.committee_id}, finished=True, page=1)
    assert (unfinished.total, finished.total) == (4, 2)
    assert {report.meeting_id for report in unfinished.reports} == {meeting.id}
    assert unfinished.reports[-1].status is ReportStatus.SUBMITTED
    assert lists.of_authors({author.user.id}, None, finished=False, page=1).total == 8
    assert lists.of_authors({author.user.id}, set(), finished=False, page=1).total == 0
    assert lists.still_with_author(meeting) == 3


def test_a_report_page_asks_few_questions(author: Person, meeting: Meeting) -> None:
    fill(meeting, [author.user], 1)
    report = lists.of_meeting(meeting, page=1).reports[0]
    assert questions(author, f"/reports/{report.id}") <= MOST
