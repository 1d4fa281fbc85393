"""Searching: highlights that cannot be HTML, hostile queries, filters, and an answer that helps."""

from datetime import date

import pytest
from flask import Flask
from markupsafe import Markup

from committee.extensions import db
from committee.search.finding import any_of, search
from committee.search.highlights import marked
from committee.search.models import SearchEntry
from committee.search.rules import BEGIN, END, LONGEST_QUERY, EntryKind, Wanted, wanted_from
from tests import builders


def an_entry(subject_id: int, title: str, text: str = "", **named: object) -> SearchEntry:
    values = {
        "kind": EntryKind.PAPER,
        "page": 1,
        "address": f"/{subject_id}",
        "dated": date(2018, 5, 8),
    }
    entry = SearchEntry(subject_id=subject_id, title=title, text=text, **values | named)
    db.session.add(entry)
    db.session.commit()
    return entry


def addresses(query: str, **named: object) -> list[str]:
    return [each.address for each in search(Wanted(query, **named)).found]  # type: ignore[arg-type]


def test_what_is_found_is_marked_and_everything_else_escaped() -> None:
    text = f'<script>alert("{BEGIN}bus{END}")</script> & {BEGIN}<b>{END}'
    made = marked(text)
    assert isinstance(made, Markup)
    assert made == (
        "&lt;script&gt;alert(&#34;<mark>bus</mark>&#34;)&lt;/script&gt; &amp; "
        "<mark>&lt;b&gt;</mark>"
    )


@pytest.mark.parametrize("text", [f"{END}{END}a{BEGIN}", f"{BEGIN}{BEGIN}a", f"a{END}b{BEGIN}c"])
def test_markers_out_of_order_open_nothing(text: str) -> None:
    made = marked(text)
    assert made.count("<mark>") == made.count("</mark>")
    assert BEGIN not in made
    assert END not in made


def test_the_text_of_a_page_is_shown_as_text(app: Flask) -> None:
    an_entry(1, "Report <i>one</i>", "<img src=x onerror=alert(1)> the buses of Kent & Essex")
    found = search(Wanted("buses")).found[0]
    assert f"{BEGIN}buses{END}" in found.snippet
    assert "<img" not in marked(found.snippet)
    assert "<i>" not in marked(found.title)


def test_words_are_found_in_other_forms_and_numbers_of_decisions_as_they_are(app: Flask) -> None:
    an_entry(1, "18/00016 Travel", "Subsidised cards")
    an_entry(2, "18/00017 Schools", "Places")
    assert addresses("subsidising card") == ["/1"]
    assert addresses("18/00016") == ["/1"]


def test_pages_of_one_paper_are_one_result_with_the_others_beside_it(app: Flask) -> None:
    for page in range(1, 21):
        text = "ferry ferry ferry" if page == 7 else "one ferry among many other words"
        an_entry(1, "Report", text, page=page, address=f"/1#page={page}")
    answer = search(Wanted("ferry"))
    assert (answer.count, len(answer.found)) == (1, 1)
    found = answer.found[0]
    assert (found.page, found.pages) == (7, 20)
    assert [other.page for other in found.others] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13]


def test_the_best_comes_first_and_of_equals_the_latest(app: Flask) -> None:
    an_entry(1, "Minutes", "bus", dated=date(2017, 1, 1))
    an_entry(2, "Minutes", "bus", dated=date(2018, 1, 1))
    an_entry(3, "The bus", "Nothing", dated=date(2016, 1, 1))
    an_entry(4, "Minutes", "bus", dated=None)
    assert addresses("bus") == ["/3", "/2", "/1", "/4"]


def test_kind_and_committee_narrow_it_down(app: Flask) -> None:
    one, other = builders.a_committee("One"), builders.a_committee("Other")
    db.session.flush()
    an_entry(1, "Bus", committee_id=one.id)
    an_entry(2, "Bus", committee_id=other.id, kind=EntryKind.DECISION)
    assert addresses("bus", committee=one.slug) == ["/1"]
    assert addresses("bus", kind=EntryKind.DECISION) == ["/2"]
    answer = search(Wanted("bus", kind=EntryKind.DECISION, committee=one.slug))
    assert (answer.found, answer.without_narrowing) == ((), 2)


def test_more_than_a_page_is_turned(app: Flask) -> None:
    for number in range(45):
        db.session.add(
            SearchEntry(
                kind=EntryKind.DECISION,
                subject_id=number,
                page=0,
                title="Bus",
                text="",
                address=f"/{number}",
                made_of="",
            )
        )
    db.session.commit()
    seen = [each for page in (1, 2, 3) for each in addresses("bus", page=page)]
    assert len(seen) == len(set(seen)) == 45
    assert search(Wanted("bus", page=400)).wanted.page == 3


def test_an_empty_answer_says_what_any_one_word_would_find(app: Flask) -> None:
    an_entry(1, "Bus")
    answer = search(Wanted("bus zeppelin"))
    assert (answer.count, answer.with_any_word) == (0, 1)
    assert addresses(any_of(Wanted("bus zeppelin"))) == ["/1"]


def test_words_that_are_everywhere_are_said_to_be(app: Flask) -> None:
    assert search(Wanted("the and of")).is_too_common


HOSTILE = [
    "'", '"', '"unclosed', "&|!", "!!! & | <-> :*", "(((", "\\", "a:*", "' OR 1=1 --", "%", "_",
    "<script>", "\u202e", "🚌", "-", "--", "or", "or or", "- -", '""', "a" * 10_000, "a " * 5_000,
    '"' * 999, "bus\x00stop", "\ud7ff", "A" * 199 + "'",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_any_query_is_answered(app: Flask, query: str) -> None:
    an_entry(1, "Bus", "stop")
    wanted = wanted_from({"q": query})
    assert len(wanted.query) <= LONGEST_QUERY
    search(wanted)
    search(Wanted(any_of(wanted)))


@pytest.mark.parametrize(
    "given",
    [
        {"page": "0"}, {"page": "-3"}, {"page": "x"}, {"page": "²"}, {"page": "9" * 40},
        {"kind": "secret"}, {"committee": "\x00"}, {"committee": "x" * 5000},
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_left_out(app: Flask, given: dict[str, str]) -> None:
    wanted = wanted_from({"q": "bus", **given})
    assert wanted.page >= 1
    assert wanted.kind is None
    search(wanted)
