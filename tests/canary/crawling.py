"""Collects everything that somebody can obtain, and finds tokens in it.

`crawl` answers what was found where it must not be. Everything is asked for in the order in which
it would be found by somebody who tries: addresses with ids, guesses, searches, forms that are sent.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from committee.clock import now
from committee.extensions import db
from committee.people import sessions, users
from committee.people.roles import ROLE_PERMISSIONS
from tests.canary import addresses_to_try as trying
from tests.canary.addresses_to_try import Address
from tests.canary.council import PEOPLE, RIGHT, WRONG
from tests.canary.expected import is_expected
from tests.canary.installation import errors_kept
from tests.canary.watched import WatchedCouncil

VISITOR = "visitor"
# What differs in each answer although nothing differs: of a form, a session and a request.
RANDOM = re.compile(
    rb'name="csrf_token"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="csrf_token"'
    rb"|csrf-token\" content=\"[^\"]*\"|[0-9a-f]{32}"
)
NOTHING: set[str] = set()
OWN_HEADERS = {"X-Request-ID", "Date", "Set-Cookie", "Content-Length"}


@dataclass(frozen=True)
class Finding:
    """A token where it must not be: on which surface, whose token, exactly where, written how."""

    surface: str
    secret: str
    where: str
    how: str


@dataclass
class Crawl:
    """What was found, and how much was looked through to find it."""

    findings: list[Finding] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)
    seen_by_right: set[str] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)

    def on(self, *surfaces: str) -> list[Finding]:
        """The findings on surfaces whose names begin so."""
        return [found for found in self.findings if found.surface.startswith(surfaces)]


@dataclass
class Crawler:
    """One crawl. `views` are the only views that are asked for, where not all are."""

    watched: WatchedCouncil
    most: int = 30
    views: set[str] | None = None
    readers: tuple[str, ...] = (VISITOR, *WRONG[:3])
    quick: bool = True
    crawl: Crawl = field(default_factory=Crawl)
    sent: set[str] = field(default_factory=set)
    _nothing: dict[tuple[str, str], tuple[object, ...]] = field(default_factory=dict)

    def browser(self, reader: str) -> FlaskClient:
        """A browser at which this reader has signed in, if it is not the visitor's."""
        app = self.watched.installation.app
        client = app.test_client()
        if reader != VISITOR:
            with app.app_context():
                user = users.user_with_email(self.watched.emails[reader])
                assert user is not None
                token = sessions.begin(user, now=now())
                db.session.commit()
            with client.session_transaction() as held:
                held["_user_id"], held["_fresh"] = token, True
            assert client.get("/home").status_code == 200, f"the {reader} is not signed in"
        return client

    def look(
        self, surface: str, where: str, content: bytes, reader: str, but: set[str] = NOTHING
    ) -> None:
        """Look through some bytes. `but` are the tokens that were sent and so may come back."""
        self.crawl.surfaces.add(surface.partition(" as ")[0])
        for token, how in self.watched.decoder.tokens_in(content).items():
            secret = self.watched.tokens.names.get(token, token)
            if token not in but and not is_expected(surface, secret, reader):
                self.crawl.findings.append(Finding(surface, secret, where, how))

    def ask(
        self, client: FlaskClient, reader: str, method: str, at: Address, **sent: Any
    ) -> TestResponse:
        """Ask for an address and look through all of the answer."""
        but = self.watched.tokens.within(at.path)
        self.sent |= but
        answer = client.open(at.path, method=method, **sent)
        content = answer.get_data()
        answer.close()
        self.crawl.answers[reader] += 1
        for name, value in answer.headers.items():
            surface = f"header {name} of {at.endpoint} as {reader}"
            self.look(surface, at.path, value.encode("utf-8", "replace"), reader, but)
        if content:
            surface = f"{method} {at.endpoint} as {reader}"
            self.look(surface, at.path, RANDOM.sub(b"", content), reader, but)
        self.check_caching(answer, at, reader)
        return answer

    def check_caching(self, answer: TestResponse, at: Address, reader: str) -> None:
        """No cache on the way may keep what was for one reader alone."""
        kept = answer.headers.get("Cache-Control", "")
        shared = "public" in kept or "s-maxage" in kept or "no-store" not in kept
        is_open = at.endpoint in OPEN_TO_CACHES or at.path.partition("?")[0] in FEEDS
        if (shared and not is_open and answer.status_code != 304) or (
            shared and "Set-Cookie" in answer.headers and at.endpoint != "static"
        ):
            surface = f"cache header of {at.endpoint} as {reader}"
            finding = Finding(surface, "the whole answer", at.path, kept or "none")
            self.crawl.findings.append(finding)

    def pages(self) -> None:
        """Every view that can be read, with every id, by everybody who is not to read it."""
        app = self.watched.installation.app
        for reader in self.readers:
            with app.app_context():
                every = list(trying.addresses(app, "GET", trying.known(self.most), self.views))
            client = self.browser(reader)
            for at in self.worth_asking(every, reader):
                answer = self.ask(client, reader, "GET", at)
                self.compare(answer, at, reader)
                if reader == VISITOR and answer.status_code == 200:
                    for more in trying.MORE:
                        self.ask(client, reader, "GET", Address(at.endpoint, at.path + more))

    def worth_asking(self, every: list[Address], reader: str) -> Iterator[Address]:
        """All of them; or, where it has to be quick, only some of a view whose guard turns this
        reader away before it looks at anything."""
        counted: Counter[str] = Counter()
        for at in every:
            counted[at.endpoint] += 1
            few = self.quick and self.is_turned_away(at.endpoint, reader)
            if at.endpoint not in SIGNS_OUT and not (few and counted[at.endpoint] > AT_THE_DOOR):
                yield at

    def is_turned_away(self, endpoint: str, reader: str) -> bool:
        """Whether the view wants a permission that this reader holds nowhere."""
        view = self.watched.installation.app.view_functions[endpoint]
        wanted = getattr(view, "permission", None)
        if wanted is None:
            return False
        return reader == VISITOR or wanted not in ROLE_PERMISSIONS[PEOPLE[reader][0]]

    def compare(self, answer: TestResponse, at: Address, reader: str) -> None:
        """A hidden thing answers as one that does not exist: all that is not found is alike."""
        if answer.status_code != 404:
            return
        body = RANDOM.sub(b"", answer.get_data()).replace(at.path.encode(), b"")
        names = tuple(sorted(name for name, _ in answer.headers if name not in OWN_HEADERS))
        first = self._nothing.setdefault((reader, ""), (body, names))
        if first != (body, names):
            surface = f"tells apart: {at.endpoint} as {reader}"
            finding = Finding(surface, "whether it exists", at.path, "another 404")
            self.crawl.findings.append(finding)

    def guesses(self) -> None:
        """Addresses that no page names."""
        folder = self.watched.installation.folder / "files"
        names = [path.name for path in sorted(folder.rglob("*")) if path.is_file()]
        for reader in self.readers[:2]:
            client = self.browser(reader)
            for at in trying.guesses(names[:: max(1, len(names) // 10)]):
                self.ask(client, reader, "GET", at)

    def search(self, every: int = 1) -> None:
        """Search for each token, and for words; a hidden word answers as one that is nowhere."""
        for reader in self.readers[:2]:
            client = self.browser(reader)
            nothing = self._searched(client, reader, "zq" + "0" * 12)
            for token in list(self.watched.tokens.names)[::every]:
                found = self._searched(client, reader, token)
                if found != nothing:
                    secret = self.watched.tokens.names[token]
                    surface = f"search for the word as {reader}"
                    finding = Finding(surface, secret, f"/search?q={token}", "other results")
                    self.crawl.findings.append(finding)
            for word in WORDS:
                for page in (1, 2, 3):
                    path = f"/search?q={word}&page={page}"
                    self.ask(client, reader, "GET", Address("search.results", path))

    def _searched(self, client: FlaskClient, reader: str, token: str) -> bytes:
        at = Address("search.results", f"/search?q={token}")
        answer = self.ask(client, reader, "GET", at)
        return RANDOM.sub(b"", answer.get_data()).replace(token.encode(), b"")

    def forms(self) -> None:
        """Every form, sent empty and filled with words, to every thing."""
        app = self.watched.installation.app
        for reader in self.readers:
            with app.app_context():
                found = trying.known(4 if self.quick else 12)
                every = list(trying.addresses(app, "POST", found, self.views))
            client = self.browser(reader)
            for at in self.worth_asking(every, reader):
                if not self.quick:
                    self.ask(client, reader, "POST", at, data={})
                self.ask(client, reader, "POST", at, data={"title": "x", "q": "x", "version": "1"})

    def right_readers(self) -> None:
        """Those who may read: tokens are seen, so that not seeing them elsewhere means something;
        and no cache may keep what they are shown."""
        app = self.watched.installation.app
        known = self.watched.tokens.names
        for reader in RIGHT[:: 2 if self.quick else 1]:
            with app.app_context():
                every = list(trying.addresses(app, "GET", trying.known(3), self.views))
            client = self.browser(reader)
            for at in every:
                answer = client.get(at.path)
                content = answer.get_data()
                answer.close()
                self.check_caching(answer, at, reader)
                again = self.quick and reader != "member" and answer.mimetype == "application/pdf"
                if answer.status_code == 200 and not again:
                    seen = self.watched.decoder.tokens_in(content)
                    self.crawl.seen_by_right |= {known.get(token, token) for token in seen}

    def name_at(self, address: str) -> str:
        """Who has this e-mail address."""
        return next((n for n, email in self.watched.emails.items() if email == address), address)

    def traces(self) -> None:
        """What is left in logs, in the broker, in letters, in errors and in passing files."""
        made = self.watched.installation
        lines = made.log.lines
        for number, line in enumerate(lines):
            # What was asked for names what was asked for.
            but = NOTHING if number < self.watched.lines_of_making else self.sent
            self.look("log", line[:200], line.encode(), "", but)
        self.look("log of the database server", "server.log", made.server_lines(), "")
        for key, content in made.broker():
            self.look("broker", key, content, "")
        for name, content in made.left_over():
            self.look("passing file", name, content, "")
        for number, envelope in enumerate(made.mail.envelopes):
            reader = self.name_at(", ".join(envelope.rcpt_tos))
            content = envelope.content or b""
            self.look("mail", f"letter {number} to {reader}", bytes(content), reader)
        with made.app.app_context():
            for name, content in errors_kept():
                self.look("error kept", name, content, "")


OPEN_TO_CACHES = {
    "static",
    "feeds.lately",
    "feeds.decisions",
    "feeds.calendar",
    "feeds.committee_calendar",
    "people.colours",
}
FEEDS = {"/feed.xml", "/decisions/feed.xml", "/meetings/calendar.ics"}
AT_THE_DOOR = 3  # addresses of a view by which a reader is turned away at once
SIGNS_OUT = {"people.sign_out"}
WORDS = ("school", "committee", "the", "disposal", "land", "exempt", "noise", "council", "zq", "*")


def crawl(watched: WatchedCouncil, *, quick: bool = True) -> Crawl:
    """Everything, by everybody who is not to know; `quick` leaves out what is most alike."""
    crawler = Crawler(watched, most=10 if quick else 60, quick=quick)
    steps: dict[str, Callable[[], None]] = {
        "pages": crawler.pages,
        "guesses": crawler.guesses,
        "search": partial(crawler.search, every=8 if quick else 1),
        "forms": crawler.forms,
        "right readers": crawler.right_readers,
        "traces": crawler.traces,
    }
    for name, step in steps.items():
        began = time.monotonic()
        step()
        crawler.crawl.seconds[name] = time.monotonic() - began
    return crawler.crawl
