"""The people of the matrix, as people.csv lists them, with accounts and roles."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import update

from committee.clock import now, today
from committee.extensions import db
from committee.people import accounts, service, sessions, users
from committee.people.delegation_models import Delegation
from committee.people.models import Committee, User
from committee.people.roles import ClearanceKind, MemberRole, Role
from committee.people.session_models import UserSession
from committee.people.sign_in_models import Passkey

PEOPLE = Path(__file__).with_name("people.csv")
PASSWORD = "a long enough password"
NOBODY = "anyone"  # who has not signed in

PASSKEY_TO_COME = "Telephone"  # added after sign-in, which would ask for it

# What befalls somebody after they have signed in.
ROLE_REMOVED, SESSION_REVOKED, ACCOUNT_CLOSED = "role removed", "session revoked", "account closed"
# How somebody comes by a role, where it is not given by hand.
SEAT, SEAT_ENDED = "seat", "seat that ended"
LENT, LENT_BEFORE, NOT_ALLOWED = "lent", "lent until yesterday", "lent and not allowed"
LENDER = "officer of this committee"
CLEARANCE = "clearance_officer"

DAY = timedelta(days=1)
LONG_AGO = date(2021, 5, 25)  # after the meetings whose minutes name those present


@dataclass(frozen=True)
class Person:
    """One row of people.csv."""

    name: str
    role: str
    committee: str  # "home", "elsewhere" or, for the whole council, nothing
    by: str

    @property
    def was_signed_out(self) -> bool:
        """Whether the session that their browser holds was ended on the server."""
        return self.by in (SESSION_REVOKED, ACCOUNT_CLOSED)

    @property
    def is_signed_in(self) -> bool:
        """Whether their requests come from somebody who is known."""
        return self.name != NOBODY and not self.was_signed_out


@cache
def cast() -> tuple[Person, ...]:
    """Everybody in the matrix."""
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Person(row["person"], row["role"], row["committee"], row["by"])
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True)
class People:
    """The accounts of those who have one, by the name in people.csv."""

    users: Mapping[str, User]


def given_accounts(committees: Mapping[str, Committee]) -> People:
    """An account and a role for everybody in people.csv, however they come by it."""
    made: dict[str, User] = {}
    known = users.PASSWORDS.hash(PASSWORD)
    for number, person in enumerate(each for each in cast() if each.name != NOBODY):
        made[person.name] = users.add_user(
            f"matrix{number}@example.org",
            person.name.capitalize(),
            None,
            role=Role(person.role),
            committee=committees.get(person.committee),
            kind=ClearanceKind(person.by) if person.role == CLEARANCE else None,
        )
        made[person.name].password_hash = known
        db.session.flush()
        db.session.refresh(made[person.name])
    for person in cast():
        if person.by in (SEAT, SEAT_ENDED):
            _seat(person, made[person.name], committees[person.committee])
        elif person.by in (LENT, LENT_BEFORE, NOT_ALLOWED):
            _lend(person, made[person.name], made)
    db.session.flush()
    return People(made)


def _seat(person: Person, user: User, committee: Committee) -> None:
    """Make somebody a councillor who sits, or sat until yesterday. A role that goes with the seat
    and was given by hand stays, and gives nothing by itself."""
    co_opted = person.role == Role.CO_OPTED_MEMBER
    seat = service.add_membership(
        committee,
        service.councillor_named(committee.council, user.name, None),
        role=MemberRole.CO_OPTED if co_opted else MemberRole.MEMBER,
        started_on=LONG_AGO,
    )
    db.session.flush()
    user.councillor_id = seat.councillor_id
    if person.by == SEAT_ENDED:
        service.end_membership(seat, on=today() - DAY)


def _lend(person: Person, user: User, made: Mapping[str, User]) -> None:
    """Lend somebody the role of an officer who is away, in place of the role given by hand."""
    own = user.grants[0]
    accounts.end_grant(own, now=now(), by=None)
    allowed = person.by != NOT_ALLOWED
    db.session.add(
        Delegation(
            giver_id=made[LENDER].id,
            receiver_id=user.id,
            role=own.role,
            committee_id=own.committee_id,
            first_day=today() - 20 * DAY,
            last_day=today() + (-DAY if person.by == LENT_BEFORE else 20 * DAY),
            reason="On leave.",
            allowed_at=now() if allowed else None,
            allowed_by_id=made["administrator"].id if allowed else None,
        )
    )


def interrupt(accounts_of: Mapping[str, User]) -> None:
    """What befalls some of them after they have signed in. The caller commits.

    Everybody has just proved who they are, and been seen, however long the tests take.
    """
    later = now() + DAY
    db.session.execute(update(Passkey).where(Passkey.name == PASSKEY_TO_COME).values(ended_at=None))
    db.session.execute(update(UserSession).values(proved_at=later, last_seen_at=later))
    for person in cast():
        user = accounts_of.get(person.name)
        if user is None:
            continue
        if person.by == ROLE_REMOVED:
            accounts.end_grant(user.grants[0], now=now(), by=None)
        elif person.by == SESSION_REVOKED:
            sessions.end_all_of(user, now=now(), by=None)
        elif person.by == ACCOUNT_CLOSED:
            accounts.deactivate(user, now=now(), by=None)
