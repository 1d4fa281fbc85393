"""The fonts that we ship, and which characters they can print.

The typesetter refuses a document with a character that no font holds, so what cannot be printed is
replaced before, with a warning that names it.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT_FOLDER = Path(__file__).resolve().parents[1] / "fonts"
FAMILIES = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Bengali",
    "Noto Sans Devanagari",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Tamil",
    "DejaVu Sans",
    "Noto Sans Symbols2",
)
"""In the order in which a character is looked for."""

REPLACEMENT = "□"
SPACES = {"Zs", "Zl", "Zp"}
INVISIBLE = {"Cc", "Cf", "Cs", "Mn", "Me"}


@lru_cache(maxsize=1)
def printable_characters() -> frozenset[int]:
    """Code points that at least one of our fonts can print."""
    found: set[int] = set()
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


class Wording:
    """Makes text printable and remembers, in `warnings`, what had to be replaced."""

    def __init__(self) -> None:
        self._replaced: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """One plain sentence for each character that was replaced, in order of appearance."""
        return tuple(
            f"The character “{one}” ({unicodedata.name(one, f'U+{ord(one):04X}').title()}) "
            f"cannot be printed on the agenda and was replaced by {REPLACEMENT}."
            for one in self._replaced
        )

    def printable(self, text: str) -> str:
        """The same text on one line, with nothing in it that our fonts cannot print.

        Marks that only steer other characters (direction overrides, joiners) are left out when
        no font holds them; direction overrides always, as they can disguise a title.
        """
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", text)
        return " ".join("".join(map(self._one, composed)).split(" ")).strip()

    def _one(self, character: str) -> str:
        category = unicodedata.category(character)
        if category in SPACES or character in "\t\n\r":
            return " "
        if category in {"Cc", "Cs"} or character in "\u202a\u202b\u202c\u202d\u202e":
            return ""
        if ord(character) in printable_characters():
            return character
        if category in INVISIBLE:
            return ""
        self._replaced[character] = None
        return REPLACEMENT
