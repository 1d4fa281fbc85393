"""An officer closes a matter while another opens or publishes its record or its notice."""

import json
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from committee.agendas import classing as item_classing
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.confidentiality.rules import OPENED, Classification
from committee.decisions import classing, notices, publishing, service, signing
from committee.decisions.models import Decision
from committee.decisions.rules import Restriction
from committee.extensions import db
from committee.states import NotAllowed
from tests import builders as common
from tests.builders import A_DAY, A_MOMENT
from tests.decisions.builders import (
    CHOICES,
    DECISION_DAY,
    NOTICE_DAY,
    a_drafted,
    a_notified,
    at,
    classed,
    sign,
    some_fields,
    some_words,
    write,
)
from tests.decisions.test_exempt import a_report
from tests.meanwhile import DONE, WAITS, just_after, meanwhile


def makes_fully_exempt(decision_id: int) -> None:
    found = db.session.get_one(Decision, decision_id)
    closed = some_fields(
        found.committee,
        found.portfolio,
        restriction=Restriction.FULLY_EXEMPT,
        restriction_reason="It names somebody.",
    )
    service.change_decision(found, closed)


def propose(decision: Decision) -> None:
    publishing.publish_proposed(decision, now=at(NOTICE_DAY), today=NOTICE_DAY)


def open_by_one_button(decision: Decision, agreed: str | None) -> None:
    classing.open_record(decision, agreed, now=at(NOTICE_DAY), today=NOTICE_DAY)


def test_the_record_of_what_was_made_fully_exempt_since_it_was_read_is_not_opened(
    app: Flask,
) -> None:
    """A record that nobody has classed bears no trace of it, so its own version tells nothing."""
    decision = a_drafted()
    decision_id = decision.id
    agreed = classing.agreement(service.record_of(decision))
    assert decision.restriction is Restriction.OPEN
    assert meanwhile(app, lambda: makes_fully_exempt(decision_id)) == DONE
    with pytest.raises(NotAllowed, match="fully exempt"):
        open_by_one_button(decision, agreed)


def test_a_class_said_of_the_record_of_what_was_made_fully_exempt_since_is_not_taken(
    app: Flask,
) -> None:
    decision = a_drafted()
    decision_id = decision.id
    assert decision.restriction is Restriction.OPEN
    assert meanwhile(app, lambda: makes_fully_exempt(decision_id)) == DONE
    with pytest.raises(NotAllowed, match="fully exempt"):
        classed(decision, OPENED)


def test_who_makes_a_decision_fully_exempt_waits_for_who_opens_its_record(app: Flask) -> None:
    decision = a_drafted()
    decision_id = decision.id
    open_by_one_button(decision, classing.agreement(service.record_of(decision)))
    assert meanwhile(app, lambda: makes_fully_exempt(decision_id)) == WAITS
    db.session.commit()
    assert meanwhile(app, lambda: makes_fully_exempt(decision_id)) == DONE
    db.session.expire_all()
    assert service.record_of(decision).is_unclassed


def test_who_makes_a_decision_fully_exempt_waits_for_who_publishes_its_record(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = a_drafted()
    classed(decision)
    db.session.commit()
    decision_id, told = decision.id, []
    just_after(
        monkeypatch,
        publishing,
        "words",
        lambda: told.append(meanwhile(app, lambda: makes_fully_exempt(decision_id))),
    )
    propose(decision)
    assert told == [WAITS]


def test_a_record_is_not_published_while_its_decision_is_being_made_fully_exempt(
    app: Flask,
) -> None:
    decision = a_drafted()
    classed(decision)
    db.session.commit()
    decision_id = decision.id
    makes_fully_exempt(decision_id)
    db.session.flush()

    def publish() -> None:
        propose(db.session.get_one(Decision, decision_id))

    assert meanwhile(app, publish) == WAITS
    db.session.commit()
    assert meanwhile(app, publish) == classing.UNCLASSED


def a_record_that_quotes() -> tuple[Decision, int]:
    """A decision that was signed, its open record quoting the report of an open item."""
    decision = a_notified()
    item = common.an_item(common.a_meeting(decision.committee, held_on=date(2018, 6, 8)))
    a_report(decision, Classification.OPEN, item)
    write(decision, some_words(committee_view="Endorsed."))
    signing.mark_ready(decision, CHOICES, today=NOTICE_DAY)
    sign(decision)
    db.session.commit()
    return decision, item.id


def closes_item(item_id: int) -> None:
    found = db.session.get_one(AgendaItem, item_id)
    fields = ClassFields(common.EXEMPT)
    item_classing.open_with_papers(found, fields, now=A_MOMENT, today=A_DAY)


def publish_record(decision: Decision) -> None:
    publishing.publish_record(decision, CHOICES, now=at(DECISION_DAY), today=DECISION_DAY)


def test_who_closes_an_item_waits_for_who_publishes_a_record_that_quotes_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision, item_id = a_record_that_quotes()
    told: list[str] = []
    just_after(
        monkeypatch,
        publishing,
        "check_quotes_nothing_closed",
        lambda: told.append(meanwhile(app, lambda: closes_item(item_id))),
    )
    publish_record(decision)
    assert told == [WAITS]


def test_a_record_is_not_published_while_the_item_that_it_quotes_is_being_closed(
    app: Flask,
) -> None:
    decision, item_id = a_record_that_quotes()
    decision_id = decision.id
    closes_item(item_id)
    db.session.flush()

    def publish() -> None:
        publish_record(db.session.get_one(Decision, decision_id))

    assert meanwhile(app, publish) == WAITS
    db.session.commit()
    assert meanwhile(app, publish) == classing.QUOTES_CLOSED


def test_a_notice_does_not_say_what_somebody_else_has_changed_since_it_was_read(
    app: Flask,
) -> None:
    """The title that was shown may be the very thing that was taken out."""
    decision = a_notified(title="Dismissal of J Smith")
    decision.documents = "None."
    db.session.commit()
    decision_id = decision.id
    assert "Smith" in decision.title
    assert meanwhile(app, lambda: makes_fully_exempt(decision_id)) == DONE
    with pytest.raises(StaleDataError):
        notices.publish_notice(
            decision, CHOICES, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="Documents."
        )
    db.session.rollback()
    assert len(db.session.get_one(Decision, decision_id).notices) == 1


def test_who_changes_a_decision_waits_for_who_publishes_its_notice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = a_notified(title="A staffing matter")
    decision.documents = "None."
    db.session.commit()
    decision_id, told = decision.id, []
    just_after(
        monkeypatch,
        notices,
        "lacking",
        lambda: told.append(meanwhile(app, lambda: makes_fully_exempt(decision_id))),
    )
    notice = notices.publish_notice(
        decision, CHOICES, now=at(NOTICE_DAY), today=NOTICE_DAY, change_reason="Documents."
    )
    assert told == [WAITS]
    assert "staffing" in json.dumps(notice.contents)
