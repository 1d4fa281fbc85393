"""Publishing an agenda: five clear days, reasons where they are not left, and what is frozen."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from committee.agendas import publishing, service
from committee.agendas.models import AgendaVersion
from committee.agendas.publishing import Reasons
from committee.agendas.rules import Part
from committee.documents.preparation import Prepared
from committee.extensions import db, owner_engine
from committee.meetings.models import Meeting
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.states import NotAllowed
from committee.storage import current_storage
from committee.work.models import Work
from committee.work.rules import WorkKind
from tests import builders

MEETING_DAY = date(2018, 5, 8)
LAST_DAY = date(2018, 4, 27)
NOW = datetime(2018, 4, 27, 15, tzinfo=UTC)


def a_meeting_with_items() -> Meeting:
    meeting = builders.a_meeting(held_on=MEETING_DAY)
    builders.an_item(meeting, "Post-16 transport policy")
    builders.an_item(
        meeting, "Sale of Blackacre", part=Part.EXEMPT, public_title="A property matter"
    )
    db.session.commit()
    return meeting


def publish(meeting: Meeting, *, on: date = LAST_DAY, **reasons: object) -> AgendaVersion:
    version = publishing.publish(
        meeting,
        today=on,
        now=datetime.combine(on, time(15), UTC),
        by=None,
        reasons=Reasons(**reasons),  # type: ignore[arg-type]
    )
    db.session.commit()
    return version


def an_accepted_paper(meeting: Meeting, title: str) -> PaperVersion:
    item = next(e.item for e in service.numbered_items(meeting) if e.item.title == title)
    version = builders.a_paper(item)
    with current_storage().local_path(version.original_sha256).open("rb") as file:
        stored = current_storage().save(file)
    prepared = Prepared(
        current_storage().local_path(stored.sha256), 2, tagged=False, notices=(), title=None
    )
    reports.record_accepted(version, prepared, stored, now=NOW)
    db.session.commit()
    db.session.expire_all()
    return version


def test_the_last_day_in_time_leaves_five_clear_days(app: Flask) -> None:
    version = publish(a_meeting_with_items())
    assert version.number == 1
    assert version.deadline_on == LAST_DAY
    assert version.clear_days == 5
    assert version.deadline_basis["counted"][0] == "2018-04-30"
    assert version.late_reason is None


def test_a_day_later_needs_a_reason_in_words_and_in_the_database(app: Flask) -> None:
    meeting = a_meeting_with_items()
    with pytest.raises(NotAllowed, match="shorter notice"):
        publish(meeting, on=date(2018, 4, 30))
    db.session.rollback()
    version = publish(meeting, on=date(2018, 4, 30), late="The Chairman convened it today.")
    assert version.clear_days == 4
    db.session.commit()
    without = update(AgendaVersion).where(AgendaVersion.id == version.id)
    for missing in ("", None):
        with (
            pytest.raises(IntegrityError, match="late_has_reason"),
            owner_engine().begin() as owner,
        ):
            owner.execute(without.values(late_reason=missing))


def test_a_second_version_needs_a_reason_and_leaves_the_first_as_it_was(app: Flask) -> None:
    meeting = a_meeting_with_items()
    first = publish(meeting)
    kept, sha256 = dict(first.open_contents), first.sha256
    builders.an_item(meeting, "Budget")
    with pytest.raises(NotAllowed, match="what has changed"):
        publish(meeting)
    db.session.rollback()
    builders.an_item(meeting, "Budget")
    second = publish(meeting, change="The budget report has been added.")
    assert [version.number for version in publishing.versions(meeting)] == [2, 1]
    assert (first.open_contents, first.sha256) == (kept, sha256)
    assert len(second.open_contents["items"]) == 3


def test_an_item_added_too_late_needs_special_circumstances(app: Flask) -> None:
    meeting = a_meeting_with_items()
    publish(meeting)
    late = builders.an_item(meeting, "Flooding at the depot")
    db.session.commit()
    with pytest.raises(NotAllowed, match="special circumstances"):
        publish(meeting, on=date(2018, 5, 3), change="A late item.")
    db.session.rollback()
    because = "The river rose on 2 May and the depot cannot wait for July."
    version = publish(
        meeting, on=date(2018, 5, 3), change="A late item.", urgent={late.id: because}
    )
    told = {item["title"]: item.get("urgent_reason") for item in version.open_contents["items"]}
    assert told["Flooding at the depot"] == because


def test_open_contents_hold_nothing_of_an_exempt_item_but_its_stub(app: Flask) -> None:
    meeting = a_meeting_with_items()
    an_accepted_paper(meeting, "Sale of Blackacre")
    shown = an_accepted_paper(meeting, "Post-16 transport policy")
    version = publish(meeting)
    assert "Blackacre" not in str(version.open_contents)
    opened, stub = version.open_contents["items"]
    assert [paper["version_id"] for paper in opened["papers"]] == [shown.id]
    assert stub == {
        "number": "2",
        "title": "A property matter",
        "exempt": True,
        "paragraphs": [3],
        "reasons": ["Financial or business affairs of a particular person or body"],
        "papers": [],
    }
    assert version.restricted_contents["items"][1]["title"] == "Sale of Blackacre"


def test_a_paper_that_is_still_being_checked_stops_it(app: Flask) -> None:
    meeting = a_meeting_with_items()
    builders.a_paper(service.numbered_items(meeting)[0].item)
    db.session.commit()
    db.session.expire_all()
    with pytest.raises(NotAllowed, match="item 1 is still being checked"):
        publish(meeting)
    db.session.rollback()


def test_nothing_to_publish_is_refused(app: Flask) -> None:
    empty = builders.a_meeting(held_on=MEETING_DAY)
    with pytest.raises(NotAllowed, match="no items"):
        publish(empty)
    db.session.rollback()


def test_a_meeting_that_has_passed_or_lies_beyond_the_calendar_is_refused(app: Flask) -> None:
    past = a_meeting_with_items()
    with pytest.raises(NotAllowed, match="passed"):
        publish(past, on=date(2018, 5, 9), late="Too late.")
    db.session.rollback()
    far = builders.a_meeting(held_on=date(2099, 12, 8))
    builders.an_item(far)
    with pytest.raises(NotAllowed, match="bank holiday"):
        publish(far, on=date(2026, 1, 1))
    db.session.rollback()


def test_the_index_is_owed_with_the_publication(app: Flask) -> None:
    version = publish(a_meeting_with_items())
    owed = db.session.scalars(db.select(Work).where(Work.kind == WorkKind.INDEX_AGENDA)).all()
    assert [work.subject_id for work in owed] == [version.id]


def test_a_change_after_publication_is_seen(app: Flask) -> None:
    meeting = a_meeting_with_items()
    version = publish(meeting)
    assert not publishing.changed_since(version, service.numbered_items(meeting))
    builders.an_item(meeting, "Budget")
    assert publishing.changed_since(version, service.numbered_items(meeting))


def test_a_sunday_that_leaves_five_clear_days_is_in_time(app: Flask) -> None:
    version = publish(a_meeting_with_items(), on=date(2018, 4, 29))
    assert version.clear_days == 5
    assert version.late_reason is None


def test_an_item_made_exempt_a_moment_ago_is_frozen_as_it_is_now(app: Flask) -> None:
    meeting = a_meeting_with_items()
    item = service.numbered_items(meeting)[0].item
    assert item.part is Part.OPEN
    with db.engine.begin() as another:
        for words in builders.MADE_EXEMPT:
            another.execute(db.text(words), {"id": item.id})
    version = publish(meeting)
    assert "Post-16" not in str(version.open_contents)
