"""Every page of decisions, as each reader sees it: sound, or not there."""

import pytest
from flask import Flask
from sqlalchemy import select

from committee.extensions import db
from committee.work.models import Work
from tasks.perform import perform_now
from tests.decisions.builders import a_decision, a_published
from tests.decisions.conftest import Calendar, People
from tests.decisions.test_drafters import an_author

BLUEPRINTS = ("decisions.", "records.", "signatures.", "published_records.", "decision_pages.")

# Each page that anyone may open by an address, and who finds it, beside officers.
EVERYONE, AUTHORS, OFFICERS, MAKER = "everyone", "authors", "officers", "maker"
# One who leads on the decision; an author on other matters need not know of it.
LEADER = "leader"
PAGES = {
    "decision_pages.forward_plan": ("/forward-plan", EVERYONE),
    "decision_pages.taken": ("/decisions", EVERYONE),
    "decision_pages.decision": ("/decisions/{n}", EVERYONE),
    "decision_pages.record": ("/decisions/{n}/record", EVERYONE),
    "decision_pages.record_version": ("/decisions/{n}/record/final/1", EVERYONE),
    "decision_pages.record_pdf": ("/decisions/{n}/record/final/1.pdf", EVERYONE),
    "decisions.in_hand": ("/decisions/in-hand", AUTHORS),
    "decisions.open_decision": ("/decisions/new", AUTHORS),
    "decisions.edit": ("/decisions/{n}/edit", LEADER),
    "decisions.notice": ("/decisions/{n}/notice", LEADER),
    "records.draft": ("/decisions/{n}/draft", LEADER),
    "decisions.urgency": ("/decisions/{n}/urgency", OFFICERS),
    "decisions.end": ("/decisions/{n}/end", OFFICERS),
    "decisions.reassign": ("/decisions/{n}/reassign", OFFICERS),
    "records.ready": ("/decisions/{n}/ready", OFFICERS),
    "published_records.publish": ("/decisions/{n}/publish", OFFICERS),
    "published_records.waiver": ("/decisions/{n}/waiver", OFFICERS),
    "published_records.correct": ("/decisions/{n}/correct", OFFICERS),
    "published_records.call_in": ("/decisions/{n}/call-in", OFFICERS),
    "signatures.sign": ("/decisions/{n}/sign", MAKER),
}


def test_every_address_is_in_the_list(app: Flask) -> None:
    addresses = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(BLUEPRINTS) and "GET" in (rule.methods or ())
    }
    assert addresses == set(PAGES)


def test_each_reader_finds_the_pages_that_are_theirs(
    app: Flask, people: People, calendar: Calendar
) -> None:
    decision = a_published(committee=people.committee, portfolio=people.portfolio)
    leader, lead_officer = an_author(app)
    decision.lead_officer_id = lead_officer.id
    db.session.commit()
    for work_id in db.session.scalars(select(Work.id).order_by(Work.id)).all():
        perform_now(work_id)
    readers = {
        "officer": people.officer,
        "author": people.author,
        "leader": leader,
        "maker": people.decision_maker,
        "other": people.other_decision_maker,
        "member": people.member,
    }
    finds = {
        EVERYONE: set(readers),
        AUTHORS: {"officer", "author", "leader"},
        LEADER: {"officer", "leader"},
        OFFICERS: {"officer"},
        MAKER: {"maker"},
    }
    for name, (address, whose) in PAGES.items():
        opened = address.format(n=decision.number)
        for who, reader in readers.items():
            expected = 200 if who in finds[whose] else 404
            assert reader.get(opened).status_code == expected, f"{who} at {name}"
        seen = people.visitor.get(opened).status_code
        assert seen == (200 if whose == EVERYONE else 303), name


@pytest.mark.parametrize("number", ["18/0001", "1800016", "18/99999", "aa/00001"])
def test_what_is_no_number_is_no_page(people: People, number: str) -> None:
    assert people.visitor.get(f"/decisions/{number}").status_code == 404


def test_a_decision_without_notice_is_there_for_officers_alone(people: People) -> None:
    decision = a_decision(people.committee, people.portfolio)
    db.session.commit()
    address = f"/decisions/{decision.number}"
    assert people.officer.get(address).status_code == 200
    assert "Only officers see this page" in people.officer.words()
    for reader in (people.visitor, people.member, people.decision_maker):
        answer = reader.get(address)
        assert answer.status_code in (303, 404)
        assert decision.title not in answer.text
