"""Fifty people respond at the same moment; a double click; a database that dies in between."""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from committee import create_app
from committee.consultations import responding
from committee.consultations.models import Consultation, Response
from committee.consultations.rules import Position
from committee.embedded import postgres
from committee.embedded.postgres import PostgresAddress
from committee.extensions import db, end_connections
from config import ROOT, Settings
from tests.consultations import builders
from tests.consultations.test_public_pages import Clock


def all_at_once(acts: list[Callable[[], None]]) -> None:
    """Do them in threads that begin together."""
    gate = threading.Barrier(len(acts))

    def begin(act: Callable[[], None]) -> None:
        gate.wait(timeout=30)
        act()

    threads = [threading.Thread(target=begin, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def sender(
    app: Flask, slug: str, number: str, answers: list[str], *, position: str = "support"
) -> Callable[[], None]:
    """Somebody who sends the form; what the page says is noted."""

    def send() -> None:
        answer = app.test_client().post(
            f"/consultations/{slug}/respond",
            data={
                "form_number": number,
                "position": position,
                "consent": "without_name",
                "step": "send",
            },
        )
        if answer.status_code == 200:
            answers.append(answer.text.partition("number<br><strong>")[2][:14])

    return send


def test_fifty_at_once_are_all_kept(app: Flask, client: object, set_clock: Clock) -> None:
    made = builders.a_consultation()
    db.session.commit()
    told: list[str] = []
    all_at_once([sender(app, made.slug, f"form-{each}", told) for each in range(50)])
    kept = set(db.session.scalars(select(Response.receipt)))
    assert len(kept) == 50
    assert set(told) == kept


def test_a_double_click_is_one_response_and_both_answers_show_its_receipt(
    app: Flask, client: object, set_clock: Clock
) -> None:
    made = builders.a_consultation()
    db.session.commit()
    told: list[str] = []
    all_at_once([sender(app, made.slug, "one-form", told) for _ in range(8)])
    (receipt,) = db.session.scalars(select(Response.receipt).order_by(Response.id)).all()
    assert told == [receipt] * 8


# A process that responds again and again and tells each receipt once it has been given.
RESPONDING = """
import sys
from committee import create_app
from committee.consultations.models import Consultation
from committee.extensions import db
from config import Settings
from tests.consultations.test_many_at_once import one_response

settings = Settings(
    database_url=sys.argv[1],
    redis_url="redis://127.0.0.1:1",
    storage_url="file:///nowhere",
    secret_key="only-for-tests-" * 4,
    environment="test",
)
with create_app(settings).app_context():
    while True:
        print(one_response(int(sys.argv[2])), flush=True)
"""


def one_response(consultation_id: int) -> str:
    """A response whose receipt is told only after its commit."""
    consultation = db.session.get_one(Consultation, consultation_id)
    response = responding.respond(
        consultation,
        builders.given(consultation, position=Position.AGAINST),
        form_number=responding.new_form_number(),
        today=builders.INSIDE,
    )
    db.session.commit()
    return response.receipt


@pytest.fixture
def mortal(settings: Settings, tmp_path: Path) -> Iterator[tuple[Path, PostgresAddress]]:
    """A database server of its own with a consultation in it, which may be killed."""
    folder = tmp_path / "postgres"
    server = postgres.start_or_join(folder)
    app = create_app(Settings(**(vars(settings) | {"database_url": server.url})))
    with app.app_context():
        upgrade()
        builders.a_consultation()
        db.session.commit()
        db.session.remove()
        end_connections()
    yield folder, server
    postgres.remove(folder)


def test_what_was_acknowledged_is_there_after_the_database_died(
    mortal: tuple[Path, PostgresAddress],
) -> None:
    folder, server = mortal
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", RESPONDING, server.url, "1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        for _ in range(2)
    ]
    acknowledged = [writer.stdout.readline().strip() for writer in writers for _ in range(40)]
    assert all(acknowledged), "a writer did not get so far"
    kill(server)
    for writer in writers:
        acknowledged += writer.communicate(timeout=30)[0].split()
        assert writer.returncode != 0
    again = postgres.start_or_join(folder)
    with psycopg.connect(again.url.replace("+psycopg", "")) as connection:
        kept = {receipt for (receipt,) in connection.execute("SELECT receipt FROM response")}
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
    assert len(acknowledged) >= 80
    assert set(acknowledged) <= kept


def kill(server: PostgresAddress) -> None:
    """End the database server and all that it runs at once, as a loss of power does."""
    postmaster = psutil.Process(int(server.pid_file.read_text(encoding="utf-8").split()[0]))
    for process in [postmaster, *postmaster.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
