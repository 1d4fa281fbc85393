"""The matrix finds what it is made to find: a wrong line, a changed row, a telling answer."""

from dataclasses import replace

import psycopg
import pytest

from tests.matrix.asking import Asked, ask_row, differing
from tests.matrix.callers import Answer
from tests.matrix.table import Expected, Row, rows
from tests.matrix.town import Town


def told(town: Town, view: str, method: str, answer: Expected) -> Asked:
    """What is found wrong where the first line of a row expects this answer instead."""
    row = rows()[view, method]
    first, *rest = row.lines
    changed = Row(view, method, (replace(first, answer=answer), *rest))
    return ask_row(town, changed, thorough=True)


@pytest.mark.parametrize(
    ("view", "method", "answer", "words"),
    [
        ("agendas.builder", "GET", Expected.HIDDEN, "expected “hidden”, got 200"),
        ("decisions.in_hand", "GET", Expected.ONWARD, "expected “onward”, got 200"),
        ("publishing.pack", "GET", Expected.SIGN_IN, "expected “sign-in”, got 200"),
        ("agendas.restore_item", "POST", Expected.REFUSED, "having changed"),
        ("versions.check_again", "POST", Expected.GONE, "expected “gone”, got 303"),
        ("users.person", "GET", Expected.DONE, "expected “done”, got 200"),
    ],
)
def test_an_answer_that_the_table_does_not_expect_is_told(
    town: Town, view: str, method: str, answer: Expected, words: str
) -> None:
    found = told(town, view, method, answer)
    assert any(words in each for each in found.wrong), found.wrong[:5]


def test_an_act_that_should_have_been_impossible_is_told_with_who_did_it(town: Town) -> None:
    found = told(town, "agendas.restore_item", "POST", Expected.HIDDEN)
    assert any("administrator: has changed" in each for each in found.wrong), found.wrong[:5]
    assert not town.kept.changed()


def test_rows_that_are_changed_added_and_taken_away_are_seen_and_put_back(town: Town) -> None:
    acts = (
        "UPDATE meeting SET place = 'Elsewhere' WHERE id = (SELECT min(id) FROM meeting)",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
        "INSERT INTO council (name, brand_colour, language) VALUES ('Another', '#000', 'en-GB')",
    )
    for act in acts:
        with psycopg.connect(town.kept.url.replace("+psycopg", ""), autocommit=True) as database:
            database.execute("SET session_replication_role = replica")
            database.execute(act)
        changed = town.kept.changed()
        assert len(changed) == 1, act
        town.kept.put_back(changed)
        assert not town.kept.changed()


def test_answers_that_differ_by_a_word_or_a_header_are_told_apart() -> None:
    one = Answer(404, {"server": "a", "date": "now", "etag": "x"}, b"No page at /meetings/1.")
    same = Answer(404, {"server": "b", "date": "then", "etag": "x"}, b"No page at /meetings/2.")
    by_header = replace(same, headers={"etag": "y"})
    by_word = replace(same, body=b"No exempt page at /meetings/2.")
    first = one.without("/meetings/1")
    assert first == same.without("/meetings/2")
    for other in (by_header, by_word):
        assert first != other.without("/meetings/2")
        assert differing(first, other.without("/meetings/2")) != "nothing"
