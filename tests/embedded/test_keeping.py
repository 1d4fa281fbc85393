"""Embedded servers that are killed come back by themselves, and only while somebody wants them."""

import time
from functools import partial

import psutil
import pytest
import redis
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from committee.embedded import choice, keeping, valkey
from committee.embedded.keeping import Kept, kept_running

PATIENCE = 60  # seconds until a server must be there again


def process_of(pid_file):
    return psutil.Process(int(pid_file.read_text().split()[0]))


def again(ask, *errors):
    """What `ask` answers, once the server is there again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except errors:
            assert time.monotonic() < deadline, "it does not come back"
            time.sleep(0.1)


def test_both_servers_come_back_with_what_they_held(folder):
    with choice.servers({"QUORATE_DATA": str(folder)}) as chosen:
        engine = create_engine(chosen.environment["DATABASE_URL"], poolclass=NullPool)

        def rows():
            with engine.connect() as connection:
                return connection.execute(text("SELECT word FROM kept")).scalars().all()

        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE kept AS SELECT 'order' AS word"))
        with redis.Redis.from_url(chosen.environment["REDIS_URL"]) as client:
            client.config_set("appendfsync", "always")
            client.rpush("queue", "first")
            psutil.Process(client.info("server")["process_id"]).kill()
            gone = (redis.ConnectionError, redis.TimeoutError)
            assert again(lambda: client.lrange("queue", 0, -1), *gone) == [b"first"]
        with engine.connect() as connection:
            server = psutil.Process(connection.execute(text("SELECT pg_backend_pid()")).scalar())
            server = server.parent()
        server.kill()
        server.wait(PATIENCE)
        assert again(rows, OperationalError) == ["order"]
    with pytest.raises(OperationalError):
        rows()


def test_one_that_is_stopped_on_purpose_at_the_end_stays_stopped(folder):
    found = valkey.start_or_join(folder / "valkey")
    start = partial(valkey.start_or_join, folder / "valkey")
    server = Kept("Valkey", "valkey-server", found.socket, found.pid_file, start)
    with kept_running([server]):
        assert not server.is_gone()
    valkey.stop(folder / "valkey")
    assert server.is_gone()


def test_one_that_is_only_too_busy_is_not_taken_for_gone(folder, monkeypatch):
    found = valkey.start_or_join(folder / "valkey")
    server = Kept("Valkey", "valkey-server", found.socket, found.pid_file, pytest.fail)
    monkeypatch.setattr(keeping, "something_listens", lambda _: False)
    assert not server.is_gone()
    process_of(found.pid_file).kill()
    deadline = time.monotonic() + PATIENCE
    while not server.is_gone():
        assert time.monotonic() < deadline
        time.sleep(0.05)
