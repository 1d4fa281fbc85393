"""The project's own files, as text and as syntax trees, for the guards to look through."""

import ast
import importlib.util
import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]

# Left out where there is no Git to say what belongs to the project.
NOT_OURS = {".git", ".venv", "var", "out", "node_modules", "__pycache__"}


@cache
def all_files() -> tuple[str, ...]:
    """Every file of the project, new ones included, as a path from its root with slashes."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        found = {name for name in listed.stdout.split("\0") if name}
    else:
        found = set(_walked())
    return tuple(sorted(name for name in found if (ROOT / name).is_file()))


def migration(words: str) -> ModuleType:
    """The one migration whose file has these words after its number, to try a part of it."""
    [path] = (ROOT / "migrations" / "versions").glob(f"[0-9][0-9][0-9][0-9]_{words}.py")
    spec = importlib.util.spec_from_file_location(words, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _walked() -> Iterator[str]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and name[-6:] != "_cache"]
        for name in names:
            yield (Path(folder) / name).relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[str]:
    """Python files below these folders, or all of them; `quorate` is one without an ending."""
    return [
        name
        for name in all_files()
        if (name.endswith(".py") or name == "quorate")
        and (not folders or name.startswith(tuple(f"{folder}/" for folder in folders)))
    ]


@cache
def text(name: str) -> str:
    """The text of a file; nothing for one that holds no text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@cache
def tree(name: str) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(text(name), filename=name)


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a tree, methods and inner ones included."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """The dotted name of an expression such as `db.session.add`; nothing for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


def calls(module: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a tree with the dotted name of what is called."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def told(faults: Iterable[str], what_to_do: str) -> str:
    """The message of a guard: what was found, and what to do instead."""
    return "\n".join(["", *faults, "", what_to_do])
