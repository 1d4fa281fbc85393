"""Equal contents have one canonical form, whatever the order in which they were put together."""

from datetime import date

import pytest

from committee.frozen import canonical, canonical_sha256


def test_the_order_of_names_makes_no_difference_but_that_of_lists_does() -> None:
    one = {"title": "Résumé", "items": [1, 2]}
    assert canonical({"items": [1, 2], "title": "Résumé"}) == canonical(one)
    assert canonical_sha256(one) != canonical_sha256({"title": "Résumé", "items": [2, 1]})


@pytest.mark.parametrize("value", [float("nan"), date(2026, 1, 1), {1, 2}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        canonical({"value": value})
