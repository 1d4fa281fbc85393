"""Who is shown what a closed record says before it is published: whoever prepares or clears it, and
of those who only read whoever the rules let."""

from dataclasses import replace

import pytest
from flask import Flask

from committee.clock import now, today
from committee.confidentiality.models import ReadingRule
from committee.confidentiality.reading_rules import Ground, Standing
from committee.confidentiality.rules import OPENED, Classification
from committee.decisions import drafting, publishing, signing
from committee.decisions.models import Decision
from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.confidentiality.conftest import reader, readings, someone
from tests.decisions.builders import (
    CHOICES,
    EXEMPT,
    NOTICE_DAY,
    a_notified,
    a_portfolio,
    classed,
    sign,
    some_words,
)
from tests.pages.conftest import pages_app

__all__ = ["pages_app"]

SECRET = "To dismiss J Smith."
WHY = "J Smith would be known."


@pytest.fixture
def decision(pages_app: Flask) -> Decision:
    """A decision with a proposed record that is exempt under paragraph 1."""
    committee = builders.a_committee()
    made = a_notified(committee=committee, portfolio=a_portfolio(committee))
    classed(made, replace(EXEMPT, paragraphs=(1,), conclusion=WHY))
    drafting.save_record(made, some_words(decision_text=SECRET))
    publishing.publish_proposed(made, now=now(), today=today())
    db.session.commit()
    return made


def publish_final(decision: Decision) -> None:
    """Have the decision taken, and publish its record."""
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    publishing.publish_record(decision, CHOICES, now=now(), today=today())
    db.session.commit()


def forbid(role: Role, ground: Ground) -> None:
    """Set that those who hold the role for the whole council do not read on this ground."""
    rule = ReadingRule(
        role=role,
        standing=Standing.ELSEWHERE,
        ground=ground,
        may_read=False,
        reason="The members asked.",
        set_at=now(),
    )
    db.session.add(rule)
    db.session.commit()


def page(decision: Decision, name: str = "draft") -> str:
    return f"/decisions/{decision.number}/{name}"


def test_a_draft_is_shown_to_those_who_may_read_what_is_published_of_it(
    pages_app: Flask, decision: Decision
) -> None:
    elsewhere = reader(pages_app, someone(Role.SCRUTINY_CHAIRMAN))
    assert elsewhere.get(page(decision, "record/proposed/1/closed")).status_code == 404
    assert elsewhere.get(page(decision)).status_code == 404
    assert elsewhere.get(page(decision, "notice")).status_code == 200
    assert page(decision) not in [a["href"] for a in elsewhere.page.select("main a")]
    assert readings() == []
    own = reader(pages_app, someone(Role.SCRUTINY_CHAIRMAN, decision.committee))
    assert own.get(page(decision)).status_code == 200
    assert SECRET in str(own.page)
    assert len(readings()) == 1


def test_what_nobody_has_classed_may_be_closed_on_any_ground(
    pages_app: Flask, decision: Decision
) -> None:
    assert decision.record is not None
    decision.record.classification = Classification.UNCLASSED
    decision.record.exempt_paragraphs = []
    db.session.commit()
    chairman = reader(pages_app, someone(Role.SCRUTINY_CHAIRMAN))
    assert chairman.get(page(decision)).status_code == 404
    classed(decision, OPENED)
    db.session.commit()
    assert chairman.get(page(decision)).status_code == 200


def test_an_auditor_whom_the_rules_forbid_reads_nothing_of_it(
    pages_app: Flask, decision: Decision
) -> None:
    auditor = reader(pages_app, someone(Role.AUDITOR))
    assert auditor.get(page(decision)).status_code == 200
    assert SECRET in str(auditor.page)
    publish_final(decision)
    for name, told in {"class": WHY, "correct": SECRET}.items():
        assert auditor.get(page(decision, name)).status_code == 200
        assert told in str(auditor.page)
    forbid(Role.AUDITOR, Ground.PARAGRAPH_ONE)
    before = readings()
    for name in ("draft", "class", "correct"):
        assert auditor.get(page(decision, name)).status_code == 404
    for name in ("publish", "ready", "notice", "edit"):
        assert auditor.get(page(decision, name)).status_code == 200
        assert not [told for told in (SECRET, WHY) if told in str(auditor.page)]
    assert readings() == before


def test_why_a_record_was_closed_is_kept_from_them_after_it_is_opened(
    pages_app: Flask, decision: Decision
) -> None:
    forbid(Role.AUDITOR, Ground.PARAGRAPH_ONE)
    classed(decision, OPENED)
    db.session.commit()
    auditor = reader(pages_app, someone(Role.AUDITOR))
    assert auditor.get(page(decision, "class")).status_code == 404
    assert auditor.get(page(decision)).status_code == 200
    officer = reader(pages_app, someone(Role.MONITORING_OFFICER))
    assert officer.get(page(decision, "class")).status_code == 200
    assert WHY in str(officer.page)


@pytest.mark.parametrize("role", [Role.CLEARANCE_OFFICER, Role.DIRECTOR])
def test_whoever_clears_a_decision_reads_its_draft_while_there_is_one(
    pages_app: Flask, decision: Decision, role: Role
) -> None:
    user = someone(role, decision.committee)
    clearing = reader(pages_app, user)
    assert clearing.get(page(decision)).status_code == 200
    assert SECRET in str(clearing.page)
    assert decision.record is not None
    assert readings() == [("decision_record", decision.record.id, user.id)]
    assert clearing.get(page(decision, "record/proposed/1/closed")).status_code == 404
    publish_final(decision)
    assert clearing.get(page(decision)).status_code == 200
    assert SECRET not in str(clearing.page)


def test_whoever_prepares_it_is_not_asked(pages_app: Flask, decision: Decision) -> None:
    lead = someone(Role.REPORT_AUTHOR)
    decision.lead_officer_id = lead.id
    db.session.commit()
    forbid(Role.DEMOCRATIC_SERVICES_OFFICER, Ground.PARAGRAPH_ONE)
    for user in (lead, someone(Role.DEMOCRATIC_SERVICES_OFFICER)):
        assert reader(pages_app, user).get(page(decision)).status_code == 200
    assert len(readings()) == 2


def test_the_page_of_its_class_notes_who_is_shown_what_was_weighed(
    pages_app: Flask, decision: Decision
) -> None:
    record = decision.record
    assert record is not None
    user = someone(Role.DEMOCRATIC_SERVICES_OFFICER)
    officer = reader(pages_app, user)
    officer.client.head(page(decision, "class"))
    assert readings() == []
    officer.get(page(decision, "class"))
    assert WHY in str(officer.page)
    assert readings() == [("decision_record", record.id, user.id)]
    officer.post(page(decision, "class"), {"classification": "exempt", "paragraphs": ["1"]})
    assert WHY in str(officer.page)
    assert len(readings()) == 2, "a form that comes back with mistakes shows it as well"
    classed(decision, OPENED)
    db.session.commit()
    officer.get(page(decision, "class"))
    assert len(readings()) == 3, "and so does the history of what is open by now"
    openly = a_notified(committee=decision.committee, portfolio=decision.portfolio)
    classed(openly)
    db.session.commit()
    officer.get(page(openly, "class"))
    assert len(readings()) == 3
