"""A committee with an officer and somebody to remind, and a mail server."""

from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import text

from committee.extensions import db
from committee.people.models import Committee, User
from committee.work import service as work
from tests import builders as common
from tests.mail.server import mail_server
from tests.reminders import builders

__all__ = ["mail_server", "many", "one", "staff"]


@dataclass(frozen=True)
class Staff:
    """Those about whom the tests speak."""

    committee: Committee
    officer: User
    author: User


@pytest.fixture
def staff(app: Flask) -> Staff:
    """A committee, its officer Priya and the author Sam."""
    committee = common.a_committee("Children’s & Young People’s Committee")
    staff = Staff(committee, builders.an_officer(committee), builders.an_author())
    db.session.commit()
    return staff


@pytest.fixture
def many(staff: Staff) -> list[int]:
    """The ids of 35 reminders that are due today; nothing else asks for them."""
    made = [builders.an_obligation(staff.author, staff.committee) for _ in range(35)]
    work.seen("reminders")
    db.session.execute(
        text("UPDATE sign_of_life SET seen_at = :at"), {"at": builders.noon(builders.TODAY)}
    )
    db.session.commit()
    return [each.id for each in made]


@pytest.fixture
def one(many: list[int]) -> int:
    """The id of the only reminder that is due."""
    db.session.execute(text("DELETE FROM obligation WHERE id > :id"), {"id": many[0]})
    db.session.commit()
    return many[0]
