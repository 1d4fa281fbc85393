"""After the signature: publication, call-in, correction, and what puts a decision into force."""

from datetime import date

import pytest
from flask import Flask

from committee.decisions import calling_in, drafting, publishing, service, signing
from committee.decisions.models import CallIn, Decision
from committee.decisions.rules import CallInStatus, DecisionStatus, RecordKind, Restriction
from committee.extensions import db
from committee.states import NotAllowed
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    NOTICE_DAY,
    a_notified,
    a_published,
    a_ready,
    a_taken,
    at,
    sign,
    some_words,
    write,
)

LAST_DAY, IN_FORCE = date(2018, 5, 23), date(2018, 5, 24)


def ask(decision: Decision, day: date = LAST_DAY) -> CallIn:
    return calling_in.request_call_in(
        decision,
        requested_on=day,
        requested_by="Cllr A and Cllr B",
        reasons="Outside the budget.",
        today=day,
    )


def test_nothing_is_published_before_it_is_signed(app: Flask) -> None:
    decision = a_ready()
    with pytest.raises(NotAllowed, match="cannot become “Approved, subject to call-in”"):
        publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)


@pytest.mark.parametrize(
    ("day", "is_in_time"),
    [
        (date(2018, 5, 15), False),
        (date(2018, 5, 16), True),
        (date(2018, 5, 23), True),
        (date(2018, 5, 24), False),
    ],
)
def test_a_request_is_taken_within_the_call_in_only(
    app: Flask, day: date, is_in_time: bool
) -> None:
    decision = a_published()
    if is_in_time:
        assert ask(decision, day).status is CallInStatus.REQUESTED
        return
    with pytest.raises(NotAllowed, match="until the end of Wednesday 23 May 2018"):
        ask(decision, day)


