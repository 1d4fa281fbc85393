"""The application on a database of its own, which is taken back to older tables and forth."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from committee import create_app
from committee.embedded import postgres
from committee.extensions import db, end_connections
from config import Settings
from tests.emptying import Emptier


@contextmanager
def with_tables_of_its_own(settings: Settings, servers: Path, what_for: str) -> Iterator[Flask]:
    """Enter an application like that of `settings`, on a database with the newest tables, which
    are empty and are left so. `what_for` ends the database's name."""
    name = settings.database_url.split("/")[3].split("?")[0] + f"_{what_for}"
    address = postgres.start_or_join(servers / "postgres", database=name)
    app = create_app(Settings(**(vars(settings) | {"database_url": address.url})))
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        upgrade()
        emptier = Emptier(address.administrator_url)
        emptier.empty(list(db.metadata.tables))
        emptier.close()
        end_connections()
