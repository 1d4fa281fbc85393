"""The id of a request goes into the messages that it causes, and back into the logs of the task."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask
from sqlalchemy import select

from committee.extensions import db
from committee.packs.models import Pack
from committee.work.models import Work
from committee.work.rules import WorkKind
from config import ROOT, Settings
from tests import builders

PASSWORD = "a long enough password"
REQUEST_ID = "0123456789abcdef0123456789abcdef"
PATIENCE = 60  # seconds until the worker must have said that it is done


@pytest.fixture
def broker(redis_url: str) -> Iterator[str]:
    """This test process's broker, empty before and after.

    Not one of the test's own: kombu tells pools of connections apart by many things, but not by the
    path of a socket, and later tests would be given connections to a broker that is gone.
    """
    with redis.Redis.from_url(redis_url) as client:
        client.flushall()
        yield redis_url
        client.flushall()


@pytest.fixture
def asked_for(app: Flask, app_with: Callable[..., Flask], broker: str) -> int:
    """The id of a pack that an officer asked for in a request whose id the proxy gave."""
    meeting_id, officer = builders.a_meeting().id, builders.a_user(password=PASSWORD)
    way_in = {"email": officer.email, "password": PASSWORD}
    db.session.commit()
    client = app_with(redis_url=broker, proxy_request_ids=True).test_client()
    assert client.post("/sign-in", data=way_in).status_code == 303
    answer = client.post(
        f"/meetings/{meeting_id}/packs",
        data={"audience": "public"},
        headers={"X-Request-ID": REQUEST_ID},
    )
    assert answer.status_code == 303
    pack = db.session.scalars(select(Pack)).one()
    return pack.id


def messages(broker: str) -> list[dict]:
    """What waits in the queue for packs."""
    client = redis.Redis.from_url(broker)
    try:
        return [json.loads(each) for each in client.lrange("quorate:pack", 0, -1)]
    finally:
        client.close()


def work_of(pack_id: int) -> int:
    """The id of the work that is owed on a pack."""
    owed = select(Work.id).where(Work.kind == WorkKind.BUILD_PACK, Work.subject_id == pack_id)
    return db.session.scalars(owed).one()


def test_the_message_carries_the_id_and_ids_of_rows_alone(asked_for: int, broker: str) -> None:
    (message,) = messages(broker)
    assert message["headers"]["request_id"] == REQUEST_ID
    assert message["headers"]["task"] == "perform"
    assert json.loads(message["headers"]["argsrepr"]) == [work_of(asked_for)]


def test_the_worker_logs_under_the_id_of_the_request(
    asked_for: int, broker: str, settings: Settings, tmp_path: Path
) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": broker,
        "QUORATE_DATA": str(tmp_path),
        "STORAGE_URL": settings.storage_url,
        "LOG_FORMAT": "json",
    }
    command = [sys.executable, "-m", "celery", "-A", "tasks.worker", "worker", "--pool=solo"]
    log = tmp_path / "worker.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*command, "--queues=pack", "--without-mingle", "--without-gossip"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as worker,
    ):
        try:
            line = awaited(log, "work_done")
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=30)
    assert line["request_id"] == REQUEST_ID
    assert line["kind"] == "build_pack"
    assert line["attempt"] == 1


def awaited(log: Path, event: str) -> dict:
    """The first line of this event, once it is there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("{") and json.loads(line)["event"] == event:
                found: dict = json.loads(line)
                return found
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))
