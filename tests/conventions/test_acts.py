"""Every act that is recorded anywhere has words, so that each history can be read by anyone."""

import ast
from collections.abc import Iterator
from pathlib import Path

from committee.audit.words import ACT_WORDS
from tests.conventions.sources import ROOT, told


def recorded() -> Iterator[tuple[str, str]]:
    """Each act that is recorded, and where: `record("noun:participle", ...)` in any spelling."""
    for path in [*(ROOT / "committee").rglob("*.py"), *(ROOT / "tasks").rglob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and _records(call.func):
                yield from _acts(call.args[0], path, tree)


def _records(function: ast.expr) -> bool:
    named = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return named in ("record", "record_apart")


def _acts(given: ast.expr, path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    if isinstance(given, ast.IfExp):
        yield from _acts(given.body, path, tree)
        yield from _acts(given.orelse, path, tree)
    elif isinstance(given, ast.Name):
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == given.id:
                yield from _acts(node.value, path, tree)
    elif isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value, f"{path.relative_to(ROOT)}:{given.lineno}"


def test_every_recorded_act_has_words() -> None:
    found = dict(recorded())
    assert len(found) > 150, "the acts are no longer found where they are recorded"
    missing = [f"{where}: {act}" for act, where in sorted(found.items()) if act not in ACT_WORDS]
    assert not missing, told(
        missing, "Say in committee/audit/words.py what somebody did, as it stands after a name."
    )


def test_words_stand_after_a_name() -> None:
    wrong = [act for act, words in ACT_WORDS.items() if not words[0].islower() or "." in words]
    assert not wrong, told(wrong, "Begin with a small letter and a verb in the past, without stop.")
    assert list(ACT_WORDS) == sorted(ACT_WORDS), "Keep the table in the order of the alphabet."
