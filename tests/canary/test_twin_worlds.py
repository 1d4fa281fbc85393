"""Two councils that differ in what is hidden alone are the same council to the public.

Pair by pair: one with nothing hidden and one with all sorts of hidden matter of which the public
may know nothing; and two that state the same exempt items by the same approved titles, with other
matter behind them, and more of it.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from tests.canary.installation import Installation, installed
from tests.canary.twins import Answer, differences, public_answers, world

FEW, MANY = 300, 5_000
OPEN_WORDS = [
    "school",
    "places",
    "bus",
    "passes",
    "library",
    "hours",
    "noise",
    "wall",
    "disposal",
    "land",
    "staffing",
    "exempt",
    "committee",
    "harbours",
    "schools",
    "councillor",
    "agenda",
    "minutes",
    "decision",
    "price",
    "property",
    "purchase",
    "site",
    "play",
    "areas",
    "youth",
    "clubs",
    "figures",
    "proposal",
    "change",
    "parents",
    "pupils",
    "stop",
    "north",
    "south",
    "town",
    "report",
    "draft",
    "the",
    "and",
]


@pytest.fixture(scope="module")
def frozen() -> Iterator[datetime]:
    """One instant for both worlds: now, so that the database's clock is not far from it."""
    instant = datetime.now(UTC).replace(microsecond=0)
    with time_machine.travel(instant, tick=False):
        yield instant


@pytest.fixture(scope="module")
def twin(
    database_url: str,
    servers_folder: Path,
    redis_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    frozen: datetime,
) -> Iterator[Installation]:
    """An installation in which one world after the other is made."""
    folder = tmp_path_factory.mktemp("twin")
    with installed(servers_folder, redis_url, folder, name="twin") as made:
        made.app.config["HURRY_WORK"] = False
        made.keep("empty")
        yield made


def queries(hidden: list[str], most: int) -> list[str]:
    """So many different questions: words that are open, words that are hidden in either world, and
    pieces and pairs of them."""
    drawn = random.Random(20181108)  # noqa: S311 - the same questions in every run
    known = [*OPEN_WORDS, *hidden]
    some = drawn.sample(hidden, min(len(hidden), most // 3))
    asked = dict.fromkeys([*OPEN_WORDS, *some, "", "*", '"', "%"])
    while len(asked) < most:
        one, other = drawn.choice(known), drawn.choice(known)
        way = drawn.randrange(5)
        text = (one[:4], f"{one} {other}", f'"{one}"', f"-{one} {other}", f"{one}&page=2")[way]
        asked[text] = None
    return list(asked)[:most]


def both(twin: Installation, worlds: list[tuple[str, bool, int]], most: int) -> list[str]:
    """What differs between two worlds."""
    answers: list[dict[str, Answer]] = []
    hidden: list[str] = []
    for name, stubs, more in worlds:
        hidden += world(twin, name, stubs=stubs, more=more)
        twin.keep(name)
    for name, _, _ in worlds:
        twin.go_back(name)
        answers.append(public_answers(twin.app, queries(hidden, most)))
    assert len(answers[0]) > most + 40
    return differences(*answers)


PAIRS = {
    "nothing hidden, and much": [("bare", False, 0), ("full", False, 1)],
    "the same stubs over other matter": [("one", True, 0), ("other", True, 1)],
}


@pytest.mark.parametrize("pair", PAIRS)
def test_twins_are_alike_to_the_public(pair: str, twin: Installation) -> None:
    found = both(twin, PAIRS[pair], FEW)
    assert not found, "\n".join(found)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("pair", PAIRS)
def test_twins_answer_thousands_of_searches_alike(pair: str, twin: Installation) -> None:
    found = both(twin, PAIRS[pair], MANY)
    assert not found, "\n".join(found)
