"""What /healthz tells the machines that watch: well, late, or down."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from committee.clock import now
from committee.extensions import db
from committee.work import service as work
from committee.work.models import SignOfLife


def swept(*, seconds_ago: int) -> None:
    work.seen("sweep")
    db.session.execute(update(SignOfLife).values(seen_at=now() - timedelta(seconds=seconds_ago)))
    db.session.commit()


def test_all_is_well_while_the_sweep_goes_round(app: Flask, client: FlaskClient) -> None:
    swept(seconds_ago=5)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": "ok", "broker": "ok", "sweep": "ok"}


def test_before_the_first_sweep_pages_are_served_all_the_same(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json["status"] == "degraded"
    assert answer.json["sweep"] == "not seen yet"


def test_a_silent_scheduler_is_told(app: Flask, client: FlaskClient) -> None:
    swept(seconds_ago=120)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json["sweep"]) == (200, "silent")


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9/0", "unix:///nowhere/valkey.sock"])
def test_without_the_broker_things_are_late_but_served(
    app: Flask, app_with: Callable[..., Flask], url: str
) -> None:
    swept(seconds_ago=5)
    client = app_with(redis_url=url).test_client()
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "degraded",
        "database": "ok",
        "broker": "unreachable",
        "sweep": "ok",
    }
    assert client.get("/committees").status_code == 200


def test_without_the_database_it_is_down(app_with: Callable[..., Flask], tmp_path: Path) -> None:
    nowhere = f"postgresql+psycopg://quorate@/quorate?host={tmp_path}"
    answer = app_with(database_url=nowhere).test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["status"] == "down"
    assert answer.json["database"] == "unreachable"


def test_nothing_of_the_installation_is_told_to_strangers(
    app_with: Callable[..., Flask], tmp_path: Path
) -> None:
    nowhere = f"postgresql+psycopg://quorate:password@/quorate?host={tmp_path}"
    told = app_with(database_url=nowhere).test_client().get("/healthz").get_data(as_text=True)
    assert str(tmp_path) not in told
    assert "password" not in told
