"""Who may open a view. Each view says so on the line above it: `@public` or `@requires(...)`."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app
from flask_login import current_user

from committee.people import users
from committee.people.roles import Permission

__all__ = ["Permission", "may", "public", "requires"]

P = ParamSpec("P")
R = TypeVar("R")


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Anyone may open this view."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Only those who hold `permission` may open this view.

    The check comes before anything is loaded: someone who has not signed in is asked to, whether
    or not the thing exists; someone who has, but may not, is told that there is no such page.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*arguments: P.args, **named: P.kwargs) -> R:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may(permission):
                abort(404)
            return view(*arguments, **named)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return guard


def may(permission: Permission) -> bool:
    """Whether the person signed in to this request holds `permission`."""
    return current_user.is_authenticated and permission in users.permissions_held(current_user)
