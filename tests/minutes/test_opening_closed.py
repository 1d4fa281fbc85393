"""A minute that is or was closed is opened by nobody who was not asked twice."""

import pytest

from committee.confidentiality.rules import Classification
from committee.extensions import db
from committee.minutes import resolving
from committee.minutes.models import Minutes
from committee.minutes.resolving import MinuteFields
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import SECRET
from tests.minutes.test_class_pages import class_form, class_of, links, written_minutes
from tests.minutes.test_pages import form_of
from tests.pages.reader import Reader


@pytest.fixture
def minutes(met: builders.Met) -> Minutes:
    """Minutes of every item that say something, and of which nobody has said who may read them."""
    return written_minutes(met)


def test_opening_what_was_closed_asks_first_on_the_page_of_the_class(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.exempt)
    address = f"/minutes/{minute.id}/class"
    clerk.get(address)
    assert clerk.post(address, class_form(clerk, classification="open")).status_code == 200
    assert "Make minute 5 open to the public?" in clerk.words()
    assert f"The price of {SECRET}." in clerk.words(), "in sight of what becomes public"
    assert class_of(minute) is Classification.UNCLASSED
    form, agree = clerk.carried_on(), clerk.button("Make it open and save")
    assert clerk.post(address, form | clerk.button("Back to what I typed")).status_code == 200
    assert clerk.page.select_one("[name=classification][value=open][checked]")
    assert class_of(minute) is Classification.UNCLASSED
    clerk.follow(clerk.post(address, form | agree))
    assert class_of(minute) is Classification.OPEN


def test_an_answer_does_not_cover_words_that_came_after_the_question(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    builders.give_class(minute, common.EXEMPT)
    db.session.commit()
    address = f"/minutes/{minute.id}/class"
    clerk.get(address)
    clerk.post(address, class_form(clerk, classification="open"))
    form = clerk.carried_on() | clerk.button("Make it open and save")
    resolving.save(minute, MinuteFields(minute.title, "A child was named.", public_summary="A."))
    db.session.commit()
    clerk.post(address, form)
    assert "Somebody else saved a change" in clerk.words()
    assert class_of(minute) is Classification.EXEMPT


def test_a_minute_that_was_exempt_before_is_not_opened_with_the_rest(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    builders.give_class(minute, common.EXEMPT)
    builders.give_class(minute)
    db.session.commit()
    clerk.get(f"/minutes/{minute.id}")
    clerk.post(f"/minutes/{minute.id}", form_of(clerk, openness="closed"))
    assert class_of(minute) is Classification.UNCLASSED
    clerk.get(f"/meetings/{met.meeting.id}/minutes/open")
    assert f"/minutes/{minute.id}/class" in links(clerk), "of each of these by itself"
    sent = {"agreed": clerk.value("agreed")}
    clerk.follow(clerk.post(f"/meetings/{met.meeting.id}/minutes/open", sent))
    assert class_of(minute) is Classification.UNCLASSED
    clerk.get(f"/minutes/{minute.id}")
    assert clerk.post(f"/minutes/{minute.id}", form_of(clerk, openness="open")).status_code == 422
    clerk.get(f"/minutes/{minute.id}/class")
    clerk.post(f"/minutes/{minute.id}/class", class_form(clerk, classification="open"))
    assert "open to the public?" in clerk.words()
    assert class_of(minute) is Classification.UNCLASSED
