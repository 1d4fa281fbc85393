"""Files stay small, finished and free of what belongs to one machine."""

import ast
import re

import pytest

from tests.conventions.sources import all_files, dotted, functions, python_files, text, told, tree

MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 45

# A migration is a list of columns: cutting one in two would make it no clearer.
LISTS = ("migrations/versions/",)

# Written in pieces, so that this file does not hold what it forbids.
UNFINISHED = re.compile(
    r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b"
)
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.])/(" + "|".join(("wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + r"me/\w+")) + r")/"
)
REGISTRIES = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"python" + r"hosted\.org",
            r"registry\." + r"npmjs\.org",
            r"reg" + r"istry\.yarnpkg",
            r"arti" + "factory",
            r"index-" + "url",
        )
    ),
    re.IGNORECASE,
)

# Made by tools or by others: their words are not ours.
NOT_WRITTEN_HERE = (
    "committee/static/vendor/",
    "committee/static/quorate.css",
    "committee/documents/fonts/",
    "committee/static/fonts/",
    "LICENSE",
)


def ours() -> list[str]:
    return [name for name in all_files() if not name.startswith(NOT_WRITTEN_HERE)]


def test_modules_are_short() -> None:
    long = [
        f"{name}: {len(text(name).splitlines())} lines"
        for name in python_files()
        if len(text(name).splitlines()) >= MOST_LINES
    ]
    assert not long, told(long, f"Divide it by what its parts are about: under {MOST_LINES} lines.")


def test_functions_are_short() -> None:
    long = [
        f"{name}:{function.lineno} {function.name}: {length(function)} lines"
        for name in python_files()
        if not name.startswith(LISTS)
        for function in functions(tree(name))
        if length(function) > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long, told(
        long,
        "Give the steps names: about 20 lines for a function, "
        f"{MOST_LINES_OF_A_FUNCTION} at the very most.",
    )


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


@pytest.mark.parametrize(
    ("forbidden", "what_to_do"),
    [
        (UNFINISHED, "Finish it, or leave it out and say in the commit what was left out."),
        (OF_ONE_MACHINE, "Use a path from the project's root, or a setting."),
        (REGISTRIES, "Lock files and scripts name no registry: each machine has its own."),
    ],
    ids=["unfinished", "of-one-machine", "registries"],
)
def test_no_file_holds(forbidden: re.Pattern[str], what_to_do: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in ours()
        for number, line in enumerate(text(name).splitlines(), start=1)
        if forbidden.search(line)
    ]
    assert not found, told(found, what_to_do)


@pytest.mark.parametrize(
    ("forbidden", "line"),
    [
        (UNFINISHED, "# TO" + "DO: later"),
        (OF_ONE_MACHINE, '"/ho' + 'me/someone/project"'),
        (OF_ONE_MACHINE, "see /ro" + "ot/notes"),
        (REGISTRIES, "--index" + "-url=https://example.org"),
    ],
)
def test_the_patterns_see_what_they_are_for(forbidden: re.Pattern[str], line: str) -> None:
    assert forbidden.search(line)


def test_no_test_is_skipped_without_a_reason() -> None:
    found = [
        f"{name}:{line}" for name in python_files("tests") for line in unreasoned_skips(tree(name))
    ]
    assert not found, told(found, "Say why it is skipped and what would let it run, or mend it.")


def unreasoned_skips(module: ast.Module) -> list[str]:
    """Skips and expected failures that give no reason; bare decorators among them."""
    given = {id(node.func) for node in ast.walk(module) if isinstance(node, ast.Call)}
    found = [
        f"{node.lineno}: {dotted(node)}"
        for node in ast.walk(module)
        if is_skip(node) and id(node) not in given
    ]
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and is_skip(node.func):
            bare = dotted(node.func) in ("pytest.skip", "pytest.xfail") and node.args
            if not bare and not any(word.arg in ("reason", "msg") for word in node.keywords):
                found.append(f"{node.lineno}: {dotted(node.func)}")
    return found


def is_skip(node: ast.AST) -> bool:
    """Whether this names one of pytest's ways of not running a test."""
    skips = ("mark.skip", "mark.skipif", "mark.xfail", "pytest.skip", "pytest.xfail")
    return isinstance(node, ast.Attribute) and dotted(node).endswith(skips)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("@pytest.mark.skip\ndef test_a(): ...", 1),
        ("@pytest.mark.skipif(True)\ndef test_a(): ...", 1),
        ("pytest.skip()", 1),
        ("pytest.skip('Chromium is not here')", 0),
        ("@pytest.mark.skipif(True, reason='only on Linux')\ndef test_a(): ...", 0),
    ],
)
def test_the_guard_tells_reasoned_skips_from_others(source: str, count: int) -> None:
    assert len(unreasoned_skips(ast.parse(source))) == count


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name in python_files("committee", "tasks", "tests", "examples", "migrations")
        if text(name).strip() and not ast.get_docstring(tree(name))
    ]
    assert not silent, told(silent, "Begin the module with one sentence that says what it holds.")


def test_every_public_function_says_what_it_means() -> None:
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name in python_files("committee", "tasks")
        for node in tree(name).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent, told(
        silent, "Say what it means, in which units, and what it raises; or make it private."
    )
