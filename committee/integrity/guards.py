"""Whether the database still guards what is frozen: whoever owns its tables can take guards away.

Nothing in the database can bind its superuser, nor keep the owner of a table from dropping a
trigger, or putting a hollow one in its place. What either does meanwhile is found by the anchors
and by what the log notes; that they left a guard off is found here.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from committee.database_roles import APPLICATION_ROLE, PUBLIC_ROLE

# What each trigger of the frozen tables is, and what its function does, as a SHA-256 of both: what
# the migrations made. A test compares them, and says how they are written anew.
KEPT = Path(__file__).with_name("guards.json")

Guard = tuple[str, str]  # the table, the trigger's name
Right = tuple[str, str, str | None]  # the table, the verb, the column if not all of them

# A rule rewrites a statement before any trigger sees it; the migrations make none.
_AT_WORK = """
    SELECT c.relname, t.tgname, encode(sha256(convert_to(concat_ws(E'\\n',
            replace(pg_get_triggerdef(t.oid), 'FUNCTION public.', 'FUNCTION '),
            n.nspname, l.lanname, p.prosecdef, p.proowner = c.relowner, p.proconfig, p.prosrc
        ), 'UTF8')), 'hex')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
    WHERE c.relnamespace = 'public'::regnamespace
        AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
    UNION ALL
    SELECT c.relname, r.rulename, pg_get_ruledef(r.oid)
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
"""

_RIGHTS = """
    WITH asked AS (
        SELECT oid, relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relname = ANY(:tables)
    )
    SELECT relname, verb, NULL
    FROM asked, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) verb
    WHERE has_table_privilege(:login, oid, verb)
    UNION ALL
    SELECT relname, verb, attname
    FROM asked JOIN pg_attribute ON attrelid = oid AND attnum > 0 AND NOT attisdropped,
        unnest(ARRAY['INSERT', 'UPDATE']) verb
    WHERE has_column_privilege(:login, oid, attnum, verb)
        AND NOT has_table_privilege(:login, oid, verb)
"""


def kept() -> dict[Guard, str]:
    """The triggers that the migrations made, without which a table could be changed unseen."""
    tables: dict[str, dict[str, str]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return {(table, name): was for table, found in tables.items() for name, was in found.items()}


TRIGGERS = kept()
FROZEN = sorted({table for table, _ in TRIGGERS})

# Rows are added by the application, but links by the chain's own function alone. Packs are written
# while they are built, and the file of a published version is noted once.
_MEANT: dict[str, set[Right]] = {
    APPLICATION_ROLE: {
        *((table, "INSERT", None) for table in FROZEN if table != "audit_link"),
        ("pack", "UPDATE", None),
        ("pack", "DELETE", None),
        ("record_version", "UPDATE", "pdf_sha256"),
        ("minutes_version", "UPDATE", "pdf_sha256"),
        ("minutes_version", "UPDATE", "word_sha256"),
        ("summary_version", "UPDATE", "pdf_sha256"),
    },
    PUBLIC_ROLE: set(),
}
_CALLED = {APPLICATION_ROLE: "application", PUBLIC_ROLE: "public"}


def missing(connection: Connection) -> Iterator[str]:
    """Each guard that is not at work, or is another than it was, in words."""
    now = {guard: is_now for guard, is_now in at_work(connection).items() if guard[0] in FROZEN}
    for table, name in sorted(TRIGGERS.keys() | now.keys()):
        if (table, name) not in now:
            yield f"Unguarded: {table}. Its trigger {name} was dropped or disabled."
        elif (table, name) not in TRIGGERS:
            yield f"Unguarded: {table}. Somebody gave it {name}, which is not one of its guards."
        elif now[table, name] != TRIGGERS[table, name]:
            yield f"Unguarded: {table}. Its trigger {name}, or what that does, was made another."
    for login, meant in _MEANT.items():
        for table, verb, column in sorted(_rights(connection, login) - meant, key=str):
            what = f"{verb} {column}" if column else verb
            yield f"Unguarded: {table}. The {_CALLED[login]}'s login was given the right to {what}."


def at_work(connection: Connection) -> dict[Guard, str]:
    """Every trigger and rule that is at work, of any table, and what it is now."""
    return {(table, name): is_now for table, name, is_now in connection.execute(text(_AT_WORK))}


def _rights(connection: Connection, login: str) -> set[Right]:
    found = connection.execute(text(_RIGHTS), {"tables": FROZEN, "login": login})
    return {(table, verb, column) for table, verb, column in found}
