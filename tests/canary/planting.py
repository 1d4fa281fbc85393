"""Leaks that are put in on purpose, each by one small change, to see that the crawl finds them.

A crawl that finds nothing proves something only if it finds what is there. Each leak says on which
surface it must be found, and only the views concerned are crawled again. What it changed in the
database is undone by going back to the copy that was kept.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import pikepdf
from sqlalchemy import text

from committee import extensions
from committee.extensions import db, owner_engine
from committee.storage import current_storage
from tests.canary.crawling import VISITOR, Crawl, Crawler
from tests.canary.watched import WatchedCouncil

Act = Callable[["Planted"], None]


@dataclass(frozen=True)
class Leak:
    """One leak: what it is, on which surface it must be found, and where that is crawled."""

    name: str
    surface: str
    plant: Act
    views: frozenset[str]
    readers: tuple[str, ...]
    searches: bool = False
    traces: bool = False
    right: bool = False
    of: str = ""  # what the name of the secret that is found must hold


@dataclass
class Planted:
    """A council in which a leak is being planted, and what takes the change back afterwards."""

    watched: WatchedCouncil
    stack: ExitStack

    def change(self, target: str, new: object) -> None:
        """Put something else in the place of what is found there: "package.module.name"."""
        self.stack.enter_context(patch(target, new))

    def secret(self, beginning: str = "agenda_item.title of the exempt item") -> str:
        """A token whose name begins so."""
        names = self.watched.tokens.names
        return next(token for token, name in names.items() if name.startswith(beginning))

    def row(self, statement: str, **values: object) -> Any:
        """The first row that a statement of the owner answers."""
        with owner_engine().begin() as connection:
            found = connection.execute(text(statement), values)
            return found.first() if found.returns_rows else None

    def pack(self, change: Callable[[pikepdf.Pdf, pikepdf.Pdf], None]) -> None:
        """Publish another pack in the public one's place: it and the restricted one, changed.

        `change` is given the public and the restricted pack; the first is then published.
        """
        ids = self.row(
            "SELECT v.public_pack_id, r.file_sha256, p.file_sha256 FROM agenda_version v "
            "JOIN pack r ON r.id = v.restricted_pack_id JOIN pack p ON p.id = v.public_pack_id "
            "ORDER BY v.id DESC"
        )
        storage = current_storage()
        with (
            pikepdf.open(storage.local_path(ids[2])) as public,
            pikepdf.open(storage.local_path(ids[1])) as restricted,
        ):
            change(public, restricted)
            saved = io.BytesIO()
            public.save(saved)
        stored = storage.save(io.BytesIO(saved.getvalue()))
        self.row("ALTER TABLE pack DISABLE TRIGGER USER")  # as only its owner can
        self.row(
            "UPDATE pack SET file_sha256 = :sha256, fast_file_sha256 = NULL WHERE id = :id",
            sha256=stored.sha256,
            id=ids[0],
        )


LEAKS: list[Leak] = []


def leak(
    surface: str,
    *views: str,
    readers: tuple[str, ...] = (VISITOR,),
    searches: bool = False,
    traces: bool = False,
    right: bool = False,
    of: str = "",
) -> Callable[[Act], Act]:
    """Keep a function that plants a leak, under its own name in words."""

    def keep(plant: Act) -> Act:
        name = plant.__name__.replace("_", " ")
        known = frozenset(views)
        LEAKS.append(Leak(name, surface, plant, known, readers, searches, traces, right, of))
        return plant

    return keep


def crawled_with(watched: WatchedCouncil, planted: Leak) -> Crawl:
    """What a crawl of the views concerned finds while the leak is there."""
    log = watched.installation.log
    lines = len(log.lines)
    with (
        ExitStack() as stack,
        first_lock_alone(),
        watched.installation.app.app_context(),
    ):
        planted.plant(Planted(watched, stack))
        db.session.remove()
        crawler = Crawler(watched, views=set(planted.views), readers=planted.readers)
        if planted.views:
            crawler.pages()
        if planted.searches:
            crawler.search(every=40)
        if planted.right:
            crawler.right_readers()
        if planted.traces:
            watched.lines_of_making, before = len(log.lines), watched.lines_of_making
            log.lines[:lines] = []
            crawler.traces()
            watched.lines_of_making = before
    return crawler.crawl


@contextmanager
def first_lock_alone() -> Iterator[None]:
    """Turn off what the database itself keeps from the public: each lock is to be tried alone."""
    with patch.object(extensions, "READS_AS_PUBLIC", "no such word"):
        yield
