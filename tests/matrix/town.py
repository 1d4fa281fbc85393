"""The whole scene: a council in a database of its own, served over HTTP, and people signed in."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from flask import Flask
from flask_migrate import upgrade
from werkzeug.routing import Rule

from committee import create_app
from committee.embedded import postgres
from committee.extensions import db, end_connections
from committee.people.models import User
from config import Settings
from tests.matrix.accounts_and_offices import of_people
from tests.matrix.callers import Caller
from tests.matrix.council import Council, Names, States, a_council
from tests.matrix.councillors_and_files import of_councillors
from tests.matrix.database import Kept
from tests.matrix.decisions_and_consultations import of_decisions
from tests.matrix.meetings_and_papers import of_meetings
from tests.matrix.minutes_and_actions import of_minutes
from tests.matrix.people import NOBODY, interrupt
from tests.matrix.serving import THREADS, served
from tests.matrix.table import people
from tests.matrix.things_taken_down import of_takedowns

T = TypeVar("T")

LETTER = b"From: a@example.org\nTo: b@example.org\nSubject: Caught\n\nWords.\n"

# What an argument holds in the address of a thing that never was, by its converter and its name.
NEVER_OF_KIND = {
    "RowNumber": 2_147_483_000,
    "Slug": "never-was",
    "DecisionNumber": "99/99999",
}
NEVER_NAMED = {"token": "never-was-either", "filename": "never-was.css"}


@dataclass
class Town:
    """What the tests of the matrix ask, and whom they ask it as."""

    app: Flask
    port: int
    things: Mapping[str, States]
    callers: Mapping[str, Caller]
    kept: Kept

    def rule(self, view: str, names: Names) -> Rule:
        """The rule of a view that these names fill best: of two, the one with more arguments."""
        fitting = [r for r in self.app.url_map.iter_rules(view) if r.arguments <= set(names)]
        assert fitting, f"{view} needs {[r.arguments for r in self.app.url_map.iter_rules(view)]}"
        return max(fitting, key=lambda rule: len(rule.arguments))

    def address(self, view: str, names: Names) -> str:
        """Where a view shows the thing of these names."""
        rule = self.rule(view, names)
        return self._built(rule, {name: names[name] for name in rule.arguments})

    def address_of_nothing(self, view: str, names: Names) -> str:
        """The same view of a thing that never was."""
        rule = self.rule(view, names)
        converters = {n: type(c).__name__ for n, c in rule._converters.items()}
        never = {n: NEVER_OF_KIND[k] for n, k in converters.items() if k in NEVER_OF_KIND}
        named = {n: v for n, v in NEVER_NAMED.items() if n in rule.arguments}
        return self._built(rule, {n: names[n] for n in rule.arguments} | never | named)

    def _built(self, rule: Rule, values: Mapping[str, object]) -> str:
        built = rule.build(values, append_unknown=False)
        assert built, f"{rule} cannot be built of {values}"
        return str(built[1])

    def all_ask(self, names: Iterable[str], ask: Callable[[Caller], T]) -> dict[str, T]:
        """What these people are answered, several asking at once, each on their own connection."""
        named = list(names)
        with ThreadPoolExecutor(THREADS) as pool:
            answers = pool.map(lambda name: ask(self.callers[name]), named)
            return dict(zip(named, answers, strict=True))


@contextmanager
def a_town(settings: Settings, servers_folder: Path, folder: Path, name: str) -> Iterator[Town]:
    """Build it, serve it, sign everybody in, and let things befall some of them."""
    address = postgres.start_or_join(servers_folder / "postgres", database=name)
    ours = replace(
        settings,
        database_url=address.url,
        application_database_url=address.application_url,
        public_database_url=address.public_url,
        data_folder=folder,
    )
    with ExitStack() as closing:
        app = create_app(ours)
        closing.callback(_let_go, app)
        with app.app_context():
            upgrade()
            council = a_council()
            things = _furnished(council, folder)
            db.session.commit()
            ids = {name: user.id for name, user in council.people.users.items()}
            emails = {name: user.email for name, user in council.people.users.items()}
            db.session.remove()
            end_connections()  # no transaction waits while people sign in
        port = closing.enter_context(served(ours, folder))
        callers = {each.name: Caller(each, port) for each in people()}
        for caller in callers.values():
            closing.callback(caller.close)
            caller.sign_in(emails.get(caller.person.name, ""))
        with app.app_context():
            interrupt({name: db.session.get_one(User, each) for name, each in ids.items()})
            db.session.commit()
            db.session.remove()
            end_connections()
        kept = Kept(address.administrator_url)
        closing.callback(kept.close)
        yield Town(app, port, things, callers, kept)


def _let_go(app: Flask) -> None:
    """End the connections that tests have opened since, to look at a row."""
    with app.app_context():
        end_connections()


def _furnished(council: Council, folder: Path) -> Mapping[str, States]:
    mail = folder / "mail"
    mail.mkdir(parents=True)
    (mail / f"{1:08d}.eml").write_bytes(LETTER)
    things = {
        **of_meetings(council),
        **of_decisions(council),
        **of_minutes(council),
        **of_people(council),
        **of_councillors(council),
    }
    return {**things, **of_takedowns(council, things)}


def nobody(town: Town) -> Caller:
    """Somebody who has not signed in."""
    return town.callers[NOBODY]
