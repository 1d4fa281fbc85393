"""What somebody holds on a day, how they came by it, and why it lets them do a thing or not.

Every question about permissions is answered here: the guards of views, the buttons of pages, and
the page that explains to an administrator why a person may or may not see a thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from committee.people.delegation_models import Delegation
from committee.people.models import Membership, RoleGrant, User
from committee.people.rights import DELEGABLE, READ_BY, SEAT_ROLES, SEATED_ROLES
from committee.people.roles import (
    ROLE_PERMISSIONS,
    MemberRole,
    Permission,
    Role,
    permissions_of,
)
from committee.people.rules import EndReason, lasts
from committee.people.tenure_models import TermOfOffice

CO_OPTED = frozenset({MemberRole.CO_OPTED, MemberRole.NON_VOTING})


class Way(StrEnum):
    """How somebody comes to hold a role."""

    GRANT = "grant"
    MEMBERSHIP = "membership"
    DELEGATION = "delegation"


@dataclass(frozen=True)
class Holding:
    """A role that somebody holds on a committee, or council-wide, and the row that gives it."""

    role: Role
    committee_id: int | None
    way: Way
    row: RoleGrant | Membership | Delegation

    @property
    def for_whom(self) -> User | None:
        """The person for whom they act; nobody where the role is their own."""
        return self.row.giver if isinstance(self.row, Delegation) else None

    def reaches(self, committee_id: int | None) -> bool:
        """Whether the role counts on the committee, or with none, council-wide."""
        return self.committee_id in (None, committee_id)


@dataclass(frozen=True)
class Explanation:
    """Why somebody holds a permission on a committee (with none: council-wide), or does not.

    `giving` are the roles that give it there. `reading` are those that open pages which need it
    without letting anything be sent. `elsewhere` give it, but on other committees.
    """

    permission: Permission
    committee_id: int | None
    giving: tuple[Holding, ...]
    reading: tuple[Holding, ...]
    elsewhere: tuple[Holding, ...]

    @property
    def allowed(self) -> bool:
        """Whether the person may do it."""
        return bool(self.giving)

    @property
    def for_whom(self) -> User | None:
        """On whose behalf it is done, where no role of their own gives the permission."""
        own = any(holding.for_whom is None for holding in self.giving)
        return None if own or not self.giving else self.giving[0].for_whom


def holdings(user: User, *, on: date) -> list[Holding]:
    """Every role that counts for the user on that day: given, by membership, or lent to them."""
    return [*own_holdings(user, on=on), *_lent_to(user, on)]


def own_holdings(user: User, *, on: date) -> list[Holding]:
    """The user's own roles on that day, without those that others have lent to them.

    For an account that is linked to a councillor the seats on committees decide: a role that
    comes with a seat counts from the seat's first day to its last, whoever gave it by hand, and no
    longer than their term of office.
    """
    return [*_by_membership(user, on), *_by_grant(user, on)]


def explain(
    user: User, permission: Permission, committee_id: int | None, *, on: date
) -> Explanation:
    """Why the user holds `permission` on the committee on that day, or what is missing."""
    held = holdings(user, on=on)
    standing_in = READ_BY.get(permission, frozenset())
    giving = [each for each in held if permission in ROLE_PERMISSIONS[each.role]]
    reading = [each for each in held if ROLE_PERMISSIONS[each.role] & standing_in]
    return Explanation(
        permission,
        committee_id,
        giving=tuple(each for each in giving if each.reaches(committee_id)),
        reading=tuple(each for each in reading if each.reaches(committee_id)),
        elsewhere=tuple(each for each in giving if not each.reaches(committee_id)),
    )


def permissions_held(
    user: User, committee_id: int | None = None, *, on: date
) -> frozenset[Permission]:
    """What the user may do on that day: with a committee, by council-wide roles and by those on
    that very committee; with none, by council-wide roles alone."""
    return permissions_of(
        {each.role for each in holdings(user, on=on) if each.reaches(committee_id)}
    )


def committees_where(
    user: User, permission: Permission, *, on: date, reading: bool = False
) -> set[int] | None:
    """The ids of the committees on which the user holds `permission`; None means on all.

    With `reading`, those count too whose pages the user may read but send nothing to.
    """
    wanted = {permission} | (READ_BY.get(permission, frozenset()) if reading else frozenset())
    held = [each for each in holdings(user, on=on) if ROLE_PERMISSIONS[each.role] & wanted]
    where = {each.committee_id for each in held}
    return None if None in where else {each for each in where if each is not None}


def seats_that_last(user: User, on: date) -> list[Membership]:
    """The seats that are recorded for that day, whether or not they count."""
    if user.councillor_id is None:
        return []
    return [
        seat
        for seat in user.memberships
        if lasts(seat.started_on, seat.ended_on, on)
        and seat.ended_because is not EndReason.ENTERED_IN_ERROR
    ]


def seats_that_count(user: User, on: date) -> list[Membership]:
    """The seats that give a role on that day. Who is no longer a councillor sits on no committee
    as one, even where nobody has ended the seat (Local Government Act 1972, s.102(5)); those who
    are co-opted need not be councillors."""
    seats = seats_that_last(user, on)
    return seats if is_in_office(user, on) else [seat for seat in seats if seat.role in CO_OPTED]


def is_in_office(user: User, on: date) -> bool:
    """Whether a term of the councillor lasts on that day; of whom no term is known at all, it is
    taken that they are in office for as long as they sit. A term entered in error tells nothing."""
    terms = terms_that_were(user)
    return not terms or any(lasts(term.started_on, term.ended_on, on) for term in terms)


def terms_that_were(user: User) -> list[TermOfOffice]:
    """The councillor's terms, the first one first, without those that were entered in error."""
    if user.councillor_id is None:
        return []
    return [term for term in user.terms if term.ended_because is not EndReason.ENTERED_IN_ERROR]


