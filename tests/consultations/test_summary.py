"""The real totals of two consultations, reproduced from their responses."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from committee.consultations import responding, themes
from committee.consultations.counting import arithmetic_faults
from committee.consultations.models import Consultation
from committee.consultations.rules import Position, QuestionKind
from committee.consultations.summary import contents_of
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from committee.frozen import canonical_sha256
from tests import builders as people
from tests.consultations import builders


def rows(contents: dict) -> list[tuple]:
    return [(row["label"], *row["counts"], row["total"]) for row in contents["table"]["rows"]]


def test_the_school_consultation_is_reproduced_exactly(app: Flask) -> None:
    contents = contents_of(builders.the_school_consultation())
    assert rows(contents) == [
        ("Parents/carers", 67, 4, 5, 76),
        ("Parent and Governor", 1, 0, 0, 1),
        ("Parent and Staff Member", 1, 0, 0, 1),
        ("Pupils", 3, 0, 0, 3),
        ("Governors", 1, 0, 0, 1),
        ("Members of staff", 12, 1, 1, 14),
        ("Local Resident", 1, 0, 0, 1),
        ("Other Interested parties", 1, 1, 0, 2),
    ]
    assert contents["table"]["totals"] == [87, 6, 6]
    assert contents["table"]["total"] == contents["responses"]["received"] == 99
    assert arithmetic_faults(contents) == []


def test_the_transport_consultation_is_reproduced_exactly(app: Flask) -> None:
    contents = contents_of(builders.the_transport_consultation())
    assert rows(contents) == [
        ("Parents or carers", 70),
        ("Students in years 12 to 14", 16),
        ("Students in years 7 to 11", 1),
        ("Learning providers", 3),
        ("Others", 1),
    ]
    assert contents["responses"]["counted"] == 91
    assert contents["days"] == 42
    (price,) = contents["questions"]
    assert price["base"] == 88
    assert [tuple(answer.values()) for answer in price["answers"]] == [
        ("Agree", 59, "67%"),
        ("Disagree", 3, "3%"),
        ("Don’t know", 26, "30%"),
    ]
    assert arithmetic_faults(contents) == []


def test_the_figures_can_be_frozen(app: Flask) -> None:
    contents = contents_of(builders.a_consultation())
    assert len(canonical_sha256(contents)) == 64


def test_late_ones_and_repeats_are_apart_and_the_sums_agree(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    first = builders.a_response(made, "Pupils", position=Position.AGAINST)
    again = builders.keyed_in(made, "Pupils", by=officer.id, position=Position.SUPPORT)
    responding.same_person(again, first.receipt, by=officer.id)
    builders.keyed_in(made, "Pupils", by=officer.id, received_on=date(2018, 4, 12))
    contents = contents_of(made)
    assert rows(contents)[1] == ("Pupils", 0, 1, 0, 1)
    numbers = contents["responses"]
    assert [numbers[name] for name in ("received", "counted", "late", "repeats")] == [3, 1, 1, 1]
    assert {each["label"]: each["count"] for each in numbers["by_channel"]} == {
        "Online form": 1,
        "Letter": 2,
    }
    assert contents["late_table"]["total"] == 1
    assert arithmetic_faults(contents) == []


def test_a_petition_is_one_response(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    builders.keyed_in(made, by=officer.id, position=Position.AGAINST, signatures=412)
    contents = contents_of(made)
    assert contents["responses"]["counted"] == 1
    assert contents["responses"]["petitions"] == [412]


def test_several_answers_may_be_chosen_and_the_base_is_people(app: Flask) -> None:
    made = builders.a_consultation(published=False)
    part = builders.a_question(
        made, "On what?", "Card", "Price", "Buses", kind=QuestionKind.SEVERAL_CHOICES
    )
    builders.publish(made)
    card, price, _ = (option.id for option in part.options)
    builders.a_response(made, options={part.id: (card, price)})
    builders.a_response(made, options={part.id: (card,)})
    builders.a_response(made)
    (question,) = contents_of(made)["questions"]
    assert question["base"] == 2
    assert [answer["count"] for answer in question["answers"]] == [2, 1, 0]
    assert [answer["share"] for answer in question["answers"]] == ["100%", "50%", "0%"]
    assert arithmetic_faults(contents_of(made)) == []


def test_themes_count_comments_and_say_of_how_many_people(app: Flask) -> None:
    officer = people.a_user()
    made = builders.a_consultation()
    noise = themes.add_theme(made, ThemeFields("Noise", Position.UNDECIDED), by=None)
    places = themes.add_theme(made, ThemeFields("Places", Position.UNDECIDED), by=None)
    for chosen in ([noise.id, places.id], [noise.id]):
        response = builders.a_response(made, position=Position.UNDECIDED)
        themes.set_themes(made, response, chosen, now=builders.AN_INSTANT, by=officer.id)
    repeat = builders.a_response(made, position=Position.UNDECIDED)
    themes.set_themes(made, repeat, [noise.id], now=builders.AN_INSTANT, by=officer.id)
    responding.same_person(repeat, response.receipt, by=officer.id)
    (group,) = contents_of(made)["themes"]
    assert (group["label"], group["people"], group["occurrences"]) == ("Undecided", 2, 3)
    assert [(theme["name"], theme["count"]) for theme in group["themes"]] == [
        ("Noise", 2),
        ("Places", 1),
    ]


def monitored(answers: dict[str, int]) -> Consultation:
    made = builders.a_consultation(published=False)
    asked = builders.a_question(made, "Are you disabled?", *answers, monitoring=True)
    builders.publish(made)
    for option, number in zip(asked.options, answers.values(), strict=True):
        for _ in range(number):
            builders.a_response(made, monitoring={asked.id: (option.id,)})
    return made


def test_a_table_that_would_tell_about_one_person_is_not_in_the_contents(app: Flask) -> None:
    made = monitored({"Yes": 1, "No": 86, "Prefer not to say": 2})
    (table,) = contents_of(made)["monitoring"]
    assert table["withheld"]
    assert [answer["count"] for answer in table["answers"]] == [None, None, None]
    assert table["base"] == 89


def test_a_base_that_is_small_itself_is_not_told(app: Flask) -> None:
    (table,) = contents_of(monitored({"Yes": 1, "No": 2}))["monitoring"]
    assert table["base"] is None


@pytest.mark.parametrize("number", [1, 40])
def test_the_figures_take_as_many_queries_however_many_respond(app: Flask, number: int) -> None:
    made = monitored({"Yes": number, "No": number})
    db.session.commit()
    db.session.expire_all()
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    contents_of(made)
    assert len(asked) <= 20, "\n".join(asked)
