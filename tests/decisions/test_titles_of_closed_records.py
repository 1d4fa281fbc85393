"""A closed record tells the public no title but the one that its published notice gave."""

import json
from dataclasses import replace
from datetime import date

from flask import Flask

from committee.decisions import notices, publishing, service, signing
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.rules import RecordKind, Restriction
from committee.extensions import db
from committee.search import finding, renewal
from committee.search.rules import Wanted
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    EXEMPT,
    NOTICE_DAY,
    a_notified,
    at,
    classed,
    sign,
    some_fields,
    some_words,
    write,
)
from tests.decisions.conftest import People

NOTIFIED, CHANGED = "A staffing matter", "Dismissal of J Smith"
PROPOSED_ON = date(2018, 4, 27)
CLOSED = {
    "restriction": Restriction.FULLY_EXEMPT,
    "restriction_reason": "Paragraph 1 of Schedule 12A.",
}


def retitled(**named: object) -> Decision:
    """A decision with an exempt record, to which somebody has given another title since the notice
    of it was published."""
    decision = a_notified(title=NOTIFIED, **CLOSED, **named)
    classed(decision, replace(EXEMPT, paragraphs=(1,)))
    write(decision, some_words())
    fields = some_fields(decision.committee, decision.portfolio, title=CHANGED, **CLOSED)
    service.change_decision(decision, fields)
    return decision


def propose(decision: Decision, **named: str) -> RecordVersion:
    return publishing.publish_proposed(decision, now=at(PROPOSED_ON), today=PROPOSED_ON, **named)


def test_the_open_part_bears_the_title_of_the_notice(app: Flask) -> None:
    version = propose(retitled())
    assert version.contents["subject"] == NOTIFIED
    assert CHANGED not in json.dumps(version.contents)
    assert version.restricted_contents is not None
    assert version.restricted_contents["subject"] == CHANGED


def test_a_title_that_was_published_is_the_records_from_then_on(app: Flask) -> None:
    decision = retitled()
    propose(decision)
    notices.publish_notice(
        decision, CHOICES, now=at(PROPOSED_ON), today=PROPOSED_ON, change_reason="It is known."
    )
    write(decision, some_words(reasons="The council has to act."))
    assert propose(decision, change_reason="Its reasons.").contents["subject"] == CHANGED


def test_a_signed_record_and_its_correction_bear_it_as_well(app: Flask) -> None:
    decision = retitled()
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    moment = {"now": at(DECISION_DAY), "today": DECISION_DAY}
    final = publishing.publish_record(decision, CHOICES, **moment)
    corrected = publishing.correct_record(
        decision, {"financial": "None."}, of=final, reason="A slip.", **moment
    )
    for version in (final, corrected):
        assert version.kind is RecordKind.FINAL
        assert version.contents["subject"] == NOTIFIED
        assert CHANGED not in json.dumps(version.contents)


def test_neither_pages_nor_feed_nor_search_give_it_away(people: People) -> None:
    decision = retitled(committee=people.committee, portfolio=people.portfolio)
    propose(decision)
    db.session.commit()
    renewal.bring_up_to_date()
    db.session.commit()
    page = f"/decisions/{decision.number}"
    for address in ("/feed.xml", "/forward-plan", page, f"{page}/record"):
        answer = people.visitor.get(address)
        assert NOTIFIED in answer.text
        assert "J Smith" not in answer.text
    assert finding.search(Wanted("Dismissal")).count == 0
