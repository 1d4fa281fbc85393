"""A thousand guesses of addresses tell nobody anything that they could not know."""

from collections.abc import Iterator, Mapping

import pytest
from werkzeug.routing import Rule

from tests.matrix.people import NOBODY
from tests.matrix.table import Expected, Row, people, rows
from tests.matrix.town import Town

pytestmark = pytest.mark.usefixtures("undone")

ENOUGH = 1000
EACH = 14  # guesses at one view
OUTSIDERS = (NOBODY, "member of another committee", "officer of another committee")


def guesses(rule: Rule, names: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Names of things that somebody would try next: the ids and the numbers around known ones."""
    for number in range(1, EACH + 1):
        found = {}
        for name in rule.arguments:
            known = names[name]
            if isinstance(known, int):
                found[name] = number
            elif name == "number":
                found[name] = f"18/{number:05d}"
            elif name == "slug":
                found[name] = f"a-change-{number}"
            else:
                found[name] = known
        yield found


def hidden_everywhere(town: Town, row: Row, name: str) -> bool:
    """Whether nothing of the kind, in whatever state, is open to this person."""
    person = next(each for each in people() if each.name == name)
    states = town.things[row.thing]
    shut = (Expected.HIDDEN, Expected.SIGN_IN)
    return all(row.expected(person, state) in shut for state in states)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_guess_at_what_is_hidden_has_the_same_answer(town: Town, name: str) -> None:
    caller, asked = town.callers[name], 0
    for (view, method), row in sorted(rows().items()):
        names = next(iter(town.things[row.thing].values()))
        rule = town.rule(view, names)
        if method != "GET" or not rule.arguments or not hidden_everywhere(town, row, name):
            continue
        answers = set()
        for guessed in guesses(rule, names):
            address = town.address(view, guessed)
            status, headers, body = caller.ask("GET", address).without(address)
            answers.add((status, tuple(sorted(headers.items())), body))
            asked += 1
        assert len(answers) == 1, f"{view} tells {name} ids apart"
    assert asked >= ENOUGH


def test_of_a_published_agenda_only_its_own_open_papers_are_found(town: Town) -> None:
    """The number of a paper is drawn at random, and is no key to another's paper."""
    caller = town.callers[NOBODY]
    published = town.things["paper of an agenda"]["open"]
    found = []
    for number in {*range(1, 200), published["version_id"]}:
        names = {**published, "version_id": number}
        answer = caller.ask("GET", town.address("publishing.paper", names))
        if answer.status != 404:
            found.append(number)
    assert found == [published["version_id"]]


def test_only_a_reported_decision_of_the_number_is_found(town: Town) -> None:
    """The numbers of drafts leave gaps that look like numbers that were never given."""
    caller = town.callers[NOBODY]
    seen = [f"18/{number:05d}" for number in range(1, 80)]
    found = {number for number in seen if caller.ask("GET", f"/decisions/{number}").status == 200}
    hidden = {"draft", "draft, exempt", "abandoned before its notice"}
    drafts = {town.things["decision"][state]["number"] for state in hidden}
    assert found
    assert not found & drafts
