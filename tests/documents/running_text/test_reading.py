"""What people type becomes the blocks they meant."""

import pytest

from committee.documents.running_text import (
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    number_paragraphs,
    parse,
    to_plain,
)
from committee.documents.running_text.content import paragraph
from tests.documents.running_text.texts import RESOLUTION


def only(text: str):
    (block,) = parse(text)
    return block


def test_a_blank_line_parts_paragraphs_and_a_line_ending_is_kept():
    assert parse("One\ntwo\n\n\nthree\r\n") == (paragraph("One\ntwo"), paragraph("three"))


@pytest.mark.parametrize("nothing", ["", " \n\t\n", "\x00\x07", "\u202e"])
def test_nothing_typed_is_no_blocks(nothing):
    assert parse(nothing) == ()


def test_a_resolution_keeps_its_letters_and_its_closing_words():
    opening, points, closing = parse(RESOLUTION)
    assert to_plain((opening,)).startswith("RESOLVED that, subject to planning")
    assert (points.marker, points.start, len(points.items)) == ("a)", 1, 2)
    inner = points.items[1].blocks[1]
    assert (inner.marker, len(inner.items)) == ("(i)", 2)
    assert closing == paragraph("be endorsed.")


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("- a\n- b", [("-", 1, 2)]),
        ("• a\n* b", [("-", 1, 2)]),
        ("1. a\n2. b\n\n3. c", [("1.", 1, 3)]),
        ("4) a\n5) b", [("1)", 4, 2)]),
        ("(1) a\n(2) b", [("(1)", 1, 2)]),
        ("a) a\nc) c", [("a)", 1, 1), ("a)", 3, 1)]),
        ("i) a\nii) b\niii) c", [("i)", 1, 3)]),
        ("i) a", [("i)", 1, 1)]),
        ("h) a\ni) b\nj) c", [("a)", 8, 3)]),
        ("i) a\nj) b", [("a)", 9, 2)]),
        ("(v) a\n(vi) b", [("(i)", 5, 2)]),
        ("1. a\n1. b", [("1.", 1, 1), ("1.", 1, 1)]),
    ],
)
def test_markers_stay_as_typed(text, lists):
    assert [(one.marker, one.start, len(one.items)) for one in parse(text)] == lists


@pytest.mark.parametrize(
    "text",
    [
        "1.1 Capital",
        "2018. A year",
        "Mr. Reed",
        "-5 degrees",
        "a. one",
        "e.g. this",
        "\\- a",
        "1.",
        "-",
    ],
)
def test_what_only_looks_like_a_marker_is_words(text):
    assert isinstance(only(text), Paragraph)


def test_a_point_may_have_more_paragraphs_and_lines():
    made = only("1. first\n   same\n\n   second\n2. third")
    assert [len(item.blocks) for item in made.items] == [2, 1]
    assert to_plain((made,)) == "1. first\n   same\n   second\n2. third"


def test_lists_within_lists_end_at_a_bound():
    made = parse("- " * 50 + "deep")
    depth = 0
    while isinstance(made[0], ListBlock):
        made, depth = made[0].items[0].blocks, depth + 1
    assert depth == 4


def test_headings_leave_out_no_level():
    levels = [block.level for block in parse("## Two\n### Three\n# One\n### Deep")]
    assert levels == [1, 2, 1, 2]
    assert only("#hash") == paragraph("#hash")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("a **b** *c*", (Run("a "), Run("b", strong=True), Run(" "), Run("c", emphasis=True))),
        ("5*3*2 and snake_case_name __x__", (Run("5*3*2 and snake_case_name __x__"),)),
        ("**not closed", (Run("**not closed"),)),
        (
            "[the page](https://example.org/a_b)",
            (Run("the page", link="https://example.org/a_b"),),
        ),
        (
            "See https://example.org/a_(b).",
            (
                Run("See "),
                Run("https://example.org/a_(b", link="https://example.org/a_(b"),
                Run(")."),
            ),
        ),
        ("<clerk@example.org>", (Run("clerk@example.org", link="mailto:clerk@example.org"),)),
        ("[x](javascript:alert(1))", (Run("[x](javascript:alert(1))"),)),
        ("[x](//example.org)", (Run("[x](//example.org)"),)),
        ("![x](https://example.org/a.png)", (Run("!"), Run("x", link="https://example.org/a.png"))),
        ("&amp; <b>", (Run("&amp; <b>"),)),
        ("\\*as typed\\*", (Run("*as typed*"),)),
    ],
)
def test_marks_within_a_line(text, runs):
    assert only(text).runs == runs


def test_an_address_that_disguises_its_host_is_no_link():
    (run,) = only("[x](https://bank.example@evil.example)").runs
    assert run == Run("[x](https://bank.example@evil.example)")


def test_a_table_has_a_header_and_sides():
    made = only("| Year | Cost |\n|------|-----:|\n| 2018 | £9k |\n| 2019 |\n| 2020 | 1 | 2 |")
    assert isinstance(made, Table)
    assert made.numeric == (False, True)
    assert to_plain((made,)) == "Year\tCost\n2018\t£9k\n2019\t\n2020\t1 | 2"
    assert isinstance(only("a | b"), Paragraph), "a stroke alone makes no table"


def test_no_link_can_be_made_that_is_not_safe():
    with pytest.raises(ValueError, match="cannot lead"):
        Run("x", link="javascript:alert(1)")


def test_a_table_has_cells_for_each_column():
    with pytest.raises(ValueError, match="as long as"):
        Table(((Run("a"),),), ((),), (False,))


def test_paragraphs_of_a_minute_are_numbered_and_keep_their_lists():
    first, heading, rest = number_paragraphs(
        parse("Ms Marsh spoke:\n- one\n\nShe sat.\n\n# Debate\n" + RESOLUTION), start=3
    )
    assert (first.marker, first.start, len(first.items)) == ("(1)", 3, 2)
    assert isinstance(heading, Heading)
    assert (rest.start, len(rest.items)) == (5, 1)
    assert to_plain(rest.items[0].blocks[-1:]) == "be endorsed."
