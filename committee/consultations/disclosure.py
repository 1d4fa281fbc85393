"""Keeping small numbers about people's characteristics out of published tables (SDC-01, SDC-02).

The number who answered is published, so what is hidden can be added up: the sum of the hidden
cells is therefore shown openly and must itself be no small number, and no hidden cell may have
only one value that fits it. Where that cannot be had, the whole table is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 5
# Shares of fewer people disclose as much as their numbers do (SDC-03).
SMALLEST_BASE_OF_SHARES = 10


@dataclass(frozen=True)
class Protected:
    """A table of one question as it may be published.

    `counts` has None for each hidden cell, and `together` is their sum. If the table is
    `withheld` nothing of it is shown.
    """

    counts: tuple[int | None, ...]
    together: int | None
    withheld: bool = False


def protect(counts: Sequence[int], *, smallest: int = SMALLEST_SHOWN) -> Protected:
    """Hide what could tell about one person, given that the sum of the counts is known.

    Cells from 1 to `smallest` - 1 are hidden. With them go cells of none, whose place among the
    hidden ones then tells nothing, and the next larger one if it is needed.
    """
    if not any(0 < count < smallest for count in counts):
        return Protected(tuple(counts), None)
    order = sorted(range(len(counts)), key=lambda place: (counts[place], place))
    small = sum(count < smallest for count in counts)
    # With two larger cells hidden, their order would tell too much: the table is then left out.
    for number in range(small, min(small + 2, len(counts))):
        hidden = order[:number]
        if _is_safe([counts[place] for place in hidden], counts[order[number]], smallest):
            return Protected(
                tuple(None if place in hidden else n for place, n in enumerate(counts)),
                sum(counts[place] for place in hidden),
            )
    return Protected((None,) * len(counts), None, withheld=True)


def _is_safe(values: Sequence[int], next_larger: int, smallest: int) -> bool:
    """Whether the sum of the hidden cells leaves each of them two values that it may have.

    Asked for someone who knows how cells are hidden: which are small, and that a larger one hidden
    along with them is no larger than `next_larger`, the smallest that is shown.
    """
    total = sum(values)
    small = sum(value < smallest for value in values)
    most = small * (smallest - 1)
    if len(values) < 2 or total < smallest:
        return False
    if small == len(values):
        return total < most
    possible = range(max(1, total - next_larger), min(most, total - smallest) + 1)
    # A larger cell is hidden only where the small ones come to little, or are all at their most.
    return sum(small == 1 or each < smallest or each == most for each in possible) >= 2
