"""The shape that machines of states share, and the words of their refusals."""

from enum import StrEnum

import pytest

from committee.states import NotAllowed, States


class Door(StrEnum):
    """Where a door stands."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    GONE = "gone"


DOORS = States(
    "door",
    {Door.OPEN: "Open", Door.SHUT: "Shut", Door.LOCKED: "Locked", Door.GONE: "Taken away"},
    {
        Door.OPEN: {Door.SHUT},
        Door.SHUT: {Door.LOCKED, Door.OPEN},
        Door.LOCKED: {Door.SHUT},
        Door.GONE: set(),
    },
)


def test_what_the_table_allows_passes() -> None:
    DOORS.check(Door.SHUT, Door.OPEN)


@pytest.mark.parametrize(
    ("now", "wanted", "message"),
    [
        (
            Door.OPEN,
            Door.LOCKED,
            "A door that is “Open” cannot become “Locked”. It can become Shut.",
        ),
        (
            Door.SHUT,
            Door.GONE,
            "A door that is “Shut” cannot become “Taken away”. It can become Open or Locked.",
        ),
        (
            Door.GONE,
            Door.OPEN,
            "A door that is “Taken away” cannot become “Open”. It can no longer change.",
        ),
        (
            Door.OPEN,
            Door.OPEN,
            "A door that is “Open” cannot become “Open”. It can become Shut.",
        ),
    ],
)
def test_a_refusal_says_what_is_allowed(now: Door, wanted: Door, message: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        DOORS.check(now, wanted)
    assert str(refusal.value) == message
