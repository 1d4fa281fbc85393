"""Who holds what: every role that counts on a day, of every account that is active."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from committee.extensions import db
from committee.people.delegation_models import Delegation
from committee.people.holdings import Holding, holdings
from committee.people.models import Membership, RoleGrant, User
from committee.people.permission_words import place_in_words, role_in_words
from committee.people.roles import Role


@dataclass(frozen=True)
class Held:
    """A person and one role that counts for them."""

    user: User
    holding: Holding


@dataclass(frozen=True)
class Sought:
    """What is looked for: a role, a committee (council-wide roles reach it too), words of a name.
    What is not given is not asked for."""

    role: Role | None = None
    committee_id: int | None = None
    words: str = ""


# The orders in which the list can be read.
ORDERS = {"person": "By person", "role": "By role", "committee": "By committee"}


def everyone(sought: Sought, *, order: str, on: date) -> list[Held]:
    """Every role held on that day that is sought, in one of ORDERS, read by so many queries however
    many people there are."""
    people = db.session.scalars(_people(sought).order_by(User.name, User.id)).all()
    found = [
        Held(user, holding)
        for user in people
        for holding in holdings(user, on=on)
        if _is_sought(holding, sought)
    ]
    return sorted(found, key=lambda held: _place(held, order))


def with_holdings() -> tuple[ExecutableOption, ...]:
    """What to load with a user so that their holdings ask the database nothing more."""
    return (
        selectinload(User.grants).options(
            joinedload(RoleGrant.committee), joinedload(RoleGrant.given_by)
        ),
        selectinload(User.memberships).joinedload(Membership.committee),
        selectinload(User.terms),
        selectinload(User.delegations_received).options(
            joinedload(Delegation.committee),
            joinedload(Delegation.allowed_by),
            joinedload(Delegation.giver).options(
                selectinload(User.grants),
                selectinload(User.memberships),
                selectinload(User.terms),
            ),
        ),
    )


def people_by_name() -> Sequence[User]:
    """Every active account, by name, to be chosen from."""
    return db.session.scalars(select(User).where(User.active).order_by(User.name, User.id)).all()


def _people(sought: Sought) -> Select[User]:
    """The active accounts that may hold what is sought."""
    found = select(User).where(User.active).options(*with_holdings())
    if sought.words:
        found = found.where(User.name.icontains(sought.words, autoescape=True))
    if sought.role is not None:
        found = found.where(
            exists().where(RoleGrant.user_id == User.id, RoleGrant.role == sought.role)
            | exists().where(Delegation.receiver_id == User.id, Delegation.role == sought.role)
            | User.councillor_id.is_not(None)
        )
    return found


def _is_sought(holding: Holding, sought: Sought) -> bool:
    if sought.role is not None and holding.role is not sought.role:
        return False
    return sought.committee_id is None or holding.reaches(sought.committee_id)


def _place(held: Held, order: str) -> tuple[str, ...]:
    person = (held.user.name.casefold(), str(held.user.id))
    role = f"{list(Role).index(held.holding.role):02} {role_in_words(held.holding)}"
    # The whole council before each committee.
    place = "" if held.holding.committee_id is None else place_in_words(held.holding).casefold()
    if order == "role":
        return (role, place, *person)
    if order == "committee":
        return (place, role, *person)
    return (*person, role, place)
