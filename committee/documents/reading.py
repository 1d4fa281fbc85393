"""Has an uploaded file read by a process of its own, and answers for every way it can end."""

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

from committee.documents import sandbox
from committee.documents.limits import (
    MEGABYTE,
    READING_CPU_SECONDS,
    READING_MEMORY_BYTES,
    READING_WALL_SECONDS,
)
from committee.documents.reader import RESULT_NAME
from committee.documents.refusals import PreparationFailed, refusal

_LIMITS = sandbox.Limits(READING_MEMORY_BYTES, READING_CPU_SECONDS, READING_WALL_SECONDS)
_READER = Path(__file__).with_name("reader.py")
_LONGEST_RESULT_BYTES = 4 * MEGABYTE


def read(task: str, source: Path, folder: Path) -> dict[str, Any]:
    """Run the task ("word", "pdf" or "text") on the file; it may write into the folder only.

    Raises Refused for what it finds, and also where the file crashes or exhausts it;
    PreparationFailed where the machine was too busy or the reader itself is at fault.
    """
    outcome = sandbox.run(_job(task, source, folder), _LIMITS)
    answer = _result(folder / RESULT_NAME)
    if answer is None:
        raise _ended_badly(outcome)
    if "refused" in answer:
        raise refusal(answer["refused"], answer["facts"])
    done: dict[str, Any] = answer["done"]
    return done


def _job(task: str, source: Path, folder: Path) -> sandbox.Job:
    programs = {Path(sys.base_prefix), Path(sys.prefix), _READER.parent}
    command = [sys.executable, "-I", "-B", str(_READER), task, str(source), str(folder)]
    reads = {path: path for path in sorted(programs) if not path.is_relative_to("/usr")}
    return sandbox.Job(command, folder, {**reads, source: source}, {"LC_ALL": "C.UTF-8"})


def _ended_badly(outcome: sandbox.Outcome) -> Exception:
    if outcome.timed_out:
        return PreparationFailed("Reading the file did not end in time.")
    if outcome.used_up_its_time:
        return refusal("took_too_long")
    if outcome.ended_by is not None:
        return refusal("damaged")
    return PreparationFailed(f"The reader failed: {outcome.output.strip()[-1000:]}")


def _result(path: Path) -> dict[str, Any] | None:
    """The reader's answer, taken only from a plain file: it may have been led to write a link."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(number, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > _LONGEST_RESULT_BYTES:
            return None
        try:
            answer = json.loads(file.read())
        except ValueError:
            return None
    return answer if isinstance(answer, dict) else None
