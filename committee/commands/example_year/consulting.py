"""Consultations of the example year: set up, answered, coded into themes and reported."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import select

from committee.commands.example_year.stage import DECIDER, Stage
from committee.consultations import classing, publishing, questions, reading, responding, themes
from committee.consultations import service as consultations
from committee.consultations.models import Consultation, Question, Response
from committee.consultations.questions import QuestionFields
from committee.consultations.responding import Given
from committee.consultations.rules import CLOSED_KINDS, Channel, Position, QuestionKind
from committee.consultations.service import Particulars
from committee.consultations.themes import ThemeFields
from committee.extensions import db
from committee.law.calendar import DAY

# Of so many people one leaves a comment out, one writes on paper, one did not answer a question.
SILENT_EVERY, ON_PAPER_EVERY, SKIPPED_EVERY = 4, 9, 7
SIGNATURES = 63


@dataclass(frozen=True)
class Said:
    """What one person says: of which types they are, and the position."""

    types: tuple[int, ...]
    other: str | None
    position: Position


def set_up(stage: Stage, day: date, name: str, *, opens_on: date, closes_on: date) -> None:
    """Set the consultation up with its types, questions and themes, and publish it."""
    said = stage.said["consultations"][name]
    particulars = Particulars(
        title=said["title"],
        proposal=said["proposal"],
        opens_on=opens_on,
        closes_on=closes_on,
        decision_id=stage.matter(said["matter"]).id,
        position_question=said["position_question"],
        promotion=said["promotion"],
        copies_sent=said["copies_sent"],
    )
    made = consultations.set_up(stage.committee(), particulars, by=stage.author())
    for plural, singular in said["types"]:
        questions.add_type(made, name=plural, singular=singular, by=stage.author())
    for asked in said["questions"]:
        questions.add_question(made, _question(asked), by=stage.author())
    for theme in said["themes"]:
        themes.add_theme(made, _theme(theme), by=stage.author())
    consultations.publish(made, now=stage.at(day), today=day, by=stage.clerk())


def _question(said: dict[str, Any]) -> QuestionFields:
    return QuestionFields(
        kind=QuestionKind(said["kind"]),
        text=said["text"],
        options=tuple(said.get("options", ())),
        is_monitoring=said.get("monitoring", False),
    )


def _theme(said: dict[str, Any]) -> ThemeFields:
    return ThemeFields(
        name=said["name"],
        stance=Position(said["stance"]),
        definition=said["definition"],
        officers_answer=said["answer"],
    )


def answer(stage: Stage, day: date, name: str) -> None:
    """Let everyone answer, some on paper, on days from the opening to `day`."""
    said, asked = stage.said["consultations"][name], consultation(stage, name)
    everyone = list(_in_turn(said["rows"]))
    span = (day - asked.opens_on).days + 1
    for number, person in enumerate(everyone):
        on = asked.opens_on + timedelta(days=number * span // len(everyone))
        theme, comment = _comment(said, person, number)
        response = _take_in(stage, asked, _given(asked, said, person, number, comment), number, on)
        coded = [each.id for each in asked.themes if comment and each.name == theme]
        themes.set_themes(asked, response, coded, now=stage.at(on), by=stage.author())


def _in_turn(rows: list[dict[str, Any]]) -> Iterator[Said]:
    """Everyone in the rows, one of each row in turn, as answers come in."""
    alike = [
        [Said(tuple(row["types"]), row.get("other"), position)] * row[position.value]
        for row in rows
        for position in Position
    ]
    for turn in range(max(len(people) for people in alike)):
        yield from (people[turn] for people in alike if turn < len(people))


def _comment(said: dict[str, Any], person: Said, number: int) -> tuple[str, str | None]:
    """What the person writes, and the theme that it belongs to; nothing for one in four."""
    fitting = [theme for theme in said["themes"] if theme["stance"] == person.position.value]
    theme = fitting[number % len(fitting)]
    comments = theme["comments"]
    silent = number % SILENT_EVERY == 0
    return theme["name"], None if silent else comments[number // 2 % len(comments)]


def _take_in(stage: Stage, asked: Consultation, given: Given, number: int, on: date) -> Response:
    form = f"{asked.slug} {number}"
    if number % ON_PAPER_EVERY:
        return responding.respond(asked, given, form_number=form, today=on)
    return responding.key_in(
        asked,
        given,
        channel=Channel.PAPER_FORM,
        received_on=on,
        form_number=form,
        today=on,
        by=stage.author(),
    )


def _given(
    asked: Consultation, said: dict[str, Any], person: Said, number: int, comment: str | None
) -> Given:
    chosen = {
        question.id: _chosen(question, words["shares"], number + place)
        for place, (question, words) in enumerate(
            zip(asked.questions, said["questions"], strict=True)
        )
        if question.kind in CLOSED_KINDS and (number + place) % SKIPPED_EVERY
    }
    apart = {question.id for question in asked.questions if question.is_monitoring}
    opened = [each.id for each in asked.questions if each.kind not in CLOSED_KINDS]
    return Given(
        types=tuple(asked.respondent_types[place].id for place in person.types),
        other_type=person.other,
        position=person.position,
        texts=dict.fromkeys(opened, comment) if comment else {},
        options={each: options for each, options in chosen.items() if each not in apart},
        monitoring={each: options for each, options in chosen.items() if each in apart},
    )


def _chosen(question: Question, shares: list[int], number: int) -> tuple[int, ...]:
    """What somebody chooses, so that of ten people about as many choose each as `shares` say."""
    drawn = number * 7 % 10
    ids = [option.id for option in question.options]
    if question.kind is QuestionKind.SEVERAL_CHOICES:
        wanted = [each for each, share in zip(ids, shares, strict=True) if drawn < share]
        return tuple(wanted or ids[:1])
    ends = accumulate(shares)
    return (next(each for each, end in zip(ids, ends, strict=True) if drawn < end),)


def add_letters(stage: Stage, day: date, name: str) -> None:
    """Key in what came by post: a petition, a second letter of one person, and a late one."""
    asked = consultation(stage, name)
    by = stage.author()
    against, support = (Given(position=each) for each in (Position.AGAINST, Position.SUPPORT))
    types = (asked.respondent_types[1].id,)

    def keyed(given: Given, form: str, received_on: date) -> Response:
        return responding.key_in(
            asked,
            replace(given, types=types),
            channel=Channel.LETTER,
            received_on=received_on,
            form_number=f"{asked.slug} {form}",
            today=day,
            by=by,
        )

    first = keyed(replace(against, signatures=SIGNATURES), "petition", asked.closes_on)
    again = keyed(against, "second letter", asked.closes_on)
    responding.same_person(again, first.receipt, by=by)
    keyed(support, "late letter", asked.closes_on + DAY)


def read(stage: Stage, day: date, name: str, *, first: int) -> None:
    """Let the decision maker open the first so many responses."""
    asked, reader = consultation(stage, name), stage.user(DECIDER)
    wanted = select(Response).where(Response.consultation_id == asked.id).order_by(Response.id)
    for response in db.session.scalars(wanted.limit(first)).all():
        reading.mark_read(response, by=reader.id, considers=False, now=stage.at(day))


def close(_stage: Stage, day: date) -> None:
    """Close what has ended, as the worker does each day."""
    consultations.close_ended(day)


def open_some(stage: Stage, day: date, name: str) -> None:
    """Open the first responses that nobody has classed, as many as are shown at once."""
    asked = consultation(stage, name)
    shown, _ = classing.page_to_be_opened(asked)
    agreed = classing.to_open(shown)
    classing.open_these(asked, agreed, now=stage.at(day), today=day, by=stage.clerk())


def report(stage: Stage, day: date, name: str) -> None:
    """Publish the results."""
    publishing.publish_summary(
        consultation(stage, name),
        change_reason=None,
        now=stage.at(day),
        today=day,
        by=stage.clerk(),
    )


def consultation(stage: Stage, name: str) -> Consultation:
    """The consultation of this name."""
    title = stage.said["consultations"][name]["title"]
    return db.session.scalars(select(Consultation).where(Consultation.title == title)).one()
