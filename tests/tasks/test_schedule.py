"""The sweep goes on whatever it finds."""

import pytest
import redis
from flask import Flask
from sqlalchemy import select

from committee.extensions import db
from committee.packs import service as packs
from committee.packs.models import Pack
from committee.packs.rules import Audience, PackStatus
from committee.work import service as work
from committee.work.models import Work
from committee.work.rules import LIMITS, WorkKind, WorkStatus
from config import Settings
from tasks import schedule
from tasks.hurry import send
from tasks.schedule import sweep
from tests import builders


def worn_out(piece: Work) -> None:
    piece.attempts = LIMITS[piece.kind].attempts - 1
    db.session.commit()
    work.claim(piece.id, lease_seconds=-1)
    db.session.commit()


def test_work_on_a_row_that_is_gone_does_not_stop_the_sweep(app: Flask) -> None:
    for kind in WorkKind:
        worn_out(work.owe(kind, 987_654))
    pack = packs.ask_for(builders.a_meeting(), Audience.PUBLIC)
    db.session.flush()
    owed = db.session.scalars(select(Work).where(Work.subject_id == pack.id)).one()
    worn_out(owed)
    sweep()
    db.session.expire_all()
    assert {piece.status for piece in db.session.scalars(select(Work))} == {WorkStatus.QUARANTINED}
    assert db.session.get_one(Pack, pack.id).status is PackStatus.FAILED
    assert work.last_seen("sweep") is not None


def broker(app: Flask) -> redis.Redis:
    settings: Settings = app.config["SETTINGS"]
    return redis.Redis.from_url(settings.redis_url)


def queue_length(app: Flask, queue: str) -> int:
    with broker(app) as client:
        return int(client.llen(f"quorate:{queue}"))


def test_a_broker_that_forgot_its_messages_is_told_again_at_the_next_sweep(app: Flask) -> None:
    with broker(app) as client:
        client.flushall()
    packs.ask_for(builders.a_meeting(), Audience.PUBLIC)
    db.session.commit()
    sweep()
    sweep()
    assert queue_length(app, "pack") == 1
    with broker(app) as client:
        client.flushall()
    sweep()
    assert queue_length(app, "pack") == 1
    with broker(app) as client:
        client.flushall()


def test_a_worker_that_stays_away_lets_no_heap_of_messages_grow(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schedule, "ENOUGH", 3)
    monkeypatch.setattr(work, "HINT_AGAIN", 0)
    for _ in range(2):
        packs.ask_for(builders.a_meeting(), Audience.PUBLIC)
    db.session.commit()
    with broker(app) as client:
        client.flushall()
        for _ in range(5):
            sweep()
        assert queue_length(app, "pack") == 4
        client.flushall()


def test_a_full_broker_makes_work_late_and_nothing_else(app: Flask) -> None:
    app.config["HURRY_WORK"] = True
    with broker(app) as client:
        client.flushall()
        limit = client.config_get("maxmemory")["maxmemory"]
        client.config_set("maxmemory", 1)
        try:
            pack = packs.ask_for(builders.a_meeting(), Audience.PUBLIC)
            db.session.commit()
            sweep()
        finally:
            client.config_set("maxmemory", limit)
            app.config["HURRY_WORK"] = False
        sweep()
        assert pack.status is PackStatus.QUEUED
        assert queue_length(app, "pack") == 1
        client.flushall()


def test_a_message_names_its_queue(app: Flask) -> None:
    with broker(app) as client:
        client.flushall()
        send(app, 1, WorkKind.CHECK_PAPER, "a-request-id")
        assert queue_length(app, "convert") == 1
        client.flushall()
