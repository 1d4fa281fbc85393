"""What was closed before the work programme remembered it stays hidden, there and back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from committee.agendas import programme
from committee.agendas.models import ProgrammeItem
from committee.agendas.programme import PlannedFields
from committee.agendas.rules import Part, ProgrammeStatus
from committee.clock import now, today
from committee.extensions import db
from config import Settings
from tests import builders
from tests.older import with_tables_of_its_own

BEFORE = "0061"


@pytest.fixture
def older_app(settings: Settings, servers_folder: Path) -> Iterator[Flask]:
    """The application on a database of its own, which is taken back and forth."""
    with with_tables_of_its_own(settings, servers_folder, "planned") as app:
        yield app


def test_what_was_closed_stays_hidden(older_app: Flask) -> None:
    meeting = builders.a_meeting(held_on=today() + timedelta(days=30))
    made = [
        programme.plan(meeting.committee, PlannedFields(title, meeting.id))
        for title in ("Closed", "Open")
    ]
    db.session.flush()
    for item, part in zip(made, (Part.EXEMPT, Part.OPEN), strict=True):
        builders.opened_or_closed(programme.put_on_agenda(item), part)
        programme.defer(item, None, reason="It is not ready.", today=today(), now=now())
    db.session.commit()
    closed, kept = (item.id for item in made)
    assert [item.was_closed for item in made] == [True, False]
    db.session.remove()
    downgrade(revision=BEFORE)
    upgrade()
    found = {
        each.id: (each.was_closed, each.status)
        for each in db.session.query(ProgrammeItem).order_by(ProgrammeItem.id)
    }
    assert found[closed] == (True, ProgrammeStatus.DROPPED)
    assert found[kept] == (False, ProgrammeStatus.PLANNED)
