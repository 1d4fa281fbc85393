"""Reminders of actions that a committee asked for, to whoever owes them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, select

from committee.agendas.models import AgendaItem
from committee.confidentiality.rules import Classification
from committee.constitution import ReminderChoices
from committee.extensions import db
from committee.law.calendar import in_words
from committee.meetings.models import Meeting
from committee.minutes.models import Action, Minute, Minutes
from committee.minutes.rules import PRIVATE_ACTION, ActionStatus
from committee.reminders.models import Obligation
from committee.reminders.readers import Readers
from committee.reminders.rules import ObligationKind
from committee.reminders.wanted import Wanted, occasions, shortened


def wanted(readers: Readers, choices: ReminderChoices, *, today: date) -> Iterator[Wanted]:
    """Reminders of every open action with a day and an owner who has an account."""
    not_before = today - timedelta(days=choices.forget_after_days)
    for action in db.session.execute(_open_actions(not_before)):
        for occasion, day in occasions(choices.action_due, action.due_on, working=True):
            for user_id in readers.still(action.owner_id):
                yield Wanted(
                    kind=ObligationKind.ACTION_DUE,
                    subject_kind=Action.__tablename__,
                    subject_id=action.id,
                    committee_id=action.committee_id,
                    user_id=user_id,
                    occasion=occasion,
                    words=_words(action),
                    address="/actions",
                    remind_on=day,
                    deadline_on=action.due_on,
                )


def words_now(obligation: Obligation) -> str | None:
    """What may be said of an action as it stands; None where it is no longer there."""
    action = db.session.execute(_actions().where(Action.id == obligation.subject_id)).first()
    return _words(action) if action else None


def _open_actions(not_before: date) -> Any:
    is_open = Action.status == ActionStatus.OPEN
    return _actions().where(is_open, Action.due_on >= not_before).order_by(Action.id)


def _actions() -> Any:
    return (
        select(
            Action.id,
            Action.text,
            Action.owner_id,
            Action.due_on,
            Minute.classification.label("of_minute"),
            AgendaItem.classification.label("of_item"),
            Meeting.committee_id,
            Meeting.held_on,
        )
        .join(Minute, Action.minute_id == Minute.id)
        .join(Minutes, Minute.minutes_id == Minutes.id)
        .join(Meeting, Minutes.meeting_id == Meeting.id)
        .outerjoin(AgendaItem, Minute.agenda_item_id == AgendaItem.id)
    )


def _is_closed(classification: Classification | None) -> bool:
    return classification not in (None, Classification.OPEN)


def _words(action: Row[Any]) -> str:
    closed = _is_closed(action.of_minute) or _is_closed(action.of_item)
    what = PRIVATE_ACTION if closed else f"“{shortened(action.text)}”"
    return f"{what}, from the meeting on {in_words(action.held_on)}"
