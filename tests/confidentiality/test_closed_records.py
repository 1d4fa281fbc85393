"""Records of decision that are not for publication, read by those who may."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from flask import Flask

from committee.clock import now, today
from committee.confidentiality.reading_rules import Ground
from committee.confidentiality.rules import Classification
from committee.decisions import publishing
from committee.decisions.classing import matter_of
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.people.roles import Role
from tests import builders
from tests.confidentiality.conftest import reader, readings, someone
from tests.decisions.builders import EXEMPT, a_notified, a_portfolio, classed, some_words, write
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
    write(made, some_words(decision_text=SECRET))
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


@pytest.mark.parametrize(("paragraph", "may"), [(1, False), (3, True)])
def test_a_member_of_another_committee_reads_what_the_law_lets_every_member_inspect(
    pages_app: Flask, decision: Decision, paragraph: int, may: bool
) -> None:
    classed(decision, replace(EXEMPT, paragraphs=(paragraph,)))
    write(decision, some_words(decision_text=SECRET, reasons="Acme asked."))
    again = publishing.publish_proposed(
        decision, now=now(), today=today(), change_reason="Its paragraph."
    )
    db.session.commit()
    address = f"/decisions/{decision.number}/record/proposed/{again.number}/closed"
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    member.get(f"/decisions/{decision.number}/record")
    assert (address in str(member.page)) is may
    assert member.get(address).status_code == (200 if may else 404)
    assert len(readings()) == may


def test_what_was_published_stays_closed_on_its_ground_whatever_its_class_is_now(
    pages_app: Flask, decision: Decision
) -> None:
    classed(decision, replace(EXEMPT, paragraphs=(1,)))
    publishing.publish_proposed(decision, now=now(), today=today(), change_reason="Its paragraph.")
    classed(decision, EXEMPT)
    db.session.commit()
    member = reader(pages_app, someone(Role.COMMITTEE_MEMBER))
    address = f"/decisions/{decision.number}/record/proposed"
    assert member.get(f"{address}/1/closed").status_code == 200
    assert member.get(f"{address}/2/closed").status_code == 404


def test_where_no_ground_was_kept_a_reader_must_be_free_on_every_ground(
    decision: Decision,
) -> None:
    """As it is with a record that was published before records had a class: what has been said of
    the record since, on whatever occasion, says nothing of that version."""
    assert decision.record is not None
    older = cast("RecordVersion", SimpleNamespace(decision=decision, restricted_contents={}))
    assert matter_of(older).grounds == tuple(Ground)
    classed(decision, replace(EXEMPT, paragraphs=(6,)))
    assert matter_of(older).grounds == tuple(Ground)
    decision.record.classification, decision.record.exempt_paragraphs = Classification.OPEN, []
    assert matter_of(older).grounds == tuple(Ground)


@pytest.mark.parametrize("role", [Role.REPORT_AUTHOR, Role.CLEARANCE_OFFICER])
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
