"""One matter lived through with the real dates of 18/00016 (rules, section 10)."""

from datetime import date, timedelta

from flask import Flask

from committee.decisions import calling_in, notices, publishing, service, signing
from committee.decisions.planning import plan_backwards
from committee.decisions.rules import DecisionStatus, RecordKind
from committee.extensions import db
from committee.frozen import canonical_sha256
from committee.law.key_decisions import call_in
from committee.people.portfolios import portfolios
from tests import builders
from tests.decisions.builders import CHOICES, a_portfolio, at, sign, some_fields, some_words, write

NOTICE = date(2018, 4, 17)
COMMITTEE = date(2018, 5, 8)
RESOLVED = "RESOLVED that the decision proposed to be taken be endorsed."


def test_a_matter_goes_from_its_notice_into_force(app: Flask) -> None:
    committee = builders.a_committee()
    portfolio = a_portfolio(committee)
    decision = service.open_decision(
        some_fields(committee, portfolio, external_deadline_on=date(2018, 5, 31)),
        today=date(2018, 4, 16),
        number="18/00016",
    )
    notice = notices.publish_notice(decision, CHOICES, now=at(NOTICE), today=NOTICE)
    assert decision.status is DecisionStatus.NOTIFIED
    assert decision.earliest_on == date(2018, 5, 16)
    assert notice.contents["earliest_on"] == "2018-05-16"
    assert decision.earliest_basis["rule"]["id"] == "KEY-02"

    write(decision, some_words())
    proposed = publishing.publish_proposed(decision, now=at(NOTICE), today=NOTICE)
    assert proposed.kind is RecordKind.PROPOSED
    service.record_committee_view(decision, RESOLVED, minute_id=83)
    assert decision.status is DecisionStatus.PRE_SCRUTINISED
    signing.mark_ready(decision, CHOICES, today=COMMITTEE)

    day = decision.earliest_on
    sign(decision, day)
    assert (decision.status, decision.taken_on) == (DecisionStatus.TAKEN, day)
    version = publishing.publish_record(decision, CHOICES, now=at(day), today=day)
    assert version.contents["committee_view"] == RESOLVED
    assert version.sha256 == canonical_sha256(version.contents)
    assert decision.status is DecisionStatus.PUBLISHED
    assert decision.call_in_ends_on == date(2018, 5, 23)
    assert decision.effective_on == date(2018, 5, 24)
    db.session.commit()

    assert calling_in.end_call_ins(date(2018, 5, 23)) == 0
    assert decision.status is DecisionStatus.PUBLISHED
    assert calling_in.end_call_ins(date(2018, 5, 24)) == 1
    assert calling_in.end_call_ins(date(2018, 5, 24)) == 0
    assert decision.status is DecisionStatus.EFFECTIVE
    assert [each.id for each in portfolios()] == [portfolio.id]


def test_the_days_in_hand_before_a_deadline_are_counted() -> None:
    plan = plan_backwards(date(2018, 5, 31), earliest_on=date(2018, 5, 16), call_in_days=5)
    assert plan.latest_publication == date(2018, 5, 22)
    assert plan.in_hand == 4
    assert plan.warning is None
    one_later = plan_backwards(date(2018, 5, 31), earliest_on=date(2018, 5, 18), call_in_days=5)
    assert one_later.in_hand == 2
    assert "Only 2 working days in hand" in str(one_later.warning)
    late = plan_backwards(date(2018, 5, 31), earliest_on=date(2018, 5, 23), call_in_days=5)
    assert "cannot be in force" in str(late.warning)
    none = plan_backwards(date(2018, 5, 31), earliest_on=None, call_in_days=5)
    assert (none.in_hand, none.warning) == (None, None)


def test_each_day_of_the_deadline_agrees_with_the_call_in() -> None:
    """The latest publication is in time, and one working day later is not: an oracle of its own."""
    for offset in range(400):
        deadline = date(2018, 2, 1) + timedelta(days=offset)
        latest = plan_backwards(deadline, earliest_on=None, call_in_days=5).latest_publication
        assert call_in(latest).effective.day <= deadline
        following = latest + timedelta(days=1)
        while following.weekday() > 4:
            following += timedelta(days=1)
        assert (
            call_in(following).effective.day > deadline
            or call_in(following).window == call_in(latest).window
        )
