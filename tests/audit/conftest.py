"""A log with some entries, anchors beside it, and a superuser who tampers with it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from click.testing import Result
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine

from committee.audit import anchors as anchoring
from committee.audit import check, reading
from committee.audit import service as audit
from committee.audit.anchors import Anchors, open_anchors
from committee.audit.verifier.checking import Result as Checked
from committee.embedded import postgres
from committee.extensions import db
from committee.integrity import heads
from committee.people.models import User
from config import Settings
from tests import builders

Command = Callable[..., Result]


@pytest.fixture
def user(app: Flask) -> User:
    """Somebody whose account was added in a transaction that is over."""
    added = builders.a_user()
    db.session.commit()
    return added


@pytest.fixture
def write(user: User) -> Callable[[int], None]:
    """Writes so many entries, each in a transaction of its own."""

    def some(count: int) -> None:
        for number in range(count):
            audit.record("user:changed", user, by=user.id, after={"number": number})
            db.session.commit()

    return some


@pytest.fixture
def anchors(app: Flask, tmp_path: Path) -> Anchors:
    """The anchors of this installation, none written yet."""
    settings = app.config["SETTINGS"]
    settings.anchors_file.unlink(missing_ok=True)
    forget_heads(settings)
    return open_anchors(settings.anchors_file, settings.audit_secret)


def forget_heads(settings: Settings) -> None:
    """Empty what the broker keeps of the log of another test."""
    with redis.Redis.from_url(settings.redis_url) as broker:
        broker.delete(heads.KEY)


@pytest.fixture
def noted(write: Callable[[int], None], anchors: Anchors) -> int:
    """A log of which all is noted, in three lines; answers how long it is."""
    for count in (7, 8, 6):
        write(count)
        with db.engine.connect() as connection:
            anchoring.note(anchors, connection)
    with db.engine.connect() as connection:
        head = reading.head(connection)
    assert head is not None
    return head.seq


@pytest.fixture
def superuser(app: Flask, servers_folder: Path) -> Iterator[Engine]:
    """Somebody whom no rule of the database binds."""
    database = str(db.engine.url.database)
    address = postgres.start_or_join(servers_folder / "postgres", database=database)
    engine = create_engine(address.administrator_url)
    yield engine
    engine.dispose()


@pytest.fixture
def tamper(superuser: Engine) -> Callable[..., None]:
    """Puts statements to the database with every guard of the tables disabled."""

    def put(*statements: str) -> None:
        with superuser.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)

    return put


@pytest.fixture
def checked(anchors: Anchors) -> Callable[..., Checked]:
    """What a check finds now."""

    def look(head: tuple[int, str] | None = None) -> Checked:
        with db.engine.connect() as connection:
            return check.verify(connection, anchors, head=head)

    return look


@pytest.fixture
def command(app: Flask) -> Command:
    """The command line `./quorate audit`."""

    def run(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=["audit", *words])

    return run


def kinds(result: Checked) -> list[tuple[str, int, int]]:
    """What was found: the kind, and the first and last entry."""
    return [(found.kind, found.first, found.last) for found in result.findings]


def rehash(connection: Connection) -> None:
    """Make every place and hash of the chain anew from the entries that are there, as an attacker
    would who knows how it is made. Entries keep the order of their places."""
    from committee.audit.hashing import entry_facts
    from committee.audit.models import AuditEntry
    from committee.audit.verifier.chain import GENESIS, link_hash

    entries = AuditEntry.__table__
    order = "SELECT entry_id FROM audit_link ORDER BY seq"
    ids = list(connection.exec_driver_sql(order).scalars())
    rows = {row.id: row for row in connection.execute(entries.select())}
    connection.exec_driver_sql("DELETE FROM audit_link")
    previous = GENESIS
    for seq, entry_id in enumerate((each for each in ids if each in rows), start=1):
        hashed = link_hash(previous, entry_facts(rows[entry_id]))
        connection.exec_driver_sql(
            "INSERT INTO audit_link VALUES (%s, %s, %s, %s)", (seq, entry_id, previous, hashed)
        )
        previous = hashed
