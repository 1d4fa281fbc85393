"""The process that reads one uploaded file and then ends. Run as a script, inside the sandbox.

    python -I reader.py TASK SOURCE FOLDER

Loads only what the task needs, so that it starts fast: the package above this folder is stood in
for by an empty module, because importing it would load the whole application.
Leaves `result.json` in the folder: {"done": {...}} or {"refused": code, "facts": {...}}.
"""

import importlib
import json
import sys
import types
from pathlib import Path

TASKS = {
    "word": "committee.documents.word_checks",
    "pdf": "committee.documents.pdf_normalising",
    "text": "committee.documents.page_text_reader",
}
RESULT_NAME = "result.json"


def main(task: str, source: Path, folder: Path) -> None:
    """Do the task and write its result; a fault of any kind is written down too."""
    try:
        answer = _answer(task, source, folder)
    except MemoryError:
        answer = {"refused": "too_much_memory", "facts": {}}
    (folder / RESULT_NAME).write_text(json.dumps(answer), encoding="utf-8")


def _answer(task: str, source: Path, folder: Path) -> dict[str, object]:
    stand_in = types.ModuleType("committee")
    stand_in.__path__ = [str(Path(__file__).parent.parent)]
    sys.modules["committee"] = stand_in
    found = importlib.import_module("committee.documents.findings")
    try:
        return {"done": importlib.import_module(TASKS[task]).read(source, folder)}
    except found.Unusable as problem:
        return {"refused": problem.code, "facts": problem.facts}
    except RecursionError:
        return {"refused": "damaged", "facts": {}}


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
