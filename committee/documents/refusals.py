"""Why an uploaded file was not taken, in words that its author can act upon."""

from collections.abc import Mapping

from committee.documents.refusal_wording import WORDING


class Refused(Exception):
    """An uploaded file that cannot be used.

    `code` is a stable word for tests and logs ("macros"), `reason` says in plain English what is
    wrong, and `remedy` what to do about it. The file itself stays as it was uploaded.
    """

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        super().__init__(f"{code}: {reason} {remedy}")
        self.code = code
        self.reason = reason
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["Refused"], tuple[str, str, str]]:
        """Let a refusal pass between processes whole."""
        return (type(self), (self.code, self.reason, self.remedy))


class PreparationFailed(Exception):
    """The file could not be prepared for a reason of ours: it may be tried again later."""


class ConverterMissing(PreparationFailed):
    """Word papers cannot be converted on this machine. The message says what to install."""


def refusal(code: str, facts: Mapping[str, object] | None = None) -> Refused:
    """The refusal of that code, its sentences filled with the facts found in the file.

    Raises KeyError for a code that has no wording, or for a fact that the wording needs.
    """
    reason, remedy = WORDING[code]
    shown = {name: _as_text(value) for name, value in (facts or {}).items()}
    return Refused(code, reason.format_map(shown), remedy.format_map(shown))


def _as_text(value: object) -> str:
    """One line of printable text, cut to a length that fits a sentence."""
    line = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return line if len(line) <= 160 else line[:159] + "…"
