"""On which committees somebody holds a role, as a condition for queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, true

from committee.people.holdings import holdings
from committee.people.models import User
from committee.people.roles import Role


@dataclass(frozen=True)
class Scope:
    """Some committees by their ids, or all of them (None)."""

    committee_ids: frozenset[int] | None

    def covers(self, committee_id: Any) -> ColumnElement[bool]:
        """The condition that a committee is among them."""
        if self.committee_ids is None:
            return true()
        found: ColumnElement[bool] = committee_id.in_(self.committee_ids)
        return found


def scope_of(user: User, roles: Collection[Role], *, on: date) -> Scope | None:
    """Where the user holds one of the roles on that day; None for nowhere."""
    held = [each.committee_id for each in holdings(user, on=on) if each.role in roles]
    if not held:
        return None
    return Scope(None if None in held else frozenset(each for each in held if each is not None))
