"""The markers of lists: what a), (ii) or 3. count to, and how a number is written as one."""

import re

from committee.documents.running_text.content import (
    MARKERS,
    Block,
    Blocks,
    Heading,
    ListBlock,
    ListItem,
    Marker,
    Paragraph,
)

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_HIGHEST_ROMAN = 39
_ROMANS: dict[str, int] = {}
_SIGN = {"-": "", "1.": "1", "1)": "1", "(1)": "1", "a)": "a", "(a)": "a", "i)": "i", "(i)": "i"}


def roman(number: int) -> str:
    """A number from 1 to 39 in small Roman numerals."""
    words = ""
    for value, sign in _ROMAN:
        while number >= value:
            words, number = words + sign, number - value
    return words


_ROMANS.update({roman(number): number for number in range(1, _HIGHEST_ROMAN + 1)})


def marker_in_words(marker: Marker, number: int) -> str:
    """What stands before an item, as `-`, `3.`, `c)` or `(iii)`; after z) come aa) and ab)."""
    sign = _SIGN[marker]
    if not sign:
        return "-"
    return marker.replace(sign, _counted(sign, number))


def _counted(sign: str, number: int) -> str:
    if sign == "i" and 1 <= number <= _HIGHEST_ROMAN:
        return roman(number)
    if sign == "a":
        return lettered(number)
    return str(number)


def lettered(number: int) -> str:
    """A number from 1 as letters: a to z, then aa, ab and so on, as tables name their columns."""
    words = ""
    while number > 0:
        number, rest = divmod(number - 1, len(_LETTERS))
        words = _LETTERS[rest] + words
    return words


_WRITTEN = re.compile(r"(?P<open>\(?)(?P<count>\d{1,3}|[a-z]|[ivx]{1,7})(?P<close>[.)])\Z")


def readings(written: str) -> list[tuple[Marker, int]]:
    """What a written marker may mean: "c)" is one thing, "i)" two, "Mr" none.

    The likeliest comes first: i) on its own begins a list in Roman numerals.
    """
    if written in ("-", "*", "•"):
        return [("-", 1)]
    found = _WRITTEN.match(written)
    if found is None:
        return []
    count, shape = found["count"], found["open"] + "{}" + found["close"]
    meant = [("i", 1)] if count == "i" else []
    if count.isdecimal():
        meant.append(("1", int(count)))
    elif len(count) == 1:
        meant.append(("a", _LETTERS.index(count) + 1))
    if count in _ROMANS and count != "i":
        meant.append(("i", _ROMANS[count]))
    return [(made, n) for sign, n in meant if (made := _marker(shape.format(sign))) is not None]


def _marker(shape: str) -> Marker | None:
    return next((marker for marker in MARKERS if marker == shape), None)


def number_paragraphs(blocks: Blocks, start: int = 1) -> Blocks:
    """The paragraphs as items (1), (2) and so on, each with the lists and tables that follow it.

    Minutes are cited by these numbers, so every format is given the same list. Headings stand
    between the items and the numbers run on. Closing words after a list, which begin with a small
    letter as in "be endorsed", belong to the paragraph that the list is in.
    """
    done: list[Block] = []
    group: list[Block] = []
    for block in blocks:
        opens = isinstance(block, Paragraph) and not _closes(block, group)
        if group and (isinstance(block, Heading) or opens):
            start = _close(done, group, start)
            group = []
        (done if isinstance(block, Heading) else group).append(block)
    if group:
        _close(done, group, start)
    return tuple(done)


def _closes(paragraph: Paragraph, group: list[Block]) -> bool:
    """Whether these are the closing words of the group, which so far ends with a list."""
    first = paragraph.runs[0].text[:1] if paragraph.runs else ""
    return bool(group) and isinstance(group[-1], ListBlock) and first.islower()


def _close(done: list[Block], group: list[Block], number: int) -> int:
    """Add the group as the item of that number; the next one's number."""
    item = ListItem(tuple(group))
    if done and isinstance(done[-1], ListBlock):
        done[-1] = ListBlock("(1)", (*done[-1].items, item), done[-1].start)
    else:
        done.append(ListBlock("(1)", (item,), number))
    return number + 1
