"""Every address that somebody could ask for: each rule with every id that exists, and guesses."""

import itertools
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Integer, select, text
from werkzeug.routing import BuildError, Rule

from committee.decisions.models import Decision
from committee.extensions import db

# Arguments whose values are no ids of the table that they are called after.
WORDS: dict[str, tuple[str, ...]] = {
    "kind": ("proposed", "final", "pdf", "word"),
    "what": ("member", "other", "substitute", "declaration"),
    "token": ("unknown",),
    "filename": ("quorate.css", "../../config.py"),
}
SMALL = (1, 2, 3)  # numbers of versions
TABLES = {
    "item_id": ("agenda_item", "programme_item"),
    "version_id": ("paper_version",),
    "question_id": ("question",),
    "type_id": ("respondent_type",),
    "grant_id": ("role_grant",),
    "holding_id": ("portfolio_holding",),
    "session_id": ("user_session",),
    "user_id": ("user_account",),
    "row_id": ("action", "named_vote", "attendee", "declaration"),
}
# What belongs together, so that each thing is also asked for where it really is.
TOGETHER = {
    ("meeting_id", "number"): "SELECT meeting_id, number FROM agenda_version UNION "
    "SELECT m.meeting_id, v.number FROM minutes_version v JOIN minutes m ON m.id = v.minutes_id",
    ("meeting_id", "number", "kind"): "SELECT m.meeting_id, v.number, k.kind FROM "
    "minutes_version v JOIN minutes m ON m.id = v.minutes_id "
    "CROSS JOIN (VALUES ('pdf'), ('word')) k(kind)",
    ("number", "kind", "version"): "SELECT d.number, v.kind, v.number FROM record_version v "
    "JOIN decision d ON d.id = v.decision_id",
    ("slug", "number"): "SELECT c.slug, v.number FROM summary_version v JOIN consultation c ON "
    "c.id = v.consultation_id",
    ("meeting_id", "version_id"): "SELECT i.meeting_id, v.id FROM paper_version v JOIN paper p "
    "ON p.id = v.paper_id JOIN agenda_item i ON i.id = p.agenda_item_id",
    ("report_id", "paper_id", "number"): "SELECT p.report_id, p.id, v.number FROM paper p JOIN "
    "paper_version v ON v.paper_id = p.id WHERE p.report_id IS NOT NULL",
    ("paper_id", "number"): "SELECT paper_id, number FROM paper_version",
    ("slug", "response_id"): "SELECT c.slug, r.id FROM response r JOIN consultation c ON "
    "c.id = r.consultation_id",
    ("slug", "question_id"): "SELECT c.slug, q.id FROM question q JOIN consultation c ON "
    "c.id = q.consultation_id",
    ("slug", "theme_id"): "SELECT c.slug, t.id FROM theme t JOIN consultation c ON "
    "c.id = t.consultation_id",
    ("slug", "type_id"): "SELECT c.slug, t.id FROM respondent_type t JOIN consultation c ON "
    "c.id = t.consultation_id",
    ("slug", "membership_id"): "SELECT c.slug, m.id FROM membership m JOIN committee c ON "
    "c.id = m.committee_id",
}
BEYOND = 999_983  # an id that nothing has


@dataclass(frozen=True)
class Address:
    """One address, with the view that answers it."""

    endpoint: str
    path: str


@dataclass
class Known:
    """Every id that exists, by the argument that names it."""

    values: dict[str, list[object]]
    together: dict[tuple[str, ...], list[tuple[object, ...]]]
    most: int

    def of(self, rule: Rule) -> list[dict[str, object]]:
        """What to fill into a rule: everything, or where that is too much, each value once and
        what belongs together."""
        names = sorted(rule.arguments)
        if not names:
            return [{}]
        lists = [self.values_of(name, rule) for name in names]
        filled = [dict(zip(names, each, strict=True)) for each in self._some(lists)]
        for group, rows in self.together.items():
            if set(group) == set(names):
                filled += [dict(zip(group, row, strict=True)) for row in rows[: self.most * 4]]
        return filled

    def _some(self, lists: list[list[object]]) -> Iterator[tuple[object, ...]]:
        size = 1
        for each in lists:
            size *= max(len(each), 1)
        if size <= self.most:
            yield from itertools.product(*lists)
            return
        longest = max(len(each) for each in lists)
        for place in range(longest):
            yield tuple(each[place % len(each)] for each in lists)

    def values_of(self, name: str, rule: Rule) -> list[object]:
        """The values of one argument of a rule."""
        converter = type(rule._converters[name]).__name__
        if converter == "DecisionNumber":
            return self.values["decision_number"]
        if name in WORDS:
            return list(WORDS[name])
        if name in self.values:
            return self.values[name]
        return list(SMALL)


def known(most: int) -> Known:
    """What exists now. A rule is asked for with at most about `most` of it."""
    values: dict[str, list[object]] = {
        "decision_number": [*db.session.scalars(select(Decision.number)), "26/99983"],
        "slug": [
            *db.session.execute(text("SELECT slug FROM committee")).scalars(),
            *db.session.execute(text("SELECT slug FROM consultation")).scalars(),
            "no-such-thing",
        ],
    }
    for table in db.metadata.sorted_tables:
        key = next(iter(table.primary_key.columns), None)
        if key is None or not isinstance(key.type, Integer) or key.name != "id":
            continue
        values[f"{table.name}_id"] = [*db.session.scalars(select(key).order_by(key)), BEYOND]
    for name, tables in TABLES.items():
        found = {each for table in tables for each in values[f"{table}_id"]}
        values[name] = sorted(found, key=str)
    together = {
        names: [tuple(row) for row in db.session.execute(text(statement))]
        for names, statement in TOGETHER.items()
    }
    return Known(values, together, most)


def addresses(app: Flask, method: str, found: Known, only: set[str] | None) -> Iterator[Address]:
    """Every address of every rule that takes the method, or of the views named in `only`."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or (only is not None and rule.endpoint not in only):
            continue
        for filled in found.of(rule):
            # A word may be none that this rule's argument can be, such as a kind of file.
            with suppress(BuildError, ValueError):
                yield Address(rule.endpoint, adapter.build(rule.endpoint, filled, method=method))


# Ways to ask a page for more: other pages, the past, to be shown, in another form.
MORE = ("?page=2", "?past=1", "?show=1", "?format=json&all=1")

GUESSES = (
    "/robots.txt", "/sitemap.xml", "/favicon.ico", "/openapi.json", "/api", "/api/decisions",
    "/files", "/files/", "/var/files", "/static/", "/static/../config.py",
    "/static/%2e%2e/config.py",
    "/.git/config", "/config.py", "/admin", "/metrics", "/debug", "/console", "/feed.json",
    "/meetings/calendar.ics?all=1", "/feed.xml?all=1", "/decisions/feed.xml?draft=1",
    "/meetings/0", "/meetings/-1", "/meetings/1e9", "/committees/..", "/search?q=&page=9999",
    "/meetings/4/agenda/1/pack", "/meetings/4/agenda/2/pack", "/meetings/3/agenda/3/pack",
    "/meetings/3/agenda/1/restricted-pack.pdf", "/mail", "/mail/1", "/healthz?verbose=1",
)  # fmt: skip


def guesses(sha256s: Iterable[str]) -> Iterator[Address]:
    """Addresses that no page names: the usual ones, and stored files by their names."""
    for path in GUESSES:
        yield Address("a guess", path)
    for sha256 in sha256s:
        for before in ("/files/", "/storage/", "/static/", f"/files/{sha256[:2]}/"):
            yield Address("a guess", f"{before}{sha256}")
