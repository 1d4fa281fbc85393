"""Pages on which it is said who may read a minute, and what they show to whom."""

import pytest
from flask import Flask
from sqlalchemy import select

from committee.audit.models import AuditEntry
from committee.confidentiality import reading
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import Classification
from committee.extensions import db
from committee.minutes import resolving, service
from committee.minutes.models import Minute, Minutes
from committee.minutes.resolving import MinuteFields
from committee.people.roles import Role
from tests import builders as common
from tests.minutes import builders
from tests.minutes.builders import SECRET
from tests.minutes.conftest import at_a_browser
from tests.minutes.test_pages import form_of
from tests.pages.reader import Reader


@pytest.fixture
def minutes(met: builders.Met) -> Minutes:
    """Minutes of every item that say something, and of which nobody has said who may read them."""
    return written_minutes(met)


def written_minutes(met: builders.Met) -> Minutes:
    """Minutes of every item with their words, kept, of which nobody has said who may read them."""
    builders.everyone_present(met)
    begun = builders.begun(met)
    for entry in service.entries_of(begun):
        secret = f"The price of {SECRET}." if entry.agenda_item_id == met.exempt.id else "Talk."
        resolving.save(entry, MinuteFields(entry.title, secret, public_summary="A property."))
    db.session.commit()
    return begun


def class_of(minute: Minute) -> Classification:
    db.session.expire_all()
    return minute.classification


def readings(read: Minute | Minutes) -> int:
    noted = select(AuditEntry).where(
        AuditEntry.act == "exempt_matter:read",
        AuditEntry.subject_kind == read.__tablename__,
        AuditEntry.subject_id == read.id,
    )
    return len(db.session.scalars(noted).all())


def class_form(reader: Reader, **typed: object) -> dict[str, object]:
    """What the page of a class holds, with what is typed over it."""
    held: dict[str, object] = {}
    for field in reader.page.select("main form [name]"):
        if field["name"] == "csrf_token":
            continue
        if field.name == "textarea":
            held[field["name"]] = field.get_text().strip("\n")
        elif field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                held.setdefault(field["name"], []).append(field["value"])  # type: ignore[attr-defined]
        else:
            held.setdefault(field["name"], []).append(field.get("value", ""))  # type: ignore[attr-defined]
    return held | typed


def links(reader: Reader) -> list[str]:
    return [str(each["href"]) for each in reader.page.select("main a[href]")]


