"""Signing: what has to be there, who confirms what, and exactly which words are signed."""

from datetime import date

import pytest
from flask import Flask

from committee.decisions import drafting, notices, publishing, service, signing
from committee.decisions.rules import DecisionStatus, EqualityState, Urgency
from committee.decisions.signing import Interest
from committee.frozen import canonical_sha256
from committee.meetings.rules import MeetingStatus
from committee.people.models import Portfolio
from committee.states import NotAllowed
from tests import builders
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    NOTICE_DAY,
    a_notified,
    a_portfolio,
    a_ready,
    a_taken,
    at,
    sign,
    some_words,
    write,
)


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("decision_text", "the decision"),
        ("reasons", "the reasons"),
        ("financial", "the financial implications"),
        ("alternatives", "the alternatives considered"),
        ("interests", "interests and dispensations"),
        ("equality_state", "how the equality duty is met"),
    ],
)
def test_what_the_record_lacks_is_named(app: Flask, left_out: str, named: str) -> None:
    decision = a_notified()
    write(decision, some_words(**{left_out: None}))
    with pytest.raises(NotAllowed, match=named):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    assert decision.status is DecisionStatus.NOTIFIED


def test_no_assessment_needs_a_reason(app: Flask) -> None:
    decision = a_notified()
    write(decision, some_words(equality_state=EqualityState.NOT_APPLICABLE))
    with pytest.raises(NotAllowed, match="why no equality impact assessment"):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)


def test_a_committee_that_considered_it_has_to_be_heard(app: Flask) -> None:
    decision = a_notified()
    meeting = builders.a_meeting(decision.committee, held_on=date(2018, 5, 8))
    item = builders.an_item(meeting)
    item.decision_number = decision.number
    write(decision, some_words())
    assert drafting.considered_on(decision, today=date(2018, 5, 7)) is None
    with pytest.raises(NotAllowed, match="what the committee resolved"):
        signing.mark_ready(decision, CHOICES, today=date(2018, 5, 8))
    meeting.status = MeetingStatus.CANCELLED
    assert drafting.considered_on(decision, today=date(2018, 5, 8)) is None
    meeting.status = MeetingStatus.HELD
    service.record_committee_view(decision, "RESOLVED that it be endorsed.", minute_id=4)
    signing.mark_ready(decision, CHOICES, today=date(2018, 5, 8))
    assert decision.status is DecisionStatus.READY


def test_a_notice_that_says_something_else_comes_first(app: Flask) -> None:
    decision = a_notified()
    write(decision, some_words())
    decision.matter = "Something else."
    with pytest.raises(NotAllowed, match="no longer says the matter"):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)


def test_no_day_before_the_earliest_is_taken(app: Flask) -> None:
    decision = a_ready()
    with pytest.raises(NotAllowed, match=r"from Wednesday 16 May 2018, not before.*28 clear days"):
        sign(decision, date(2018, 5, 15))
    assert (decision.status, decision.record.signed_at) == (DecisionStatus.READY, None)
    sign(decision, date(2018, 5, 16))
    assert decision.status is DecisionStatus.TAKEN
    assert decision.record.signed_words["route"] == "regulation_9"


def test_a_decision_that_is_not_key_may_be_taken_at_once(app: Flask) -> None:
    decision = a_ready(is_key=False, key_criterion=None)
    sign(decision, NOTICE_DAY)
    assert decision.record.signed_words["route"] == "not_key"


def test_special_urgency_is_taken_at_once_when_it_was_agreed(app: Flask) -> None:
    decision = a_ready()
    notices.declare_urgency(
        decision,
        Urgency.SPECIAL_URGENCY,
        reason="Flood.",
        agreed_by="Cllr A, chairman of scrutiny",
        exception_published_on=None,
    )
    notices.publish_notice(
        decision, CHOICES, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="Urgent."
    )
    sign(decision, date(2018, 4, 18))
    assert decision.record.signed_words["route"] == "regulation_11"


def test_words_that_changed_since_they_were_shown_are_not_signed(app: Flask) -> None:
    decision = a_ready()
    _, shown = signing.to_be_signed(decision)
    decision.record.reasons = "Other reasons."
    with pytest.raises(NotAllowed, match="changed since it was shown"):
        sign(decision, shown_sha256=shown)
    assert decision.status is DecisionStatus.READY


def test_what_was_signed_can_be_proved_later(app: Flask) -> None:
    decision = a_taken()
    kept = decision.record.signed_words
    assert canonical_sha256(kept["words"]) == decision.record.signed_sha256
    assert kept["words"]["reasons"] == "The council has to publish a policy each year."
    assert "dated Tuesday 10 April 2018" in kept["equality_confirmed"]
    with pytest.raises(NotAllowed, match="can no longer be changed"):
        write(decision, some_words(reasons="Other reasons."))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"equality": False}, "Confirm both"),
        ({"responses": False}, "Confirm both"),
        ({"interest": Interest.DISCLOSABLE}, "may not take this decision"),
        ({"interest": Interest.OTHER}, "Say what the interest is"),
    ],
)
def test_each_confirmation_is_needed(app: Flask, changed: dict[str, object], message: str) -> None:
    decision = a_ready()
    with pytest.raises(NotAllowed, match=message):
        sign(decision, **changed)
    assert decision.status is DecisionStatus.READY


def test_an_interest_that_does_not_prevent_is_in_the_record(app: Flask) -> None:
    decision = a_ready()
    sign(decision, interest=Interest.OTHER, interest_words="My niece uses the bus.")
    version = publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    assert "My niece uses the bus." in version.contents["declared"]


def test_another_takes_what_one_may_not(app: Flask) -> None:
    decision = a_ready()
    first = decision.portfolio.title
    leader: Portfolio = a_portfolio(decision.committee, title="Leader")
    signing.reassign(decision, leader, because_of_interest=True)
    with pytest.raises(NotAllowed, match="no longer says the decision maker"):
        sign(decision)
    notices.publish_notice(
        decision, CHOICES, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="An interest."
    )
    sign(decision)
    words = decision.record.signed_words["words"]
    assert words["decision_maker"] == "Leader"
    assert f"in place of the {first}, who declared an interest" in words["reassignment"]
    with pytest.raises(NotAllowed):
        signing.reassign(decision, leader, because_of_interest=False)


@pytest.mark.parametrize(
    ("words", "is_placeholder"),
    [
        ("Alternatives will be considered following the consultation period.", True),
        ("To follow", True),
        ("TBC", True),
        ("None.", False),
        ("Doing nothing was considered and rejected.", False),
    ],
)
def test_words_that_only_promise_are_pointed_out(
    app: Flask, words: str, is_placeholder: bool
) -> None:
    decision = a_notified()
    write(decision, some_words(alternatives=words))
    assert drafting.placeholders(decision) == (
        ["the alternatives considered"] if is_placeholder else []
    )
