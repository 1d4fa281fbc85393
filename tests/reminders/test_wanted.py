"""What is wanted for whom on which day, for each kind of reminder, with dates that move."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from committee.agendas.models import AgendaVersion
from committee.agendas.rules import Part
from committee.clock import now
from committee.constitution import ReminderChoices
from committee.consultations.rules import ConsultationStatus
from committee.decisions.models import CallIn
from committee.decisions.rules import CallInStatus, DecisionStatus, Restriction
from committee.extensions import db
from committee.law.calendar import DAY
from committee.meetings.models import Meeting
from committee.meetings.rules import MeetingStatus
from committee.minutes.rules import Access, ActionStatus
from committee.people.models import RoleGrant
from committee.people.roles import Role
from committee.reminders.rules import ObligationKind
from committee.reports.models import Report
from committee.reports.rules import Classification, ReportStatus
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import told, wanted_on

HELD_ON = date(2018, 5, 8)  # its agenda had to be out by Friday 27 April: 7 May was a bank holiday
LATEST = date(2018, 4, 27)
DUE_ON = date(2018, 4, 20)
LONG_BEFORE = date(2018, 3, 1)


def a_report(meeting: Meeting, author_id: int, *, due_on: date = DUE_ON, **values) -> Report:
    said = {"subject": "More places at the grammar school", "exempt_paragraphs": []}
    report = Report(meeting_id=meeting.id, author_id=author_id, due_on=due_on, **(said | values))
    db.session.add(report)
    db.session.flush()
    return report


# --- reports ---


def test_an_author_is_reminded_five_working_days_before_a_report_is_due_and_on_the_day(
    app: Flask,
) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    assert told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE) == [
        (author.id, date(2018, 4, 13)),
        (author.id, DUE_ON),
    ]


def test_working_days_are_counted_over_easter(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id, due_on=date(2018, 4, 4))
    days = [day for _, day in told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE)]
    # 3 April, then not Easter Monday nor Good Friday, then 29, 28, 27 and 26 March.
    assert days == [date(2018, 3, 26), date(2018, 4, 4)]


def test_a_late_report_is_told_to_its_author_and_the_officers_the_working_day_after(
    app: Flask,
) -> None:
    committee = common.a_committee()
    officer, author = builders.an_officer(committee), builders.an_author()
    a_report(common.a_meeting(committee, held_on=HELD_ON), author.id)  # due on a Friday
    late = [w for w in wanted_on(LONG_BEFORE) if w.kind is ObligationKind.REPORT_LATE]
    assert [(w.user_id, w.remind_on, w.deadline_on) for w in late] == [
        (officer.id, date(2018, 4, 23), DUE_ON),
        (author.id, date(2018, 4, 23), DUE_ON),
    ]
    assert "from Sam" in late[0].words
    assert "from Sam" not in late[1].words


def test_once_it_is_late_nobody_is_told_that_it_is_due(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    wanted = wanted_on(date(2018, 4, 21))
    assert told(wanted, ObligationKind.REPORT_DUE) == []
    assert told(wanted, ObligationKind.REPORT_LATE) == [(author.id, date(2018, 4, 23))]


@pytest.mark.parametrize("status", ReportStatus)
def test_only_what_the_author_still_has_is_asked_for(app: Flask, status: ReportStatus) -> None:
    author = builders.an_author()
    report = a_report(common.a_meeting(held_on=HELD_ON), author.id)
    report.status = status
    report.accepted_at = now() if status is ReportStatus.ACCEPTED else None
    with_author = {ReportStatus.ASKED_FOR, ReportStatus.DRAFT, ReportStatus.RETURNED}
    assert bool(wanted_on(LONG_BEFORE)) == (status in with_author)


@pytest.mark.parametrize("status", [MeetingStatus.POSTPONED, MeetingStatus.CANCELLED])
def test_nothing_is_asked_for_a_meeting_that_is_off(app: Flask, status: MeetingStatus) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    builders.an_officer()
    a_report(meeting, builders.an_author().id)
    meeting.status = status
    assert wanted_on(LONG_BEFORE) == []


def test_nothing_is_asked_of_somebody_who_has_left(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    author.active = False
    assert wanted_on(LONG_BEFORE) == []


def test_another_day_is_another_reminder_and_the_same_day_the_same(app: Flask) -> None:
    report = a_report(common.a_meeting(held_on=HELD_ON), builders.an_author().id)
    before = {w.dedupe_key for w in wanted_on(LONG_BEFORE)}
    report.due_on = date(2018, 4, 25)
    moved = {w.dedupe_key for w in wanted_on(LONG_BEFORE)}
    assert not before & moved
    report.due_on = DUE_ON
    assert {w.dedupe_key for w in wanted_on(LONG_BEFORE)} == before


def test_of_reminders_whose_day_has_come_only_the_last_is_sent(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id)
    # Asked for two days before it is due: the first reminder goes out at once.
    days = told(wanted_on(date(2018, 4, 18)), ObligationKind.REPORT_DUE)
    assert days == [(author.id, date(2018, 4, 13)), (author.id, DUE_ON)]
    assert told(wanted_on(DUE_ON), ObligationKind.REPORT_DUE) == [(author.id, DUE_ON)]


# --- agendas ---


def test_officers_are_told_of_an_agenda_before_its_last_lawful_day_and_on_it(app: Flask) -> None:
    committee = common.a_committee()
    officer = builders.an_officer(committee)
    common.a_meeting(committee, held_on=HELD_ON)
    (first, second) = wanted_on(LONG_BEFORE)
    assert (first.user_id, first.remind_on) == (officer.id, date(2018, 4, 24))
    assert (second.user_id, second.remind_on) == (officer.id, LATEST)
    assert first.deadline_on == second.deadline_on == LATEST


def test_an_agenda_is_asked_for_until_it_is_published_even_when_that_is_late(app: Flask) -> None:
    committee = common.a_committee()
    builders.an_officer(committee)
    meeting = common.a_meeting(committee, held_on=HELD_ON)
    for today in (LATEST, LATEST + DAY, HELD_ON):
        assert [w.remind_on for w in wanted_on(today)] == [LATEST]
    assert wanted_on(HELD_ON + DAY) == []
    db.session.add(
        AgendaVersion(
            meeting_id=meeting.id,
            number=1,
            published_at=now(),
            published_on=LATEST,
            deadline_on=LATEST,
            deadline_basis={},
            clear_days=5,
            open_contents={},
            restricted_contents={},
            sha256="0" * 64,
        )
    )
    assert wanted_on(LATEST) == []


def test_beyond_the_known_bank_holidays_no_lawful_day_is_guessed(app: Flask) -> None:
    committee = common.a_committee()
    builders.an_officer(committee)
    common.a_meeting(committee, held_on=date(2090, 5, 9))
    common.a_meeting(committee, held_on=HELD_ON)
    assert {w.deadline_on for w in wanted_on(LONG_BEFORE)} == {LATEST}


def test_a_report_is_asked_for_even_where_bank_holidays_are_unknown(app: Flask) -> None:
    author = builders.an_author()
    meeting = common.a_meeting(held_on=date(2090, 5, 9))
    a_report(meeting, author.id, due_on=date(2090, 4, 21))
    days = [day for _, day in told(wanted_on(LONG_BEFORE), ObligationKind.REPORT_DUE)]
    assert days == [date(2090, 4, 14), date(2090, 4, 21)]


# --- who is told ---


def test_a_committees_own_officers_are_told_and_not_those_of_others(app: Flask) -> None:
    ours, theirs = common.a_committee(), common.a_committee()
    own = builders.an_officer(ours)
    for committee in (theirs, None):
        builders.an_officer(committee)
    common.a_meeting(ours, held_on=HELD_ON)
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {own.id}


def test_where_a_committee_has_no_officers_those_of_the_council_are_told(app: Flask) -> None:
    administrator = builders.someone("Ada", Role.ADMINISTRATOR)
    common.a_meeting(held_on=HELD_ON)
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {administrator.id}
    officer = builders.an_officer()
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {officer.id}
    db.session.query(RoleGrant).filter_by(user_id=officer.id).one().ended_at = now()
    assert {w.user_id for w in wanted_on(LONG_BEFORE)} == {administrator.id}


# --- consultations ---


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


# --- decisions ---


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


# --- actions ---


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


# --- nothing exempt ---


def exempt_by_its_author(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    a_report(
        meeting,
        builders.an_author().id,
        subject=secret,
        classification=Classification.EXEMPT,
        exempt_paragraphs=[3],
    )


def on_an_exempt_item(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    item = common.an_item(meeting, secret, part=Part.EXEMPT)
    a_report(meeting, builders.an_author().id, subject=secret, agenda_item_id=item.id)


def for_an_exempt_decision(secret: str) -> None:
    meeting = common.a_meeting(held_on=HELD_ON)
    decision = builders.a_decision(
        meeting.committee,
        title=secret,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="Prices",
    )
    a_report(meeting, builders.an_author().id, subject=secret, decision_number=decision.number)


def an_exempt_decision(secret: str) -> None:
    builders.a_decision(
        common.a_committee(),
        builders.someone("Roger", Role.DECISION_MAKER),
        title=secret,
        restriction=Restriction.PART_EXEMPT,
        restriction_reason="Prices",
        earliest_on=LONG_BEFORE,
    )


def an_action_from_exempt_business(secret: str) -> None:
    meeting = common.a_meeting(held_on=date(2018, 2, 6))
    item = common.an_item(meeting, secret, part=Part.EXEMPT)
    builders.an_action(
        meeting,
        builders.an_author(),
        due_on=HELD_ON,
        minute={"agenda_item_id": item.id},
    ).text = secret


def an_action_of_a_closed_minute(secret: str) -> None:
    builders.an_action(
        common.a_meeting(held_on=date(2018, 2, 6)),
        builders.an_author(),
        due_on=HELD_ON,
        minute={"access": Access.EXEMPT_SUMMARY, "public_summary": "A contract"},
    ).text = secret


@pytest.mark.parametrize(
    "make",
    [
        exempt_by_its_author,
        on_an_exempt_item,
        for_an_exempt_decision,
        an_exempt_decision,
        an_action_from_exempt_business,
        an_action_of_a_closed_minute,
    ],
)
def test_nothing_exempt_is_named(app: Flask, make: Callable[[str], None]) -> None:
    make("Offer of £3m to Acme")
    wanted = wanted_on(LONG_BEFORE)
    assert wanted
    assert not [w.words for w in wanted if "Acme" in w.words]


# --- keys, words and the number of queries ---


def everything_at_once() -> None:
    committee = common.a_committee()
    officer = builders.an_officer(committee)
    builders.someone("Mary", Role.COMMITTEE_MEMBER, committee)
    meeting = common.a_meeting(committee, held_on=HELD_ON)
    a_report(meeting, builders.an_author().id)
    builders.a_consultation(committee, officer, closes_on=date(2018, 4, 8))
    builders.a_decision(
        committee, builders.someone("Roger", Role.DECISION_MAKER), earliest_on=LONG_BEFORE
    )
    builders.in_force(committee, LONG_BEFORE - DAY)
    builders.an_action(meeting, officer, due_on=date(2018, 5, 24))


def test_every_kind_has_a_key_that_any_mail_server_reads(app: Flask) -> None:
    everything_at_once()
    wanted = wanted_on(LONG_BEFORE)
    assert {w.kind for w in wanted} == set(ObligationKind)
    keys = [w.dedupe_key for w in wanted]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9.-]+", key) for key in keys), keys


def test_titles_are_quoted_on_one_line_and_not_without_end(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id, subject="Bcc:\r\n\u2028" + "x" * 500)
    words = wanted_on(LONG_BEFORE)[0].words
    assert words.startswith("“Bcc: xxx")
    assert words.isprintable()
    assert len(words) < 200


def queries_of(work: Callable[[], object]) -> int:
    """How many statements this sends to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    db.session.flush()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_a_thousand_things_take_as_few_queries_as_one(app: Flask) -> None:
    everything_at_once()
    few = queries_of(lambda: wanted_on(LONG_BEFORE))
    meeting, author = common.a_meeting(held_on=HELD_ON), builders.an_author()
    db.session.add_all(
        Report(
            meeting_id=meeting.id,
            author_id=author.id,
            due_on=DUE_ON,
            subject=f"Report {number}",
            exempt_paragraphs=[],
        )
        for number in range(1000)
    )
    db.session.flush()
    assert queries_of(lambda: wanted_on(LONG_BEFORE)) == few <= 10
    assert len(wanted_on(LONG_BEFORE)) > 3000
