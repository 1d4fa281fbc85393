"""What every test may use: a real PostgreSQL, a real Valkey, the application, and people in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, request, request_started, request_tearing_down
from flask.testing import FlaskClient
from flask_migrate import upgrade

from committee import create_app
from committee.embedded import postgres, valkey
from committee.extensions import db, end_connections
from config import Settings
from tests.conventions import backwards, watching
from tests.emptying import Emptier

watching.watch()  # also where a few tests are run alone: no GET may change anything
backwards.turn_round()


@pytest.fixture(scope="session")
def servers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for the servers of all parallel test processes."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "servers"


@pytest.fixture(scope="session")
def redis_url(servers_folder: Path) -> Iterator[str]:
    """The address of a real Valkey, one for each test process, since some tests empty it."""
    folder = servers_folder / ("valkey-" + os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield valkey.start_or_join(folder).url
    valkey.leave_server(folder)


@pytest.fixture(scope="session")
def database(servers_folder: Path) -> Iterator[postgres.PostgresAddress]:
    """The addresses of a new database on a real PostgreSQL, one for each test process."""
    folder = servers_folder / "postgres"
    name = "test_" + os.environ.get("PYTEST_XDIST_WORKER", "alone")
    yield postgres.start_or_join(folder, database=name)
    if postgres.leave_server(folder):
        postgres.remove(folder)


@pytest.fixture(scope="session")
def database_url(database: postgres.PostgresAddress) -> str:
    """Its address for the owner of the tables."""
    return database.url


@pytest.fixture(scope="session")
def settings(
    database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings as a person's own machine would have them, with a folder of their own."""
    data = tmp_path_factory.mktemp("data")
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        storage_url=(data / "files").as_uri(),
        secret_key="only-for-tests-" * 4,
        environment="test",
        data_folder=data,
        lease_seconds=3,
    )


@pytest.fixture(scope="session")
def made_app(settings: Settings) -> Iterator[Flask]:
    """The application with its tables, made by the migrations."""
    app = create_app(settings)
    app.config.update(TESTING=True, HURRY_WORK=False, RATELIMIT_ENABLED=False)
    with app.app_context():
        upgrade()
    with (
        request_started.connected_to(forget_what_was_read, app),
        request_tearing_down.connected_to(forget_what_was_read, app),
    ):
        yield app
    with app.app_context():
        end_connections()


def forget_what_was_read(_app: Flask, **_: object) -> None:
    """Keep apart what a test reads by one login and what its requests read by another.

    The session of a test outlives its requests, as a real one does not.
    """
    waiting = db.session.new or db.session.dirty or db.session.deleted
    if request.method == "GET" and not waiting:
        db.session.expire_all()


@pytest.fixture(scope="session")
def emptier(made_app: Flask, database: postgres.PostgresAddress) -> Iterator[Emptier]:
    """What empties the tables after each test."""
    made = Emptier(database.administrator_url)
    yield made
    made.close()


@pytest.fixture
def app(made_app: Flask, emptier: Emptier) -> Iterator[Flask]:
    """The application, its context entered, and every table empty again afterwards.

    Its tasks are those that are found: a test may have made another application meanwhile.
    """
    tasks = made_app.extensions["celery"]
    tasks.set_default()
    tasks.set_current()
    with made_app.app_context():
        yield made_app
        db.session.rollback()
        db.session.remove()
        emptier.empty([table.name for table in db.metadata.sorted_tables])


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor who has not signed in, sending forms without tokens: other tests mind those."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
