"""Every status is in one table, has words for people, and is checked by the database."""

import ast
import re
from enum import StrEnum
from types import ModuleType

import pytest
from flask import Flask
from sqlalchemy import Enum, text

import committee.pages  # noqa: F401  # every table, before the columns are asked for
from committee.agendas import rules as agenda_rules
from committee.confidentiality import reading_rules
from committee.confidentiality import rules as confidentiality_rules
from committee.consultations import rules as consultation_rules
from committee.decisions import rules as decision_rules
from committee.extensions import db
from committee.mail import rules as mail_rules
from committee.meetings import rules as meeting_rules
from committee.minutes import rules as minutes_rules
from committee.packs import rules as pack_rules
from committee.people import roles, sign_in_rules
from committee.people import rules as people_rules
from committee.reminders import rules as reminder_rules
from committee.reports import rules as report_rules
from committee.search import rules as search_rules
from committee.states import NotAllowed, States
from committee.takedowns import rules as takedown_rules
from committee.work import rules as work_rules
from tests.conventions.sources import dotted, python_files, told, tree

HOLD_WORDS = (
    agenda_rules,
    confidentiality_rules,
    consultation_rules,
    decision_rules,
    mail_rules,
    meeting_rules,
    minutes_rules,
    pack_rules,
    people_rules,
    reading_rules,
    reminder_rules,
    report_rules,
    roles,
    search_rules,
    sign_in_rules,
    takedown_rules,
    work_rules,
)

# Never shown to anyone: the kinds of background work, which people see as a pack or a paper.
WITHOUT_LABELS = {"WorkKind"}


def machines() -> list[States]:
    """Every machine of states that a slice's rules declare."""
    return [
        thing
        for module in HOLD_WORDS
        for thing in vars(module).values()
        if isinstance(thing, States)
    ]


def status_columns() -> list[tuple[str, str, type[StrEnum]]]:
    """Every column that holds one of a few words: table, column and the words."""
    return [
        (table.name, column.name, column.type.enum_class)
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Enum) and column.type.enum_class
    ]


def labels_of(words: type[StrEnum], module: ModuleType) -> dict[StrEnum, str] | None:
    """The mapping in a module whose name ends in LABELS and whose keys are these words."""
    for name, thing in vars(module).items():
        if name.endswith("_LABELS") and any(isinstance(key, words) for key in thing):
            return thing
    return None


def all_words() -> set[type[StrEnum]]:
    return {words for _, _, words in status_columns()}


def by_name(words: type[StrEnum]) -> str:
    return words.__name__


@pytest.mark.parametrize("words", sorted(all_words(), key=by_name), ids=by_name)
def test_every_status_has_words_for_people(words: type[StrEnum]) -> None:
    module = next((m for m in HOLD_WORDS if m.__name__ == words.__module__), None)
    assert module, f"Declare {words.__name__} in its slice's rules.py and add that module here."
    if words.__name__ in WITHOUT_LABELS:
        return
    labels = labels_of(words, module)
    assert labels is not None, f"Write {words.__name__}'s labels into {module.__name__}."
    missing = [word for word in words if not labels.get(word)]
    assert not missing, told(missing, "Say in the labels what people call it.")
    assert len(set(labels.values())) == len(labels), "Two statuses that people cannot tell apart."


@pytest.mark.parametrize(
    "words", [words for words in sorted(all_words(), key=by_name) if "Status" in words.__name__]
)
def test_every_status_belongs_to_a_machine(words: type[StrEnum]) -> None:
    of_it = [m for m in machines() if {type(state) for state in m.labels} == {words}]
    assert len(of_it) == 1, (
        f"Declare one States(...) for {words.__name__} in rules.py: which state may become which."
    )


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.noun)
def test_every_machine_knows_all_its_states(machine: States) -> None:
    states = set(machine.labels)
    assert set(machine.may_become) == states, "Say for each state what it may become, if nothing."
    assert set().union(*machine.may_become.values()) <= states
    reached = set().union(*machine.may_become.values())
    first = {state for state in states if state not in reached}
    assert len(first) <= 1, told(sorted(first), "Nothing leads to all but one of these.")


@pytest.mark.parametrize("machine", machines(), ids=lambda machine: machine.noun)
def test_every_pair_of_states_is_allowed_or_refused_in_words(machine: States) -> None:
    for now, allowed in machine.may_become.items():
        for wanted in machine.labels:
            if wanted in allowed:
                machine.check(now, wanted)
                continue
            with pytest.raises(NotAllowed) as refusal:
                machine.check(now, wanted)
            assert f"“{machine.labels[now]}” cannot become “{machine.labels[wanted]}”" in str(
                refusal.value
            )


def test_no_machine_is_left_out() -> None:
    """Every `States(...)` in the whole product stands in a module whose machines are tried here."""
    made = [
        f"{name}:{node.lineno}"
        for name in python_files("committee", "tasks")
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call) and dotted(node.func) == "States"
    ]
    assert {"meeting", "pack", "version", "piece of work"} <= {m.noun for m in machines()}
    assert len(made) == len(machines()), told(made, "Add the module of each to HOLD_WORDS.")


def test_the_database_takes_these_words_and_no_others(app: Flask) -> None:
    checks = checked_words()
    wrong = [
        f"{table}.{column}: the database checks {sorted(checks.get((table, column), []))}"
        for table, column, words in status_columns()
        if checks.get((table, column)) != {word.value for word in words}
    ]
    assert not wrong, told(wrong, "Write a migration that drops the CHECK and adds it anew.")


def checked_words() -> dict[tuple[str, str], set[str]]:
    """The words that each CHECK in the database allows, by table and column."""
    found = db.session.execute(
        text(
            "SELECT t.relname AS at, a.attname AS of, pg_get_constraintdef(c.oid) AS says "
            "FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid "
            "JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (c.conkey) "
            "WHERE c.contype = 'c' AND array_length(c.conkey, 1) = 1 ORDER BY 1, 2, 3"
        )
    )
    return {
        (row.at, row.of): set(re.findall(r"'([a-z_]+)'::", row.says))
        for row in found
        if "ARRAY[" in row.says
    }
