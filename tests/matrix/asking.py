"""Asking every cell of one row of the table, and telling which answers are not as it says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.matrix.callers import Answer, Caller
from tests.matrix.council import Names
from tests.matrix.forms import Form, form_for
from tests.matrix.judging import fits
from tests.matrix.people import Person
from tests.matrix.table import Expected, Row, people
from tests.matrix.town import Town

NOT_TAKEN = (Expected.HIDDEN, Expected.SIGN_IN, Expected.GONE)
TOKEN_MISSING = 400
SAFE = {"GET", "HEAD", "OPTIONS"}

# What reading may add: who read exempt matter, and the link of that entry in the audit's chain.
NOTED_BY_READING = {"audit_entry", "audit_link"}


@dataclass
class Asked:
    """How many cells were asked, and what was wrong with some."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def tell(self, row: Row, state: str, person: str, words: str) -> None:
        """Note a cell that is not as the table says."""
        self.wrong.append(f"{row.method} {row.view}, {row.thing} “{state}”, {person}: {words}")


def ask_row(town: Town, row: Row, *, thorough: bool) -> Asked:
    """Every person about the thing in its states, with their token and without it.

    Where a whole run is too long, states in which everybody is answered alike stand for one
    another, and the token is left out once: it is missed before anything is looked for.
    """
    asked = Asked()
    things = town.things[row.thing]
    for at, state in enumerate(things if thorough else unlike(row, things)):
        cells = _Cells(town, row, state, things[state], asked)
        cells.ask()
        if row.method not in SAFE and (thorough or at == 0):
            cells.ask_without_token()
    return asked


def unlike(row: Row, states: Iterable[str]) -> list[str]:
    """The first of these states of each kind in which everybody is answered alike."""
    found: dict[tuple[Expected, ...], str] = {}
    for state in states:
        answers = tuple(row.expected(person, state) for person in people())
        found.setdefault(answers, state)
    return list(found.values())


@dataclass
class _Cells:
    """The cells of one row and one state."""

    town: Town
    row: Row
    state: str
    names: Names
    asked: Asked

    def __post_init__(self) -> None:
        self.address = self.town.address(self.row.view, self.names)
        self.nothing = self.town.address_of_nothing(self.row.view, self.names)
        self.expected = {each.name: self.row.expected(each, self.state) for each in people()}
        self.form: Form | None = None if self.row.method in SAFE else self._form()

    def ask(self) -> None:
        """Ask them all."""
        self.asked.cells += len(self.expected)
        if self.form is None:
            self._ask_without_change(list(self.expected), self._sent)
            return
        shut = [name for name, each in self.expected.items() if each in NOT_TAKEN]
        self._ask_without_change(shut, self._sent)
        for name in self.expected.keys() - set(shut):
            answer = self._sent(self.town.callers[name], self.address)
            changed = self.town.kept.changed()
            self.town.kept.put_back(changed)
            self._judge(name, answer, changed)

    def ask_without_token(self) -> None:
        """Ask everybody to send the form without the token that it came with."""
        self.asked.cells += len(self.expected)
        self._ask_without_change(list(self.expected), self._sent_without_token, TOKEN_MISSING)

    def _sent(self, caller: Caller, address: str) -> Answer:
        return caller.ask(self.row.method, address, self.form)

    def _sent_without_token(self, caller: Caller, address: str) -> Answer:
        return caller.ask(self.row.method, address, self.form, token=False)

    def _ask_without_change(
        self,
        names: list[str],
        send: Callable[[Caller, str], Answer],
        status: int | None = None,
    ) -> None:
        """Ask what changes nothing, at once; where something changed, once more one by one."""
        answers = self.town.all_ask(names, lambda caller: self._twice(caller, send))
        for name, (answer, nothing) in answers.items():
            self._judge(name, answer, {}, status)
            if status or self.expected[name] in (Expected.HIDDEN, Expected.SIGN_IN):
                self._compare(name, answer, nothing)
        if self._changed():
            for name in names:
                send(self.town.callers[name], self.address)
                if changed := self._changed():
                    self.asked.tell(self.row, self.state, name, f"has changed {changed}")

    def _changed(self) -> Mapping[str, str]:
        changed = self.town.kept.changed()
        self.town.kept.put_back(changed)
        if self.row.method in SAFE:
            return {n: each for n, each in changed.items() if n not in NOTED_BY_READING}
        return changed

    def _twice(
        self, caller: Caller, send: Callable[[Caller, str], Answer]
    ) -> tuple[Answer, Answer | None]:
        """The answer about the thing and, where it must be the same, about one that never was."""
        hidden = self.expected[caller.person.name] in (Expected.HIDDEN, Expected.SIGN_IN)
        without_token = send == self._sent_without_token
        compared = (hidden or without_token) and self.nothing != self.address
        return send(caller, self.address), send(caller, self.nothing) if compared else None

    def _judge(
        self, name: str, answer: Answer, changed: Mapping[str, str], status: int | None = None
    ) -> None:
        right = answer.status == status if status else fits(self.expected[name], answer, changed)
        if not right:
            wanted = f"{status} for want of a token" if status else f"“{self.expected[name]}”"
            told = f"{answer.status} {answer.leads_to}".strip()
            also = f", having changed {sorted(changed)}" if changed else ""
            self.asked.tell(self.row, self.state, name, f"expected {wanted}, got {told}{also}")

    def _compare(self, name: str, answer: Answer, nothing: Answer | None) -> None:
        if nothing is None:
            return
        one, other = answer.without(self.address), nothing.without(self.nothing)
        if one != other:
            self.asked.tell(
                self.row,
                self.state,
                name,
                f"is not answered as for what never was: {differing(one, other)}",
            )

    def _form(self) -> Form:
        """The form as somebody is shown it to whom it is open."""
        may = (each.name for each in people() if self._opens(each))
        name = next(may, None)
        return form_for(
            self.row.view, self.names, self.town.callers[name] if name else None, self.address
        )

    def _opens(self, person: Person) -> bool:
        return self.expected[person.name] not in NOT_TAKEN


def differing(one: tuple[object, ...], other: tuple[object, ...]) -> str:
    """The first place in which two answers differ."""
    for mine, theirs in zip(one, other, strict=True):
        if isinstance(mine, str) and isinstance(theirs, str) and mine != theirs:
            at = next(_first_difference(mine, theirs))
            return f"{mine[max(0, at - 60) : at + 60]!r} and {theirs[max(0, at - 60) : at + 60]!r}"
        if mine != theirs:
            return f"{mine} and {theirs}"
    return "nothing"


def _first_difference(mine: str, theirs: str) -> Iterator[int]:
    yield from (at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b)
    yield min(len(mine), len(theirs))
