"""Every record of decision is closed until somebody says who may read it, and says why it is not
open to all."""

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import (
    OPENED,
    Classification,
    ConfidenceBasis,
    Said,
)
from committee.decisions import classing, drafting, publishing, signing
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.service import DecisionFields
from committee.extensions import db
from committee.states import NotAllowed
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    EXEMPT,
    NOTICE_DAY,
    a_decision,
    a_drafted,
    a_taken,
    at,
    classed,
    sign,
    some_words,
)

CONFIDENTIAL = Said(Classification.CONFIDENTIAL, confidence_basis=ConfidenceBasis.COURT_ORDER)


def publish_proposed(decision: Decision, **named: str) -> RecordVersion:
    return publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY, **named)


# --- closed until somebody says ---


def test_a_record_has_no_class_whoever_drafts_it(app: Flask) -> None:
    decision = a_decision()
    drafting.save_record(decision, some_words())
    db.session.commit()
    assert decision.record is not None
    assert decision.record.is_unclassed
    assert confidentiality.determinations_of(decision.record) == []
    assert drafting.words(decision)["for_publication"] is False


def test_a_record_without_class_is_neither_published_nor_handed_over(app: Flask) -> None:
    decision = a_drafted()
    with pytest.raises(NotAllowed, match="Say whether it is open, exempt or confidential"):
        publish_proposed(decision)
    with pytest.raises(NotAllowed, match="Say whether it is open, exempt or confidential"):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    classed(decision)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    assert publish_proposed(decision).restricted_contents is None


def test_an_exempt_record_waits_for_its_public_interest_test(app: Flask) -> None:
    decision = a_drafted()
    assert decision.record is not None
    said = Said(Classification.EXEMPT, (3,))
    confidentiality.take_over(decision.record, said, source="a file", now=at(NOTICE_DAY))
    for act in (
        lambda: publish_proposed(decision),
        lambda: signing.mark_ready(decision, CHOICES, today=NOTICE_DAY),
    ):
        with pytest.raises(NotAllowed, match="public interest test of this record is not written"):
            act()
    with pytest.raises(NotAllowed, match="Say what speaks"):
        classed(decision, said)
    classed(decision, EXEMPT)
    version = publish_proposed(decision)
    assert "decision" not in version.contents
    assert "paragraph 3" in version.contents["not_for_publication_because"]


def test_a_signed_record_is_not_published_once_its_class_is_gone(app: Flask) -> None:
    decision = a_taken()
    assert decision.record is not None
    decision.record.classification = Classification.UNCLASSED  # as an older record may be
    with pytest.raises(NotAllowed, match="Nobody has said yet"):
        publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)


def test_what_is_published_follows_the_class_as_it_is_then(app: Flask) -> None:
    decision = a_taken()
    classed(decision, EXEMPT)  # signed while it was open
    version = publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    assert "reasons" not in version.contents
    assert version.restricted_contents is not None
    assert version.restricted_contents["exempt_paragraphs"] == [3]
    assert decision.record is not None
    assert decision.record.signed_words is not None
    assert decision.record.signed_words["words"]["for_publication"] is True


def test_an_opened_record_is_published_by_a_correction_and_history_stays(app: Flask) -> None:
    decision = a_drafted()
    classed(decision, CONFIDENTIAL)
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    first = publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)
    classed(decision, OPENED)
    second = publishing.correct_record(
        decision,
        {},
        of=first,
        reason="The order of the court has ended.",
        now=at(DECISION_DAY),
        today=DECISION_DAY,
    )
    assert "reasons" not in first.contents
    assert second.restricted_contents is None
    assert second.contents["reasons"] == some_words().reasons


def test_opening_is_refused_where_the_words_changed_meanwhile(app: Flask) -> None:
    decision = a_drafted()
    assert decision.record is not None
    seen = classing.agreement(decision.record)
    drafting.save_record(decision, some_words(reasons="Acme asked."))
    with pytest.raises(NotAllowed, match="changed or classed by somebody else meanwhile"):
        classing.open_record(decision, seen, now=at(NOTICE_DAY), today=NOTICE_DAY)
    assert decision.record.is_unclassed
    classing.open_record(
        decision, classing.agreement(decision.record), now=at(NOTICE_DAY), today=NOTICE_DAY
    )
    assert decision.record.is_open
    (given,) = confidentiality.determinations_of(decision.record)
    assert given.classification is Classification.OPEN


def test_a_class_given_on_an_older_copy_is_not_kept(app: Flask) -> None:
    decision = a_drafted()
    classed(decision, EXEMPT)
    db.session.commit()
    assert decision.record is not None
    version = decision.record.version
    classed(decision, EXEMPT)  # the same again, weighed anew
    db.session.commit()
    assert decision.record.version == version + 1
    db.session.execute(db.text("UPDATE decision_record SET version = version + 1"))
    with pytest.raises(StaleDataError):
        classed(decision, OPENED)


# --- what the notice says ---


def test_nobody_is_taken_to_have_said_what_the_public_will_read(app: Flask) -> None:
    decision = a_decision()
    db.session.commit()
    with pytest.raises(TypeError, match="restriction"):
        DecisionFields("T", "M", 1, 1)  # type: ignore[call-arg]
    unsaid = Decision(
        number="18/00099",
        title="T",
        matter="M",
        portfolio_id=decision.portfolio_id,
        committee_id=decision.committee_id,
        is_key=False,
    )
    db.session.add(unsaid)
    with pytest.raises(IntegrityError, match="restriction"):
        db.session.flush()
    db.session.rollback()
