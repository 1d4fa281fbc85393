"""A published agenda with closed items, and people who may and may not read them."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from flask import Flask

from committee.agendas import classing
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.audit.models import AuditEntry
from committee.clock import now, today
from committee.confidentiality.rules import Classification, ConfidenceBasis, Said
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.people import accounts
from committee.people.models import Committee, User
from committee.people.roles import Role
from committee.reports.models import PaperVersion
from tests import builders
from tests.pages.conftest import PASSWORD, pages_app, visitor
from tests.pages.reader import Reader
from tests.pages.test_publishing import with_packs, with_paper

__all__ = ["pages_app", "visitor"]

SECRET = "Sale of Blackacre to Zephyr Homes"


@dataclass(frozen=True)
class Closed:
    """A meeting whose agenda is published, with its closed item and that item's paper."""

    meeting: Meeting
    item: AgendaItem
    paper: PaperVersion
    version: AgendaVersion

    @property
    def page(self) -> str:
        return f"/meetings/{self.meeting.id}/agenda/1/closed/{self.item.id}"

    @property
    def file(self) -> str:
        return f"{self.page}/papers/{self.paper.id}"

    @property
    def pack(self) -> str:
        return f"/meetings/{self.meeting.id}/agenda/1/restricted-pack"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The spring of 2018, from before anybody signs in."""
    with time_machine.travel("2018-04-20 09:00", tick=False) as travelled:
        yield travelled


def exempt(*paragraphs: int, terms_of_contract: bool = False) -> Said:
    """That something is exempt on these paragraphs."""
    return Said(
        Classification.EXEMPT,
        paragraphs=paragraphs,
        terms_of_contract=terms_of_contract,
        must_be_registered=False,
        own_planning=False,
        factors_for="Bids are still to come.",
        factors_against="Public money is spent.",
        outweighs=True,
        conclusion="A fair price matters more until then.",
        review_on=date(2018, 12, 1),
    )


CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)


@pytest.fixture
def publish(pages_app: Flask) -> Callable[[Said], Closed]:
    """Publish an agenda with one open item and one that is closed as is said."""

    def make(said: Said) -> Closed:
        meeting = builders.a_meeting(held_on=date(2018, 5, 8))
        with_paper(builders.an_item(meeting, "Post-16 transport"))
        item = items.add_item(meeting, ItemFields(ItemKind.REPORT, SECRET))
        fields = ClassFields(said, "A property matter")
        classing.classify_item(item, fields, now=now(), today=today())
        paper = with_paper(item)
        with_packs(meeting)
        built = [pack.id for each in Audience if (pack := packs.current(meeting, each))]
        version = agendas.publish(
            meeting, today=today(), now=now(), by=None, packs=(built[0], built[1])
        )
        db.session.commit()
        return Closed(meeting, item, paper, version)

    return make


def someone(role: Role, committee: Committee | None = None) -> User:
    """Somebody with one role, on a committee or council-wide."""
    user = builders.a_user(Role.REGISTERED_PUBLIC, password=PASSWORD)
    accounts.grant(user, role, committee, now=now(), by=None)
    db.session.commit()
    return user


def reader(app: Flask, user: User) -> Reader:
    """A browser in which this user has signed in."""
    made = Reader(app)
    assert made.sign_in(user.email, PASSWORD).status_code == 303
    return made


def readings() -> list[tuple[str, int, int | None]]:
    """What was noted of reading closed matter: the table, the id, and who read."""
    found = db.select(AuditEntry).where(AuditEntry.act == "exempt_matter:read")
    db.session.rollback()
    return [
        (each.subject_kind, each.subject_id, each.actor_id)
        for each in db.session.scalars(found.order_by(AuditEntry.id))
    ]


def text_of_pages(pdf: bytes) -> list[str]:
    """The words of each page, whichever way they run."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]
