"""Minutes from before minutes had classes keep their meaning when they are given one, and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import Classification
from committee.extensions import db, owner_engine
from committee.minutes import publishing, service
from committee.minutes.models import Minute
from config import Settings
from tests.builders import EXEMPT
from tests.minutes import builders
from tests.older import with_tables_of_its_own

BEFORE = "0057"


@pytest.fixture
def own_app(settings: Settings, servers_folder: Path) -> Iterator[Flask]:
    """The application on a database of its own, which can be taken back to what it was before."""
    with with_tables_of_its_own(settings, servers_folder, "before_classes") as app:
        yield app


def as_it_was(accesses: dict[int, str]) -> None:
    """Go back to before, and give these minutes the access that they had."""
    db.session.commit()
    db.session.remove()
    downgrade(revision=BEFORE)
    with owner_engine().begin() as owner:
        for minute_id, access in accesses.items():
            owner.execute(
                text("UPDATE minute SET access = :access WHERE id = :id"),
                {"access": access, "id": minute_id},
            )
    upgrade()


ACCESSES = {
    "open": "open",
    "exempt": "exempt_summary",
    "summary of an open item": "exempt_summary",
    "note": "exempt_open_access",
    "draft": "open",
    "draft note": "exempt_open_access",
}


def of_each_kind() -> dict[str, int]:
    """The ids of published minutes and drafts of every access that there was; then go back."""
    met = builders.a_committee_that_met()
    minutes = builders.written(met)
    note = service.add_entry(minutes, met.exempt)
    builders.write(note, "Nothing was decided.", said=builders.OPENED)
    builders.publish(minutes)
    named = {
        "open": builders.minute_of(minutes, met.verbal).id,
        "exempt": builders.minute_of(minutes, met.exempt).id,
        "summary of an open item": builders.minute_of(minutes, met.transport).id,
        "note": note.id,
        "draft": service.add_entry(minutes, met.transport).id,
        "draft note": service.add_entry(minutes, met.exempt).id,
    }
    as_it_was({each: ACCESSES[name] for name, each in named.items()})
    return named


def test_each_kind_of_minute_keeps_its_meaning(own_app: Flask) -> None:
    found = {name: db.session.get_one(Minute, each) for name, each in of_each_kind().items()}
    assert {name: each.classification for name, each in found.items()} == {
        "open": Classification.OPEN,
        "exempt": Classification.EXEMPT,
        "summary of an open item": Classification.UNCLASSED,
        "note": Classification.OPEN,
        "draft": Classification.UNCLASSED,
        "draft note": Classification.UNCLASSED,
    }
    exempt, note = found["exempt"], found["note"]
    assert exempt.exempt_paragraphs == [3]
    newest = confidentiality.determinations_of(exempt)[0]
    assert newest.recorded_from == "taken over from its item"
    assert newest.conclusion == EXEMPT.conclusion, "its test is written down already"
    assert confidentiality.untested([exempt]) == set()
    assert note.open_though_item_closed
    assert not note.tells_exempt_matter, "nothing was said of its item since"
    assert not found["open"].open_though_item_closed
    assert confidentiality.determinations_of(note)[0].recorded_from


def test_what_was_published_says_the_same_afterwards(own_app: Flask) -> None:
    named = of_each_kind()
    minutes = db.session.get_one(Minute, named["open"]).minutes
    now = publishing.open_contents(publishing.facts_of(minutes))["minutes"]
    then = publishing.versions(minutes.meeting)[0].open_contents["minutes"]
    changed = db.session.get_one(Minute, named["summary of an open item"]).number
    assert [e for e in now if e["number"] and e["number"] != changed] == [
        e for e in then if e["number"] != changed
    ]


def test_an_open_minute_whose_item_was_closed_since_still_waits(own_app: Flask) -> None:
    met = builders.a_committee_that_met()
    minutes = builders.written(met)
    builders.publish(minutes)
    minute = builders.minute_of(minutes, met.exempt)
    minute_id = minute.id
    as_it_was({minute_id: "open"})
    found = db.session.get_one(Minute, minute_id)
    assert found.is_open
    assert found.tells_exempt_matter
    stops = publishing.standing_in_the_way(found.minutes, today=builders.MINUTES_DAY)
    assert any("Say again who may read it" in each for each in stops)


def test_nothing_becomes_open_on_the_way_back(own_app: Flask) -> None:
    met = builders.a_committee_that_met()
    minutes = builders.written(met)
    service.add_entry(minutes, met.verbal)
    db.session.commit()
    db.session.remove()
    downgrade(revision=BEFORE)
    with owner_engine().begin() as owner:
        rows = owner.execute(text("SELECT access FROM minute ORDER BY position")).scalars().all()
    assert sorted(rows) == [
        *["exempt_summary"] * 2,
        *["open"] * 4,
    ]
