"""Reminders of consultations, decisions and actions."""

from datetime import date

import pytest
from flask import Flask

from committee.constitution import ReminderChoices
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import CallIn
from committee.decisions.rules import CallInStatus, DecisionStatus
from committee.extensions import db
from committee.minutes.rules import ActionStatus
from committee.people.models import RoleGrant
from committee.people.roles import Role
from committee.reminders.rules import ObligationKind
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import HELD_ON, LONG_BEFORE, told, wanted_on


def test_a_consultation_about_to_close_is_told_to_its_officer_and_the_members(app: Flask) -> None:
    committee = common.a_committee()
    officer = builders.an_officer(committee)
    member = builders.someone("Mary", Role.COMMITTEE_MEMBER, committee)
    builders.someone("Nobody", Role.COMMITTEE_MEMBER, common.a_committee())
    builders.a_consultation(committee, officer, closes_on=date(2018, 4, 8))
    expected = [(officer.id, date(2018, 4, 1)), (member.id, date(2018, 4, 1))]
    assert told(wanted_on(LONG_BEFORE), ObligationKind.CONSULTATION_CLOSING) == expected
    assert wanted_on(date(2018, 4, 8))
    assert wanted_on(date(2018, 4, 9)) == []


@pytest.mark.parametrize("status", [ConsultationStatus.DRAFT, ConsultationStatus.WITHDRAWN])
def test_a_consultation_that_does_not_run_is_not_spoken_of(
    app: Flask, status: ConsultationStatus
) -> None:
    committee = common.a_committee()
    builders.a_consultation(
        committee,
        builders.an_officer(),
        closes_on=date(2018, 4, 8),
        status=status,
        published_at=None,
        withdrawal_reason="Not needed",
    )
    assert wanted_on(LONG_BEFORE) == []


def test_an_officer_who_is_also_a_member_gets_one_letter(app: Flask) -> None:
    committee = common.a_committee()
    officer = builders.an_officer(committee)
    db.session.add(
        RoleGrant(user_id=officer.id, role=Role.COMMITTEE_MEMBER, committee_id=committee.id)
    )
    builders.a_consultation(committee, officer, closes_on=date(2018, 4, 8))
    assert [w.user_id for w in wanted_on(LONG_BEFORE)] == [officer.id]


def test_the_holder_of_the_portfolio_is_told_once_the_decision_may_be_taken(app: Flask) -> None:
    holder = builders.someone("Roger", Role.DECISION_MAKER)
    decision = builders.a_decision(common.a_committee(), holder)
    assert wanted_on(date(2018, 5, 15)) == []
    (ready,) = wanted_on(date(2018, 5, 16))
    assert (ready.user_id, ready.remind_on) == (holder.id, date(2018, 5, 16))
    assert ready.address == f"/decisions/{decision.number}/sign"
    decision.status = DecisionStatus.PRE_SCRUTINISED
    assert wanted_on(date(2018, 5, 16)) == []


def test_a_decision_that_comes_back_from_call_in_is_told_of_anew(app: Flask) -> None:
    decision = builders.a_decision(
        common.a_committee(), builders.someone("Roger", Role.DECISION_MAKER)
    )
    (before,) = wanted_on(date(2018, 6, 1))
    db.session.add(
        CallIn(
            decision_id=decision.id,
            requested_on=date(2018, 5, 20),
            requested_by="Three members",
            reasons="Cost",
            status=CallInStatus.REFERRED_BACK,
            outcome_on=date(2018, 5, 30),
        )
    )
    (after,) = wanted_on(date(2018, 6, 1))
    assert before.dedupe_key != after.dedupe_key


def test_a_former_holder_is_told_nothing(app: Flask) -> None:
    former = builders.someone("Former", Role.DECISION_MAKER)
    builders.a_decision(
        common.a_committee(), portfolio_id=builders.a_portfolio(former, since=date(2018, 6, 1)).id
    )
    assert wanted_on(date(2018, 5, 31)) == []
    assert len(wanted_on(date(2018, 6, 1))) == 1


def test_the_end_of_call_in_is_told_to_the_lead_officer_and_the_officers(app: Flask) -> None:
    committee = common.a_committee()
    officer, lead = builders.an_officer(committee), builders.an_author("Lead")
    builders.in_force(committee, date(2018, 5, 24), lead_officer_id=lead.id)
    builders.in_force(
        committee,
        date(2018, 5, 24),
        call_in_waiver_reason="Urgent",
        call_in_waiver_agreed_by="The Chairman of Scrutiny",
    )
    expected = [(officer.id, date(2018, 5, 24)), (lead.id, date(2018, 5, 24))]
    assert told(wanted_on(date(2018, 5, 24)), ObligationKind.CALL_IN_ENDED) == expected


def test_old_business_that_is_brought_in_is_not_announced(app: Flask) -> None:
    committee = common.a_committee()
    builders.an_officer(committee)
    builders.in_force(committee, date(2018, 5, 24))
    owner = builders.an_author()
    builders.an_action(common.a_meeting(held_on=date(2018, 5, 8)), owner, due_on=date(2018, 5, 24))
    assert len(wanted_on(date(2018, 6, 23))) == 2
    assert wanted_on(date(2018, 6, 24)) == []
    assert len(wanted_on(date(2018, 7, 23), ReminderChoices(forget_after_days=60))) == 2


def test_the_owner_of_an_action_is_reminded_before_it_is_due_and_on_the_day(app: Flask) -> None:
    owner = builders.an_author()
    action = builders.an_action(
        common.a_meeting(held_on=date(2018, 4, 10)), owner, due_on=date(2018, 5, 11)
    )
    # Five working days before Friday 11 May, over the bank holiday of Monday 7 May.
    assert told(wanted_on(date(2018, 4, 11)), ObligationKind.ACTION_DUE) == [
        (owner.id, date(2018, 5, 3)),
        (owner.id, date(2018, 5, 11)),
    ]
    action.status, action.done_on = ActionStatus.DONE, date(2018, 5, 1)
    assert wanted_on(date(2018, 4, 11)) == []


def test_an_action_without_a_day_or_an_account_reminds_nobody(app: Flask) -> None:
    builders.an_action(common.a_meeting(held_on=date(2018, 4, 10)), None, due_on=HELD_ON)
    builders.an_action(
        common.a_meeting(held_on=date(2018, 4, 17)), builders.an_author(), due_on=None
    )
    assert wanted_on(date(2018, 4, 18)) == []
