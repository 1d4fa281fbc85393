"""`./quorate law check` reads worked examples, prints every difference and ends accordingly."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

RIGHT = {"id": "A1", "fn": "call_in", "n": 5, "published": "2018-05-16", "last_day": "2018-05-23"}
WRONG = {**RIGHT, "id": "A2", "last_day": "2018-05-22", "effective": "2018-05-24"}


def check(app: Flask, tmp_path: Path, contents: Any) -> Result:
    """Run the command on a file that holds this."""
    file = tmp_path / "examples.json"
    file.write_text(contents if isinstance(contents, str) else json.dumps(contents), "utf-8")
    return app.test_cli_runner().invoke(args=["law", "check", str(file)])


def lines_of(done: Result) -> list[str]:
    return done.output.strip().splitlines()


def test_all_agree(made_app: Flask, tmp_path: Path) -> None:
    done = check(made_app, tmp_path, {"vectors": [RIGHT, {**RIGHT, "id": "A3"}]})
    assert (done.exit_code, lines_of(done)) == (0, ["2 of 2 agree"])


def test_every_difference_is_printed_and_the_command_fails(made_app: Flask, tmp_path: Path) -> None:
    both = {**WRONG, "id": "A4", "effective": "2018-05-25"}
    done = check(made_app, tmp_path, {"vectors": [RIGHT, WRONG, both]})
    assert done.exit_code == 1
    assert lines_of(done) == [
        "A2 call_in: last_day is 2018-05-23, not 2018-05-22",
        "A4 call_in: last_day is 2018-05-23, not 2018-05-22",
        "A4 call_in: effective is 2018-05-24, not 2018-05-25",
        "1 of 3 agree",
    ]


def test_an_unknown_rule_is_a_difference(made_app: Flask, tmp_path: Path) -> None:
    done = check(made_app, tmp_path, {"vectors": [{"id": "A5", "fn": "petition"}]})
    assert done.exit_code == 1
    assert lines_of(done) == ["A5: no rule is called 'petition'", "0 of 1 agree"]


def test_a_day_beyond_the_known_bank_holidays_is_said(made_app: Flask, tmp_path: Path) -> None:
    done = check(made_app, tmp_path, {"vectors": [RIGHT, {**RIGHT, "published": "2090-05-16"}]})
    assert done.exit_code == 1
    said, last = lines_of(done)
    assert said.startswith("A1: ")
    assert "bank holidays" in said
    assert last == "1 of 2 agree"


@pytest.mark.parametrize(
    "broken", [{"published": "the 16th"}, {"published": None}, {"n": "five"}, {"n": None}]
)
def test_an_example_that_makes_no_sense_is_a_difference(
    made_app: Flask, tmp_path: Path, broken: dict[str, Any]
) -> None:
    done = check(made_app, tmp_path, {"vectors": [{**RIGHT, **broken}, RIGHT]})
    assert done.exit_code == 1
    assert "A1: cannot be computed: " in done.output
    assert lines_of(done)[-1] == "1 of 2 agree"


@pytest.mark.parametrize("contents", ["{", "[]", "{}", '{"vectors": {}}', '{"vectors": [1]}'])
def test_a_file_without_examples_is_refused(made_app: Flask, tmp_path: Path, contents: str) -> None:
    done = check(made_app, tmp_path, contents)
    assert done.exit_code == 1
    assert "examples.json" in done.output
    assert "agree" not in done.output


def test_a_file_that_is_not_there_is_refused(made_app: Flask, tmp_path: Path) -> None:
    done = made_app.test_cli_runner().invoke(args=["law", "check", str(tmp_path / "none.json")])
    assert done.exit_code == 2
