"""Lists come in one order, and what was done is told in one form."""

import ast
import re

import pytest
from flask import Flask
from sqlalchemy import select

from committee.audit import service as audit
from committee.extensions import db
from committee.people.models import Committee
from tests import builders
from tests.conventions.sources import dotted, functions, python_files, text, told, tree

# Modules that ask the database for lists.
ASKING = [
    name
    for name in python_files("committee", "tasks")
    if re.search(r"\bscalars\(|\.execute\(select", text(name))
]


def unordered(module: ast.Module) -> list[str]:
    """Functions that read rows without saying in which order.

    Read as lists are `.all()`, `list(...)` and loops over `scalars(...)`; `.first()` needs an
    order as well, unless the question is for one row by something unique.
    """
    return [
        f"{function.lineno} {function.name}"
        for function in functions(module)
        if reads_many(function) and "order_by" not in names_in(function)
    ]


def reads_many(function: ast.AST) -> bool:
    """Whether the function takes several rows from a query and keeps their order."""
    parents = {child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)}
    return any(
        isinstance(node, ast.Call)
        and dotted(node.func).endswith("scalars")
        and keeps_order(parents.get(node), parents)
        for node in ast.walk(function)
    )


def keeps_order(parent: ast.AST | None, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether rows go on as a list; a set, a single row or a count has no order."""
    if isinstance(parent, ast.Attribute):
        return parent.attr in ("all", "partitions")
    if isinstance(parent, ast.Call):
        return dotted(parent.func) in ("list", "tuple", "enumerate", "zip")
    if isinstance(parent, ast.comprehension):
        return not isinstance(parents.get(parent), ast.SetComp)
    return isinstance(parent, ast.For | ast.Return | ast.Assign | ast.Starred)


def names_in(function: ast.AST) -> set[str]:
    """Every attribute that the function names."""
    return {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}


def test_every_list_has_an_order() -> None:
    assert ASKING, "The guard found nothing to look through: its pattern is out of date."
    found = [f"{name}:{line}" for name in ASKING for line in unordered(tree(name))]
    assert not found, told(
        found, "Add .order_by(...), ending in the id: PostgreSQL promises no order of its own."
    )


def test_rows_that_nobody_ordered_come_the_last_one_first(app: Flask) -> None:
    for name in ("Ferries", "Highways", "Schools"):
        builders.a_committee(name)
    names = select(Committee.name)
    assert list(db.session.scalars(names)) == ["Schools", "Highways", "Ferries"]
    assert list(db.session.scalars(names.order_by(Committee.id))) == [
        "Ferries",
        "Highways",
        "Schools",
    ]
    assert list(db.session.execute(names.where(Committee.name == "Ferries"))) == [("Ferries",)]


def test_no_test_takes_the_first_of_rows_that_nobody_ordered() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name in python_files("tests")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "first"
        and names_in(node) >= {"session", "query"}
        and "order_by" not in names_in(node)
    ]
    assert not found, told(found, "Add .order_by(...), or take .one() where there is one alone.")


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("def f():\n return db.session.scalars(select(A)).all()", True),
        ("def f():\n return list(db.session.scalars(select(A)))", True),
        ("def f():\n for a in db.session.scalars(select(A)): print(a)", True),
        ("def f():\n return [a for a in db.session.scalars(select(A))]", True),
        ("def f():\n return db.session.scalars(select(A).order_by(A.id)).all()", False),
        ("def f():\n return set(db.session.scalars(select(A)))", False),
        ("def f():\n return {a for a in db.session.scalars(select(A))}", False),
        ("def f():\n return db.session.scalars(select(A)).first()", False),
    ],
)
def test_the_guard_tells_ordered_lists_from_others(source: str, is_found: bool) -> None:
    assert bool(unordered(ast.parse(source))) is is_found


# --- audit ---

ACT = re.compile(r"[a-z]+(_[a-z]+)*:[a-z]+(_[a-z]+)*\Z")
IRREGULAR = {"held", "kept", "read", "sent", "begun", "built", "made", "put", "taken", "withdrawn"}


def is_act(act: str) -> bool:
    """Whether an act is a noun and a past participle, as in `item:added` or `paper:put_back`."""
    words = act.partition(":")[2].split("_")
    return bool(ACT.match(act)) and any(w.endswith("ed") or w in IRREGULAR for w in words)


def constants(module: ast.Module) -> dict[str, str]:
    """The words that the module gives a name in capitals, which it asks for later by that name."""
    found = {}
    for node in module.body:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                names, values = (
                    each.elts if isinstance(each, ast.Tuple) else [each]
                    for each in (target, node.value)
                )
                found |= {
                    ast.unparse(name): value.value
                    for name, value in zip(names, values, strict=False)
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return found


def test_every_act_is_a_noun_and_a_participle() -> None:
    wrong, seen = [], 0
    for name in python_files("committee", "tasks"):
        named = constants(tree(name))
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.Call) and dotted(node.func) == "audit.record":
                seen += 1
                act = ast.unparse(node.args[0])
                if not is_act(named.get(act, act.strip("'"))):
                    wrong.append(f"{name}:{node.lineno}: {act}")
    assert seen, "The guard found no audit at all: its pattern is out of date."
    assert not wrong, told(wrong, "Write the act in full: noun:participle, as in meeting:changed.")


@pytest.mark.parametrize("act", ["meeting", "meeting:change", "Meeting:changed", "meeting changed"])
def test_the_guard_sees_other_forms(act: str) -> None:
    assert not is_act(act)


def test_an_act_is_read_back_newest_first(app: Flask) -> None:
    committee: Committee = builders.a_committee()
    audit.record("committee:renamed", committee, by=None)
    assert [entry.act for entry in audit.history(committee)] == [
        "committee:renamed",
        "committee:added",
    ]
