"""An officer closes something while another publishes the agenda: it stays in, whole, only where
the one who closes it has to wait."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from committee.agendas import classing, publishing, service
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.confidentiality.rules import OPENED, Classification
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.reports import service as reports
from committee.reports import writing
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.builders import A_DAY, A_MOMENT, EXEMPT
from tests.meanwhile import DONE, WAITS, just_after, meanwhile
from tests.pages.test_publishing import with_paper

MEETING_DAY = date(2018, 5, 8)
LAST_DAY = date(2018, 4, 27)
NOW = datetime(2018, 4, 27, 15, tzinfo=UTC)


@pytest.fixture
def item(app: Flask) -> AgendaItem:
    """An open item with an open paper and an accepted report, ready to be published."""
    item = builders.an_item(builders.a_meeting(held_on=MEETING_DAY), "Dismissal of J Smith")
    with_paper(item)
    db.session.add(
        Report(
            meeting=item.meeting,
            author_id=builders.a_user().id,
            agenda_item_id=item.id,
            subject="Dismissal of J Smith",
            due_on=LAST_DAY,
            status=ReportStatus.ACCEPTED,
            classification=Classification.OPEN,
            accepted_at=NOW,
            background_documents=[],
            contacts=[],
        )
    )
    db.session.commit()
    return item


def closes_item(item_id: int) -> None:
    found = db.session.get_one(AgendaItem, item_id)
    fields = ClassFields(EXEMPT)
    classing.open_with_papers(found, fields, now=A_MOMENT, today=A_DAY)


def closes_paper(item_id: int) -> None:
    item = db.session.get_one(AgendaItem, item_id)
    classing.classify_paper(item.papers[0], item, EXEMPT, now=A_MOMENT, today=A_DAY)


def takes_item_off(item_id: int) -> None:
    service.remove_item(db.session.get_one(AgendaItem, item_id), now=NOW)


def takes_paper_off(item_id: int) -> None:
    reports.remove(db.session.get_one(AgendaItem, item_id).papers[0], now=NOW)


def returns_report(item_id: int) -> None:
    found = db.session.scalars(db.select(Report).where(Report.agenda_item_id == item_id)).one()
    writing.return_to_author(found, "It names somebody.", now=NOW)


ACTS = [closes_item, closes_paper, takes_item_off, takes_paper_off, returns_report]


def publish(meeting: Meeting) -> AgendaVersion:
    return publishing.publish(meeting, today=LAST_DAY, now=NOW, by=None)


@pytest.mark.parametrize("act", ACTS)
def test_who_closes_or_takes_something_off_waits_for_who_is_publishing_it(
    app: Flask, item: AgendaItem, monkeypatch: pytest.MonkeyPatch, act: Callable[[int], None]
) -> None:
    item_id, told = item.id, []
    just_after(
        monkeypatch,
        publishing,
        "standing_in_the_way",
        lambda: told.append(meanwhile(app, lambda: act(item_id))),
    )
    publish(item.meeting)
    assert told == [WAITS]
    db.session.commit()
    assert meanwhile(app, lambda: act(item_id)) == DONE


@pytest.mark.parametrize("act", ACTS)
def test_who_publishes_waits_for_who_is_closing_or_taking_off_something(
    app: Flask, item: AgendaItem, act: Callable[[int], None]
) -> None:
    meeting_id = item.meeting_id
    act(item.id)
    db.session.flush()
    assert meanwhile(app, lambda: publish(db.session.get_one(Meeting, meeting_id))) == WAITS


def test_what_was_closed_since_the_agenda_was_read_is_frozen_as_it_is_now(
    app: Flask, item: AgendaItem
) -> None:
    meeting, item_id = item.meeting, item.id
    assert service.numbered_items(meeting)[0].item.is_open  # as a page that was drawn has it
    assert meanwhile(app, lambda: closes_item(item_id)) == DONE
    version = publish(meeting)
    assert "Smith" not in json.dumps(version.open_contents)


def test_a_paper_that_was_closed_since_it_was_read_is_withheld(
    app: Flask, item: AgendaItem
) -> None:
    meeting, item_id = item.meeting, item.id
    assert service.numbered_items(meeting)[0].item.open_papers
    assert meanwhile(app, lambda: closes_paper(item_id)) == DONE
    version = publish(meeting)
    assert version.open_contents["items"][0]["papers"] == []


def test_a_class_is_not_given_to_an_item_that_was_classed_since_it_was_read(
    app: Flask, item: AgendaItem
) -> None:
    """Who says that it is open, as it was, changes no column by which they would be told."""
    item_id = item.id
    assert item.is_open
    assert meanwhile(app, lambda: closes_item(item_id)) == DONE
    with pytest.raises(StaleDataError):
        classing.open_with_papers(item, ClassFields(OPENED), now=A_MOMENT, today=A_DAY)


def test_a_class_is_not_given_to_a_paper_that_was_classed_since_it_was_read(
    app: Flask, item: AgendaItem
) -> None:
    item_id, paper = item.id, item.papers[0]
    assert paper.is_open
    assert meanwhile(app, lambda: closes_paper(item_id)) == DONE
    with pytest.raises(StaleDataError):
        classing.classify_paper(paper, item, OPENED, now=A_MOMENT, today=A_DAY)
