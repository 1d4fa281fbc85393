"""Two officers do something with one item at the same moment, and one of them closes it."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from committee.agendas import accepting, classing, programme, service
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem, ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.models import Committee
from committee.reports.models import Report
from committee.reports.rules import ReportStatus
from tests import builders
from tests.builders import A_DAY, A_MOMENT, EXEMPT
from tests.meanwhile import DONE, WAITS, meanwhile

NOW = datetime(2018, 4, 20, 9, tzinfo=UTC)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """A meeting to come."""
    made = builders.a_meeting(held_on=date(2018, 5, 8))
    db.session.commit()
    return made


def gives_class(item_id: int, said: Said) -> None:
    found = db.session.get_one(AgendaItem, item_id)
    classing.open_with_papers(found, ClassFields(said), now=A_MOMENT, today=A_DAY)


def test_what_is_deferred_while_it_is_being_closed_stays_off_the_public_programme(
    app: Flask, meeting: Meeting
) -> None:
    committee = meeting.committee
    planned = programme.plan(committee, PlannedFields("Dismissal of J Smith", meeting.id))
    db.session.flush()
    item = programme.put_on_agenda(planned)
    db.session.commit()
    planned_id, committee_id = planned.id, committee.id

    def defer() -> None:
        mine = db.session.get_one(ProgrammeItem, planned_id)
        programme.defer(mine, None, reason="More time.", today=date(2018, 4, 20), now=NOW)

    gives_class(item.id, EXEMPT)
    assert meanwhile(app, defer) == WAITS
    db.session.commit()
    assert meanwhile(app, defer) == DONE
    db.session.rollback()
    assert programme.to_come(db.session.get_one(Committee, committee_id), whole=False)[1] == 0


def test_an_item_is_not_opened_while_an_exempt_report_is_accepted_under_it(
    app: Flask, meeting: Meeting
) -> None:
    item = service.add_item(meeting, ItemFields(ItemKind.REPORT, "Dismissal of J Smith"))
    report = Report(
        meeting=meeting,
        author=builders.a_user(),
        subject="Dismissal of J Smith",
        due_on=date(2018, 4, 17),
        status=ReportStatus.SUBMITTED,
        classification=Classification.EXEMPT,
        exempt_paragraphs=[1],
    )
    db.session.add(report)
    db.session.commit()
    item_id, report_id = item.id, report.id
    assert item.is_unclassed

    def accept() -> None:
        mine = db.session.get_one(AgendaItem, item_id)
        accepting.accept(db.session.get_one(Report, report_id), mine, now=NOW)

    accept()
    assert meanwhile(app, lambda: gives_class(item_id, OPENED)) == WAITS
    db.session.rollback()
    assert item.is_unclassed  # as whoever opens it has it before them
    assert meanwhile(app, accept) == DONE
    with pytest.raises(StaleDataError):
        gives_class(item_id, OPENED)
