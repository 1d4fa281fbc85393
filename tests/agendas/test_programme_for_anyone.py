"""What anyone may know of the work programme: no draft agenda, and never a closed item's title."""

from datetime import date, timedelta

import pytest
from flask import Flask

from committee.agendas import programme
from committee.agendas.models import AgendaVersion, ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.agendas.rules import Part
from committee.clock import now, today
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.roles import Role
from tests import builders
from tests.pages.conftest import pages_app, signed_in, visitor
from tests.pages.reader import Reader

__all__ = ["pages_app", "visitor"]

TITLE = "Dismissal of a teacher"


@pytest.fixture
def meeting(pages_app: Flask) -> Meeting:
    made = builders.a_meeting(held_on=today() + timedelta(days=30))
    db.session.commit()
    return made


@pytest.fixture(params=["visitor", "author"])
def reader(request: pytest.FixtureRequest, pages_app: Flask, visitor: Reader) -> Reader:
    """One who reads by the public's login to the database, and one by the application's."""
    return visitor if request.param == "visitor" else signed_in(pages_app, Role.REPORT_AUTHOR)


def planned(meeting: Meeting) -> ProgrammeItem:
    item = programme.plan(meeting.committee, PlannedFields(TITLE, meeting.id))
    db.session.commit()
    return item


def publish(meeting: Meeting, number: int, *item_ids: int) -> None:
    """An agenda that was published with these items open."""
    db.session.add(
        AgendaVersion(
            meeting_id=meeting.id,
            number=number,
            published_at=now(),
            published_on=date(2018, 5, 1),
            deadline_on=date(2018, 5, 1),
            deadline_basis={},
            clear_days=5,
            change_reason="A change." if number > 1 else None,
            open_contents={"items": [{"id": each} for each in item_ids]},
            restricted_contents={},
            sha256="0" * 64,
        )
    )
    db.session.commit()


def is_shown(reader: Reader, meeting: Meeting) -> bool:
    reader.get(f"/committees/{meeting.committee.slug}/work-programme")
    return TITLE in reader.words()


def test_a_draft_agenda_is_the_officers(reader: Reader, meeting: Meeting) -> None:
    item = planned(meeting)
    assert is_shown(reader, meeting)
    on_agenda = programme.put_on_agenda(item)
    db.session.commit()
    assert not is_shown(reader, meeting)
    publish(meeting, 1, on_agenda.id)
    assert is_shown(reader, meeting)


def test_an_item_that_is_closed_later_is_shown_no_more(reader: Reader, meeting: Meeting) -> None:
    on_agenda = programme.put_on_agenda(planned(meeting))
    db.session.commit()
    publish(meeting, 1, on_agenda.id)
    publish(meeting, 2)
    assert not is_shown(reader, meeting)


def test_a_closed_item_that_is_deferred_stays_hidden(reader: Reader, meeting: Meeting) -> None:
    item = planned(meeting)
    on_agenda = programme.put_on_agenda(item)
    db.session.flush()
    builders.opened_or_closed(on_agenda, Part.EXEMPT)
    programme.defer(item, None, reason="It is not ready.", today=today(), now=now())
    db.session.commit()
    assert not is_shown(reader, meeting)


def deferred(item: ProgrammeItem, to: Meeting | None) -> None:
    programme.defer(item, to, reason="It is not ready.", today=today(), now=now())
    db.session.commit()


def test_a_closed_item_that_is_deferred_twice_stays_hidden(
    reader: Reader, meeting: Meeting
) -> None:
    item = planned(meeting)
    builders.opened_or_closed(programme.put_on_agenda(item), Part.EXEMPT)
    later = builders.a_meeting(meeting.committee, held_on=today() + timedelta(days=60))
    deferred(item, later)
    assert not is_shown(reader, meeting)
    unclassed = programme.put_on_agenda(item)
    deferred(item, None)
    assert unclassed.is_unclassed
    assert not is_shown(reader, meeting)


def test_what_was_closed_is_shown_once_an_officer_has_opened_it(
    reader: Reader, meeting: Meeting
) -> None:
    item = planned(meeting)
    builders.opened_or_closed(programme.put_on_agenda(item), Part.EXEMPT)
    later = builders.a_meeting(meeting.committee, held_on=today() + timedelta(days=60))
    deferred(item, later)
    opened = programme.put_on_agenda(item)
    builders.opened_or_closed(opened, Part.OPEN)
    db.session.commit()
    publish(later, 1, opened.id)
    assert is_shown(reader, meeting)
    deferred(item, None)
    assert is_shown(reader, meeting)


def test_an_item_that_nobody_classed_is_shown_again_once_deferred(
    reader: Reader, meeting: Meeting
) -> None:
    item = planned(meeting)
    programme.put_on_agenda(item)
    deferred(item, None)
    assert is_shown(reader, meeting)


def test_officers_are_told_what_others_are_not_shown(pages_app: Flask, meeting: Meeting) -> None:
    officer = signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER)
    item = planned(meeting)
    assert is_shown(officer, meeting)
    assert "Not shown to the public" not in officer.words()
    builders.opened_or_closed(programme.put_on_agenda(item), Part.EXEMPT)
    deferred(item, None)
    assert is_shown(officer, meeting)
    assert "Not shown to the public" in officer.words()


def test_officers_see_the_whole_of_it(pages_app: Flask, meeting: Meeting) -> None:
    programme.put_on_agenda(planned(meeting))
    db.session.commit()
    assert is_shown(signed_in(pages_app, Role.DEMOCRATIC_SERVICES_OFFICER), meeting)
