"""Runs migrations as the owner of the tables, one at a time across all processes."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from committee.database_rights.giving import are_given, give, withdraw
from committee.extensions import owner_engine

LOCK = 7_426_001  # any number that nothing else locks by


def run(connection: Connection) -> None:
    """Upgrade or downgrade inside one transaction, waiting for whoever is doing it already.

    Rights are made anew at the end, from what the code declares now. After a downgrade the public's
    login has none until the next upgrade: this code does not know what was declared then.
    """
    context.configure(
        connection=connection,
        target_metadata=current_app.extensions["migrate"].db.metadata,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        changes = moves() and not (is_newest() and goes_to_newest() and are_given(connection))
        if changes:
            withdraw(connection)
        context.run_migrations()
        if changes and is_newest():
            give(connection)


def moves() -> bool:
    """Whether the command leads to a revision, and does not only look."""
    try:
        context.get_revision_argument()
    except KeyError:
        return False
    return True


def is_newest() -> bool:
    """Whether the database has every migration."""
    return set(context.get_context().get_current_heads()) == set(context.script.get_heads())


def goes_to_newest() -> bool:
    """Whether the command leads to where every migration has been made."""
    asked = context.get_revision_argument()
    revisions = {asked} if isinstance(asked, str) else set(asked or ())
    return revisions == set(context.script.get_heads())


def main() -> None:
    """Open a connection, unless the caller brings one."""
    if context.is_offline_mode():
        raise RuntimeError("Migrations need a database: they look before they change.")
    with owner_engine().connect() as connection:
        run(connection)


main()
