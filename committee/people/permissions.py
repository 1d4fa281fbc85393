"""Who may open a view. Each view says so on the line above it: `@public`, `@requires(...)` or, for
one's own account, `@has_account`.

Roles are held council-wide or on one committee. `@requires` lets in whoever holds the permission
anywhere; the loader of the thing then asks about the thing's own committee, by `check`. Whoever
reads without writing (an auditor, for one) is let in to read: READ_BY says with which permission.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from flask import abort, current_app, g, request
from flask_login import current_user

from committee.clock import today
from committee.people import holdings
from committee.people.holdings import Explanation
from committee.people.models import Committee
from committee.people.roles import ROLE_PERMISSIONS, Permission, Role

__all__ = [
    "Permission",
    "acts_for",
    "check",
    "doers",
    "has_account",
    "may",
    "may_anywhere",
    "may_open",
    "may_read",
    "note_reason",
    "public",
    "requires",
    "roles_giving",
    "where",
]

P = ParamSpec("P")
R = TypeVar("R")

# Methods that change nothing, by which those may come in who only read.
READING = frozenset({"GET", "HEAD", "OPTIONS"})


OF_ONES_OWN = "Whoever has an account may open the pages of their own, without any role too."


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may open this view."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def has_account(view: Callable[P, R]) -> Callable[P, R]:
    """Whoever is signed in may open this view, with or without a role: it is of their own account,
    which they must be able to guard and to leave."""

    @wraps(view)
    def checked(*arguments: P.args, **named: P.kwargs) -> R:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        note_reason(OF_ONES_OWN)
        return view(*arguments, **named)

    checked.permission = Permission.HOME_READ  # type: ignore[attr-defined]
    checked.council_wide = False  # type: ignore[attr-defined]
    return checked


def requires(
    permission: Permission, *, council_wide: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only those who hold `permission` anywhere, or where it says so council-wide, may enter.

    The check comes before anything is loaded: someone who has not signed in is asked to, whether
    or not the thing exists; someone who has, but may not, is told that there is no such page.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*arguments: P.args, **named: P.kwargs) -> R:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if council_wide:
                check(permission, None)
            elif where(permission) == set():
                abort(404)
            return view(*arguments, **named)

        checked.permission = permission  # type: ignore[attr-defined]
        checked.council_wide = council_wide  # type: ignore[attr-defined]
        return checked

    return guard


def may(permission: Permission, committee: Committee | int | None = None) -> bool:
    """Whether the person signed in to this request holds `permission` on the committee.

    Roles on that committee and council-wide roles count; with no committee only the latter do.
    """
    found = _explained(permission, committee)
    return found is not None and found.allowed


def may_open(permission: Permission, committee: Committee | int | None = None) -> bool:
    """Whether this request may go on where `permission` is needed: by whoever holds it, and where
    the request changes nothing, by those too who may read what it opens."""
    found = _explained(permission, committee)
    return found is not None and _admits(found)


def may_read(permission: Permission, committee: Committee | int | None = None) -> bool:
    """Whether this request only reads, and its reader may read what `permission` opens."""
    return _only_reads() and may_open(permission, committee)


def may_anywhere(permission: Permission) -> bool:
    """Whether the person signed in holds `permission` council-wide or on any committee."""
    return current_user.is_authenticated and (
        holdings.committees_where(current_user, permission, on=today()) != set()
    )


def where(permission: Permission) -> set[int] | None:
    """The ids of the committees on which this request may go on where `permission` is needed, as
    `may_open` says; None means on all, an empty set on none."""
    if not current_user.is_authenticated:
        return set()
    return holdings.committees_where(current_user, permission, on=today(), reading=_only_reads())


def check(permission: Permission, committee: Committee | int | None) -> None:
    """Go on only if this reader holds `permission` on the committee, or with none council-wide; to
    others it is 404. What is done after it by a role that was lent is noted as done for its owner,
    until the next check: that tells by which role the reader goes on.
    """
    found = _explained(permission, committee)
    if found is None or not _admits(found):
        abort(404)
    if found.for_whom is not None:
        structlog.contextvars.bind_contextvars(for_whom=found.for_whom.id)
    else:
        structlog.contextvars.unbind_contextvars("for_whom")


def acts_for(user_id: int | None, permission: Permission, committee: Committee | int) -> bool:
    """Whether the reader is this user, or has been lent by them a role that gives `permission` on
    the committee."""
    if not current_user.is_authenticated or user_id is None:
        return False
    if current_user.id == user_id:
        return True
    found = _explained(permission, committee)
    lent = [each.for_whom for each in found.giving] if found else []
    return any(giver is not None and giver.id == user_id for giver in lent)


def roles_giving(permission: Permission, committee: Committee | int | None) -> set[Role]:
    """The roles by which the reader holds `permission` on the committee, with none council-wide."""
    found = _explained(permission, committee)
    return {each.role for each in found.giving} if found else set()


def note_reason(sentence: str) -> None:
    """Tell whoever asks why (committee.people.explaining) what else was decided about this reader,
    by a rule of another slice; where nobody asks, it is heard by nobody."""
    if (trail := g.get("reasons")) is not None:
        trail.append(sentence)


def doers(permission: Permission) -> set[int]:
    """The ids of those whose own things the reader looks after where `permission` is needed: the
    reader's own, and of those who have lent them a role that gives it."""
    if not current_user.is_authenticated:
        return set()
    held = holdings.holdings(current_user, on=today())
    giving = [each.for_whom for each in held if permission in ROLE_PERMISSIONS[each.role]]
    return {current_user.id, *(giver.id for giver in giving if giver is not None)}


def _explained(permission: Permission, committee: Committee | int | None) -> Explanation | None:
    """Why this reader may or may not, which is also what the page that explains it shows."""
    if not current_user.is_authenticated:
        return None
    committee_id = committee.id if isinstance(committee, Committee) else committee
    return holdings.explain(current_user, permission, committee_id, on=today())


def _admits(found: Explanation) -> bool:
    """Whether a guard or a loader lets this request on; whoever asks why is told of it."""
    if (trail := g.get("asked")) is not None:
        trail.append(found)
    return found.allowed or (_only_reads() and bool(found.reading))


def _only_reads() -> bool:
    return request.method in READING
