"""Files of people for tests, and how much the tables hold that such files fill."""

from sqlalchemy import func, select

from committee.extensions import db
from committee.people.models import Councillor, Membership, PoliticalGroup
from committee.people.people_files import Report
from committee.people.tenure_models import ContactDetail, TermOfOffice

FILLED = (Councillor, PoliticalGroup, TermOfOffice, ContactDetail, Membership)


def file_of(heading: str, *lines: str) -> bytes:
    """A file of these lines in UTF-8."""
    return "\r\n".join([heading, *lines, ""]).encode()


def lines_told(report: Report) -> list[tuple[int, str]]:
    """Line and column of every problem, in the order of the file."""
    return [(each.line, each.column) for each in report.problems.by_line()]


def counted() -> list[int]:
    """How many rows each of the tables has."""
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in FILLED]
