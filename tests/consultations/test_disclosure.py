"""Small numbers about people cannot be read from, or worked out of, what is published."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.consultations.disclosure import SMALLEST_SHOWN, protect


def test_the_small_groups_of_a_real_table_are_shown_together() -> None:
    protected = protect([74, 2, 1, 1, 1, 1, 1, 1, 7])
    assert protected.counts == (74, None, None, None, None, None, None, None, 7)
    assert protected.together == 8


def test_where_two_small_cells_would_tell_each_other_the_table_is_left_out() -> None:
    protected = protect([1, 86, 2])
    assert protected.withheld
    assert protected.counts == (None, None, None)
    assert protected.together is None


def test_a_table_without_small_cells_is_shown_as_it_is() -> None:
    assert protect([16, 65, 8]).counts == (16, 65, 8)
    assert protect([16, 0, 8]).counts == (16, 0, 8)
    assert protect([0, 0]).counts == (0, 0)


def test_a_single_small_cell_takes_the_next_larger_with_it() -> None:
    protected = protect([3, 20, 30])
    assert protected.counts == (None, None, 30)
    assert protected.together == 23


@pytest.mark.parametrize(
    ("cells", "largest", "smallest"), [(3, 16, 3), (4, 12, 3), (3, 24, 5), (5, 8, 2), (5, 7, 3)]
)
def test_nobody_who_knows_the_rule_can_work_out_a_hidden_cell(
    cells: int, largest: int, smallest: int
) -> None:
    """All tables of a size, by what is published of them: each hidden cell has two values left."""
    same = defaultdict(list)
    for counts in itertools.product(range(largest + 1), repeat=cells):
        shown = protect(counts, smallest=smallest)
        same[shown, sum(counts)].append(counts)
    looked_at = 0
    for (shown, _), tables in same.items():
        if shown.together is None or shown.together > largest:
            continue  # left out, or cut off by the largest number that is tried
        looked_at += 1
        for place, count in enumerate(shown.counts):
            if count is None:
                assert len({table[place] for table in tables}) > 1, (shown, tables)
    assert looked_at > 100


@given(st.lists(st.integers(0, 200), min_size=1, max_size=12))
def test_no_small_number_is_ever_published(counts: list[int]) -> None:
    shown = protect(counts)
    numbers = [n for n in (*shown.counts, shown.together) if n is not None]
    assert all(n == 0 or n >= SMALLEST_SHOWN for n in numbers)
    if shown.together is not None:
        assert sum(n for n in shown.counts if n is not None) + shown.together == sum(counts)
        assert sum(n is None for n in shown.counts) >= 2
