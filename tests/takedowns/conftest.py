"""A council that has published something of every kind, and the people who may take it down."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select

from committee.agendas import publishing as agendas
from committee.agendas.models import AgendaVersion
from committee.clock import now, today
from committee.consultations.models import Consultation, SummaryVersion
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.extensions import db
from committee.mail.models import Mail
from committee.meetings.models import Meeting
from committee.minutes.models import MinutesVersion
from committee.packs import service as packs
from committee.packs.rules import Audience
from committee.people.roles import Role
from committee.search import indexing, renewal
from committee.takedowns.models import Takedown
from committee.takedowns.rules import PublishedKind
from tests import builders
from tests.pages.conftest import furnished, pages_app, signed_in, visitor
from tests.pages.furnishing import furnish_thread
from tests.pages.reader import Reader
from tests.pages.test_publishing import with_packs, with_paper

__all__ = ["furnished", "pages_app", "visitor"]

PAPER_WORDS = "zebra crossing tariffs"


@dataclass(frozen=True)
class Published:
    """What was published: its row by kind, and a word by which the search finds it."""

    ids: dict[PublishedKind, int]
    meeting_id: int


@pytest.fixture
def published(pages_app: Flask) -> Published:
    """Something of every kind, in the index too."""
    meeting = _an_agenda()
    thread = _a_thread()
    renewal.bring_up_to_date()
    version = db.session.scalars(
        select(AgendaVersion).where(AgendaVersion.meeting_id == meeting.id)
    ).one()
    paper = version.open_contents["items"][0]["papers"][0]["version_id"]
    indexing.index_agenda(version, {paper: [PAPER_WORDS]})
    db.session.commit()
    return Published(
        {PublishedKind.PAPER: paper, PublishedKind.AGENDA: version.id, **thread}, meeting.id
    )


def _an_agenda() -> Meeting:
    meeting = builders.a_meeting(held_on=today() + timedelta(days=60))
    with_paper(builders.an_item(meeting, "Post-16 transport policy"))
    db.session.commit()
    with_packs(meeting)
    ids = [pack.id for audience in Audience if (pack := packs.current(meeting, audience))]
    agendas.publish(
        meeting,
        today=today(),
        now=now(),
        by=None,
        reasons=agendas.Reasons(),
        packs=(ids[0], ids[1]),
    )
    db.session.commit()
    return meeting


def _a_thread() -> dict[PublishedKind, int]:
    meeting = builders.a_meeting(held_on=date(2018, 5, 8))
    made = furnish_thread(
        meeting, maker=builders.a_user(Role.DECISION_MAKER), officer=builders.a_user()
    )
    db.session.execute(delete(Mail))
    db.session.execute(delete(Takedown))
    db.session.commit()

    def newest(model: Any) -> int:
        return int(db.session.scalars(select(model.id).order_by(model.id.desc())).first() or 0)

    record = db.session.get_one(RecordVersion, int(str(made["record"])))
    notice = select(DecisionNotice.id).where(DecisionNotice.decision_id == record.decision_id)
    summary = db.session.scalars(select(SummaryVersion)).one()
    assert db.session.get(Consultation, summary.consultation_id) is not None
    return {
        PublishedKind.NOTICE: db.session.scalars(notice).one(),
        PublishedKind.RECORD: record.id,
        PublishedKind.MINUTES: newest(MinutesVersion),
        PublishedKind.SUMMARY: summary.id,
        PublishedKind.CONSULTATION: summary.consultation_id,
    }


@pytest.fixture
def officer(pages_app: Flask) -> Reader:
    """A democratic services officer who has signed in."""
    return signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)


@pytest.fixture
def monitoring_officer(pages_app: Flask) -> Reader:
    """The monitoring officer, signed in."""
    return signed_in(pages_app, Role.MONITORING_OFFICER)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that a test may move."""
    with time_machine.travel(now(), tick=False) as travelled:
        yield travelled
