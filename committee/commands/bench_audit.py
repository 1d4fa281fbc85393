"""`./quorate bench audit`: how many entries a minute the chained log takes, four writers at once.

Measured in a database of its own on the same server, which is gone afterwards.
"""

import json
import multiprocessing
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from committee.audit import reading
from committee.audit import service as audit
from committee.audit.verifier.checking import check
from committee.database_roles import OWNER
from committee.extensions import db
from config import Settings

WRITERS = 4
SECONDS = 5.0  # of one turn
GOAL = 10_000  # entries a minute
PLAIN = "bench_plain_entry"

MAKE_PLAIN = (
    f"CREATE TABLE {PLAIN} (id serial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),"
    " actor_id int, act varchar NOT NULL, subject_kind varchar NOT NULL, subject_id int NOT NULL)"
)
ADD_PLAIN = text(
    f"INSERT INTO {PLAIN} (actor_id, act, subject_kind, subject_id)"  # noqa: S608
    " VALUES (NULL, 'user:changed', 'user_account', :number)"
)


@dataclass(frozen=True)
class Counted:
    """What stands for a row that something was done to."""

    id: int
    __tablename__ = "user_account"


@click.command("audit")
@with_appcontext
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--runs", default=5, show_default=True, help="Measured turns of each.")
def measure(as_json: bool, runs: int) -> None:
    """Compare chained entries, each in a transaction of its own, with plain rows."""
    settings: Settings = current_app.config["SETTINGS"]
    with scratch_database(settings) as scratch:
        chained, plain = [], []
        for _ in range(max(1, runs)):
            plain.append(turn(scratch, chained=False))
            chained.append(turn(scratch, chained=True))
        entries, seconds, sound = verified(scratch)
    found = {
        "writers": WRITERS,
        "chained_a_minute": round(statistics.median(chained) * 60),
        "plain_a_minute": round(statistics.median(plain) * 60),
        "ratio": statistics.median(chained) / statistics.median(plain),
        "turns": {"chained_a_second": chained, "plain_a_second": plain},
        "verified": {"entries": entries, "seconds": seconds, "sound": sound},
    }
    click.echo(json.dumps(found, indent=2) if as_json else table(found))


def table(found: dict[str, object]) -> str:
    """The figures in words."""
    verified_now: dict[str, float] = found["verified"]  # type: ignore[assignment]
    lines = (
        f"{found['chained_a_minute']:>9,} chained entries a minute (goal {GOAL:,})",
        f"{found['plain_a_minute']:>9,} plain rows a minute",
        f"{found['ratio']:>9.2f} of the speed of plain rows",
        f"{verified_now['entries']:>9,} entries verified in {verified_now['seconds']:.2f} s",
    )
    return "\n".join([*lines, f"{WRITERS} writers at once, each row in its own transaction."])


def turn(settings: Settings, *, chained: bool) -> float:
    """Rows a second, all writers together, over one turn."""
    spawn = multiprocessing.get_context("spawn")
    ready, counts = spawn.Barrier(WRITERS), spawn.Queue()
    writers = [
        spawn.Process(target=write, args=(settings, chained, ready, counts)) for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    total = sum(counts.get(timeout=120) for _ in writers)
    for writer in writers:
        writer.join()
    return float(total) / SECONDS


def write(
    settings: Settings,
    chained: bool,
    ready: Barrier,
    counts: "multiprocessing.Queue[int]",
) -> None:
    """Write for one turn, as fast as it goes, in a process of its own; tell how many."""
    from committee import create_app

    with create_app(settings).app_context():
        db.session.execute(text("SELECT 1"))
        db.session.rollback()
        ready.wait(timeout=120)
        end, number = time.monotonic() + SECONDS, 0
        while time.monotonic() < end:
            number += 1
            if chained:
                audit.record("user:changed", Counted(number), by=None, after={"number": number})
            else:
                db.session.execute(ADD_PLAIN, {"number": number})
            db.session.commit()
        counts.put(number)


def verified(settings: Settings) -> tuple[int, float, bool]:
    """How many entries there are, how long checking them all takes in seconds, and whether they
    are sound."""
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        began = time.monotonic()
        result = check(reading.links(connection), outside=reading.outside(connection))
        took = time.monotonic() - began
    engine.dispose()
    return len(result.log.seqs), took, result.sound


@contextmanager
def scratch_database(settings: Settings) -> Iterator[Settings]:
    """Settings for a new database with every table, dropped afterwards."""
    from committee import create_app

    name = f"bench_audit_{os.getpid()}"
    _outside(f'CREATE DATABASE "{name}"')
    logins = ("database_url", "application_database_url", "public_database_url")
    moved: dict[str, Any] = {
        login: _moved(url, name) for login in logins if (url := getattr(settings, login))
    }
    scratch = replace(
        settings,
        **moved,
    )
    try:
        with create_app(scratch).app_context():
            upgrade()
            with db.engines[OWNER].begin() as connection:
                connection.exec_driver_sql(MAKE_PLAIN)
            for engine in db.engines.values():
                engine.dispose()
        yield scratch
    finally:
        _outside(f'DROP DATABASE "{name}" WITH (FORCE)')


def _moved(url: str, database: str) -> str:
    """The same login, to another database of the server."""
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _outside(statement: str) -> None:
    with db.engines[OWNER].connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)
