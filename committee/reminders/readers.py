"""Who is told: the officers and members of each committee, as their roles stand now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from committee.extensions import db
from committee.people.models import Membership, RoleGrant, User
from committee.people.rights import SEAT_ROLES
from committee.people.roles import Role
from committee.people.rules import EndReason

_TOLD = (Role.DEMOCRATIC_SERVICES_OFFICER, Role.COMMITTEE_MEMBER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Readers:
    """Ids of active users by role and committee; no committee stands for council-wide roles."""

    holders: dict[tuple[Role, int | None], list[int]]
    active: frozenset[int]

    def officers(self, committee_id: int) -> list[int]:
        """The committee's own officers; where it has none, those of the whole council; where there
        are none either, the administrators, so that somebody is always told."""
        return self._of(Role.DEMOCRATIC_SERVICES_OFFICER, committee_id) or self.holders.get(
            (Role.ADMINISTRATOR, None), []
        )

    def members(self, committee_id: int) -> list[int]:
        """The committee's members with accounts; where none has a role on this very committee,
        those who are members council-wide."""
        return self._of(Role.COMMITTEE_MEMBER, committee_id)

    def still(self, *user_ids: int | None) -> list[int]:
        """Those of these users who can still sign in, each once, in the order given."""
        return [user for user in dict.fromkeys(user_ids) if user in self.active]

    def _of(self, role: Role, committee_id: int) -> list[int]:
        return self.holders.get((role, committee_id)) or self.holders.get((role, None), [])


def readers_on(day: date) -> Readers:
    """Everyone who may be told of something on that day, read in three queries.

    Whoever is a councillor is a member where they sit; others where they were given the role.
    """
    holders: dict[tuple[Role, int | None], list[int]] = defaultdict(list)
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.committee_id, User.id)
        .join(User, RoleGrant.user_id == User.id)
        .where(
            RoleGrant.ended_at.is_(None),
            RoleGrant.role.in_(_TOLD),
            User.active,
            or_(RoleGrant.role.not_in(SEAT_ROLES), User.councillor_id.is_(None)),
        )
        .distinct()
        .order_by(User.id, RoleGrant.role, RoleGrant.committee_id)
    )
    for role, committee_id, user_id in rows:
        holders[role, committee_id].append(user_id)
    for committee_id, user_id in db.session.execute(_seated(day)):
        holders[Role.COMMITTEE_MEMBER, committee_id].append(user_id)
    active = db.session.scalars(select(User.id).where(User.active))
    return Readers(dict(holders), frozenset(active))


def officers_of(committee_id: int, *, today: date) -> Sequence[User]:
    """The officers of a committee, as `Readers.officers` chooses them, with their addresses."""
    ids = readers_on(today).officers(committee_id)
    return db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.id)).all()


def _seated(day: date) -> Select[int, int]:
    """The committees and accounts of those who sit there on that day, co-opted members too."""
    return (
        select(Membership.committee_id, User.id)
        .join(User, User.councillor_id == Membership.councillor_id)
        .where(
            User.active,
            Membership.started_on <= day,
            or_(Membership.ended_on.is_(None), Membership.ended_on >= day),
            Membership.ended_because.is_distinct_from(EndReason.ENTERED_IN_ERROR),
        )
        .distinct()
        .order_by(User.id, Membership.committee_id)
    )
