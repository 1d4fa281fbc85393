"""Notices: what they must say, when they let a decision be taken, and what a change means."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from committee.constitution import DecisionChoices
from committee.decisions import notices, service
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus, KeyCriterion, Restriction, Urgency
from committee.law.calendar import Mode
from committee.states import NotAllowed
from tests.decisions.builders import CHOICES, NOTICE_DAY, a_decision, a_notified, at


def publish(decision: Decision, day: date = NOTICE_DAY, **named: object) -> None:
    choices = named.pop("choices", CHOICES)
    notices.publish_notice(decision, choices, now=at(day), today=day, **named)  # type: ignore[arg-type]


def test_each_particular_that_is_missing_is_named(app: Flask) -> None:
    decision = a_decision(documents=None)
    with pytest.raises(NotAllowed) as refused:
        publish(decision, choices=DecisionChoices())
    for words in (
        "documents to be considered",
        "copies can be had",
        "other documents may be",
        "ask",
    ):
        assert words in str(refused.value)
    assert decision.status is DecisionStatus.DRAFT
    assert decision.notices == []


def test_a_portfolio_that_nobody_holds_is_named(app: Flask) -> None:
    decision = a_decision()
    with pytest.raises(NotAllowed, match="the name of the Cabinet Member"):
        publish(decision, date(2016, 5, 4))


def test_what_is_not_key_is_published_without_an_earliest_day(app: Flask) -> None:
    decision = a_decision(is_key=False, key_criterion=None, documents=None)
    publish(decision, choices=DecisionChoices())
    assert decision.status is DecisionStatus.NOTIFIED
    assert (decision.earliest_on, decision.earliest_basis) == (None, None)


def test_a_council_may_count_working_days_and_more_of_them(app: Flask) -> None:
    decision = a_decision()
    publish(decision, choices=replace(CHOICES, key_decision_mode=Mode.WORKING))
    assert decision.earliest_on == date(2018, 5, 30)
    longer = a_decision()
    publish(longer, choices=replace(CHOICES, key_decision_clear_days=30))
    assert longer.earliest_on == date(2018, 5, 18)


def test_a_changed_notice_is_a_new_version_with_its_reason(app: Flask) -> None:
    decision = a_notified()
    first = dict(decision.notices[0].contents)
    with pytest.raises(NotAllowed, match="already says all this"):
        publish(decision, date(2018, 4, 20))
    decision.matter = "Whether to adopt another policy."
    assert notices.material_changes(decision, CHOICES, today=NOTICE_DAY) == ["the matter"]
    with pytest.raises(NotAllowed, match="Say why the notice is changed"):
        publish(decision, date(2018, 4, 20))
    publish(decision, date(2018, 4, 20), change_reason="The proposal is another.")
    assert [notice.number for notice in decision.notices] == [1, 2]
    assert decision.notices[0].contents == first
    assert decision.earliest_on == date(2018, 5, 16)
    assert notices.material_changes(decision, CHOICES, today=NOTICE_DAY) == []


def test_the_officer_may_count_afresh_after_a_material_change(app: Flask) -> None:
    decision = a_notified()
    decision.matter = "Whether to adopt another policy."
    publish(decision, date(2018, 4, 20), change_reason="Another.", fresh_period=True)
    assert decision.earliest_on == date(2018, 5, 19)
    assert decision.notices[-1].contents["first_published_on"] == "2018-04-17"


def test_a_title_that_is_changed_is_no_material_change(app: Flask) -> None:
    decision = a_notified()
    decision.title = "A better title"
    assert notices.changes(decision, CHOICES, today=NOTICE_DAY) == {"title"}
    assert notices.material_changes(decision, CHOICES, today=NOTICE_DAY) == []


def test_what_becomes_key_later_counts_from_then(app: Flask) -> None:
    decision = a_notified(is_key=False, key_criterion=None)
    decision.is_key, decision.key_criterion = True, KeyCriterion.BOTH
    publish(decision, date(2018, 4, 20), change_reason="It costs more than was thought.")
    assert decision.earliest_on == date(2018, 5, 19)


def test_a_general_exception_gives_an_earlier_day_once_it_is_published(app: Flask) -> None:
    decision = a_notified(date(2025, 3, 10))
    with pytest.raises(NotAllowed, match="the day on which the regulation 10 notice"):
        notices.declare_urgency(
            decision,
            Urgency.GENERAL_EXCEPTION,
            reason="The grant lapses.",
            agreed_by="The chairman of scrutiny was informed.",
            exception_published_on=None,
        )
    notices.declare_urgency(
        decision,
        Urgency.GENERAL_EXCEPTION,
        reason="The grant lapses.",
        agreed_by="The chairman of scrutiny was informed.",
        exception_published_on=date(2025, 3, 11),
    )
    publish(decision, date(2025, 3, 11), change_reason="Urgent.")
    assert decision.earliest_on == date(2025, 3, 19)
    assert decision.earliest_basis["rule"]["id"] == "KEY-04"


def test_special_urgency_needs_its_reason_and_who_agreed(app: Flask) -> None:
    decision = a_notified()
    with pytest.raises(NotAllowed, match="who agreed"):
        notices.declare_urgency(
            decision,
            Urgency.SPECIAL_URGENCY,
            reason="Flood.",
            agreed_by=None,
            exception_published_on=None,
        )
    with pytest.raises(NotAllowed, match="Only a key decision"):
        notices.declare_urgency(
            a_notified(is_key=False, key_criterion=None),
            Urgency.SPECIAL_URGENCY,
            reason="Flood.",
            agreed_by="Cllr A, chairman of scrutiny",
            exception_published_on=None,
        )


def test_what_is_shut_has_a_reason(app: Flask) -> None:
    with pytest.raises(NotAllowed, match="Say why part of the matter"):
        a_decision(restriction=Restriction.PART_EXEMPT)


def test_beyond_the_known_bank_holidays_nothing_is_guessed(app: Flask) -> None:
    decision = a_decision(today=date(2031, 1, 2))
    with pytest.raises(NotAllowed, match="Bank holidays are known"):
        publish(decision, date(2031, 1, 2))


def test_after_it_is_taken_or_ended_no_notice_is_published(app: Flask) -> None:
    decision = a_notified()
    service.end(decision, DecisionStatus.ABANDONED, "Not pursued.")
    decision.title = "Another"
    with pytest.raises(NotAllowed, match="can no longer be changed"):
        publish(decision, change_reason="Late.")
