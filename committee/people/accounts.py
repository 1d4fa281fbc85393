"""Administering accounts: who is invited, what they may do, and when that ends. Callers commit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select

from committee.audit import service as audit
from committee.extensions import db
from committee.people import passwords, sessions, users
from committee.people.held import hold
from committee.people.models import Committee, Councillor, RoleGrant, User
from committee.people.rights import SEAT_ROLES
from committee.people.roles import (
    COUNCIL_WIDE_ONLY,
    ROLE_LABELS,
    ClearanceKind,
    GrantSource,
    Role,
)
from committee.people.sign_in_choices import issuer_in_use
from committee.people.sign_in_models import Passkey, ProviderIdentity
from committee.states import NotAllowed

LAST_ONE = (
    "Nobody else could administer accounts. Make somebody else an administrator first, and let "
    "them choose a password or come in by another way."
)


@dataclass(frozen=True)
class Particulars:
    """What is known of a person who has an account."""

    name: str
    email: str
    job_title: str | None = None
    directorate: str | None = None
    telephone: str | None = None
    councillor_id: int | None = None


def invite(
    email: str,
    name: str,
    *,
    role: Role,
    committee: Committee | None,
    kind: ClearanceKind | None = None,
    now: datetime,
    by: int | None,
) -> User:
    """Give someone an account without a password, with a first role. The caller sends the link.

    Raises NotAllowed for an address that has an account, and for an administrator of one committee.
    """
    _check_free(email)
    _check_place(role, committee)
    return users.add_user(
        email, name, None, role=role, committee=committee, kind=kind, now=now, by=by
    )


def change(user: User, given: Particulars, *, now: datetime, by: int | None) -> None:
    """Change what is known of a person. Links mailed to an address that is given up open nothing.
    Whoever becomes a councillor here is a member by their seats alone from then on.

    Raises NotAllowed for an address or a councillor that belongs to another account.
    """
    email = given.email.strip().lower()
    if email != user.email:
        _check_free(email)
        passwords.withdraw_links(user, now=now)
        # Those of whoever had this address before are not this person's.
        sessions.forget_browsers(user, now=now)
    _check_councillor(user, given.councillor_id)
    user.email, user.name, user.job_title = email, given.name, given.job_title
    user.directorate, user.telephone = given.directorate, given.telephone
    user.councillor_id = given.councillor_id
    if user.councillor_id is not None:
        _leave_to_seats(user, now=now, by=by)
    audit.record("user:changed", user, by=by)


def grant(
    user: User,
    role: Role,
    committee: Committee | None,
    *,
    kind: ClearanceKind | None = None,
    source: GrantSource = GrantSource.ADMINISTRATOR,
    now: datetime,
    by: int | None,
) -> RoleGrant:
    """Give the user a role on a committee or, with none, council-wide. `kind` is what a clearance
    officer clears.

    Raises NotAllowed for a role that they hold there already, for one of the whole council on a
    committee, and for the role of a member where the account is a councillor's: seats give it.
    """
    _check_place(role, committee)
    if role in SEAT_ROLES and user.councillor_id is not None:
        raise NotAllowed(
            f"{user.name} is a councillor here: a seat on the committee gives this role, from its "
            "first day to its last. Add the seat on the committee’s page of members."
        )
    where = committee.id if committee else None
    if any(held.role is role and held.committee_id == where for held in users.roles_now(user)):
        place = committee.name if committee else "the whole council"
        raise NotAllowed(f"{user.name} is {ROLE_LABELS[role].lower()} for {place} already.")
    given = RoleGrant(
        role=role,
        committee_id=where,
        granted_at=now,
        clearance_kind=users.kind_cleared(role, kind),
        source=source,
        given_by_id=by,
    )
    user.grants.append(given)
    audit.record("role_grant:added", given, by=by, after=_facts(given))
    return given


def end_grant(given: RoleGrant, *, now: datetime, by: int | None) -> None:
    """Take a role away; it counts no more from the next request on.

    Raises NotAllowed if it has ended already, and for the last administrator's role.
    """
    if given.role is Role.ADMINISTRATOR and given.committee_id is None and not given.ended_at:
        # Before the row itself is held: two who end each other's role hold all rows in one order.
        _keep_an_administrator(without=given.user)
    hold(given)
    if given.ended_at is not None:
        raise NotAllowed("This role has ended already.")
    before, given.ended_at = _facts(given), now
    audit.record("role_grant:ended", given, by=by, before=before, after=_facts(given))


def deactivate(user: User, *, now: datetime, by: int | None) -> None:
    """Close the account: its sessions end, its links open nothing, its name stays where it stands.

    Raises NotAllowed for one's own account, for the last administrator's and for a closed one.
    """
    if not user.active:
        raise NotAllowed(f"The account of {user.name} is inactive already.")
    if user.id == by:
        raise NotAllowed("You cannot deactivate your own account. Ask another administrator.")
    _keep_an_administrator(without=user)
    user.active = False
    passwords.withdraw_links(user, now=now)
    sessions.end_all_of(user, now=now, by=by)
    audit.record("user:deactivated", user, by=by)


def activate(user: User, *, by: int | None) -> None:
    """Open a closed account again, with the roles and the password that it had.

    Raises NotAllowed for one that is active.
    """
    if user.active:
        raise NotAllowed(f"The account of {user.name} is active already.")
    user.active = True
    audit.record("user:activated", user, by=by)


def _leave_to_seats(user: User, *, now: datetime, by: int | None) -> None:
    """End the roles of a member that were given by hand, since seats decide about them now."""
    for given in users.roles_now(user):
        if given.role in SEAT_ROLES:
            before, given.ended_at = _facts(given), now
            audit.record("role_grant:ended", given, by=by, before=before, after=_facts(given))


def _facts(given: RoleGrant) -> dict[str, object]:
    """What a role that was given is, for the hashes of the audit."""
    return {
        "user_id": given.user.id,
        "committee_id": given.committee_id,
        "role": given.role,
        "clearance_kind": given.clearance_kind,
        "granted_at": given.granted_at,
        "ended_at": given.ended_at,
    }


def _check_free(email: str) -> None:
    if users.user_with_email(email):
        raise NotAllowed(f"{email.strip().lower()} has an account already.")


def _check_place(role: Role, committee: Committee | None) -> None:
    if role in COUNCIL_WIDE_ONLY and committee is not None:
        label = ROLE_LABELS[role].lower()
        raise NotAllowed(f"{label.capitalize()} is a role for the whole council. Choose that here.")


def _check_councillor(user: User, councillor_id: int | None) -> None:
    if councillor_id is None:
        return
    same = select(User).where(User.councillor_id == councillor_id, User.id != user.id)
    if other := db.session.scalars(same).first():
        raise NotAllowed(f"{other.name} has an account as this councillor already.")
    if db.session.get(Councillor, councillor_id) is None:
        raise NotAllowed("There is no such councillor any more.")


def _keep_an_administrator(*, without: User) -> None:
    """Raises NotAllowed unless somebody other than `without` can go on administering accounts, if
    `without` does so. Two who remove each other at once wait here for one another."""
    holding = (
        select(RoleGrant.user_id, _can_sign_in().label("can_sign_in"))
        .join(User, RoleGrant.user_id == User.id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.committee_id.is_(None),
            RoleGrant.ended_at.is_(None),
            User.active,
        )
        .order_by(RoleGrant.id)
        .with_for_update(of=[RoleGrant, User])
    )
    found = db.session.execute(holding).all()
    remain = [row for row in found if row.user_id != without.id and row.can_sign_in]
    if not remain and any(row.user_id == without.id for row in found):
        raise NotAllowed(LAST_ONE)


def _can_sign_in() -> ColumnElement[bool]:
    """That somebody has a way in: a password, a passkey, or an account at the provider in use."""
    return or_(
        User.password_hash.is_not(None),
        exists().where(Passkey.user_id == User.id, Passkey.ended_at.is_(None)),
        exists().where(
            ProviderIdentity.user_id == User.id, ProviderIdentity.issuer == issuer_in_use()
        ),
    )
