"""The fonts that we ship, and which characters they can print.

The typesetter refuses a document with a character that no font holds, so what cannot be printed is
replaced before, with a warning that names it.
"""

import unicodedata
from collections.abc import Callable
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
NO_CHARACTERS = "\ufffe\uffff"
NEVER_PRINTED = "\u202a\u202b\u202c\u202d\u202e\ufeff\ufff9\ufffa\ufffb"
"""Direction overrides, which can disguise a title, and what the typesetter never takes."""
MARKS = {"Mn", "Me", "Mc"}
SPACES = {"Zs", "Zl", "Zp"}
INVISIBLE = {"Cc", "Cf", "Cs", "Mn", "Me"}


@lru_cache(maxsize=1)
def printable_characters() -> frozenset[int]:
    """Code points that at least one of our families can print in each of its weights."""
    return frozenset().union(*_families().values())


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[int]]:
    """What each family can print: a title is bold in one place and upright in another."""
    found: dict[str, frozenset[int]] = {}
    for path in sorted(FONT_FOLDER.glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            name = font["name"].getBestFamilyName()
            has = frozenset(font.getBestCmap())
        found[name] = found.get(name, has) & has
    return found


def sound_line(text: str) -> str:
    """The text without what may not stand in XML: control characters, halves of characters."""
    return "".join(
        " " if one.isspace() else one
        for one in text
        if one.isspace() or not (unicodedata.category(one) in {"Cc", "Cs"} or one in NO_CHARACTERS)
    )


class Wording:
    """Makes text printable and remembers, in `warnings`, what had to be replaced.

    Where `fits` is given, text of which it says no is made plainer still.
    """

    def __init__(self, fits: Callable[[str], bool] | None = None) -> None:
        self._fits = fits
        self._replaced: dict[str, None] = {}
        self._without_marks: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """One plain sentence for each character replaced, then for each text without its marks."""
        return tuple(
            f"The character “{one}” ({unicodedata.name(one, f'U+{ord(one):04X}').title()}) "
            f"cannot be printed on the agenda and was replaced by {REPLACEMENT}."
            for one in self._replaced
        ) + tuple(
            f"Accents or other marks in “{one}” cannot be printed on the agenda beside its letters "
            "and were left out."
            for one in self._without_marks
        )

    def printable(self, text: str) -> str:
        """The same text on one line, with nothing in it that our fonts cannot print.

        Marks that only steer other characters (direction overrides, joiners) are left out when
        no font holds them; direction overrides always, as they can disguise a title.
        """
        if text.isascii() and text.isprintable():
            return text
        composed = unicodedata.normalize("NFC", text)
        line = " ".join("".join(map(self._one, composed)).split(" ")).strip()
        return line if self._fits is None or self._fits(line) else self._plainer(line, self._fits)

    def _plainer(self, line: str, fits: Callable[[str], bool]) -> str:
        """Without marks; if that does not do, in the letters of our first family alone."""
        bare = "".join(one for one in line if unicodedata.category(one) not in MARKS).strip()
        if bare != line:
            self._without_marks[bare] = None
        if fits(bare):
            return bare
        return "".join(map(self._one_of_first_family, bare)).strip()

    def _one_of_first_family(self, character: str) -> str:
        if unicodedata.category(character) in INVISIBLE:
            return ""
        if ord(character) in _families()[FAMILIES[0]] or character == REPLACEMENT:
            return character
        self._replaced[character] = None
        return REPLACEMENT

    def _one(self, character: str) -> str:
        category = unicodedata.category(character)
        if category in SPACES or character in "\t\n\r":
            return " "
        if category in {"Cc", "Cs"} or character in NEVER_PRINTED:
            return ""
        if ord(character) in printable_characters():
            return character
        if category in INVISIBLE:
            return ""
        self._replaced[character] = None
        return REPLACEMENT
