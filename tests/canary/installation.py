"""An installation of this folder's own: application, database, files, mail server, and its traces.

It is set up as for production, since pages for developers are no part of what the public can open.
"""

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis
from flask import Flask
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy import text

from committee import create_app
from committee.embedded import postgres
from committee.extensions import db, end_connections
from config import Settings
from tests.mail.server import ServerForTests, listening


class KeptLines(logging.Handler):
    """Keeps each line of the log as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, unless it is that of the mail server of these tests."""
        if not record.name.startswith("mail."):
            self.lines.append(self.format(record))


@dataclass
class Installation:
    """The application and everything in which it may leave traces."""

    app: Flask
    database: str
    administrator_url: str
    redis_url: str
    folder: Path
    mail: ServerForTests
    log: KeptLines
    server_log: Path
    log_begins: int = field(default=0)

    def keep(self, name: str = "kept") -> None:
        """Keep the database as it is now, to go back to it."""
        self._make(f"{self.database}_{name}", self.database)

    def go_back(self, name: str = "kept") -> None:
        """Make the database again what it was when it was kept."""
        self._make(self.database, f"{self.database}_{name}")

    def _make(self, made: str, of: str) -> None:
        with self.app.app_context():
            db.session.remove()
            end_connections()
        plain = self.administrator_url.replace("postgresql+psycopg", "postgresql").replace(
            f"/{self.database}?", "/postgres?"
        )
        with psycopg.connect(plain, autocommit=True) as connection:
            new, old = sql.Identifier(made), sql.Identifier(of)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(new))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY wal_log").format(
                    new, old, sql.Identifier(postgres.OWNER)
                )
            )

    def broker(self) -> Iterator[tuple[str, bytes]]:
        """Each key of the broker and cache, with all that is under it."""
        with redis.Redis.from_url(self.redis_url) as broker:
            for key in broker.scan_iter():
                yield key.decode("utf-8", "replace"), key
                yield key.decode("utf-8", "replace"), broker.dump(key) or b""
                if broker.type(key) == b"list":
                    for each in broker.lrange(key, 0, -1):
                        yield key.decode("utf-8", "replace"), each

    def server_lines(self) -> bytes:
        """What the database server wrote into its own log since this installation began."""
        with self.server_log.open("rb") as log:
            log.seek(self.log_begins)
            return log.read()

    def left_over(self) -> Iterator[tuple[str, bytes]]:
        """Files that were left in the folder for passing things, by name and content."""
        for path in sorted((self.folder / "passing").rglob("*")):
            yield "name of a file", str(path.relative_to(self.folder)).encode()
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes()


@contextmanager
def installed(
    servers: Path, redis_url: str, folder: Path, name: str = "canary"
) -> Iterator[Installation]:
    """Such an installation, its tables made by the migrations. The servers run already."""
    database = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    address = postgres.start_or_join(servers / "postgres", database=database)
    passing = folder / "passing"
    passing.mkdir(exist_ok=True)
    before, tempfile.tempdir = tempfile.tempdir, str(passing)
    try:
        with listening() as server, keeping_log() as log:
            app = create_app(_settings(address, redis_url, folder, server.url))
            app.config.update(PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
            with app.app_context():
                upgrade()
            server_log = address.pid_file.parent / "server.log"
            yield Installation(
                app,
                database,
                address.administrator_url,
                redis_url,
                folder,
                server,
                log,
                server_log,
                server_log.stat().st_size,
            )
            with app.app_context():
                db.session.remove()
                end_connections()
    finally:
        tempfile.tempdir = before


def _settings(
    address: postgres.PostgresAddress, redis_url: str, folder: Path, smtp_url: str
) -> Settings:
    return Settings(
        database_url=address.url,
        application_database_url=address.application_url,
        public_database_url=address.public_url,
        redis_url=redis_url,
        storage_url=(folder / "files").as_uri(),
        secret_key="only-for-tests-" * 4,
        environment="production",
        data_folder=folder,
        smtp_url=smtp_url,
        public_url="https://committees.example.org",
    )


@contextmanager
def keeping_log() -> Iterator[KeptLines]:
    """Keep every line of the log, as it would be written."""
    kept = KeptLines()
    root = logging.getLogger()
    root.addHandler(kept)
    try:
        yield kept
    finally:
        root.removeHandler(kept)


def write_as_written(kept: KeptLines) -> None:
    """Let the lines be those that the installation's own log has."""
    root = logging.getLogger()
    own = next(each for each in root.handlers if getattr(each, "from_quorate", False))
    kept.setFormatter(own.formatter)


def errors_kept() -> Iterator[tuple[str, bytes]]:
    """What the tables keep of errors."""
    for table in ("work", "mail", "obligation"):
        statement = text(f"SELECT id, last_error FROM {table} WHERE last_error IS NOT NULL")  # noqa: S608
        for row in db.session.execute(statement):
            yield f"{table} {row.id}", row.last_error.encode()
