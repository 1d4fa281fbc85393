"""A published summary as a document: the frozen contents put into words and tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from committee.documents.published.consultation import ConsultationText, position_table
from committee.documents.published.making import Section
from committee.documents.published.quoted_figures import figures_of, position_table_of
from committee.documents.running_text.content import (
    Block,
    Blocks,
    Heading,
    Run,
    Runs,
    Table,
    paragraph,
)
from committee.law.calendar import in_words

SEVERAL = "People could choose several answers, so the shares add up to more than 100%."
NOT_MATCHED = (
    "These answers are kept apart from what people said and cannot be matched with it. Where they "
    "do not add up to the number of responses, people chose not to answer."
)
WITHHELD = (
    "This table is left out: few people gave some of the answers, and any part of it could tell "
    "about one of them."
)


def hidden_note(smallest: int, together: int) -> str:
    """What [c] stands for, and what the hidden figures come to."""
    return (
        f"[c]: figures under {smallest} are not shown, nor others from which they could be worked "
        f"out, so that nobody can be recognised. Together they come to {together}."
    )


def document_of(
    contents: Mapping[str, Any], *, council: str, colour: str, change_reason: str | None
) -> ConsultationText:
    """The document that these contents make; `colour` is the council's."""
    parts = (
        Section("Questions with several answers", _several(contents)),
        Section("The council’s answers to what people said", _answers(contents)),
        Section("Responses that came late", _late(contents)),
        Section("Who took part", _monitoring(contents)),
    )
    return ConsultationText(
        council=council,
        title=contents["title"],
        decision_number=contents["decision_number"] or "",
        figures=figures_of(contents),
        introduction=_introduction(contents, change_reason),
        more=tuple(part for part in parts if part.blocks),
        colour=colour,
    )


def how_many(contents: Mapping[str, Any]) -> list[str]:
    """What came in, by which ways, and what of it is not in the tables, as sentences."""
    numbers = contents["responses"]
    ways = ", ".join(f"{each['label'].lower()} {each['count']:,}" for each in numbers["by_channel"])
    found = [f"Responses received: {numbers['received']:,}" + (f" ({ways})." if ways else ".")]
    if numbers["repeats"]:
        found.append(
            f"Set aside because the same person had responded already: {numbers['repeats']:,}. "
            "They are kept, and each person is counted once."
        )
    if numbers["late"]:
        found.append(
            f"Came after the closing date: {numbers['late']:,}. They are kept and shown apart."
        )
    found += [
        f"One of the responses is a petition with {signatures:,} signatures. It counts as one."
        for signatures in numbers["petitions"]
    ]
    return found


def period(contents: Mapping[str, Any]) -> list[str]:
    """When people could respond, and whether that was changed, as sentences."""
    opened, closed = _day(contents["opens_on"]), _day(contents["closes_on"])
    found = [f"It was open from {opened} to {closed}, {contents['days']} days."]
    found += [
        f"The closing date was put off from {_day(each['from'])} to {_day(each['to'])}: "
        f"{each['reason']}"
        for each in contents["extensions"]
    ]
    return found


def _introduction(contents: Mapping[str, Any], change_reason: str | None) -> Blocks:
    words = [f"This consultation was run for the {contents['committee']}."]
    if change_reason:
        words.append(f"This version replaces an earlier one. What changed: {change_reason}")
    words += period(contents)
    if contents["promotion"]:
        words.append(f"How people were told of it: {contents['promotion']}")
    if contents["copies_sent"]:
        words.append(f"Paper copies sent out: about {contents['copies_sent']:,}.")
    return tuple(paragraph(each) for each in (*words, *how_many(contents)))


def _several(contents: Mapping[str, Any]) -> Blocks:
    blocks: list[Block] = []
    for question in contents["questions"]:
        if question["several"]:
            rows = [(a["label"], f"{a['count']:,}", a["share"]) for a in question["answers"]]
            blocks.append(_table(question["text"], ("Answer", "Responses", "Share"), rows))
            blocks.append(paragraph(f"{question['base']:,} answered this question. {SEVERAL}"))
    return tuple(blocks)


def _answers(contents: Mapping[str, Any]) -> Blocks:
    blocks: list[Block] = []
    for group in contents["themes"]:
        answered = [theme for theme in group["themes"] if theme["answer"]]
        if answered:
            blocks.append(Heading(1, _cell(group["label"])))
        for theme in answered:
            blocks.append(Heading(2, _cell(theme["name"])))
            blocks.append(paragraph(theme["answer"]))
    return tuple(blocks)


def _late(contents: Mapping[str, Any]) -> Blocks:
    if not contents["late_table"]["total"]:
        return ()
    return (
        paragraph("These came after the closing date and are in none of the other figures."),
        position_table(position_table_of(contents["late_table"])),
    )


def _monitoring(contents: Mapping[str, Any]) -> Blocks:
    blocks: list[Block] = []
    for question in contents["monitoring"]:
        if question["withheld"]:
            blocks += [Heading(1, _cell(question["text"])), paragraph(WITHHELD)]
            continue
        rows = [
            (a["label"], "[c]" if a["count"] is None else f"{a['count']:,}")
            for a in question["answers"]
        ]
        blocks.append(_table(question["text"], ("Answer", "People"), rows))
        if question["together"] is not None:
            blocks.append(paragraph(hidden_note(question["smallest"], question["together"])))
        blocks.append(paragraph(f"{question['base']:,} answered this question."))
    return (*blocks, paragraph(NOT_MATCHED)) if blocks else ()


def _table(caption: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(
        header=tuple(map(_cell, header)),
        rows=tuple(tuple(map(_cell, row)) for row in rows),
        numeric=(False, *[True] * (len(header) - 1)),
        caption=caption,
        row_headings=True,
    )


def _cell(words: str) -> Runs:
    return (Run(words),) if words else ()


def _day(text: str) -> str:
    return in_words(date.fromisoformat(text))
