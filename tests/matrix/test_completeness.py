"""The table leaves nothing out: no view, method, person, role or state that the product knows.

Each test says what to write where. The tables are explained in tests/matrix/table.py.
"""

import csv
from collections.abc import Iterator, Mapping

from flask import Flask

from committee.confidentiality.rules import Classification
from committee.people.roles import Role
from committee.states import States as Machine
from tests.conventions.test_states import machines
from tests.matrix.council import States
from tests.matrix.people import NOBODY
from tests.matrix.table import EVERYTHING, EXPECTED, capacities, lines, people, rows
from tests.matrix.town import Town

SAFE = {"HEAD", "OPTIONS"}

# In which kind of thing the states of each machine stand. What has no address has none.
STAND_IN: Mapping[str, str] = {
    "action": "action",
    "call-in": "call-in",
    "consultation": "consultation",
    "decision": "decision",
    "meeting": "meeting",
    "pack": "pack",
    "reminder": "reminder",
    "report": "report",
    "set of minutes": "minutes",
    "version": "version of a paper",
    "takedown": "takedown",
    "work programme item": "work programme item",
}
WITHOUT_ADDRESS = {"mail", "piece of work"}

ADD_A_ROW = """
Add what is expected to tests/matrix/expected.csv, one line for each of these: the view, its method,
the kind of thing that its address names, its states (* for all, or several parted by |), who is let
in (capacities of tests/matrix/who.csv, parted by |), how they are answered, and who else is shown
the page without being let act on it. To everybody whom no line names the thing is hidden. A new
kind of thing, or a new state of one, is made in tests/matrix/meetings_and_papers.py or one of its
neighbours. Reason it from the roles, not from what the product happens to do."""


def known(app: Flask) -> Iterator[tuple[str, str]]:
    """Every view and method of the product."""
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - SAFE:
            yield rule.endpoint, method


def test_every_view_and_method_has_a_row(made_app: Flask) -> None:
    missing = sorted(set(known(made_app)) - rows().keys())
    told = "\n".join(f"{view},{method}," for view, method in missing)
    assert not missing, f"{told}\n{ADD_A_ROW}"


def test_every_row_is_of_a_view_that_there_is(made_app: Flask) -> None:
    gone = sorted(rows().keys() - set(known(made_app)))
    assert not gone, f"{gone}: these are no more; take them out of tests/matrix/expected.csv."


def test_every_role_is_held_by_somebody() -> None:
    missing = set(Role) - {Role(each.role) for each in people() if each.role}
    assert not missing, f"Add somebody with each of {missing} to tests/matrix/people.csv."


def test_every_person_acts_in_some_capacity_or_in_none_on_purpose() -> None:
    acting = {name: who for name, who in capacities().items() if name != "whoever has an account"}
    named = frozenset().union(*acting.values())
    idle = {each.name for each in people()} - named - {NOBODY}
    # Those whom nothing more is open than to anybody, since what they could do has ended; but for
    # their own account, which is open to whoever has one.
    assert idle == {
        "member off the committee",
        "deputy whose days are over",
        "deputy whom nobody has allowed",
        "officer whose role was removed",
        "officer whose session was revoked",
        "officer whose account was closed",
    }


def test_every_name_in_the_tables_is_somebody_or_something(town: Town) -> None:
    there = {each.name for each in people()} | {EVERYTHING}
    assert frozenset().union(*capacities().values()) <= there
    for line in lines():
        assert line.thing in town.things, f"{line.view}: nothing is called “{line.thing}”"
        states = set(line.states) - {EVERYTHING} - town.things[line.thing].keys()
        assert not states, f"{line.view}: no {line.thing} is ever “{states}”"


def test_no_row_speaks_of_two_kinds_of_things() -> None:
    for row in rows().values():
        assert len({line.thing for line in row.lines}) == 1, f"{row.view} {row.method}"


def test_every_line_of_the_table_decides_some_cell(town: Town) -> None:
    """A line that an earlier one has overtaken says nothing, however true it reads."""
    for row in rows().values():
        for line in row.lines:
            decides = any(
                line.fits(person, state)
                and next(each for each in row.lines if each.fits(person, state)) is line
                for person in people()
                for state in town.things[row.thing]
            )
            assert decides, f"{row.view} {row.method}: {line.states} {line.answer} never counts"


def test_every_state_of_every_machine_is_in_the_matrix(town: Town) -> None:
    for machine in machines():
        if machine.noun in WITHOUT_ADDRESS:
            continue
        assert machine.noun in STAND_IN, (
            f"Say in tests/matrix/test_completeness.py in which kind of thing a {machine.noun} "
            f"stands, and make one in each of its states. {ADD_A_ROW}"
        )
        kind = STAND_IN[machine.noun]
        missing = {each for each in machine.labels if not is_there(each, town.things[kind])}
        assert not missing, f"No {kind} is {missing}: make one. {ADD_A_ROW}"


def test_an_item_of_every_class_is_in_the_matrix(town: Town) -> None:
    missing = {each.value for each in Classification} - town.things["agenda item"].keys()
    assert not missing, f"No agenda item is {missing}: make one. {ADD_A_ROW}"


def is_there(status: str, states: States) -> bool:
    """Whether a thing stands in this state, under its name alone or with what tells it apart."""
    return any(name == status or name.startswith(f"{status}, ") for name in states)


def test_machines_are_looked_for() -> None:
    assert all(isinstance(each, Machine) for each in machines())
    assert len(machines()) >= len(STAND_IN)


def test_the_table_is_kept_tidy() -> None:
    """No spaces around words and no line twice, so that a change is one line of a difference."""
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        found = [tuple(row.values()) for row in csv.DictReader(file)]
    assert len(found) == len(set(found))
    assert all(word == word.strip() for row in found for word in row)