def counts(user: User, grant: RoleGrant, on: date) -> bool:
    """Whether a role given by hand counts on that day. An office that needs a seat counts while
    they sit there as a councillor, and one of the whole council while they sit anywhere; to be
    co-opted is not enough. Who takes executive decisions is a councillor until the term ends
    (Local Government Act 2000, ss.9C and 9D)."""
    if user.councillor_id is None:
        return True
    if grant.role in SEAT_ROLES:
        return False
    if grant.role is Role.DECISION_MAKER:
        return is_in_office(user, on)
    if grant.role not in SEATED_ROLES:
        return True
    seats = seats_that_count(user, on)
    where = {seat.committee_id for seat in seats if seat.role not in CO_OPTED}
    return grant.committee_id in where if grant.committee_id is not None else bool(where)


def _by_grant(user: User, on: date) -> Iterator[Holding]:
    for grant in user.grants:
        if grant.ended_at is None and counts(user, grant, on):
            yield Holding(grant.role, grant.committee_id, Way.GRANT, grant)


def _by_membership(user: User, on: date) -> Iterator[Holding]:
    for seat in seats_that_count(user, on):
        yield Holding(role_of_seat(seat), seat.committee_id, Way.MEMBERSHIP, seat)


def role_of_seat(seat: Membership) -> Role:
    """The role that a seat gives while it counts."""
    return Role.CO_OPTED_MEMBER if seat.role in CO_OPTED else Role.COMMITTEE_MEMBER


def _lent_to(user: User, on: date) -> Iterator[Holding]:
    """What others lend to the user: never more than they hold themselves that day, nor onward."""
    for lent in user.delegations_received:
        if lent.role not in DELEGABLE or not lent.counts_on(on) or not lent.giver.active:
            continue
        of_giver = own_holdings(lent.giver, on=on)
        if any(h.role is lent.role and h.reaches(lent.committee_id) for h in of_giver):
            yield Holding(lent.role, lent.committee_id, Way.DELEGATION, lent)
