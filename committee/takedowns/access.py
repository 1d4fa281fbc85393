"""The only loaders of takedowns that a view may use. What may not be seen is 404."""

from flask import abort

from committee.people.permissions import Permission, check, may, where
from committee.takedowns import service
from committee.takedowns.models import Takedown
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import Thing, published_thing


def thing_to_take_down(kind: str, subject_id: int) -> Thing:
    """A published thing, for a reader who may take down what is its committee's."""
    if kind not in set(PublishedKind):
        abort(404)
    thing = published_thing(PublishedKind(kind), subject_id)
    if thing is None:
        abort(404)
    check(Permission.TAKEDOWN_ORDER, thing.committee_id)
    return thing


def takedown_for(permission: Permission, takedown_id: int, *, locked: bool = False) -> Takedown:
    """A takedown, for a reader who holds `permission` on the committee whose thing it is of."""
    takedown = service.takedown_with_id(takedown_id, locked=locked)
    if takedown is None:
        abort(404)
    check(permission, takedown.committee_id)
    return takedown


def may_allow(committee_id: int | None) -> bool:
    """Whether this reader is a monitoring officer for the committee."""
    return may(Permission.TAKEDOWN_ALLOW, committee_id)


def committees_seen() -> set[int] | None:
    """The ids of the committees whose takedowns this reader may see; None means all."""
    return where(Permission.TAKEDOWN_ORDER)
