"""Who may open a view. Each view says so on the line above it: `@public` or `@requires(...)`.

Roles are held council-wide or on one committee. `@requires` lets in whoever holds the permission
anywhere; the loader of the thing then asks about the thing's own committee, by `check`.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app
from flask_login import current_user

from committee.people import users
from committee.people.models import Committee
from committee.people.roles import Permission

__all__ = ["Permission", "check", "may", "may_anywhere", "public", "requires"]

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may open this view."""
    view.permission = None  # type: ignore[attr-defined]
    return view


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
            if not (may(permission) if council_wide else may_anywhere(permission)):
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
    committee_id = committee.id if isinstance(committee, Committee) else committee
    return current_user.is_authenticated and permission in users.permissions_held(
        current_user, committee_id
    )


def may_anywhere(permission: Permission) -> bool:
    """Whether the person signed in holds `permission` council-wide or on any committee."""
    return (
        current_user.is_authenticated and users.committees_where(current_user, permission) != set()
    )


def check(permission: Permission, committee: Committee | int | None) -> None:
    """Go on only if this reader holds `permission` on the committee, or with none council-wide; to
    others it is 404."""
    if not may(permission, committee):
        abort(404)