def test_the_page_of_publishing_says_what_is_missing_and_leads_there(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    publish = f"/meetings/{met.meeting.id}/minutes/publish"
    clerk.get(publish)
    assert "Minute 1: nobody has said yet whether it is open." in clerk.words()
    assert f"/meetings/{met.meeting.id}/minutes/open" in links(clerk)
    clerk.get(f"/meetings/{met.meeting.id}/minutes/open")
    words = clerk.words()
    for title in ("Apologies", "Transport after 16", "Update"):
        assert title in words
    exempt = builders.minute_of(minutes, met.exempt)
    assert f"/minutes/{exempt.id}/class" in links(clerk)
    sent = {"agreed": clerk.value("agreed")}
    clerk.follow(clerk.post(f"/meetings/{met.meeting.id}/minutes/open", sent))
    assert "4 minutes opened." in clerk.words()
    assert class_of(exempt) is Classification.UNCLASSED


def test_opening_all_once_more_opens_nothing_that_came_since(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    address = f"/meetings/{met.meeting.id}/minutes/open"
    clerk.get(address)
    agreed = clerk.value("agreed")
    minute = builders.minute_of(minutes, met.verbal)
    resolving.save(minute, MinuteFields(minute.title, "A name was named."))
    db.session.commit()
    clerk.follow(clerk.post(address, {"agreed": agreed}))
    assert "since you opened this page" in clerk.words()
    assert class_of(minute) is Classification.UNCLASSED


def test_a_page_with_nothing_to_open_says_so(met: builders.Met, clerk: Reader) -> None:
    builders.written(met)
    db.session.commit()
    clerk.get(f"/meetings/{met.meeting.id}/minutes/open")
    assert "Every minute is classed" in clerk.words()


def test_a_minute_is_opened_where_it_is_written(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    clerk.get(f"/minutes/{minute.id}")
    assert not clerk.page.select("[name=openness][checked]")
    clerk.follow(clerk.post(f"/minutes/{minute.id}", form_of(clerk, openness="open")))
    assert "has been saved" in clerk.words()
    assert class_of(minute) is Classification.OPEN
    assert clerk.page.select("[name=openness][value=open][checked]")


def test_saving_without_an_answer_leaves_it_closed(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    clerk.get(f"/minutes/{minute.id}")
    clerk.follow(clerk.post(f"/minutes/{minute.id}", form_of(clerk, discussion="More.")))
    assert class_of(minute) is Classification.UNCLASSED
    assert minute.discussion == "More."


def test_who_closes_a_minute_is_asked_on_what_ground(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.exempt)
    clerk.get(f"/minutes/{minute.id}")
    answer = clerk.post(f"/minutes/{minute.id}", form_of(clerk, openness="closed"))
    assert answer.location.endswith(f"/minutes/{minute.id}/class")
    clerk.follow(answer)
    assert "what was said of the item is filled in" in clerk.words()
    form = class_form(clerk)
    assert (form["classification"], form["paragraphs"]) == (["exempt"], ["3"])
    form["review_on"] = ["1", "3", "2027"]
    clerk.follow(clerk.post(f"/minutes/{minute.id}/class", form))
    assert "is now exempt" in clerk.words()
    assert class_of(minute) is Classification.EXEMPT
    assert minute.exempt_paragraphs == [3]


def test_an_exempt_minute_without_its_test_is_refused_beside_the_field(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    clerk.get(f"/minutes/{minute.id}/class")
    sent = class_form(clerk, classification="exempt", conclusion="The price matters.")
    assert clerk.post(f"/minutes/{minute.id}/class", sent).status_code == 422
    assert "Say what speaks for disclosing it" in clerk.mistakes()
    assert clerk.value("conclusion").strip() == "The price matters."
    assert class_of(minute) is Classification.UNCLASSED


def test_a_box_ticked_for_something_else_opens_no_closed_minute(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.exempt)
    clerk.get(f"/minutes/{minute.id}")
    sent = form_of(clerk, openness="open", acknowledged="y", asked="Something else.")
    assert clerk.post(f"/minutes/{minute.id}", sent).status_code == 422
    assert class_of(minute) is Classification.UNCLASSED
    clerk.follow(clerk.post(f"/minutes/{minute.id}", form_of(clerk, acknowledged="y")))
    assert class_of(minute) is Classification.OPEN
    assert minute.open_though_item_closed


def test_somebody_elses_class_is_told_before_mine_is_saved(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    minute = builders.minute_of(minutes, met.verbal)
    clerk.get(f"/minutes/{minute.id}/class")
    mine = class_form(clerk, classification="open")
    builders.give_class(minute, common.EXEMPT)
    db.session.commit()
    clerk.post(f"/minutes/{minute.id}/class", mine)
    assert "Who may read it" in clerk.words()
    assert class_of(minute) is Classification.EXEMPT


def test_each_showing_of_a_closed_minute_is_noted_once(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    closed = builders.minute_of(minutes, met.exempt)
    opened = builders.minute_of(minutes, met.verbal)
    builders.give_class(closed, common.EXEMPT)
    builders.give_class(opened)
    db.session.commit()
    clerk.get(f"/minutes/{closed.id}")
    assert readings(closed) == 1
    sent = form_of(clerk, title=" ")
    assert clerk.post(f"/minutes/{closed.id}", sent).status_code == 422
    assert readings(closed) == 2, "the page was shown again, with its words"
    clerk.get(f"/minutes/{closed.id}/class")
    assert readings(closed) == 3
    clerk.get(f"/minutes/{opened.id}")
    clerk.get(f"/minutes/{opened.id}/class")
    assert readings(opened) == 0


def test_each_look_at_a_list_that_names_private_business_is_noted_once(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    address = f"/meetings/{met.meeting.id}/minutes"
    clerk.get(address)
    assert readings(minutes) == 0, "those who write a draft would fill the log with their own work"
    for entry in service.entries_of(minutes):
        builders.give_class(entry, builders.common_class(entry))
    builders.publish(minutes)
    db.session.commit()
    clerk.get(address)
    assert readings(minutes) == 1


def test_who_may_not_read_what_is_closed_cannot_open_its_page(
    met: builders.Met, minutes: Minutes, pages_app: Flask
) -> None:
    minute = builders.minute_of(minutes, met.exempt)
    for role in (Role.COMMITTEE_MEMBER, Role.REPORT_AUTHOR, Role.DECISION_MAKER):
        reader = at_a_browser(pages_app, role)
        for page in ("", "/class"):
            assert reader.get(f"/minutes/{minute.id}{page}").status_code == 404
    assert readings(minute) == 0


def test_an_officer_to_whom_a_ground_is_shut_does_not_see_the_minute(
    met: builders.Met, minutes: Minutes, clerk: Reader
) -> None:
    exempt, plain = (builders.minute_of(minutes, each) for each in (met.exempt, met.verbal))
    officers = Role.DEMOCRATIC_SERVICES_OFFICER
    rules = {(officers, each, Ground.PARAGRAPH_THREE): False for each in Standing}
    reading.set_rules(
        rules, seen=reading.last_set(), reason="A test.", now=common.A_MOMENT, by=None
    )
    db.session.commit()
    for page in ("", "/class"):
        assert clerk.get(f"/minutes/{exempt.id}{page}").status_code == 404
        assert clerk.get(f"/minutes/{plain.id}{page}").status_code == 200
