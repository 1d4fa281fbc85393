"""Every page says who may open it, none changes anything by being read, and the list is known."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text as sql
from werkzeug.routing import Rule

from committee.extensions import db
from committee.people.models import Council
from committee.people.permissions import Permission
from tests.conventions.sources import calls, told
from tests.conventions.watching import SAFE, ChangedByReading

ROUTES = Path(__file__).with_name("routes.txt")

# Flask's own: files that anyone may read, sent by Flask.
NOT_VIEWS = {"static"}


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint not in NOT_VIEWS)


def test_every_view_says_who_may_open_it(made_app: Flask) -> None:
    silent = [
        rule.endpoint
        for rule in rules(made_app)
        if not hasattr(made_app.view_functions[rule.endpoint], "permission")
    ]
    assert not silent, told(
        silent, "Write @requires(Permission...) under the route, or @public if anyone may open it."
    )


def test_permissions_of_views_are_permissions(made_app: Flask) -> None:
    for rule in rules(made_app):
        permission = made_app.view_functions[rule.endpoint].permission  # type: ignore[attr-defined]
        assert permission is None or isinstance(permission, Permission), rule.endpoint


def test_views_that_only_read_never_commit(made_app: Flask) -> None:
    writing = [
        rule.endpoint
        for rule in rules(made_app)
        if (rule.methods or set()) <= set(SAFE) and commits(made_app.view_functions[rule.endpoint])
    ]
    assert not writing, told(writing, "A GET never writes: let a form POST what is to change.")


def commits(view: object) -> bool:
    """Whether the source of a view ends a transaction."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(view)))  # type: ignore[arg-type]
    return any(name.endswith(".commit") for name, _ in calls(ast.parse(source)))


def test_a_get_that_commits_fails_its_test(app: Flask) -> None:
    with app.test_request_context("/"):
        db.session.execute(sql("SELECT 1"))
        with pytest.raises(ChangedByReading, match="on POST only"):
            db.session.commit()


def test_a_get_that_writes_fails_its_test(app: Flask) -> None:
    with app.test_request_context("/"):
        db.session.add(Council(name="Written by reading"))
        with pytest.raises(ChangedByReading):
            db.session.flush()


def test_each_request_has_its_number_before_anything_may_refuse_it(made_app: Flask) -> None:
    """Then the login by which a refusal is read, and how much of a body there may be before any of
    it is looked at."""
    first = [look.__name__ for look in made_app.before_request_funcs[None]]
    wanted = ["begin_request", "choose_login", "limit_body", "look_at"]
    assert first[: len(wanted)] == wanted, told(
        first, "Add what comes as early as these by logs.once_numbered, in this order."
    )


def test_a_post_may_commit(app: Flask) -> None:
    with app.test_request_context("/", method="POST"):
        db.session.add(Council(name="Written by a form"))
        db.session.commit()


def test_the_list_of_pages_is_the_one_agreed(
    made_app: Flask, request: pytest.FixtureRequest
) -> None:
    """An address that people have kept must not go, nor a new one come, without being seen."""
    now = "".join(f"{line}\n" for line in sorted(described(made_app)))
    if request.config.getoption("--renew-routes", default=False):
        ROUTES.write_text(now, encoding="utf-8")
    then = ROUTES.read_text(encoding="utf-8") if ROUTES.exists() else ""
    gone = sorted(set(then.splitlines()) - set(now.splitlines()))
    new = sorted(set(now.splitlines()) - set(then.splitlines()))
    assert now == then, told(
        [*(f"- {line}" for line in gone), *(f"+ {line}" for line in new)],
        "If that is meant, renew the list and commit it: "
        "./quorate test tests/conventions --renew-routes",
    )


def described(app: Flask) -> Iterator[str]:
    """One line for each address: path, methods, who may open it, and the view."""
    for rule in rules(app):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        permission = getattr(app.view_functions[rule.endpoint], "permission", "nobody has said")
        yield f"{rule.rule}  {methods}  {permission or 'public'}  {rule.endpoint}"
