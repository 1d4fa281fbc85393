"""`./quorate people ...`: the council and its first officer."""

from datetime import date

import pytest

from committee.clock import today
from committee.extensions import db
from committee.people import holdings, portfolios, users
from committee.people import service as people
from committee.people.roles import Permission
from tests import builders
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
    assert Permission.AGENDA_EDIT in holdings.permissions_held(clerk, on=today())


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


def test_a_role_on_one_committee_is_given_by_its_address(command: Command) -> None:
    command("people", "add-council", "Example County Council")
    committee = builders.a_committee("Planning")
    db.session.commit()
    words = ("people", "add-user", "m@example.org", "Ms M", "--role", "committee_member")
    done = command(*words, "--committee", "planning", "--password", PASSWORD)
    assert done.exit_code == 0, done.stderr
    assert "Committee member, Planning" in done.stdout
    member = users.user_with_email("m@example.org")
    assert member is not None
    assert holdings.committees_where(member, Permission.PACK_READ_RESTRICTED, on=today()) == {
        committee.id
    }
    wrong = command(*words, "--committee", "nowhere", "--password", PASSWORD)
    assert wrong.exit_code == 1


def test_a_portfolio_is_set_up_with_its_holder(command: Command) -> None:
    command("people", "add-council", "Example County Council")
    maker = ("people", "add-user", "c@example.org", "Mrs C", "--role", "decision_maker")
    assert command(*maker, "--password", PASSWORD).exit_code == 0
    words = ("people", "add-portfolio", "Leader", "--holder", "C@example.org")
    done = command(*words, "--since", "2026-05-12")
    assert done.stdout.strip() == "Leader is set up; Mrs C holds it from 12 May 2026."
    portfolio = portfolios.portfolios()[0]
    assert portfolios.holder_of(portfolio, date(2026, 5, 11)) is None
    holder = portfolios.holder_of(portfolio, date(2026, 5, 12))
    assert holder is not None
    assert holder.email == "c@example.org"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--holder", "nobody@example.org"], "nobody@example.org has no account"),
        (["--holder", "author@example.org"], "may take no decisions"),
        (["--since", "2026-05-12"], "first day of a --holder"),
        (["--holder", "author@example.org", "--since", "12 May"], "12 May"),
    ],
)
def test_a_portfolio_without_a_sound_holder_is_not_set_up(
    command: Command, words: list[str], message: str
) -> None:
    command("people", "add-council", "Example County Council")
    author = ("people", "add-user", "author@example.org", "A", "--role", "report_author")
    command(*author, "--password", PASSWORD)
    done = command("people", "add-portfolio", "Leader", *words)
    assert done.exit_code != 0
    assert message in done.stderr
    assert portfolios.portfolios() == []
