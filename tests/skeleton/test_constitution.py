"""The council's own choices: read at the start, and refused by name when they cannot be meant."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from committee.constitution import Constitution, current_constitution, load
from committee.law.calendar import Mode
from config import Settings, SettingsError


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "council.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_one_that_comes_with_the_product_can_be_read() -> None:
    constitution = load(Settings.constitution_file)
    assert constitution.notices
    assert all(notice["heading"] and notice["text"] for notice in constitution.notices)


def test_what_is_written_is_what_is_used(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[agenda]\nnotices = [{heading = "Fire", text = "Leave by the stairs."}]\n'
        'closing_notes = ["Papers may be inspected."]',
    )
    with app_with(constitution_file=path).app_context():
        assert current_constitution() == Constitution(
            notices=({"heading": "Fire", "text": "Leave by the stairs."},),
            closing_notes=("Papers may be inspected.",),
        )


def test_an_empty_file_is_a_council_without_notices(tmp_path: Path) -> None:
    assert load(written(tmp_path, "")) == Constitution(notices=(), closing_notes=())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agenda = [", "cannot be read"),
        ('[agenda]\nnotices = [{heading = "No text"}]', "needs a heading and a text"),
        ('[agenda]\nnotices = [{heading = "A", text = "B", size = 3}]', "and nothing else"),
        ('[agenda]\nnotices = [{heading = 1, text = "B"}]', "needs a heading and a text"),
        ('[agenda]\nnotices = ["Fire"]', "needs a heading and a text"),
        ('[agenda]\nnotices = "Fire"', "notices must be a list"),
        ("[agenda]\nclosing_notes = [1, 2]", "must hold texts alone"),
        ('[agenda]\nclosing_notes = "one text"', "closing_notes must be a list"),
        ('agenda = "nothing"', "agenda"),
        ('[agenda]\nclosing_note = ["a slip of the pen"]', "closing_note"),
        ("[agendas]", "agendas"),
        ("[reports]\ndue_working_days_before_publication = -1", "a number from 0 to 60"),
        ("[reports]\ndue_working_days_before_publication = 61", "a number from 0 to 60"),
        ("[reports]\ndue_working_days_before_publication = 2.5", "a number from 0 to 60"),
        ("[reports]\ndue_working_days_before_publication = true", "a number from 0 to 60"),
        ("[reports]\ndue_days = 3", "due_days"),
        ("[decisions]\nkey_decision_clear_days = 27", "a number from 28 to 90"),
        ("[decisions]\ncall_in_working_days = 4", "a number from 5 to 90"),
        ("[decisions]\ncall_in_working_days = true", "a number from 5 to 90"),
        ('[decisions]\nkey_decision_mode = "lunar"', "“calendar” or “working”"),
        ("[decisions]\nkey_decision_mode = [1]", "“calendar” or “working”"),
        ("[decisions]\ncopies_from = 3", "copies_from must be a text"),
        ("[decisions]\ncall_in_days = 5", "call_in_days"),
        ("[minutes]\nquorum_fraction = 0", "above 0 and up to 1"),
        ("[minutes]\nquorum_fraction = 1.5", "above 0 and up to 1"),
        ("[minutes]\nquorum_fraction = true", "above 0 and up to 1"),
        ("[minutes]\nquorum_fraction = nan", "above 0 and up to 1"),
        ("[minutes]\nquorum_minimum = 0", "a number from 1 to 90"),
        ("[minutes]\nquorum = 3", "quorum"),
        ("[reminders]\nreport_due = 5", "a list of different numbers up to 90"),
        ("[reminders]\nreport_due = [5, 5]", "a list of different numbers up to 90"),
        ("[reminders]\nagenda = [true]", "a list of different numbers up to 90"),
        ("[reminders]\nagenda = [-1]", "a list of different numbers up to 90"),
        ("[reminders]\nconsultation = [91]", "a list of different numbers up to 90"),
        ("[reminders]\nreport_late = 0", "a number from 1 to 90"),
        ("[reminders]\nforget_after_days = [30]", "a number from 1 to 90"),
        ("[reminders]\nagendas = [3]", "agendas"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message) as refusal:
        load(written(tmp_path, text))
    assert "council.toml" in str(refusal.value)


def test_a_council_chooses_when_reports_are_due(tmp_path: Path) -> None:
    chosen = load(written(tmp_path, "[reports]\ndue_working_days_before_publication = 0"))
    assert chosen.report_due_working_days == 0


def test_a_council_may_lengthen_the_periods_of_decisions(tmp_path: Path) -> None:
    text = '[decisions]\nkey_decision_mode = "working"\ncall_in_working_days = 7'
    chosen = load(written(tmp_path, text)).decisions
    assert (chosen.key_decision_mode, chosen.call_in_working_days) == (Mode.WORKING, 7)
    assert chosen.key_decision_clear_days == 28


def test_a_council_sets_the_quorum_of_its_committees(tmp_path: Path) -> None:
    chosen = load(written(tmp_path, "[minutes]\nquorum_fraction = 1\nquorum_minimum = 5")).minutes
    assert (chosen.quorum_fraction, chosen.quorum_minimum) == (1.0, 5)


def test_a_council_chooses_when_people_are_reminded(tmp_path: Path) -> None:
    text = "[reminders]\nreport_due = [10, 5, 0]\nconsultation = []"
    chosen = load(written(tmp_path, text)).reminders
    assert (chosen.report_due, chosen.consultation) == ((10, 5, 0), ())
    assert (chosen.agenda, chosen.report_late) == ((3, 0), 1)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml"):
        load(tmp_path / "absent.toml")


def test_bytes_that_are_no_text_are_a_mistake_too(tmp_path: Path) -> None:
    path = tmp_path / "council.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"council\.toml"):
        load(path)


def test_the_application_does_not_start_with_a_wrong_one(
    app_with: Callable[..., Flask], tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="closing_notes"):
        app_with(constitution_file=written(tmp_path, "[agenda]\nclosing_notes = 3"))
