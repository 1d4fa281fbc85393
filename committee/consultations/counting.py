"""Counting responses: the table of respondents by position, shares, and sums that must agree.

Plain values in and out. One person is one row's one count, under all the types that were ticked.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from committee.consultations.rules import POSITION_LABELS, Position

OTHER = "Others"
NOT_SAID = "Did not say"


@dataclass(frozen=True)
class TypeName:
    """A respondent type as a row of the table is called, and as one person is."""

    name: str
    singular: str


@dataclass(frozen=True)
class Tally:
    """So many people of exactly these types, by their places in the list, with one position.

    `described` says that they put into words of their own who they are.
    """

    types: tuple[int, ...]
    position: Position | None
    number: int
    described: bool = False


def combination_name(types: Sequence[TypeName]) -> str:
    """What a row is called: the type's own name, or “Parent and Governor” for a combination."""
    if len(types) == 1:
        return types[0].name
    singulars = [each.singular for each in types]
    return f"{', '.join(singulars[:-1])} and {singulars[-1]}"


def respondent_table(
    types: Sequence[TypeName], tallies: Iterable[Tally], *, with_positions: bool
) -> dict[str, Any]:
    """Rows by type, columns by position, with totals, as it is published.

    Each type has its row, though nobody be of it, followed by its combinations; those who named
    no type come last. Without a question about the position there is the total alone.
    """
    counts: Counter[tuple[tuple[int, ...], Position | None]] = Counter()
    for tally in tallies:
        place = tuple(sorted(set(tally.types))) or (len(types) + (not tally.described),)
        counts[place, tally.position if with_positions else None] += tally.number
    columns = _columns(counts, with_positions)
    places = sorted({(place,) for place in range(len(types))} | {place for place, _ in counts})
    rows = [_row(_label(place, types), [counts[place, column] for column in columns])
            for place in places]  # fmt: skip
    totals = [sum(row["counts"][n] for row in rows) for n in range(len(columns))]
    return {
        "columns": [NOT_SAID if c is None else POSITION_LABELS[c] for c in columns]
        if with_positions
        else [],
        "rows": rows if with_positions else [{**row, "counts": []} for row in rows],
        "totals": totals if with_positions else [],
        "total": sum(totals),
    }


def _columns(
    counts: Counter[tuple[tuple[int, ...], Position | None]], with_positions: bool
) -> list[Position | None]:
    if not with_positions:
        return [None]
    silent = any(position is None and number for (_, position), number in counts.items())
    return [*Position, *([None] if silent else [])]


def _label(place: tuple[int, ...], types: Sequence[TypeName]) -> str:
    if place == (len(types),):
        return OTHER
    if place == (len(types) + 1,):
        return NOT_SAID
    return combination_name([types[number] for number in place])


def _row(label: str, counts: list[int]) -> dict[str, Any]:
    return {"label": label, "counts": counts, "total": sum(counts)}


def percent(count: int, base: int) -> int | None:
    """The share in whole per cent, halves upwards; None where there is no base."""
    return (200 * count + base) // (2 * base) if base else None


def share(count: int, base: int) -> str:
    """The share in words: “67%”, or “under 1%” for a few of many, since a few are not none."""
    found = percent(count, base)
    if found is None:
        return "–"
    return "under 1%" if count and not found else f"{found}%"


def closed_question(
    text: str, *, several: bool, base: int, answers: Iterable[tuple[str, int]]
) -> dict[str, Any]:
    """A question with its answers, their numbers and their shares of those who answered it.

    `base` is how many answered. Where several answers may be chosen, they add up to more.
    """
    return {
        "text": text,
        "several": several,
        "base": base,
        "answers": [
            {"label": label, "count": count, "share": share(count, base)}
            for label, count in answers
        ],
    }


def arithmetic_faults(contents: dict[str, Any]) -> list[str]:
    """Every sum in a summary's contents that does not agree with its parts (CON-08)."""
    numbers = contents["responses"]
    by_channel = sum(each["count"] for each in numbers["by_channel"])
    found = [
        *_compare("the responses by channel", by_channel, numbers["received"]),
        *_compare(
            "the responses counted, come late and set aside as repeats",
            numbers["counted"] + numbers["late"] + numbers["repeats"],
            numbers["received"],
        ),
        *_compare("the table", contents["table"]["total"], numbers["counted"]),
        *_table_faults(contents["table"]),
    ]
    for question in contents["questions"]:
        found += _question_faults(question, numbers["counted"])
    for group in contents["themes"]:
        comments = sum(theme["count"] for theme in group["themes"])
        found += _compare(f"the comments of “{group['label']}”", comments, group["occurrences"])
    return found


def _table_faults(table: dict[str, Any]) -> list[str]:
    found = _compare(
        "the rows of the table", sum(row["total"] for row in table["rows"]), table["total"]
    )
    for number, column in enumerate(table["columns"]):
        down = sum(row["counts"][number] for row in table["rows"])
        found += _compare(f"the column “{column}”", down, table["totals"][number])
    if table["columns"]:
        found += _compare("the columns' totals", sum(table["totals"]), table["total"])
        for row in table["rows"]:
            found += _compare(f"the row “{row['label']}”", sum(row["counts"]), row["total"])
    return found


def _question_faults(question: dict[str, Any], counted: int) -> list[str]:
    name, base = f"the answers to “{question['text']}”", question["base"]
    counts = [answer["count"] for answer in question["answers"]]
    found = [] if question["several"] else _compare(name, sum(counts), base)
    if base > counted or any(count > base for count in counts):
        found.append(f"In {name} more are counted than there were to answer.")
    if any(answer["share"] != share(answer["count"], base) for answer in question["answers"]):
        found.append(f"In {name} a percentage is not of the {base} who answered.")
    return found


def _compare(what: str, parts: int, total: int) -> list[str]:
    return [] if parts == total else [f"In {what} the parts come to {parts} and not to {total}."]
