"""Runs migrations as the owner of the tables, one at a time across all processes."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from committee.extensions import owner_engine

LOCK = 7_426_001  # any number that nothing else locks by


def run(connection: Connection) -> None:
    """Upgrade or downgrade inside one transaction, waiting for whoever is doing it already."""
    context.configure(
        connection=connection,
        target_metadata=current_app.extensions["migrate"].db.metadata,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        context.run_migrations()


def main() -> None:
    """Open a connection, unless the caller brings one."""
    if context.is_offline_mode():
        raise RuntimeError("Migrations need a database: they look before they change.")
    with owner_engine().connect() as connection:
        run(connection)


main()
