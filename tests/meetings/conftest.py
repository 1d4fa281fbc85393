"""The application as people meet it at their browsers."""

from collections.abc import Iterator

import pytest
from flask import Flask


@pytest.fixture
def pages_app(app: Flask) -> Iterator[Flask]:
    """The application with its forms guarded, as in real life."""
    before = app.config.get("WTF_CSRF_ENABLED", True)
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = before
