"""Reading fields of a JSON object that somebody wrote, noting every problem on the way."""

import re
from collections.abc import Callable
from typing import Any

# The database takes no NUL, and nothing can be made of half a character.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


class Fields:
    """Reads fields and notes each problem in plain words, instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def entries(
        self, data: dict[str, Any], name: str, where: str = ""
    ) -> list[tuple[int, dict[str, Any]]]:
        """A list of objects that may be left out, each with its place from 1."""
        listed = [] if data.get(name) is None else data[name]
        if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
            self.problems.append(f"{where}“{name}” must be a list of objects.")
            return []
        return list(enumerate(listed, start=1))

    def needed_entries(self, data: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
        """A list of objects that must be there, though it may be empty."""
        if data.get(name) is None:
            self.problems.append(f"The meeting: “{name}” is missing.")
        return self.entries(data, name)

    def text(self, data: dict[str, Any], name: str, where: str = "The meeting") -> str:
        """Text that must be there."""
        known = len(self.problems)
        value = self.words(data, name, where)
        if value is None and len(self.problems) == known:
            self.problems.append(f"{where}: “{name}” is missing.")
        return value or ""

    def words(self, data: dict[str, Any], name: str, where: str) -> str | None:
        """Text that may be left out; nothing for text that is only spaces."""
        value = data.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or _UNSTORABLE.search(value):
            self.problems.append(f"{where}: “{name}” must be text.")
            return None
        return value.strip() or None

    def shaped(
        self, data: dict[str, Any], name: str, where: str, shape: re.Pattern[str], example: str
    ) -> str | None:
        """Text of one shape that may be left out; `example` says what it is like."""
        value = self.words(data, name, where)
        if data.get(name) is None or (value and shape.fullmatch(value)):
            return value
        if isinstance(data[name], str):
            self.problems.append(f"{where}: “{name}” must be {example}.")
        return None

    def parsed(
        self, data: dict[str, Any], name: str, parse: Callable[[str], Any], example: str
    ) -> Any:
        """What `parse` makes of a text; it raises ValueError where that is not like `example`."""
        try:
            return parse(str(data.get(name)))
        except ValueError:
            self.problems.append(f"The meeting: “{name}” must be {example}.")
            return None


def is_whole(value: object) -> bool:
    """Whether a value is a whole number; JSON's true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)
