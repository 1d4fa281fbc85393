"""The figures of a published consultation summary, taken from its frozen contents.

The summary, the record of decision and the report all quote from the same contents, so no figure
is typed twice.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from committee.documents.published.consultation import (
    Answer,
    ClosedQuestion,
    ConsultationFigures,
    PositionRow,
    PositionTable,
    Theme,
    ThemeGroup,
)


def figures_of(contents: Mapping[str, Any]) -> ConsultationFigures:
    """The figures in a summary's contents, counting what came in time and each person once.

    Questions that allow several answers are not among them: their answers add up to more than
    those who answered.
    """
    table = contents["table"]
    return ConsultationFigures(
        opened_on=_in_words(contents["opens_on"]),
        closed_on=_in_words(contents["closes_on"]),
        responses=contents["responses"]["counted"],
        positions=position_table_of(table),
        questions=tuple(
            ClosedQuestion(
                question["text"],
                tuple(Answer(each["label"], each["count"]) for each in question["answers"]),
            )
            for question in contents["questions"]
            if not question["several"]
        ),
        themes=tuple(
            ThemeGroup(
                group["label"],
                tuple(Theme(theme["name"], theme["count"]) for theme in group["themes"]),
                people=_people(table, group["label"]),
            )
            for group in contents["themes"]
        ),
    )


def position_table_of(table: Mapping[str, Any]) -> PositionTable:
    """The table of respondents by position; by type alone where no position was asked for."""
    columns = tuple(table["columns"])
    return PositionTable(
        positions=columns or ("",),
        rows=tuple(
            PositionRow(row["label"], tuple(row["counts"]) if columns else (row["total"],))
            for row in table["rows"]
        ),
    )


def _people(table: Mapping[str, Any], label: str) -> int | None:
    columns = list(table["columns"])
    return table["totals"][columns.index(label)] if label in columns else None


def _in_words(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found:%A} {found.day} {found:%B %Y}"
