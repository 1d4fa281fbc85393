"""The only loaders of people's things that a view may use. What may not be seen is 404."""

from flask import abort
from flask_login import current_user

from committee.extensions import db
from committee.people import service
from committee.people.models import Committee, Council, Membership
from committee.people.permissions import Permission, check


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


def council() -> Council:
    """The council that this installation serves."""
    found = service.the_council()
    if found is None:
        abort(404)
    return found


def reader_id() -> int | None:
    """The id of the person signed in to this request, for the audit; none for the public."""
    return current_user.id if current_user.is_authenticated else None
