"""Records of decision that are not for publication, read by those who may."""

import pytest
from flask import Flask

from committee.clock import now, today
from committee.decisions import drafting, publishing
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.confidentiality.conftest import reader, readings, someone
from tests.decisions.builders import a_notified, a_portfolio, some_words
from tests.pages.reader import Reader

SECRET = "To sell Blackacre for seven million pounds."


@pytest.fixture
def decision(pages_app: Flask) -> Decision:
    """A decision whose proposed record is published without its words."""
    committee = builders.a_committee()
    made = a_notified(
        committee=committee,
        portfolio=a_portfolio(committee),
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Paragraph 3 of Schedule 12A.",
    )
    drafting.save_record(made, some_words(decision_text=SECRET))
    publishing.publish_proposed(made, now=now(), today=today())
    db.session.commit()
    return made


def page(decision: Decision) -> str:
    return f"/decisions/{decision.number}/record/proposed/1/closed"


def test_those_who_may_read_it_are_led_to_its_words_and_it_is_noted(
    pages_app: Flask, decision: Decision
) -> None:
    user = someone(Role.COMMITTEE_MEMBER, decision.committee)
    member = reader(pages_app, user)
    member.get(f"/decisions/{decision.number}/record")
    assert member.page.select_one(f'a[href="{page(decision)}"]') is not None
    assert SECRET not in member.words()
    assert readings() == []
    assert member.get(page(decision)).status_code == 200
    assert SECRET in member.words()
    version = db.session.scalars(db.select(RecordVersion)).one()
    assert readings() == [("record_version", version.id, user.id)]


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.REPORT_AUTHOR])
def test_others_find_no_such_page(pages_app: Flask, decision: Decision, role: Role) -> None:
    other = reader(pages_app, someone(role))
    other.get(f"/decisions/{decision.number}/record")
    assert page(decision) not in str(other.page)
    assert other.get(page(decision)).status_code == 404
    assert readings() == []


def test_a_visitor_is_asked_to_sign_in(visitor: Reader, decision: Decision) -> None:
    visitor.get(f"/decisions/{decision.number}/record")
    assert SECRET not in visitor.words()
    assert visitor.get(page(decision)).status_code == 303
