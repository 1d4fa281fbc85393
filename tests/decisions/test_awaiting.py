"""A decision waits for the results of its consultations, and its signature says what is known."""

from datetime import date

import pytest
from flask import Flask

from committee.consultations import service as consultations
from committee.decisions import signing
from committee.decisions.service import quote_consultation
from committee.states import NotAllowed
from tests.consultations.builders import a_consultation
from tests.decisions.builders import (
    CHOICES,
    NOTICE_DAY,
    a_notified,
    a_ready,
    sign,
    some_words,
    write,
)


def test_nobody_decides_before_the_results_of_a_consultation_are_published(app: Flask) -> None:
    decision = a_ready()
    asked = a_consultation(decision.committee, decision_id=decision.id, title="Buses")
    assert signing.responses_confirmation(decision) != signing.NO_RESPONSES
    with pytest.raises(NotAllowed, match="“Buses” have not been published"):
        sign(decision)
    consultations.withdraw(asked, "The proposal was dropped.", by=None)
    sign(decision)
    assert decision.record.signed_words["responses_confirmed"] == signing.NOT_REPORTED


def test_a_draft_consultation_holds_nothing_up(app: Flask) -> None:
    decision = a_ready()
    a_consultation(decision.committee, decision_id=decision.id, published=False)
    sign(decision)
    assert decision.record.signed_words["responses_confirmed"] == signing.NO_RESPONSES


def test_published_results_take_the_place_of_those_awaited(app: Flask) -> None:
    decision = a_ready()
    asked = a_consultation(
        decision.committee,
        decision_id=decision.id,
        opens_on=date(2018, 4, 2),
        closes_on=date(2018, 4, 20),
    )
    quote = {"consultation_id": asked.id, "title": asked.title, "slug": asked.slug}
    quote_consultation(decision, {**quote, "number": 1, "sha256": "a", "contents": {}})
    assert len(decision.consultation_quotes) == 1
    sign(decision)
    assert decision.record.signed_words["responses_confirmed"] == signing.RESPONSES_READ


def test_a_record_is_not_ready_while_results_are_awaited(app: Flask) -> None:
    decision = a_notified()
    a_consultation(decision.committee, decision_id=decision.id)
    write(decision, some_words())
    with pytest.raises(NotAllowed, match="have not been published"):
        signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
