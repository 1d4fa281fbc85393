"""A database of the matrix's own: what it holds, told by sums, and put back as it was."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

# Said of a session at most once in five minutes, by reading too: nothing that anyone asked for.
SEEN = {("user_session", "last_seen_at")}

TABLES = """
    SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind = 'r' AND relname <> 'alembic_version' ORDER BY relname
"""
COLUMNS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


@dataclass
class Kept:
    """The rows of every table as they were when this was made, beside the database itself."""

    url: str  # an administrator's, whom no trigger and no policy stops
    columns: dict[str, list[str]] = field(default_factory=dict)
    sequences: dict[str, int | None] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._database = psycopg.connect(re.sub(r"\+psycopg", "", self.url), autocommit=True)
        names = [name for (name,) in self._database.execute(TABLES)]
        found = self._database.execute(COLUMNS).fetchall()
        self.columns = {name: [c for table, c in found if table == name] for name in names}
        self.sequences = dict(self._database.execute(SEQUENCES).fetchall())
        self._database.execute("CREATE SCHEMA kept")
        for name in names:
            copied = sql.SQL("CREATE TABLE kept.{0} AS SELECT {1} FROM public.{0}")
            self._database.execute(copied.format(sql.Identifier(name), self._listed(name)))
        self.sums = self._told_by(self._sum_of, names)
        self.places = self._told_by(self._places_of, names)

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def changed(self) -> dict[str, str]:
        """The tables that are not as they were, each with what it held and holds.

        Rows that were written again have other places and transactions; only where that is so are
        they read, since they may say the same as before.
        """
        places = self._told_by(self._places_of, self.columns)
        touched = [name for name, place in places.items() if place != self.places[name]]
        now = self._told_by(self._sum_of, touched)
        self.places |= {n: p for n, p in places.items() if now.get(n, "") == self.sums[n]}
        return {n: f"{self.sums[n]} -> {sum_}" for n, sum_ in now.items() if sum_ != self.sums[n]}

    def put_back(self, names: Mapping[str, str]) -> None:
        """Put back the rows of these tables, and every sequence."""
        if not names:
            return
        with self._database.transaction():
            self._database.execute("SET LOCAL session_replication_role = replica")
            for name in names:
                table, listed = sql.Identifier(name), self._listed(name)
                self._database.execute(sql.SQL("DELETE FROM public.{}").format(table))
                again = sql.SQL(
                    "INSERT INTO public.{0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM kept.{0}"
                )
                self._database.execute(again.format(table, listed))
            self._database.execute(self._counted_anew())
        self.places |= self._told_by(self._places_of, names)

    def _told_by(self, told: Callable[[str], sql.Composed], names: Iterable[str]) -> dict[str, str]:
        """What a query tells of each of these tables."""
        queries = [told(name) for name in names]
        if not queries:
            return {}
        return dict(self._database.execute(sql.SQL(" UNION ALL ").join(queries)).fetchall())

    def _counted_anew(self) -> sql.Composed:
        """Lets every sequence go on from where it stood."""
        each = sql.SQL("setval({}::regclass, {}, {})")
        return sql.SQL("SELECT ") + sql.SQL(", ").join(
            each.format(f'public."{name}"', value or 1, value is not None)
            for name, value in self.sequences.items()
        )

    def _listed(self, name: str) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(column) for column in self.columns[name])

    def _places_of(self, name: str) -> sql.Composed:
        return sql.SQL(
            "SELECT {}, count(*) || ' ' || coalesce(sum(hashtext(xmin::text || ctid::text)), 0) "
            "FROM public.{}"
        ).format(sql.Literal(name), sql.Identifier(name))

    def _sum_of(self, name: str) -> sql.Composed:
        told = [column for column in self.columns[name] if (name, column) not in SEEN]
        row = sql.SQL("ROW({})::text").format(sql.SQL(", ").join(map(sql.Identifier, told)))
        return sql.SQL(
            "SELECT {}, count(*) || ' rows, ' || "
            "coalesce(md5(string_agg({}, chr(10) ORDER BY {})), 'none') FROM public.{}"
        ).format(sql.Literal(name), row, row, sql.Identifier(name))
