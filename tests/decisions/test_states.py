"""States of decisions and call-ins: what the verbs allow, and what the database refuses."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.decisions import calling_in, publishing, service, signing
from committee.decisions.models import Decision
from committee.decisions.rules import (
    CALL_IN_MAY_BECOME,
    DECISION_MAY_BECOME,
    CallInStatus,
    DecisionStatus,
)
from committee.extensions import db, owner_engine
from committee.states import NotAllowed
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    NOTICE_DAY,
    a_decision,
    a_notified,
    a_published,
    a_ready,
    a_taken,
    at,
    sign,
)

LAST_DAY = date(2018, 5, 23)


def in_state(status: DecisionStatus) -> Decision:
    """A decision that came to this state by the verbs that lead there."""
    made = {
        DecisionStatus.DRAFT: a_decision,
        DecisionStatus.READY: a_ready,
        DecisionStatus.TAKEN: a_taken,
        DecisionStatus.PUBLISHED: a_published,
        DecisionStatus.CALLED_IN: a_published,
        DecisionStatus.EFFECTIVE: a_published,
        DecisionStatus.IMPLEMENTED: a_published,
    }.get(status, a_notified)
    decision = made()
    lead = {
        DecisionStatus.CONSULTED: lambda: service.quote_consultation(
            decision, {"consultation_id": 1, "sha256": "a"}
        ),
        DecisionStatus.PRE_SCRUTINISED: lambda: service.record_committee_view(
            decision, "RESOLVED.", minute_id=1
        ),
        DecisionStatus.WITHDRAWN: lambda: service.end(decision, DecisionStatus.WITHDRAWN, "Why"),
        DecisionStatus.ABANDONED: lambda: service.end(decision, DecisionStatus.ABANDONED, "Why"),
        DecisionStatus.CALLED_IN: lambda: calling_in.accept(ask(decision)),
        DecisionStatus.EFFECTIVE: lambda: calling_in.end_call_ins(date(2018, 5, 24)),
        DecisionStatus.IMPLEMENTED: lambda: implement(decision),
    }.get(status)
    if lead:
        lead()
    db.session.flush()
    assert decision.status is status
    return decision


def ask(decision: Decision) -> Any:
    return calling_in.request_call_in(
        decision, requested_on=LAST_DAY, requested_by="A", reasons="B", today=LAST_DAY
    )


def implement(decision: Decision) -> None:
    calling_in.end_call_ins(date(2018, 5, 24))
    calling_in.record_implemented(decision)


VERBS = {
    DecisionStatus.READY: lambda d: signing.mark_ready(d, CHOICES, today=NOTICE_DAY),
    DecisionStatus.TAKEN: sign,
    DecisionStatus.PUBLISHED: lambda d: publishing.publish_record(
        d, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY
    ),
    DecisionStatus.IMPLEMENTED: calling_in.record_implemented,
    DecisionStatus.WITHDRAWN: lambda d: service.end(d, DecisionStatus.WITHDRAWN, "Why"),
    DecisionStatus.ABANDONED: lambda d: service.end(d, DecisionStatus.ABANDONED, "Why"),
    DecisionStatus.CALLED_IN: ask,
}


@pytest.mark.parametrize("status", list(DecisionStatus))
def test_no_verb_leads_where_the_rules_do_not(app: Flask, status: DecisionStatus) -> None:
    decision = in_state(status)
    for wanted, verb in VERBS.items():
        if wanted in DECISION_MAY_BECOME[status]:
            continue
        with pytest.raises(NotAllowed):
            verb(decision)
        assert decision.status is status


@pytest.mark.parametrize("status", list(CallInStatus))
def test_no_ruling_leads_where_the_rules_do_not(app: Flask, status: CallInStatus) -> None:
    asked = ask(a_published())
    rulings = {
        CallInStatus.VALID: lambda: calling_in.accept(asked),
        CallInStatus.REFUSED: lambda: calling_in.refuse(asked, "Why", today=LAST_DAY),
        CallInStatus.CONFIRMED: lambda: calling_in.confirm(asked, "Why", today=LAST_DAY),
        CallInStatus.REFERRED_BACK: lambda: calling_in.refer_back(asked, "Why", today=LAST_DAY),
    }
    if status in (CallInStatus.CONFIRMED, CallInStatus.REFERRED_BACK):
        rulings[CallInStatus.VALID]()
    if status is not CallInStatus.REQUESTED:
        rulings[status]()
    assert asked.status is status
    for wanted, ruling in rulings.items():
        if wanted not in CALL_IN_MAY_BECOME[status]:
            with pytest.raises(NotAllowed):
                ruling()
            assert asked.status is status


def is_kept(statement: str, **values: object) -> bool:
    """Whether the database takes this change."""
    try:
        with db.session.begin_nested():
            db.session.execute(text(statement), values)
    except IntegrityError:
        return False
    return True


# For each state what its row needs, one column emptied at a time.
NEEDED = {
    "notified": ["notified_on"],
    "consulted": ["notified_on"],
    "pre_scrutinised": ["notified_on"],
    "ready": ["notified_on"],
    "taken": ["notified_on", "taken_on"],
    "published": ["taken_on", "published_on", "call_in_ends_on", "effective_on"],
    "called_in": ["taken_on", "published_on", "call_in_ends_on", "effective_on"],
    "effective": ["taken_on", "published_on", "call_in_ends_on", "effective_on"],
    "implemented": ["taken_on", "published_on", "call_in_ends_on", "effective_on"],
    "withdrawn": ["end_reason"],
    "abandoned": ["end_reason"],
}


@pytest.mark.parametrize("status", list(NEEDED))
def test_the_database_refuses_a_state_without_its_facts(app: Flask, status: str) -> None:
    decision = in_state(DecisionStatus(status))
    for column in NEEDED[status]:
        assert not is_kept(
            f"UPDATE decision SET {column} = NULL WHERE id = :id",  # noqa: S608 - our own names
            id=decision.id,
        ), f"{status} without {column}"


@pytest.mark.parametrize(
    "status", [s for s in DecisionStatus if s.value in NEEDED], ids=lambda s: s.value
)
def test_the_database_refuses_a_draft_that_leaps(app: Flask, status: DecisionStatus) -> None:
    decision = a_decision()
    db.session.flush()
    leap = "UPDATE decision SET status = :status WHERE id = :id"
    assert not is_kept(leap, status=status.value, id=decision.id)


@pytest.mark.parametrize(
    "change",
    [
        "number = '18/16'",
        "is_key = false",
        "key_criterion = NULL",
        "status = 'decided'",
        "taken_on = '2018-05-15'",
        "restriction = 'part_exempt'",
        "urgency = 'special_urgency'",
        "urgency = 'special_urgency', urgency_reason = 'Flood', urgency_agreed_by = ''",
        "urgency = 'general_exception', urgency_reason = 'a', urgency_agreed_by = 'b'",
        "call_in_waiver_reason = 'Flood'",
    ],
)
def test_the_database_refuses_what_cannot_be(app: Flask, change: str) -> None:
    decision = a_ready()
    statement = f"UPDATE decision SET {change} WHERE id = :id"  # noqa: S608 - written above
    assert not is_kept(statement, id=decision.id)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("decision_record", "equality_confirmed = false"),
        ("decision_record", "responses_confirmed = false"),
        ("decision_record", "signed_by_id = NULL"),
        ("decision_record", "signed_words = NULL"),
        ("decision_record", "signed_sha256 = NULL"),
        ("decision_record", "equality_assessed_on = NULL"),
        ("decision_notice", "number = 2"),
        ("record_version", "number = 2"),
        ("record_version", "number = 2, change_reason = ''"),
        ("call_in", "status = 'refused'"),
        ("call_in", "status = 'confirmed'"),
        ("call_in", "status = 'referred_back'"),
        ("call_in", "reasons = ''"),
        ("call_in", "requested_by = ''"),
        ("call_in", "status = 'lost'"),
    ],
)
def test_the_database_refuses_signatures_versions_and_rulings_without_reasons(
    app: Flask, table: str, change: str
) -> None:
    ask(a_published())
    db.session.commit()
    # As the owner of the tables: the application's login may not touch what is frozen at all.
    with pytest.raises(IntegrityError), owner_engine().begin() as owner:
        owner.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608 - written above
