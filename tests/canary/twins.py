"""Worlds that differ in what is hidden alone, and all that the public can read of each.

What differs by its nature, and is made alike before two worlds are compared:

- the token against forged requests, and the cookie that it is checked by: drawn at random;
- the number of a form for a response: drawn at random, so that a form sent twice counts once;
- what a passkey is asked to sign on the page of sign-in: drawn at random for each page;
- X-Request-ID: drawn at random for each request.

The instants at which rows were written are made alike too, since the database has its own clock.
The number of a paper is drawn at random too; twins draw the same for the same file. Nothing else is
made alike: not the number of another row, not a tag, not the bytes of a PDF.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from committee.extensions import db, owner_engine
from committee.reports.models import PaperVersion
from tests.canary.council import Council
from tests.canary.installation import Installation
from tests.canary.watched import furnish

RANDOM = re.compile(
    rb'(<input[^>]*name="csrf_token"[^>]*>)|(name="csrf-token"[^>]*>)'
    rb'|(<input[^>]*name="form_number"[^>]*>)|("form_number" value="[0-9a-f]+")'
    rb"|(&#34;challenge&#34;: &#34;[^&]*&#34;)"
)
RANDOM_HEADERS = {"X-Request-ID", "Content-Length"}
BEGIN_AT = (
    "/",
    "/committees",
    "/meetings",
    "/meetings?past=1",
    "/decisions",
    "/forward-plan",
    "/consultations",
    "/consultations/receipt",
    "/feed.xml",
    "/decisions/feed.xml",
    "/meetings/calendar.ics",
    "/sign-in",
    "/no-such-page",
)
# Told to anyone on purpose although it depends on all that was done; record 0083 says why.
APART = ("/integrity",)
LINK = re.compile(r'(?:href|src|action)="([^"#]*)')
IDS = range(1, 41)
Answer = tuple[int, tuple[tuple[str, str], ...], bytes]


@dataclass
class Other:
    """Words that are hidden in one world and are other words in its twin."""

    world: str
    said: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """The word of this place in this world."""
        number = self.counts[name] = self.counts.get(name, 0) + 1
        digest = hashlib.sha256(f"{self.world} {name} {number}".encode()).hexdigest()
        word = "".join(chr(ord("a") + int(each, 16)) for each in digest[:12])
        self.said.append(word)
        return word


def same(name: str) -> str:
    """The word of a place that is the same in every world: people, who are no secret."""
    return "p" + hashlib.sha256(name.encode()).hexdigest()[:12]


def drawn_by_content(_mapper: object, _connection: object, version: PaperVersion) -> None:
    """Give a paper the number that is drawn at random elsewhere, so that twins draw the same."""
    said = f"{version.original_sha256} {version.number} {version.original_name}"
    version.id = 1_000_000 + int(hashlib.sha256(said.encode()).hexdigest()[:7], 16)


@contextmanager
def drawing_alike() -> Iterator[None]:
    """Let the same files have the same numbers."""
    event.listen(PaperVersion, "before_insert", drawn_by_content)
    try:
        yield
    finally:
        event.remove(PaperVersion, "before_insert", drawn_by_content)


def world(installation: Installation, name: str, *, stubs: bool, more: int) -> list[str]:
    """Make a world in an empty database; answers the words that are hidden in it."""
    words = Other(name)
    installation.go_back("empty")
    with installation.app.app_context(), drawing_alike():
        furnish(Council(hidden=words, personal=same, stubs=stubs, more=more, with_word=False))
        db.session.remove()
        with owner_engine().begin() as connection:
            connection.exec_driver_sql("UPDATE meeting SET created_at = '2026-01-05 09:00+00'")
    return words.said


def public_answers(app: Flask, queries: Iterable[str]) -> dict[str, Answer]:
    """Whatever a visitor can read: by links, by ids that they try, and by searching."""
    client = app.test_client()
    found: dict[str, Answer] = {}
    waiting = [*BEGIN_AT, *tried(app), *(f"/search?q={quote(each)}" for each in queries)]
    while waiting:
        path = waiting.pop()
        if path in found or path.startswith(APART):
            continue
        found[path] = answer = ask(client, path)
        if b"<html" in answer[2][:2000]:
            waiting += links(path, answer[2].decode("utf-8", "replace"))
    return found


def ask(client: FlaskClient, path: str) -> Answer:
    """One answer, without what is random in it."""
    given = client.get(path)
    body = RANDOM.sub(b"", given.get_data())
    given.close()
    headers = [
        (name, "random" if name == "Set-Cookie" else value)
        for name, value in given.headers.items()
        if name not in RANDOM_HEADERS
    ]
    return given.status_code, tuple(sorted(headers)), body


def links(path: str, page: str) -> Iterator[str]:
    """Where a page leads on this site."""
    for address in LINK.findall(page):
        whole = urlsplit(urljoin(f"http://localhost{path}", unescape(address)))
        if whole.netloc in ("localhost", "committees.example.org") and whole.scheme != "mailto":
            yield whole.path + (f"?{whole.query}" if whole.query else "")


def tried(app: Flask) -> Iterator[str]:
    """Addresses of public views with small numbers in them, whether or not a page leads there."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        numbers = [name for name in rule.arguments if rule._converters[name].__class__.__name__
                   in ("RowNumber", "IntegerConverter")]  # fmt: skip
        is_open = getattr(view, "permission", None) is None and "GET" in (rule.methods or ())
        if not is_open or len(numbers) != len(rule.arguments) or not numbers:
            continue
        for number in IDS:
            path = rule.rule
            for name in numbers[:-1]:
                path = re.sub(rf"<[^>]*{name}>", "3", path)
            yield re.sub(r"<[^>]*>", str(number), path)


def differences(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """Every address that one world answers otherwise than its twin, with the first difference."""
    told = [f"{path}: only one of them leads there" for path in sorted(one.keys() ^ other.keys())]
    for path in sorted(one.keys() & other.keys()):
        if one[path] != other[path]:
            told.append(f"{path}: {_first(one[path], other[path])}")
    return told


def _first(one: Answer, other: Answer) -> str:
    if one[0] != other[0]:
        return f"status {one[0]} and {other[0]}"
    if one[1] != other[1]:
        return f"headers {sorted(set(one[1]) ^ set(other[1]))}"
    pairs = enumerate(zip(one[2], other[2], strict=False))
    place = next((n for n, (a, b) in pairs if a != b), min(len(one[2]), len(other[2])))
    return f"{one[2][place - 60 : place + 60]!r} and {other[2][place - 60 : place + 60]!r}"
