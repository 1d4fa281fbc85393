"""Making the rights of both everyday logins out of what the columns are declared to hold.

The public's login gets the public columns of public rows, and the schema `published` in front of
the tables: there each table that public pages read stands once more under its name, whole, but
with nothing in what is not public, so that a page asks for rows as it always does.
"""

import hashlib
import inspect

from sqlalchemy import Connection, text

from committee.database_rights import classes, decisions, machinery, meetings, people
from committee.database_rights.classes import TableClasses
from committee.database_roles import APPLICATION_ROLE, PUBLIC_ROLE, PUBLISHED

TABLES: dict[str, TableClasses] = (
    people.TABLES | meetings.TABLES | decisions.TABLES | machinery.TABLES
)

FOR_APPLICATION = "application_reads_and_writes"
FOR_PUBLIC = "public_reads_what_is_public"

_COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname <> 'alembic_version' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum
"""
_POLICIES = "SELECT tablename FROM pg_policies WHERE schemaname = 'public' AND policyname = :name"

Columns = dict[str, str]  # the type of each by its name, in the order of the table


def digest() -> str:
    """What stands for these rights: another value means that they would be made otherwise."""
    modules = (classes, people, meetings, decisions, machinery, inspect.getmodule(digest))
    told = "".join(inspect.getsource(module) for module in modules if module)
    return hashlib.sha256(told.encode()).hexdigest()


def are_given(connection: Connection) -> bool:
    """Whether the database's rights are those that are declared now."""
    asked = text("SELECT obj_description(to_regnamespace(:schema)::oid, 'pg_namespace')")
    return connection.scalar(asked, {"schema": PUBLISHED}) == digest()


def withdraw(connection: Connection) -> None:
    """Take every right from the public's login, so that tables can be changed under it."""
    _run(connection, f"DROP SCHEMA IF EXISTS {PUBLISHED} CASCADE")
    for table in sorted(connection.scalars(text(_POLICIES), {"name": FOR_PUBLIC})):
        _run(connection, f"DROP POLICY {FOR_PUBLIC} ON public.{table}")
    if connection.scalar(text("SELECT to_regrole(:role)"), {"role": PUBLIC_ROLE}):
        _run(connection, f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {PUBLIC_ROLE}")


def give(connection: Connection) -> None:
    """Give both logins the rights that are declared, after `withdraw`, as the tables' owner."""
    _run(connection, f"CREATE SCHEMA {PUBLISHED}")
    _run(connection, f"GRANT USAGE ON SCHEMA {PUBLISHED} TO {PUBLIC_ROLE}")
    tables = _tables(connection)
    _secure(connection, tables)
    # A condition may ask of any other table: it is read before the conditions are made.
    known = [name for name in TABLES if name in tables]
    for name in known:
        _grant(connection, name, tables[name])
    for name in known:
        _show(connection, name, tables[name])
    _run(connection, f"COMMENT ON SCHEMA {PUBLISHED} IS '{digest()}'")


def _tables(connection: Connection) -> dict[str, Columns]:
    tables: dict[str, Columns] = {}
    for table, column, kind in connection.execute(text(_COLUMNS)):
        tables.setdefault(table, {})[column] = kind
    return tables


def _secure(connection: Connection, tables: dict[str, Columns]) -> None:
    """Let nobody but the owner read a row without a policy that says so; the application may."""
    secured = set(connection.scalars(text(_POLICIES), {"name": FOR_APPLICATION}))
    for table in tables.keys() - secured:
        _run(connection, f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY")
        _run(
            connection,
            f"CREATE POLICY {FOR_APPLICATION} ON public.{table} TO {APPLICATION_ROLE} "
            "USING (true) WITH CHECK (true)",
        )


def _grant(connection: Connection, table: str, columns: Columns) -> None:
    declared = TABLES[table]
    readable = [name for name in columns if declared.can_be_read(name)]
    if readable:
        _run(
            connection,
            f"GRANT SELECT ({', '.join(readable)}) ON public.{table} TO {PUBLIC_ROLE}",
        )
        _run(
            connection,
            f"CREATE POLICY {FOR_PUBLIC} ON public.{table} FOR SELECT TO {PUBLIC_ROLE} "
            f"USING ({declared.rows})",
        )


def _show(connection: Connection, table: str, columns: Columns) -> None:
    declared = TABLES[table]
    if not declared.rows and not declared.looks_empty:
        return
    shown = ", ".join(
        name if declared.can_be_read(name) else f"NULL::{kind} AS {name}"
        for name, kind in columns.items()
    )
    source = f"FROM public.{table}" if declared.rows else "WHERE false"
    _run(
        connection,
        f"CREATE VIEW {PUBLISHED}.{table} WITH (security_invoker) AS SELECT {shown} {source}",
    )
    _run(connection, f"GRANT SELECT ON {PUBLISHED}.{table} TO {PUBLIC_ROLE}")


def _run(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)
