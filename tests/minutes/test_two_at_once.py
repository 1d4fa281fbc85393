"""Two clerks publish, open or close minutes of one committee at the same moment."""

import threading

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import close_all_sessions
from sqlalchemy.orm.exc import StaleDataError

from committee.agendas import classing as item_classing
from committee.agendas.classing import ClassFields
from committee.agendas.models import AgendaItem
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import OPENED, Classification, Said
from committee.extensions import db
from committee.meetings import attendance
from committee.meetings.rules import Presence
from committee.minutes import classing, publishing, service
from committee.minutes.models import Minute, Minutes
from committee.minutes.rules import Openness
from committee.states import NotAllowed
from tests.builders import A_DAY, A_MOMENT, EXEMPT, MADE_EXEMPT
from tests.meanwhile import DONE, WAITS, just_after, meanwhile
from tests.minutes import builders
from tests.minutes.test_numbering import numbers


def test_no_number_is_given_twice_and_none_is_missing(app: Flask, met: builders.Met) -> None:
    later = builders.a_later_meeting(met)
    day = later.held_on
    attendance.record_members(
        later, {member.id: Presence.PRESENT for member in met.members.values()}
    )
    second = service.begin(later)
    for entry in service.entries_of(second):
        builders.write(entry)
    ids = [builders.written(met).id, second.id]
    db.session.commit()
    both_ready = threading.Barrier(2)

    def publish(minutes_id: int) -> None:
        with app.app_context():
            minutes = db.session.get_one(Minutes, minutes_id)
            both_ready.wait(10)
            builders.publish(minutes, day)
            db.session.commit()

    threads = [threading.Thread(target=publish, args=(each,)) for each in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_all_sessions()
    given = [numbers(db.session.get_one(Minutes, each)) for each in ids]
    assert sorted(given[0] + given[1]) == [1, 2, 3, 4, 5, 6, 7]
    assert all(each == sorted(each) for each in given)


def unclassed_minute(met: builders.Met) -> Minute:
    """The written minute of an open item, of which nobody has said who may read it."""
    minute = builders.minute_of(builders.begun(met), met.verbal)
    minute.discussion = "The price is seven million."
    db.session.commit()
    return minute


def answered(thread: threading.Thread) -> bool:
    """Whether the other has come to an end; it has a moment in which to do so."""
    thread.join(0.5)
    return not thread.is_alive()


@pytest.mark.parametrize("of_all", [False, True])
def test_who_opens_a_minute_waits_for_who_closes_its_item(
    app: Flask, met: builders.Met, *, of_all: bool
) -> None:
    minute = unclassed_minute(met)
    entries = service.entries_of(minute.minutes)
    minute_id, item_id = minute.id, met.verbal.id
    seen, agreed = classing.item_seen(minute), classing.agreement(entries)
    refused: list[str] = []

    def open_it() -> None:
        with app.app_context():
            mine = db.session.get_one(Minute, minute_id)
            try:
                if of_all:
                    classing.open_all(mine.minutes, agreed, now=A_MOMENT, today=A_DAY)
                else:
                    classing.classify(mine, OPENED, seen=seen, now=A_MOMENT, today=A_DAY)
                db.session.commit()
            except NotAllowed as told:
                db.session.rollback()
                refused.append(str(told))

    db.session.rollback()
    thread = threading.Thread(target=open_it)
    with db.engine.begin() as other:
        for statement in MADE_EXEMPT:
            other.execute(text(statement), {"id": item_id})
        thread.start()
        assert not answered(thread)
    thread.join()
    close_all_sessions()
    assert len(refused) == 1
    assert db.session.get_one(Minute, minute_id).is_unclassed


def test_a_minute_that_is_closed_while_it_is_published_goes_out_or_does_not(
    app: Flask, met: builders.Met
) -> None:
    minutes = builders.written(met)
    minutes_id, minute_id = minutes.id, builders.minute_of(minutes, met.verbal).id
    db.session.commit()
    refused: list[str] = []

    def publish() -> None:
        with app.app_context():
            try:
                builders.publish(db.session.get_one(Minutes, minutes_id))
                db.session.commit()
            except NotAllowed as told:
                db.session.rollback()
                refused.append(str(told))

    thread = threading.Thread(target=publish)
    mine = db.session.get_one(Minute, minute_id)
    builders.give_class(mine, builders.builders.EXEMPT)
    db.session.flush()
    thread.start()
    assert not answered(thread)
    db.session.commit()
    thread.join()
    close_all_sessions()
    assert refused == ["Minute 4: write the summary for the public, or open the minute."]
    assert publishing.versions(db.session.get_one(Minutes, minutes_id).meeting) == []


def closes_item(item_id: int) -> None:
    fields = ClassFields(EXEMPT)
    item = db.session.get_one(AgendaItem, item_id)
    item_classing.open_with_papers(item, fields, now=A_MOMENT, today=A_DAY)


def test_who_closes_an_item_waits_for_who_publishes_its_minute(
    app: Flask, met: builders.Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes, item_id = builders.written(met), met.verbal.id
    db.session.commit()
    told: list[str] = []
    just_after(
        monkeypatch,
        publishing,
        "standing_in_the_way",
        lambda: told.append(meanwhile(app, lambda: closes_item(item_id))),
    )
    builders.publish(minutes)
    assert told == [WAITS]


def test_who_closes_an_item_waits_for_who_has_its_minutes_approved(
    app: Flask, met: builders.Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes, item_id = builders.written(met), met.verbal.id
    later = builders.a_later_meeting(met)
    builders.publish(minutes)
    db.session.commit()
    told: list[str] = []
    just_after(
        monkeypatch,
        publishing,
        "classes_in_the_way",
        lambda: told.append(meanwhile(app, lambda: closes_item(item_id))),
    )
    publishing.approve(
        minutes, later, "Mr Cooke", today=later.held_on, now=builders.at(later.held_on), by=None
    )
    assert told == [WAITS]


def test_minutes_are_not_published_while_one_of_their_items_is_being_closed(
    app: Flask, met: builders.Met
) -> None:
    minutes_id = builders.written(met).id
    db.session.commit()
    closes_item(met.verbal.id)
    db.session.flush()

    def publish() -> None:
        builders.publish(db.session.get_one(Minutes, minutes_id))

    assert meanwhile(app, publish) == WAITS
    db.session.commit()
    assert "its item is closed" in meanwhile(app, publish)


def gives_class(minute_id: int, said: Said) -> None:
    builders.give_class(db.session.get_one(Minute, minute_id), said)


def test_who_answers_that_a_minute_is_closed_is_told_that_it_was_opened_since(
    app: Flask, met: builders.Met
) -> None:
    """As they read it, it was closed already, so that their answer would change nothing."""
    minute = unclassed_minute(met)
    minute_id, seen = minute.id, classing.item_seen(minute)
    assert minute.is_unclassed
    assert meanwhile(app, lambda: gives_class(minute_id, OPENED)) == DONE
    with pytest.raises(StaleDataError):
        classing.answer(minute, Openness.CLOSED, seen=seen, now=A_MOMENT, today=A_DAY)


def test_who_says_again_that_a_minute_is_open_is_told_that_it_was_closed_since(
    app: Flask, met: builders.Met
) -> None:
    minute = unclassed_minute(met)
    minute_id, seen = minute.id, classing.item_seen(minute)
    gives_class(minute_id, OPENED)
    db.session.commit()
    assert minute.is_open
    assert meanwhile(app, lambda: gives_class(minute_id, EXEMPT)) == DONE
    with pytest.raises(StaleDataError):
        classing.classify(minute, OPENED, seen=seen, now=A_MOMENT, today=A_DAY)
    db.session.rollback()
    (newest, *_) = confidentiality.determinations_of(db.session.get_one(Minute, minute_id))
    assert newest.classification is Classification.EXEMPT
