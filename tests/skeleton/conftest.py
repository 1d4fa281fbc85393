"""Applications that differ from the usual one in a setting, and logs that can be read."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from flask import Flask

from committee import create_app, logs
from committee.extensions import db, end_connections
from config import Settings

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def app_with(settings: Settings) -> Iterator[Callable[..., Flask]]:
    """Make an application whose settings differ as the test says."""
    made = []

    def make(**changed: object) -> Flask:
        app = create_app(Settings(**vars(settings) | changed))
        app.config["WTF_CSRF_ENABLED"] = False
        made.append(app)
        return app

    with kept_logs():
        yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            end_connections()


@contextmanager
def kept_logs() -> Iterator[None]:
    """Leave the set-up of the logs as it was found; pytest's own handlers come and go meanwhile."""
    root, configuration = logging.getLogger(), structlog.get_config()
    handlers, level = ours(root), root.level
    try:
        yield
    finally:
        for handler in ours(root):
            root.removeHandler(handler)
        for handler in handlers:
            root.addHandler(handler)
        root.setLevel(level)
        structlog.configure(**configuration)
        structlog.contextvars.clear_contextvars()


def ours(root: logging.Logger) -> list[logging.Handler]:
    """The handlers that the application has added."""
    return [handler for handler in root.handlers if getattr(handler, "from_quorate", False)]


@contextmanager
def written_logs(log_format: str) -> Iterator[Callable[[], list[str]]]:
    """Set the logs up, and answer the lines written since the last look."""
    with kept_logs():
        logs.set_up(log_format)
        written = io.StringIO()
        for handler in ours(logging.getLogger()):
            assert isinstance(handler, logging.StreamHandler)
            handler.setStream(written)

        def look() -> list[str]:
            lines = written.getvalue().splitlines()
            written.seek(0)
            written.truncate()
            return lines

        yield look


@pytest.fixture
def json_lines() -> Iterator[Lines]:
    """Write logs as JSON, and read what was written since the last look."""
    with written_logs("json") as look:
        yield lambda: [json.loads(line) for line in look()]


@pytest.fixture
def text_lines() -> Iterator[Callable[[], list[str]]]:
    """Write logs for people, and read what was written since the last look."""
    with written_logs("text") as look:
        yield look
