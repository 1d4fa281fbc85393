"""Accounts: who can sign in, and what they may do. Callers commit."""

from datetime import datetime

from pwdlib import PasswordHash
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import Committee, RoleGrant, User
from committee.people.roles import ClearanceKind, Role

PASSWORDS = PasswordHash.recommended()

# Checked when no such account exists, so that a wrong address takes as long as a wrong password.
_NOBODY = PASSWORDS.hash("nobody has this password")


def add_user(
    email: str,
    name: str,
    password: str | None,
    *,
    role: Role,
    committee: Committee | None = None,
    kind: ClearanceKind | None = None,
    now: datetime | None = None,
    by: int | None = None,
) -> User:
    """Give someone an account with one role, council-wide or on one committee alone, from `now`
    or, where that is not given, from the moment at which the database keeps it. `kind` is what a
    clearance officer clears."""
    user = User(
        email=email.strip().lower(),
        name=name,
        password_hash=PASSWORDS.hash(password) if password else None,
        active=True,
        browsers_known_since=now,  # whoever had this address before is somebody else
    )
    db.session.add(user)
    db.session.flush()
    grant = RoleGrant(
        user_id=user.id,
        role=role,
        committee_id=committee.id if committee else None,
        clearance_kind=kind_cleared(role, kind),
        given_by_id=by,
    )
    if now is not None:
        grant.granted_at = now
    db.session.add(grant)
    audit.record("user:added", user, by=by)
    return user


def kind_cleared(role: Role, kind: ClearanceKind | None) -> ClearanceKind | None:
    """What the holder of the role clears: a clearance officer always something, others nothing."""
    return (kind or ClearanceKind.OTHER) if role is Role.CLEARANCE_OFFICER else None


def user_with_password(email: str, password: str) -> User | None:
    """The active user whose e-mail address and password these are, or nobody."""
    user = user_with_email(email)
    kept = user.password_hash if user and user.password_hash else _NOBODY
    matches = PASSWORDS.verify(password, kept)
    return user if user and user.active and user.password_hash and matches else None


def user_with_email(email: str) -> User | None:
    """The user with this e-mail address, however its letters were typed."""
    return db.session.scalars(select(User).where(User.email == email.strip().lower())).first()


def user_with_id(user_id: int) -> User | None:
    """One account, with its roles and their committees."""
    found = select(User).where(User.id == user_id)
    roles = selectinload(User.grants).joinedload(RoleGrant.committee)
    return db.session.scalars(found.options(roles, joinedload(User.councillor))).first()


def roles_now(user: User) -> list[RoleGrant]:
    """The roles given to the user by hand that have not ended, in the order in which they were
    given. What counts for them is in committee.people.holdings."""
    return [grant for grant in user.grants if grant.ended_at is None]
