"""Actions: who sees them, in which order, and what may become of them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.extensions import db
from committee.minutes import actions
from committee.minutes.actions import ActionFields
from committee.minutes.models import Action
from committee.minutes.rules import ACTION_MAY_BECOME, ActionStatus
from committee.people.roles import Role
from committee.states import NotAllowed
from tests import builders as common
from tests.minutes import builders

DAY = date(2018, 6, 1)


@pytest.fixture
def met(app: Flask) -> builders.Met:
    return builders.a_committee_that_met()


def an_action(met: builders.Met, words: str = "Write to schools", **more: object) -> Action:
    minutes = builders.service.minutes_of(met.meeting) or builders.begun(met)
    minute = builders.minute_of(minutes, met.verbal)
    given = {"owner_name": "Sam Hill", "due_on": DAY} | more
    action = actions.add(minute, ActionFields(words, **given))  # type: ignore[arg-type]
    db.session.flush()
    return action


@pytest.mark.parametrize("now", ActionStatus)
@pytest.mark.parametrize("wanted", ActionStatus)
def test_what_may_become_of_an_action(
    met: builders.Met, now: ActionStatus, wanted: ActionStatus
) -> None:
    action = an_action(met)
    if now is not ActionStatus.OPEN:
        actions.update(action, now, "Note.", today=DAY)
    if wanted is now or wanted in ACTION_MAY_BECOME[now]:
        actions.update(action, wanted, "Note.", today=DAY)
        assert (action.status, action.done_on) == (
            wanted,
            DAY if wanted is ActionStatus.DONE else None,
        )
    else:
        with pytest.raises(NotAllowed, match="cannot become"):
            actions.update(action, wanted, "Note.", today=DAY)
        assert action.status is now
    db.session.flush()


def test_what_is_no_longer_needed_says_why(met: builders.Met) -> None:
    with pytest.raises(NotAllowed, match="why it is no longer needed"):
        actions.update(an_action(met), ActionStatus.CANCELLED, None, today=DAY)


def test_saving_a_done_action_again_keeps_its_day(met: builders.Met) -> None:
    action = an_action(met)
    actions.update(action, ActionStatus.DONE, None, today=DAY)
    actions.update(action, ActionStatus.DONE, "Sent.", today=date(2018, 7, 1))
    assert (action.done_on, action.note) == (DAY, "Sent.")


@pytest.mark.parametrize(
    "illegal",
    [
        "UPDATE action SET status = 'done'",
        "UPDATE action SET done_on = '2018-06-01'",
        "UPDATE action SET status = 'lost'",
    ],
)
def test_the_database_refuses_it_too(met: builders.Met, illegal: str) -> None:
    an_action(met)
    with pytest.raises(IntegrityError):
        db.session.execute(text(illegal))


def test_those_to_be_done_come_first_soonest_due_before_others(met: builders.Met) -> None:
    me = common.a_user(Role.REPORT_AUTHOR)
    done = an_action(met, "Done", due_on=date(2018, 5, 1))
    actions.update(done, ActionStatus.DONE, None, today=DAY)
    for words, due in (("No day", None), ("July", date(2018, 7, 1)), ("June", DAY)):
        an_action(met, words, due_on=due)
    rows, count = actions.actions_for(me.id, {met.committee.id})
    assert [row.text for row in rows] == ["June", "July", "No day", "Done"]
    assert count == 4


def test_people_see_their_own_and_those_of_committees_they_clerk(met: builders.Met) -> None:
    me = common.a_user(Role.REPORT_AUTHOR)
    mine = an_action(met, "Mine", owner_id=me.id)
    an_action(met, "Somebody else’s")
    assert actions.actions_for(me.id, set()) == ([mine], 1)
    assert actions.actions_for(me.id, {met.committee.id})[1] == 2
    assert actions.actions_for(me.id, None)[1] == 2
    assert actions.actions_for(me.id, {met.committee.id + 1}) == ([mine], 1)


def test_an_action_is_taken_out_only_before_it_is_published(met: builders.Met) -> None:
    minutes = builders.written(met)
    gone, kept = an_action(met, "By mistake"), an_action(met, "Kept")
    actions.remove(gone)
    builders.publish(minutes)
    db.session.expire_all()
    with pytest.raises(NotAllowed, match="no longer needed instead"):
        actions.remove(kept)
