"""Officers' prose for the example papers: the same seed always gives the same words.

Sentences are put together from short lists in `prose.json`, with figures, districts and months
drawn at random, so that no two papers (and few paragraphs) read alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

WORDS = json.loads((Path(__file__).parent / "prose.json").read_text(encoding="utf-8"))
TOPICS: tuple[str, ...] = tuple(WORDS["topics"])
DISTRICTS: tuple[str, ...] = tuple(WORDS["districts"])
MONTHS = [f"{date(2026, month, 1):%B}" for month in range(1, 13)]
NUMBERS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
QUARTERS = ("Q1 25/26", "Q2 25/26", "Q3 25/26", "Q4 25/26", "Q1 26/27", "Q2 26/27")


def pounds(random: Random, low: int = 12, high: int = 940) -> str:
    """Return a sum such as "£248,000", between `low` and `high` thousand pounds."""
    return f"£{random.randint(low, high) * 1000 + random.choice((0, 0, 250, 500)):,}"


def counted(number: int) -> str:
    """Return numbers under ten in words, as officers write them."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


@dataclass
class Author:
    """Writes about one topic. Every choice comes from the one seeded source of chance."""

    topic: str
    seed: int
    random: Random = field(init=False)
    decks: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.topic} {self.seed}")  # noqa: S311 - words, not secrets
        self.about = WORDS["topics"][self.topic]

    def pick(self, name: str, choices: list[str]) -> str:
        """Draw from a shuffled list, so that nothing comes twice before all have come once."""
        if not self.decks.get(name):
            self.decks[name] = self.random.sample(choices, len(choices))
        return self.decks[name].pop()

    def fill(self, template: str) -> str:
        """Put this topic's words and fresh figures into the template's slots."""
        one, two = self.random.sample(DISTRICTS, 2)
        small = self.random.randint(4, 17)
        words = {name: self.pick(name, self.about[name]) for name in ("service", "people", "sites")}
        return template.format(
            **words,
            partner=self.pick("partner", self.about["partner"]),
            measure=self.pick("measure", self.about["measure"]),
            district=one,
            district2=two,
            officer=self.pick("officers", WORDS["officers"]),
            month=f"{self.random.choice(MONTHS[:10])} {self.random.choice((2025, 2026))}",
            later=f"{self.random.choice(MONTHS[1:])} {self.random.choice((2027, 2028))}",
            count=f"{self.random.randint(900, 7800):,}",
            count2=str(self.random.randint(42, 880)),
            pct=f"{self.random.uniform(8, 94):.1f}%",
            pct2=f"{self.random.uniform(1, 7):.1f}%",
            money=pounds(self.random, 260, 940),
            money2=pounds(self.random, 12, 240),
            weeks=str(self.random.randint(9, 26)),
            weeks2=counted(self.random.randint(2, 8)),
            small=counted(small),
            small2=counted(self.random.randint(2, small - 1)),
        )

    def sentence(self, heading: str) -> str:
        """Return one sentence, ended with a full stop, that fits under the heading."""
        kind = self.random.random()
        if kind < 0.25 and heading in WORDS["sections"]:
            text = self.pick(heading, WORDS["sections"][heading])
        elif kind < 0.5:
            text = self.pick("facts", self.about["facts"])
        elif kind < 0.78:
            text = self.pick("openers", WORDS["openers"]) + self.pick("past", WORDS["past"])
            if self.random.random() < 0.4:
                text += self.pick("tails", WORDS["tails"])
        else:
            text = self.pick("present", WORDS["present"])
        filled = self.fill(text)
        return filled[0].upper() + filled[1:] + "."

    def paragraph(self, heading: str) -> str:
        """Return three to five sentences that fit under the heading."""
        return " ".join(self.sentence(heading) for _ in range(self.random.randint(3, 5)))

    def closing(self) -> list[tuple[str, str]]:
        """Return the headings and texts that end a report."""
        return [(heading, self.fill(text)) for heading, text in WORDS["closing"].items()]

    def headings(self) -> Iterator[str]:
        """Yield section headings without end; after the usual ones, a district at a time."""
        yield from WORDS["sections"]
        places = self.random.sample(DISTRICTS, len(DISTRICTS))
        while True:
            measures = self.random.sample(self.about["measure"], len(self.about["measure"]))
            for place, measure in zip(places, measures * 3, strict=False):
                yield f"{place}: {measure}"

    def summary(self) -> str:
        """Return the two or three sentences at the head of a report."""
        first = self.fill(self.pick("Introduction", WORDS["sections"]["Introduction"]))
        rest = " ".join(self.sentence("Introduction") for _ in range(2))
        return f"{first[0].upper()}{first[1:]}. {rest}"

    def table(self, rows: int) -> tuple[str, list[list[str]]]:
        """Return a caption and a table with a header row: districts against two years."""
        measure = self.pick("measure", self.about["measure"])
        places = sorted(self.random.sample(DISTRICTS, min(rows, len(DISTRICTS))))
        body = [["District", "2024/25", "2025/26", "Change", "Rating"]]
        for place in places:
            before = self.random.randint(80, 990)
            after = round(before * self.random.uniform(0.78, 1.31))
            change = 100 * (after - before) / before
            rating = "Green" if change > 4 else "Red" if change < -12 else "Amber"
            body.append([place, str(before), str(after), f"{change:+.1f}%", rating])
        return f"{measure[0].upper()}{measure[1:]}, by district", body

    def series(self) -> tuple[str, list[tuple[str, int]]]:
        """Return a caption and six quarters' figures, in per cent."""
        measure = self.pick("measure", self.about["measure"])
        level = self.random.randint(40, 70)
        points = []
        for quarter in QUARTERS:
            level = min(97, max(12, level + self.random.randint(-9, 11)))
            points.append((quarter, level))
        return f"{measure[0].upper()}{measure[1:]}, six quarters (per cent)", points
