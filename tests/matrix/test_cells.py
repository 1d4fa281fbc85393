"""Every view and method, by real HTTP, as every person, about things in every state."""

import pytest

from tests.matrix.asking import ask_row, unlike
from tests.matrix.table import Row, people, rows
from tests.matrix.town import Town

ROWS = rows()
ENOUGH = 10_000  # cells in a run of every day
MOST_SHOWN = 30


def tried(town: Town, row: Row, *, thorough: bool) -> None:
    """Ask the cells of a row, and tell which are not answered as the table says."""
    asked = ask_row(town, row, thorough=thorough)
    assert asked.cells
    assert not asked.wrong, "\n".join(
        [
            f"{len(asked.wrong)} of {asked.cells} cells are not as tests/matrix/expected.csv says. "
            "Ask first who is right: roles.py and the rules of the field, or the product.",
            *asked.wrong[:MOST_SHOWN],
        ]
    )


@pytest.mark.parametrize("key", sorted(ROWS), ids=" ".join)
def test_everybody_is_answered_as_the_table_says(town: Town, key: tuple[str, str]) -> None:
    tried(town, ROWS[key], thorough=False)


@pytest.mark.nightly
@pytest.mark.parametrize("key", sorted(ROWS), ids=" ".join)
def test_everybody_is_answered_so_in_every_state(town: Town, key: tuple[str, str]) -> None:
    tried(town, ROWS[key], thorough=True)


def test_there_are_cells_to_try(town: Town) -> None:
    states = sum(len(unlike(row, town.things[row.thing])) for row in ROWS.values())
    assert states * len(people()) >= ENOUGH
