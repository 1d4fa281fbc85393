"""Whether the database still guards what is frozen: whoever owns its tables can take guards away.

Nothing in the database can bind its superuser, nor keep the owner of a table from dropping a
trigger. What either does meanwhile is found by the anchors and by what the log notes; that they
left a guard off is found here.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from committee.database_roles import APPLICATION_ROLE

_NEVER_CHANGED = ("audit_entry", "audit_link")
_NEVER_EMPTIED = (
    *_NEVER_CHANGED,
    "agenda_version",
    "decision_notice",
    "determination",
    "minutes_version",
    "pack",
    "reading_rule",
    "record_version",
    "summary_version",
)
_FILES_NOTED_ONCE = ("minutes_version", "pack", "record_version", "summary_version")

# The triggers of each table without which it could be changed unseen at the time.
TRIGGERS = {
    *((table, f"{table}_only_grows") for table in _NEVER_CHANGED),
    *((table, f"{table}_is_never_emptied") for table in _NEVER_EMPTIED),
    *((table, f"{table}_file_is_noted_once") for table in _FILES_NOTED_ONCE),
    ("audit_entry", "audit_entry_is_chained"),
    ("pack", "pack_is_frozen"),
}

_AT_WORK = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
        AND t.tgenabled IN ('O', 'A')
"""

# Packs are written while they are built, so the application may change their rows.
_MAY = """
    SELECT c.relname, verb FROM pg_class c, unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) verb
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(:tables)
        AND has_table_privilege(:login, c.oid, verb)
    ORDER BY c.relname, verb
"""


def missing(connection: Connection) -> Iterator[str]:
    """Each guard that is not at work, in words."""
    at_work = {(table, name) for table, name in connection.execute(text(_AT_WORK))}
    for table, name in sorted(TRIGGERS - at_work):
        yield f"Unguarded: {table}. Its trigger {name} was dropped or disabled."
    asked = {"login": APPLICATION_ROLE, "tables": [t for t in _NEVER_EMPTIED if t != "pack"]}
    for table, verb in connection.execute(text(_MAY), asked):
        yield f"Unguarded: {table}. The application's login was given the right to {verb}."
