"""The summary of a consultation: who answered what, with every base said, and themes counted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from committee.documents.pack.lettering import Wording
from committee.documents.published.making import (
    COUNCIL_BLUE,
    Section,
    page_data,
    section_data,
    write_pdf,
)
from committee.documents.running_text.content import (
    Block,
    Blocks,
    Heading,
    Run,
    Runs,
    Table,
    paragraph,
)

NO_RESPONSES = "No responses were received."
COMMENTS_NOT_PEOPLE = (
    "Comments are counted here, not people: one person may have commented on several themes."
)


@dataclass(frozen=True)
class PositionRow:
    """One type of respondent, with its responses for each position in the table's order."""

    respondents: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PositionTable:
    """Respondent types by position. With one unnamed position ("",) it counts responses alone."""

    positions: tuple[str, ...]
    rows: tuple[PositionRow, ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """Responses for each position."""
        return tuple(
            sum(row.counts[place] for row in self.rows) for place in range(len(self.positions))
        )


@dataclass(frozen=True)
class Answer:
    """One of the answers offered to a closed question, and how many chose it."""

    label: str
    count: int


@dataclass(frozen=True)
class ClosedQuestion:
    """A question with fixed answers, of which a respondent chose one or none."""

    question: str
    answers: tuple[Answer, ...]

    @property
    def base(self) -> int:
        """How many answered: what the percentages are of."""
        return sum(answer.count for answer in self.answers)


@dataclass(frozen=True)
class Theme:
    """What a number of comments had in common. `count` is of comments, not of people."""

    name: str
    count: int


@dataclass(frozen=True)
class ThemeGroup:
    """The themes of those who took one position; `people` is how many they are, where known."""

    position: str
    themes: tuple[Theme, ...]
    people: int | None = None


@dataclass(frozen=True)
class ConsultationFigures:
    """The figures of a consultation, for its summary and for the record of decision alike.

    Dates are in words and may be "". `responses` counts everything received, on any channel.
    """

    opened_on: str
    closed_on: str
    responses: int
    positions: PositionTable | None = None
    questions: tuple[ClosedQuestion, ...] = ()
    themes: tuple[ThemeGroup, ...] = ()


@dataclass(frozen=True)
class ConsultationText:
    """All that the published summary says. `decision_number` may be "".

    `more` are parts between what was said and what happens next, such as the council's answers.
    """

    council: str
    title: str
    decision_number: str
    figures: ConsultationFigures
    introduction: Blocks = ()
    closing: Blocks = ()
    more: tuple[Section, ...] = ()
    colour: str = COUNCIL_BLUE
    language: str = "en-GB"


def share(count: int, base: int) -> str:
    """A percentage of the base, halves rounded up; a little is never called none."""
    if not base:
        return "–"
    percent = (200 * count + base) // (2 * base)
    if count and not percent:
        return "under 1%"
    return f"{percent}%"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def figures_sentence(figures: ConsultationFigures) -> str:
    """How many answered, when, and how they stood, as one sentence."""
    received = _counted(figures.responses, "response was", "responses were")
    words = f"{received} received" if figures.responses else NO_RESPONSES.rstrip(".")
    if figures.opened_on and figures.closed_on:
        words += f" between {figures.opened_on} and {figures.closed_on}"
    table = figures.positions
    if not figures.responses or table is None or len(table.positions) < 2:
        return words + "."
    stood = [
        f"{count:,} {label[:1].lower() + label[1:]}"
        for label, count in zip(table.positions, table.totals, strict=True)
    ]
    return f"{words}: {', '.join(stood[:-1])} and {stood[-1]}."


def figures_blocks(figures: ConsultationFigures) -> Blocks:
    """The figures as running text: the sentence, then the tables under headings of level 1."""
    blocks: list[Block] = [paragraph(figures_sentence(figures))]
    if figures.positions is not None and figures.positions.rows:
        blocks.append(position_table(figures.positions))
    for question in figures.questions:
        blocks += _question(question, figures.responses)
    if figures.themes:
        blocks.append(Heading(1, _cell("What the comments said")))
    for group in figures.themes:
        blocks += _themes(group)
    return tuple(blocks)


def position_table(table: PositionTable) -> Table:
    """Respondent types by position with the totals of both."""
    named = [position for position in table.positions if position]
    header = ["Respondents", *named, "Total" if named else "Responses"]
    rows = [
        _row(row.respondents, row.counts if named else (), sum(row.counts)) for row in table.rows
    ]
    rows.append(_row("Total", table.totals if named else (), sum(table.totals)))
    return Table(
        header=tuple(map(_cell, header)),
        rows=tuple(rows),
        numeric=(False, *[True] * (len(header) - 1)),
        caption="Responses by type of respondent and position"
        if named
        else "Responses by type of respondent",
        row_headings=True,
        has_total=True,
    )


def _question(question: ClosedQuestion, responses: int) -> Blocks:
    base = question.base
    rows = [
        (_cell(one.label), _cell(f"{one.count:,}"), _cell(share(one.count, base)))
        for one in question.answers
    ]
    rows.append((_cell("Total who answered"), _cell(f"{base:,}"), _cell("")))
    table = Table(
        header=tuple(map(_cell, ("Answer", "Responses", "Share"))),
        rows=tuple(rows),
        numeric=(False, True, True),
        caption=question.question,
        row_headings=True,
        has_total=True,
    )
    if not base:
        return (table, paragraph("Nobody answered this question."))
    answered = f"Answered in {base:,} of {_counted(responses, 'response', 'responses')}"
    return (table, paragraph(f"{answered}. Shares are of those {base:,} and are rounded."))


def _themes(group: ThemeGroup) -> Blocks:
    comments = sum(theme.count for theme in group.themes)
    words = f"{_counted(comments, 'comment', 'comments')} on "
    words += _counted(len(group.themes), "theme", "themes")
    if group.people is not None:
        words += f"; {_counted(group.people, 'person', 'people')} took this position"
    table = Table(
        header=(_cell("Theme"), _cell("Comments")),
        rows=tuple((_cell(theme.name), _cell(f"{theme.count:,}")) for theme in group.themes),
        numeric=(False, True),
    )
    return (
        Heading(2, _cell(group.position)),
        *((table,) if group.themes else ()),
        paragraph(f"{words}. {COMMENTS_NOT_PEOPLE}"),
    )


def _cell(words: str) -> Runs:
    return (Run(words),) if words else ()


def _row(name: str, counts: tuple[int, ...], total: int) -> tuple[Runs, ...]:
    return tuple(map(_cell, (name, *(f"{count:,}" for count in counts), f"{total:,}")))


def consultation_sections(text: ConsultationText) -> tuple[Section, ...]:
    """The parts of the summary in order, those with nothing to say left out."""
    parts = (
        Section("About this consultation", text.introduction),
        Section("What was said", figures_blocks(text.figures)),
        *text.more,
        Section("What happens next", text.closing),
    )
    return tuple(part for part in parts if part.blocks)


def consultation_pdf(text: ConsultationText, target: Path) -> int:
    """Write the summary as PDF/UA-1; the number of its pages."""

    def contents(wording: Wording) -> dict[str, Any]:
        title = wording.printable(f"Consultation summary: {text.title}")
        council = wording.printable(text.council)
        return page_data(title, council, text.colour, text.language) | {
            "kind": "Consultation summary",
            "subject": wording.printable(text.title),
            "number": wording.printable(text.decision_number),
            "sections": [section_data(one, wording) for one in consultation_sections(text)],
        }

    return write_pdf("consultation.typ", contents, target)
