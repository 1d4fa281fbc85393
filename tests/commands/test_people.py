"""`./quorate people ...`: the council and its first officer."""

import pytest

from committee.people import service as people
from committee.people import users
from committee.people.roles import Permission
from tests.commands.conftest import Command

PASSWORD = "a long enough password"


def test_a_council_is_set_up_once(command: Command) -> None:
    assert command("people", "add-council", "Example County Council").exit_code == 0
    council = people.the_council()
    assert council is not None
    assert council.name == "Example County Council"
    again = command("people", "add-council", "Another Council")
    assert again.exit_code == 1
    assert "serves Example County Council already" in again.stderr


def test_someone_added_can_sign_in(command: Command) -> None:
    done = command("people", "add-user", "Clerk@Example.org", "A Clerk", "--password", PASSWORD)
    assert done.exit_code == 0
    assert PASSWORD not in done.stdout
    clerk = users.user_with_password("clerk@example.org", PASSWORD)
    assert clerk is not None
    assert Permission.AGENDA_EDIT in users.permissions_held(clerk)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["a@example.org", "A", "--password", "short"], "at least 12 characters"),
        (["a@example.org", "A", "--role", "king", "--password", PASSWORD], "king"),
    ],
)
def test_what_cannot_be_added_is_told(command: Command, words: list[str], message: str) -> None:
    done = command("people", "add-user", *words)
    assert done.exit_code != 0
    assert message in done.stderr


def test_an_address_is_used_once(command: Command) -> None:
    words = ("people", "add-user", "a@example.org", "A", "--password", PASSWORD)
    assert command(*words).exit_code == 0
    again = command(*words)
    assert again.exit_code == 1
    assert "has an account already" in again.stderr
