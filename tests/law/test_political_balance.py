"""Political balance: the seats due to groups, and what an allocation does not keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committee.law.political_balance import Balance, failings, share_out

COUNCIL = 81
CASE_A = {"Con": 67, "LD": 7, "Lab": 5}  # two members by themselves, in no group
CASE_B = CASE_A | {"GI": 2}


def on_one(size: int, members: dict[str, int] = CASE_B) -> Balance:
    return share_out(members, {"body": size}, council=COUNCIL)


@pytest.mark.parametrize(
    ("size", "due"),
    [
        (7, [6, 1, 0, 0]),
        (9, [7, 1, 1, 0]),
        (11, [9, 1, 1, 0]),
        (13, [11, 1, 1, 0]),
        (15, [13, 1, 1, 0]),
        (16, [13, 1, 1, 1]),
        (18, [15, 2, 1, 0]),
    ],
)
def test_one_body(size: int, due: list[int]) -> None:
    found = on_one(size)
    assert list(found.seats["body"].values()) == due
    assert found.ungrouped == {"body": 0}


def test_members_in_no_group_are_left_the_seat_that_is_theirs() -> None:
    found = on_one(16, CASE_A)
    assert found.seats["body"] == {"Con": 13, "LD": 1, "Lab": 1}
    assert found.ungrouped == {"body": 1}


def test_a_single_member_is_no_group() -> None:
    with pytest.raises(ValueError, match="two members at least: Green, Ind"):
        on_one(16, CASE_A | {"Green": 1, "Ind": 1})
    with pytest.raises(ValueError, match="more members than the council"):
        share_out({"Con": 82}, {"body": 3}, council=COUNCIL)


def test_six_bodies_taken_together() -> None:
    found = share_out(CASE_B, {str(n): 16 for n in range(6)}, council=COUNCIL)
    assert found.entitled == {"Con": 80, "LD": 8, "Lab": 6, "GI": 2}
    bodies = sorted(tuple(each.values()) for each in found.seats.values())
    assert bodies == sorted([(13, 1, 1, 1)] * 2 + [(13, 2, 1, 0)] * 2 + [(14, 1, 1, 0)] * 2)


def test_ten_bodies_taken_together() -> None:
    found = share_out(CASE_B, {str(n): 16 for n in range(10)}, council=COUNCIL)
    assert found.entitled == {"Con": 132, "LD": 14, "Lab": 10, "GI": 4}
    totals = {name: sum(each[name] for each in found.seats.values()) for name in CASE_B}
    assert totals == found.entitled


def test_equal_claims_are_told() -> None:
    found = share_out({"A": 5, "B": 5}, {"body": 3}, council=10)
    assert found.choices == ("A and B have an equal claim to the last seat.",)


def test_a_majority_of_the_council_has_one_on_every_body() -> None:
    found = share_out({"A": 6, "B": 5}, {"x": 2, "y": 2}, council=11)
    assert all(2 * each["A"] > 2 for each in found.seats.values())


def test_what_an_allocation_does_not_keep_is_told_by_principle() -> None:
    bodies = {"x": 16, "y": 16}
    sound = {"Con": 13, "LD": 1, "Lab": 1, "GI": 1}
    other = {"Con": 14, "LD": 1, "Lab": 1, "GI": 0}
    assert failings(CASE_B, bodies, {"x": sound, "y": other}, council=COUNCIL) == []
    found = failings(CASE_B, bodies, {"x": {"Con": 16}, "y": {"Con": 8, "LD": 8}}, council=COUNCIL)
    assert [(each.principle, each.body) for each in found] == [
        ("a", "x"),
        ("b", "y"),
        ("c", ""),
        ("c", ""),
        ("c", ""),
    ]


@given(
    st.lists(st.integers(2, 60), min_size=1, max_size=5),
    st.integers(0, 4),
    st.lists(st.integers(1, 20), min_size=1, max_size=8),
)
def test_no_body_has_more_seats_than_it_has(
    sizes: list[int], alone: int, bodies: list[int]
) -> None:
    members = {f"g{n}": size for n, size in enumerate(sizes)}
    council = sum(sizes) + alone
    found = share_out(members, {str(n): size for n, size in enumerate(bodies)}, council=council)
    for body, size in zip(found.seats, bodies, strict=True):
        assert all(number >= 0 for number in found.seats[body].values())
        assert sum(found.seats[body].values()) + found.ungrouped[body] == size
        assert found.ungrouped[body] >= 0
