"""Trying out, as somebody else, what a page would answer them, without showing it to anybody.

The page's own view and loaders are run for the person in question, and what they asked about
permissions is noted: the reasons that are shown are those that decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, current_app, g, request
from flask_login import AnonymousUserMixin
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from committee.audit.service import WouldBeRecorded
from committee.extensions import db
from committee.people.models import User
from committee.people.roles import Permission

READS = frozenset({"GET", "HEAD", "OPTIONS"})
OPENED = 200
SIGN_IN_FIRST = 303
LONGEST_ADDRESS = 1000  # characters
NOWHERE = "/no-such-page"


@dataclass(frozen=True)
class Rehearsal:
    """What a page would answer, and what it asked about permissions on the way.

    `asked` are pairs of a permission and the id of a committee, or none where it was asked for the
    whole council; `reasons` are sentences of other slices' own rules. `recorded` says that exempt
    matter would be read, which would make an entry in the audit.
    """

    status: int
    permission: Permission | None
    asked: tuple[tuple[Permission, int | None], ...]
    reasons: tuple[str, ...]
    recorded: bool

    @property
    def opened(self) -> bool:
        """Whether the page would be shown."""
        return self.status == OPENED

    @property
    def committee_id(self) -> int | None:
        """The committee to which the thing belongs, if a loader asked about it."""
        return next((found for _, found in self.asked if found is not None), None)


@dataclass(frozen=True)
class Verb:
    """Something that can be done with the thing: its address, and the permission that it needs."""

    path: str
    sends: bool
    permission: Permission | None


def path_of(address: str) -> str:
    """The path and the query of an address that somebody pasted, without the host."""
    try:
        parts = urlsplit(address.strip()[:LONGEST_ADDRESS])
    except ValueError:  # no address at all, such as http://[
        return NOWHERE
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def rehearse(user_id: int | None, path: str) -> Rehearsal | None:
    """What a page at this path would answer the user (none: somebody who has not signed in).

    None where there is no such kind of page, and while another is rehearsed: each holds a
    connection, and the page that explains could be asked about itself without end. Nothing is
    written, and nothing is read by anybody.
    """
    if "asked" in g:
        return None
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.app_context(), app.test_request_context(path, base_url=request.host_url):
        if request.url_rule is None:
            return None
        view = app.view_functions[request.url_rule.endpoint]
        g._login_user = db.session.get(User, user_id) if user_id else AnonymousUserMixin()
        g.asked, g.reasons = [], []
        status, recorded = _answered(app, view, dict(request.view_args or {}))
        permission = getattr(view, "permission", None)
        asked = dict.fromkeys((each.permission, each.committee_id) for each in g.asked)
        reasons = tuple(dict.fromkeys(g.reasons))
        return Rehearsal(status, permission, tuple(asked), reasons, recorded)


def verbs(path: str) -> list[Verb]:
    """What else can be done with the thing at this path, as the addresses of the product say."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context(path):
        here, given = request.url_rule, dict(request.view_args or {})
    return list(_beside(app, here, given)) if here is not None else []


def _answered(app: Flask, view: Any, arguments: dict[str, Any]) -> tuple[int, bool]:
    """The status that the view answers, and whether the audit would have been written to."""
    with structlog.contextvars.bound_contextvars(rehearsal=True):
        try:
            answer = app.make_response(app.ensure_sync(view)(**arguments))
        except HTTPException as refused:
            return refused.code or 500, False
        except WouldBeRecorded:
            return OPENED, True
        finally:
            structlog.contextvars.unbind_contextvars("for_whom")
    answer.close()
    return answer.status_code, False


def _beside(app: Flask, here: Rule, given: dict[str, Any]) -> Iterator[Verb]:
    """The addresses that begin with the thing's own and name nothing beyond it."""
    own = here.rule[: here.rule.rfind(">") + 1] or here.rule
    found = sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)
    for rule in found:
        inside = rule.rule == own or rule.rule.startswith((f"{own}/", f"{own}."))
        if not inside or not rule.arguments <= set(given):
            continue
        permission = getattr(app.view_functions[rule.endpoint], "permission", None)
        _, path = rule.build({name: given[name] for name in rule.arguments}) or ("", rule.rule)
        methods = rule.methods or set()
        if methods & READS:
            yield Verb(path, sends=False, permission=permission)
        if methods - READS:
            yield Verb(path, sends=True, permission=permission)
