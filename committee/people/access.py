"""The only loaders of people's things that a view may use. What may not be seen is 404."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from flask import abort
from flask_login import current_user

from committee.extensions import db
from committee.people import (
    councillors,
    delegations,
    people_files,
    portfolios,
    seats,
    service,
    sessions,
    users,
)
from committee.people.delegation_models import Delegation
from committee.people.models import (
    Committee,
    Council,
    Councillor,
    Membership,
    Portfolio,
    PortfolioHolding,
    RoleGrant,
    User,
)
from committee.people.permissions import Permission, check
from committee.people.session_models import UserSession
from committee.people.tenure_models import (
    GroupSeats,
    NamedSubstitute,
    PeopleFile,
    TermOfOffice,
)

LARGEST_ID = 2**31 - 1  # that the database can count

Row = TypeVar("Row", TermOfOffice, GroupSeats, NamedSubstitute)


def visible_committee(slug: str) -> Committee:
    """The committee at this slug; every committee is public."""
    committee = service.committee_with_slug(slug)
    if committee is None:
        abort(404)
    return committee


def committee_for(permission: Permission, slug: str) -> Committee:
    """The committee at this slug, for a reader who holds `permission` on it."""
    committee = visible_committee(slug)
    check(permission, committee)
    return committee


def visible_membership(membership_id: int, committee: Committee) -> Membership:
    """A membership of this committee."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.committee_id != committee.id:
        abort(404)
    return membership


def visible_councillor(councillor_id: int) -> Councillor:
    """A councillor, former ones too; every one of them is public."""
    found = councillors.councillor_with_id(councillor_id)
    if found is None:
        abort(404)
    return found


def term_of(councillor: Councillor, term_id: int) -> TermOfOffice:
    """A term of this councillor, unless it was entered in error."""
    return _of(councillors.terms_of(councillor), term_id)


def allotment_of(committee: Committee, row_id: int) -> GroupSeats:
    """Seats of a group on this committee, unless they were entered in error."""
    return _of(seats.allotments(committee), row_id)


def substitute_of(committee: Committee, row_id: int) -> NamedSubstitute:
    """Somebody's place on this committee's lists of substitutes."""
    return _of(seats.substitutes(committee), row_id)


def _of(rows: Sequence[Row], row_id: int) -> Row:
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        abort(404)
    return found


def waiting_file(file_id: int) -> tuple[PeopleFile, bytes]:
    """A file that still waits to be brought in, for administrators."""
    check(Permission.USER_EDIT, None)
    found = people_files.waiting_file(file_id)
    if found is None:
        abort(404)
    return found


def account(user_id: int) -> User:
    """Anybody's account, for those who administer accounts."""
    check(Permission.USER_EDIT, None)
    user = users.user_with_id(user_id)
    if user is None:
        abort(404)
    return user


def role_of(user: User, grant_id: int) -> RoleGrant:
    """A role that this user holds; one that has ended is no longer there to be changed."""
    found = next((grant for grant in users.roles_now(user) if grant.id == grant_id), None)
    if found is None:
        abort(404)
    return found


def session_of(user: User, session_id: int, *, now: datetime) -> UserSession:
    """A session of this user that is open now."""
    check(Permission.USER_EDIT, None)
    found = sessions.open_sessions_of(user, now=now)
    return next((each for each in found if each.id == session_id), None) or abort(404)


def portfolio(portfolio_id: int) -> Portfolio:
    """A portfolio, for those who administer them."""
    check(Permission.USER_EDIT, None)
    found = portfolios.portfolio_with_id(portfolio_id)
    if found is None:
        abort(404)
    return found


def holding_of(portfolio: Portfolio, holding_id: int) -> PortfolioHolding:
    """Somebody's holding of this portfolio."""
    held = portfolios.holdings_of(portfolio)
    found = next((holding for holding in held if holding.id == holding_id), None)
    if found is None:
        abort(404)
    return found


def council() -> Council:
    """The council that this installation serves."""
    found = service.the_council()
    if found is None:
        abort(404)
    return found


def account_to_explain(whose: str) -> User:
    """The account with this id as it stands in an address, for those who ask why."""
    check(Permission.PERMISSION_READ, None)
    user_id = int(whose) if whose.isascii() and whose.isdigit() and len(whose) <= 10 else 0
    user = users.user_with_id(user_id) if 0 < user_id <= LARGEST_ID else None
    if user is None:
        abort(404)
    return user


def delegation(delegation_id: int) -> Delegation:
    """Any delegation, for those who allow them."""
    check(Permission.DELEGATION_ALLOW, None)
    found = delegations.delegation_with_id(delegation_id)
    if found is None:
        abort(404)
    return found


def own_delegation(delegation_id: int) -> Delegation:
    """A delegation that the reader has given."""
    found = delegations.delegation_with_id(delegation_id)
    if found is None or found.giver_id != current_user.id:
        abort(404)
    return found


def reader() -> User:
    """The person signed in to this request; the view has made sure that there is one."""
    user: User = current_user._get_current_object()
    return user


def reader_id() -> int | None:
    """The id of the person signed in to this request, for the audit; none for the public."""
    return current_user.id if current_user.is_authenticated else None
