"""The only loaders of reminders that a view may use. What may not be seen is 404."""

from collections.abc import Collection

from flask import abort

from committee.people.permissions import Permission, check, where
from committee.reminders import service
from committee.reminders.models import Obligation


def own_committee_ids() -> Collection[int] | None:
    """The committees whose reminders this reader looks after; none means all of them."""
    return where(Permission.REMINDER_READ)


def visible_obligation(obligation_id: int) -> Obligation:
    """The reminder, for a reader who looks after the reminders of its committee."""
    obligation = service.obligation_with_id(obligation_id)
    if obligation is None:
        abort(404)
    check(Permission.REMINDER_READ, obligation.committee_id)
    return obligation