def test_a_day_that_is_still_to_come_is_refused(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        calling_in.request_call_in(
            a_published(),
            requested_on=LAST_DAY,
            requested_by="Cllr A",
            reasons="Why",
            today=DECISION_DAY,
        )


def test_a_request_that_nobody_has_ruled_on_holds_the_decision_up(app: Flask) -> None:
    decision = a_published()
    asked = ask(decision)
    assert calling_in.end_call_ins(IN_FORCE) == 0
    calling_in.refuse(asked, "One group only.", today=IN_FORCE)
    assert calling_in.end_call_ins(IN_FORCE) == 1
    assert decision.status is DecisionStatus.EFFECTIVE


def test_a_decision_that_scrutiny_lets_stand_takes_effect_at_once(app: Flask) -> None:
    decision = a_published()
    asked = ask(decision)
    calling_in.accept(asked)
    assert decision.status is DecisionStatus.CALLED_IN
    assert calling_in.end_call_ins(date(2018, 6, 30)) == 0
    calling_in.confirm(asked, "No comment.", today=date(2018, 6, 5))
    assert (decision.status, decision.effective_on) == (
        DecisionStatus.EFFECTIVE,
        date(2018, 6, 5),
    )


def test_a_decision_that_is_referred_back_is_signed_and_published_again(app: Flask) -> None:
    decision = a_published()
    asked = ask(decision)
    calling_in.accept(asked)
    calling_in.refer_back(asked, "Look at the costs again.", today=date(2018, 6, 5))
    record = decision.record
    assert (decision.status, decision.taken_on) == (DecisionStatus.READY, None)
    assert (record.signed_at, record.signed_words, record.equality_confirmed) == (None, None, False)
    write(decision, some_words(reasons="Costs were looked at again."))
    again = date(2018, 6, 11)
    sign(decision, again)
    second = publishing.publish_record(decision, CHOICES, now=at(again), today=again)
    first = service.record_versions(decision)[-1]
    assert (first.number, second.number) == (1, 2)
    assert first.contents["reasons"] != second.contents["reasons"]
    assert "referred back" in str(second.change_reason)
    with pytest.raises(NotAllowed, match="called in once only"):
        ask(decision, again)


def test_a_waived_call_in_puts_it_into_force_at_once(app: Flask) -> None:
    decision = a_taken()
    calling_in.waive_call_in(decision, reason="Flood.", agreed_by="Cllr A, chairman")
    publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    assert decision.status is DecisionStatus.EFFECTIVE
    assert decision.effective_on == DECISION_DAY
    with pytest.raises(NotAllowed, match="only before the record is published"):
        calling_in.waive_call_in(decision, reason="Flood.", agreed_by="Cllr A, chairman")


def test_a_correction_is_a_new_version_with_a_public_reason(app: Flask) -> None:
    decision = a_published()
    first = publishing.newest(decision, RecordKind.FINAL)
    assert first
    before = dict(first.contents)
    corrected = {"reasons": "The council must publish a policy each year."}
    for reason, changed, message in (
        ("", corrected, "Say what was wrong"),
        ("A slip.", {"reasons": before["reasons"]}, "Nothing has been changed"),
    ):
        with pytest.raises(NotAllowed, match=message):
            correct(decision, changed, reason)
    second = correct(decision, corrected, "A slip of the pen.")
    assert (second.number, second.change_reason) == (2, "A slip of the pen.")
    assert second.contents["signature"] == before["signature"]
    db.session.refresh(first)
    assert first.contents == before
    assert decision.effective_on == IN_FORCE


def correct(decision: Decision, corrected: dict[str, str], reason: str) -> publishing.RecordVersion:
    return publishing.correct_record(
        decision,
        corrected,
        of=publishing.newest(decision, RecordKind.FINAL),
        reason=reason,
        now=at(LAST_DAY),
        today=LAST_DAY,
    )


def test_a_proposed_record_is_published_in_versions(app: Flask) -> None:
    decision = a_notified()
    with pytest.raises(NotAllowed, match="Write what is to be decided"):
        publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    write(decision, some_words())
    first = publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    with pytest.raises(NotAllowed, match="already says this"):
        publishing.publish_proposed(
            decision, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="Again"
        )
    decision.record.reasons = "Better reasons."
    with pytest.raises(NotAllowed, match="Say what has changed"):
        publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    second = publishing.publish_proposed(
        decision, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="Better reasons."
    )
    assert (first.number, second.number) == (1, 2)


def test_nothing_of_a_closed_record_is_in_what_anyone_may_read(app: Flask) -> None:
    decision = a_notified(
        restriction=Restriction.FULLY_EXEMPT, restriction_reason="Paragraph 3 of Schedule 12A."
    )
    secret = some_words(decision_text="To pay Acme £1.", reasons="Acme asked.")
    write(decision, secret)
    proposed = publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    final = publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    for version in (proposed, final):
        assert "Acme" not in str(version.contents)
        assert "Acme" in str(version.restricted_contents)


def test_figures_are_quoted_and_newer_ones_wait_until_they_are_taken_over(app: Flask) -> None:
    decision = a_notified()
    quote = {"consultation_id": 1, "title": "T", "slug": "t", "summary_version_id": 1, "number": 1}
    service.quote_consultation(decision, {**quote, "sha256": "a", "contents": {"n": 91}})
    assert decision.status is DecisionStatus.CONSULTED
    assert not service.is_out_of_date(decision)
    newer = {**quote, "number": 2, "sha256": "b", "contents": {"n": 92}}
    service.quote_consultation(decision, newer)
    assert service.is_out_of_date(decision)
    assert drafting.words(decision)["consultations"][0]["contents"] == {"n": 91}
    write(decision, some_words())
    with pytest.raises(NotAllowed, match="newer figures"):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    service.take_over_figures(decision)
    assert drafting.words(decision)["consultations"][0]["contents"] == {"n": 92}
    assert not service.is_out_of_date(decision)


def test_after_the_signature_nothing_from_elsewhere_changes_the_record(app: Flask) -> None:
    decision = a_taken()
    service.record_committee_view(decision, "Another view.", minute_id=3)
    service.quote_consultation(decision, {"consultation_id": 1, "sha256": "a"})
    assert decision.record.committee_view is None
    assert decision.consultation_quotes == []


def test_a_request_of_the_last_day_may_be_noted_the_next_morning(app: Flask) -> None:
    decision = a_published()
    assert calling_in.end_call_ins(IN_FORCE) == 1
    named = {"requested_by": "Cllr A", "reasons": "Budget.", "today": IN_FORCE}
    with pytest.raises(NotAllowed, match="came in on another day"):
        calling_in.request_call_in(decision, requested_on=IN_FORCE, **named)
    asked = calling_in.request_call_in(decision, requested_on=LAST_DAY, **named)
    assert decision.status is DecisionStatus.EFFECTIVE
    with pytest.raises(NotAllowed, match="Rule on the request"):
        calling_in.record_implemented(decision)
    calling_in.accept(asked)
    assert decision.status is DecisionStatus.CALLED_IN


def test_what_was_carried_out_or_waived_or_looked_at_already_is_not_called_in(app: Flask) -> None:
    named = {"requested_on": LAST_DAY, "requested_by": "A", "reasons": "B", "today": IN_FORCE}
    carried_out, looked_at, waived = a_published(), a_published(), a_ready()
    first, second = ask(looked_at), ask(looked_at)
    calling_in.accept(first)
    calling_in.confirm(first, None, today=LAST_DAY)
    with pytest.raises(NotAllowed, match="once only"):
        calling_in.accept(second)
    with pytest.raises(NotAllowed, match="once only"):
        calling_in.request_call_in(looked_at, **named)
    calling_in.end_call_ins(IN_FORCE)
    calling_in.record_implemented(carried_out)
    with pytest.raises(NotAllowed):
        calling_in.request_call_in(carried_out, **named)
    calling_in.waive_call_in(waived, reason="Flood.", agreed_by="Cllr C, chairman")
    sign(waived)
    publishing.publish_record(waived, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    with pytest.raises(NotAllowed, match="without call-in"):
        calling_in.request_call_in(waived, **named)
