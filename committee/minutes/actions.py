"""Actions that somebody took away from a meeting: adding them, and saying that they are done.

Callers commit. Dates are civil dates in London.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from committee.audit import service as audit
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import Action, Minute, Minutes
from committee.minutes.rules import ACTION_STATES, ActionStatus
from committee.people.models import RoleGrant, User
from committee.states import NotAllowed
from committee.web.paging import place_of

PER_PAGE = 50

Found = TypeVar("Found")


@dataclass(frozen=True)
class ActionFields:
    """What is to be done, by whom and by when. The name is what the minutes print."""

    text: str
    owner_name: str
    owner_id: int | None = None
    due_on: date | None = None


def add(minute: Minute, fields: ActionFields, *, by: int | None = None) -> Action:
    """Add an action to a minute."""
    action = Action(
        text=fields.text,
        owner_name=fields.owner_name,
        owner_id=fields.owner_id,
        due_on=fields.due_on,
        status=ActionStatus.OPEN,
    )
    minute.actions.append(action)
    audit.record("action:added", action, by=by)
    return action


def remove(action: Action, *, by: int | None = None) -> None:
    """Take out an action added by mistake. Raises NotAllowed once its minute was published."""
    if action.minute.number is not None:
        raise NotAllowed("This action has been published. Mark it as no longer needed instead.")
    audit.record("action:removed", action, by=by)
    db.session.delete(action)
    db.session.flush()


def update(
    action: Action,
    status: ActionStatus,
    note: str | None,
    *,
    today: date,
    by: int | None = None,
) -> None:
    """Say where an action stands, with a note.

    Raises NotAllowed for a status that it may not take, and for an action that is no longer
    needed without a note of why.
    """
    if status is not action.status:
        ACTION_STATES.check(action.status, status)
    if status is ActionStatus.CANCELLED and not note:
        raise NotAllowed("Say in the note why it is no longer needed.")
    if status is not action.status:
        action.done_on = today if status is ActionStatus.DONE else None
    action.status, action.note = status, note
    audit.record("action:changed", action, by=by)


def action_with_id(action_id: int) -> Action | None:
    """One action, with its minute, meeting and committee."""
    found = select(Action).where(Action.id == action_id)
    meeting = joinedload(Action.minute).joinedload(Minute.minutes).joinedload(Minutes.meeting)
    return db.session.scalars(found.options(meeting.joinedload(Meeting.committee))).first()


def actions_for(
    user_id: int, committees: Collection[int] | None, page: int = 1
) -> tuple[Sequence[Action], int]:
    """A page of the actions of this user and of these committees (None: of all), and how many.

    Those to be done come first, and among them those due soonest; fifty to a page.
    """
    visible = _visible(user_id, committees)
    minute = contains_eager(Action.minute)
    meeting = minute.contains_eager(Minute.minutes).contains_eager(Minutes.meeting)
    count = db.session.scalar(_with_meeting(select(func.count(Action.id))).where(visible)) or 0
    rows = db.session.scalars(
        _with_meeting(select(Action))
        .where(visible)
        .options(meeting.joinedload(Meeting.committee), minute.joinedload(Minute.agenda_item))
        .order_by(Action.status != ActionStatus.OPEN, Action.due_on.asc().nulls_last(), Action.id)
        .limit(PER_PAGE)
        .offset(PER_PAGE * (place_of(page, count, PER_PAGE) - 1))
    ).all()
    return rows, count


def _with_meeting(found: Select[Found]) -> Select[Found]:
    return (
        found.join(Minute, Action.minute_id == Minute.id)
        .join(Minutes, Minute.minutes_id == Minutes.id)
        .join(Meeting, Minutes.meeting_id == Meeting.id)
    )


def _visible(user_id: int, committees: Collection[int] | None) -> ColumnElement[bool]:
    if committees is None:
        return true()
    return or_(Action.owner_id == user_id, Meeting.committee_id.in_(committees))


def possible_owners(committee_id: int) -> Sequence[User]:
    """Those with an account who have a role on the committee or council-wide, by name."""
    holding = select(RoleGrant.user_id).where(
        RoleGrant.ended_at.is_(None),
        or_(RoleGrant.committee_id.is_(None), RoleGrant.committee_id == committee_id),
    )
    found = select(User).where(User.active, User.id.in_(holding))
    return db.session.scalars(found.order_by(User.name, User.id)).all()
