"""Imports go downwards, and each kind of file of a slice does its own part only."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conventions.sources import ROOT, calls, python_files, told, tree


def test_imports_follow_the_table() -> None:
    # In a process of its own: the linter sets up logging anew, which silences every other logger.
    linted = subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            *("--config", str(ROOT / ".importlinter"), "--no-cache", "--no-logo"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    message = (
        "Import downwards only. Where a lower slice needs a fact from a higher one, let the "
        "caller pass the fact. A new package needs its place in .importlinter."
    )
    assert linted.returncode == 0, told([linted.stdout, linted.stderr], message)


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawer = re.compile(r"(^|/)(utils?|helpers?|common|misc)(/|\.py$)")
    found = [name for name in python_files() if drawer.search(name)]
    assert not found, told(found, "Name the module after the noun that it is about.")


# --- what each file may do: each check answers the lines that break it ---

Check = Callable[[ast.Module], list[str]]


def commits(module: ast.Module) -> list[str]:
    """Calls that end a transaction."""
    return _called(module, lambda name: name.endswith((".commit", ".rollback")))


def asks_the_clock(module: ast.Module) -> list[str]:
    """Calls that ask what time it is, and imports of the clock's answers."""
    asked = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.time)\Z")
    found = _called(module, lambda name: bool(asked.search(name)))
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "committee.clock":
            names = [alias.name for alias in node.names if alias.name in ("now", "today")]
            found += [f"{node.lineno}: imports {name}" for name in names]
    return found


def queries(module: ast.Module) -> list[str]:
    """Statements made or run."""
    made = re.compile(r"\A(sa\.|sqlalchemy\.)?(select|insert|update|delete)\Z")
    ran = re.compile(r"(^|\.)(session\.(scalars?|execute|get|get_one|query)|query\.\w+)\Z")
    return _called(module, lambda name: bool(made.search(name) or ran.search(name)))


def writes(module: ast.Module) -> list[str]:
    """Changes to a session."""
    changed = re.compile(r"session\.(add|add_all|delete|merge|flush|commit)\Z")
    return _called(module, lambda name: bool(changed.search(name)))


def reads_the_request(module: ast.Module) -> list[str]:
    """Uses of what only a web request has."""
    names = {"request", "session", "g", "flash", "redirect", "url_for", "render_template", "abort"}
    return [
        f"{node.lineno}: imports {alias.name}"
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "flask"
        for alias in node.names
        if alias.name in names
    ]


def _called(module: ast.Module, is_meant: Callable[[str], bool]) -> list[str]:
    return [f"{call.lineno}: calls {name}" for name, call in calls(module) if is_meant(name)]


def views() -> list[str]:
    return [name for name in python_files("committee") if name.endswith("views.py")]


def rest_of_slices() -> list[str]:
    """Modules of the application that neither serve a request nor are a command."""
    return [
        name
        for name in python_files("committee")
        if not name.endswith("views.py") and not name.startswith("committee/commands/")
    ]


def ending(*names: str) -> list[str]:
    return [name for name in python_files("committee") if name.rsplit("/", 1)[-1] in names]


# Where the answer of the clock may be asked for, beside views, tasks and commands.
TELL_THE_TIME = {
    "committee/agendas/access.py",
    "committee/clock.py",
    "committee/health.py",
    "committee/people/permissions.py",
    "committee/sign_in.py",
}

RULES: list[tuple[str, Check, Callable[[], list[str]], str]] = [
    (
        "commit",
        commits,
        rest_of_slices,
        "Services never commit: a view, a task or a command commits once, after the service call.",
    ),
    (
        "clock",
        asks_the_clock,
        lambda: [name for name in rest_of_slices() if name not in TELL_THE_TIME],
        "Take `today` or `now` as an argument. Only views, tasks and commands ask committee.clock.",
    ),
    (
        "own-clock",
        lambda module: [line for line in asks_the_clock(module) if "calls" in line],
        lambda: [n for n in python_files("committee", "tasks") if n not in TELL_THE_TIME],
        "Ask committee.clock, so that tests can say what day it is and London's date is meant.",
    ),
    (
        "queries-in-models",
        queries,
        lambda: ending("models.py"),
        "Models are tables and small properties. Put the query into the slice's service.py.",
    ),
    (
        "queries-in-views",
        queries,
        views,
        "Views load through access.py and call one service. Put the query into service.py.",
    ),
    (
        "writes-in-views",
        lambda module: [line for line in writes(module) if not line.endswith(".commit")],
        views,
        "Views call one service, which changes and audits, and commit once.",
    ),
    (
        "writes-in-access",
        writes,
        lambda: ending("access.py"),
        "access.py only loads what this reader may see. Put the change into service.py.",
    ),
    (
        "requests-in-tasks",
        reads_the_request,
        lambda: python_files("tasks"),
        "A task has no request. Pass it ids, and store on the row what else it must know.",
    ),
]


@pytest.mark.parametrize(
    ("check", "files", "what_to_do"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES]
)
def test_each_kind_of_file_does_its_own_part(
    check: Check, files: Callable[[], list[str]], what_to_do: str
) -> None:
    looked_through = files()
    assert looked_through, "The guard found no files to look through: its pattern is out of date."
    found = [f"{name}:{line}" for name in looked_through for line in check(tree(name))]
    assert not found, told(found, what_to_do)


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (commits, "db.session.commit()"),
        (commits, "session.rollback()"),
        (asks_the_clock, "from committee.clock import today"),
        (asks_the_clock, "x = datetime.now(UTC)"),
        (asks_the_clock, "x = datetime.date.today()"),
        (queries, "x = select(Meeting)"),
        (queries, "x = db.session.get(Meeting, 1)"),
        (queries, "x = Meeting.query.all()"),
        (writes, "db.session.add(x)"),
        (reads_the_request, "from flask import request"),
    ],
)
def test_the_checks_see_what_they_are_for(check: Check, wrong: str) -> None:
    assert check(ast.parse(wrong))
