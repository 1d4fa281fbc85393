"""The table of respondents, shares, and sums that must agree."""

from hypothesis import given
from hypothesis import strategies as st

from committee.consultations.counting import (
    Tally,
    TypeName,
    arithmetic_faults,
    closed_question,
    combination_name,
    respondent_table,
    share,
)
from committee.consultations.rules import Position
from tests.consultations.builders import SCHOOL_ROWS, SCHOOL_TYPES

TYPES = [TypeName(*each) for each in SCHOOL_TYPES]
PLACES = {each.name: place for place, each in enumerate(TYPES)}

tallies = st.lists(
    st.builds(
        Tally,
        types=st.lists(st.integers(0, len(TYPES) - 1), max_size=3, unique=True).map(tuple),
        position=st.sampled_from([*Position, None]),
        number=st.integers(0, 50),
        described=st.booleans(),
    ),
    max_size=30,
)


def school_tallies() -> list[Tally]:
    return [
        Tally(tuple(PLACES[name] for name in names), position, number)
        for names, numbers in SCHOOL_ROWS
        for position, number in zip(Position, numbers, strict=True)
    ]


def contents(table: dict, **more: object) -> dict:
    total = table["total"]
    return {
        "responses": {
            "received": total,
            "counted": total,
            "late": 0,
            "repeats": 0,
            "by_channel": [{"channel": "online", "label": "Online form", "count": total}],
        },
        "table": table,
        "questions": [],
        "themes": [],
        **more,
    }


def test_the_table_of_the_school_is_the_one_that_was_published() -> None:
    table = respondent_table(TYPES, school_tallies(), with_positions=True)
    assert table["columns"] == ["Support", "Against", "Undecided"]
    assert [(row["label"], *row["counts"], row["total"]) for row in table["rows"]] == [
        ("Parents/carers", 67, 4, 5, 76),
        ("Parent and Governor", 1, 0, 0, 1),
        ("Parent and Staff Member", 1, 0, 0, 1),
        ("Pupils", 3, 0, 0, 3),
        ("Governors", 1, 0, 0, 1),
        ("Members of staff", 12, 1, 1, 14),
        ("Local Resident", 1, 0, 0, 1),
        ("Other Interested parties", 1, 1, 0, 2),
    ]
    assert (*table["totals"], table["total"]) == (87, 6, 6, 99)


def test_those_who_named_no_type_or_no_position_are_counted_and_come_last() -> None:
    table = respondent_table(
        TYPES[:1],
        [Tally((), Position.SUPPORT, 2), Tally((), None, 1, described=True)],
        with_positions=True,
    )
    assert table["columns"][-1] == "Did not say"
    assert [(row["label"], row["total"]) for row in table["rows"]] == [
        ("Parents/carers", 0),
        ("Others", 1),
        ("Did not say", 2),
    ]


def test_without_a_question_about_the_position_types_alone_are_counted() -> None:
    table = respondent_table(TYPES, school_tallies(), with_positions=False)
    assert table["columns"] == [] == table["totals"]
    assert table["total"] == 99
    assert table["rows"][0] == {"label": "Parents/carers", "counts": [], "total": 76}


def test_three_types_are_named_as_people_name_them() -> None:
    assert combination_name([TYPES[0], TYPES[2], TYPES[4]]) == "Parent, Governor and Local Resident"


def test_shares_are_of_those_who_answered() -> None:
    assert [share(count, 88) for count in (59, 3, 26)] == ["67%", "3%", "30%"]
    assert share(1, 1000) == "under 1%"
    assert share(0, 10) == "0%"
    assert share(0, 0) == "–"
    assert share(1, 200) == "1%"  # a half goes up


@given(tallies, st.booleans())
def test_parts_always_sum_to_totals(several: list[Tally], with_positions: bool) -> None:
    table = respondent_table(TYPES, several, with_positions=with_positions)
    assert table["total"] == sum(tally.number for tally in several)
    assert arithmetic_faults(contents(table)) == []


@given(tallies)
def test_each_person_is_in_one_row(several: list[Tally]) -> None:
    table = respondent_table(TYPES, several, with_positions=True)
    labels = [row["label"] for row in table["rows"]]
    assert len(labels) == len(set(labels))
    assert labels[0] == TYPES[0].name


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8))
def test_shares_of_one_choice_come_to_a_hundred_but_for_rounding(counts: list[int]) -> None:
    base = sum(counts)
    question = closed_question("Q", several=False, base=base, answers=[("a", c) for c in counts])
    table = respondent_table([], [Tally((), None, base)], with_positions=False)
    assert arithmetic_faults(contents(table, questions=[question])) == []
    if base:
        whole = [answer["share"] for answer in question["answers"]]
        sums = sum(int(each.rstrip("%")) for each in whole if each != "under 1%")
        assert abs(100 - sums) <= len(counts)


def test_every_wrong_sum_is_found() -> None:
    table = respondent_table(TYPES, school_tallies(), with_positions=True)
    table["rows"][0]["counts"][0] += 1
    faults = arithmetic_faults(contents(table))
    assert any("the column “Support”" in fault for fault in faults)
    assert any("the row “Parents/carers”" in fault for fault in faults)


def test_a_percentage_with_another_base_is_found() -> None:
    table = respondent_table([], [Tally((), None, 91)], with_positions=False)
    question = closed_question("Price", several=False, base=88, answers=[("Agree", 88)])
    question["answers"][0]["share"] = share(88, 91)
    assert arithmetic_faults(contents(table, questions=[question])) == [
        "In the answers to “Price” a percentage is not of the 88 who answered."
    ]


def test_answers_that_do_not_come_to_their_base_are_found() -> None:
    table = respondent_table([], [Tally((), None, 91)], with_positions=False)
    question = closed_question("Price", several=False, base=88, answers=[("Agree", 59)])
    assert arithmetic_faults(contents(table, questions=[question])) == [
        "In the answers to “Price” the parts come to 59 and not to 88."
    ]
