"""What was published stays published: who closes it is led to taking it down."""

import pytest

from committee.agendas.rules import Part
from committee.clock import now
from committee.extensions import db
from committee.minutes import service
from committee.minutes.models import Minute, Minutes, MinutesVersion
from committee.minutes.still_public import still_public
from committee.takedowns import service as takedowns
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests import builders as common
from tests.minutes import builders
from tests.minutes.test_class_pages import links
from tests.pages.reader import Reader

WARNING = "Anyone can still read what is closed now"


@pytest.fixture
def minutes(met: builders.Met) -> Minutes:
    """Published minutes, of which one tells what ought to have been closed."""
    made = builders.written(met)
    builders.write(builders.minute_of(made, met.verbal), "Mr Roe is ill.")
    builders.publish(made)
    db.session.commit()
    return made


@pytest.fixture
def verbal(met: builders.Met, minutes: Minutes) -> Minute:
    return builders.minute_of(minutes, met.verbal)


def closed(minute: Minute) -> None:
    builders.give_class(minute, common.EXEMPT)
    builders.write(minute, "Mr Roe is ill.", public_summary="Somebody was spoken of.")
    db.session.commit()


def corrected(minutes: Minutes) -> MinutesVersion:
    version = builders.publish(minutes, change="Something was private.")
    db.session.commit()
    return version


def versions_told(minutes: Minutes) -> list[tuple[int, tuple[int, ...]]]:
    found = still_public(minutes, service.entries_of(minutes))
    return [(each.version.number, each.numbers) for each in found]


def take_down(version: MinutesVersion, *, may_allow: bool) -> int:
    thing = published_thing(PublishedKind.MINUTES, version.id)
    assert thing is not None
    made = takedowns.take_down(
        thing, reason="It names a person.", now=now(), by=None, may_allow=may_allow
    )
    db.session.commit()
    return made.id


def first(minutes: Minutes) -> MinutesVersion:
    found = db.select(MinutesVersion).where(MinutesVersion.minutes_id == minutes.id)
    return db.session.scalars(found.where(MinutesVersion.number == 1)).one()


def test_nothing_is_told_of_minutes_that_are_as_they_were(minutes: Minutes) -> None:
    assert versions_told(minutes) == [], "the closed minute was published as its summary"


def test_a_correction_leaves_the_earlier_versions_open_to_anyone(
    minutes: Minutes, verbal: Minute
) -> None:
    closed(verbal)
    assert verbal.number == 4
    assert versions_told(minutes) == [(1, (4,))]
    corrected(minutes)
    assert versions_told(minutes) == [(1, (4,))], "the correction itself tells the summary"


def test_a_minute_whose_item_was_closed_since_counts_too(
    met: builders.Met, minutes: Minutes, verbal: Minute
) -> None:
    common.opened_or_closed(met.verbal, Part.EXEMPT, public_title="A person")
    db.session.commit()
    assert verbal.is_open
    assert versions_told(minutes) == [(1, (4,))]


def test_who_closes_it_is_told_before_and_led_to_the_takedown_after(
    met: builders.Met, minutes: Minutes, verbal: Minute, clerk: Reader
) -> None:
    address = f"/minutes/{verbal.id}/class"
    clerk.get(address)
    assert "anyone goes on reading what was published until that is taken down" in clerk.words()
    closed(verbal)
    takedown = f"/takedowns/minutes_version/{first(minutes).id}"
    pages = (address, f"/meetings/{met.meeting.id}/minutes")
    for page in (*pages, f"/meetings/{met.meeting.id}/minutes/publish"):
        clerk.get(page)
        assert WARNING in clerk.words(), page
        assert "Version 1 tells minute 4 whole." in clerk.words(), page
        assert takedown in links(clerk), page
    assert clerk.get(takedown).status_code == 200


def test_who_publishes_the_correction_is_led_there(
    met: builders.Met, minutes: Minutes, verbal: Minute, clerk: Reader
) -> None:
    closed(verbal)
    page = f"/meetings/{met.meeting.id}/minutes/publish"
    clerk.get(page)
    typed = {"change": "Something was private.", "csrf_token": clerk.value("csrf_token")}
    answer = clerk.post(page, typed)
    assert answer.headers["Location"].endswith(f"/meetings/{met.meeting.id}/minutes#still-public")
    clerk.follow(answer)
    assert WARNING in clerk.words()
    assert f"/takedowns/minutes_version/{first(minutes).id}" in links(clerk)


def test_a_version_that_was_asked_about_leads_to_that_and_one_that_is_down_is_told_no_more(
    met: builders.Met, minutes: Minutes, verbal: Minute, clerk: Reader, visitor: Reader
) -> None:
    closed(verbal)
    corrected(minutes)
    asked = take_down(first(minutes), may_allow=False)
    page = f"/meetings/{met.meeting.id}/minutes"
    clerk.get(page)
    assert "It stays until the monitoring officer allows it" in clerk.words()
    assert f"/takedowns/{asked}" in links(clerk)
    made = takedowns.takedown_with_id(asked)
    assert made is not None
    takedowns.allow(made, now=now(), by=None)
    db.session.commit()
    clerk.get(page)
    assert WARNING not in clerk.words()
    visitor.get(f"{page}/published/1")
    assert "Mr Roe" not in visitor.words()
    visitor.get(f"{page}/published")
    assert "Somebody was spoken of." in visitor.words()
    assert "Mr Roe" not in visitor.words()
