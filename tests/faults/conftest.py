"""A whole installation for each test, and the application that looks into it."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from committee import create_app
from committee.extensions import db, end_connections
from config import Settings
from tests.faults.installation import Installation


@pytest.fixture
def installation() -> Iterator[Installation]:
    """Servers of its own in a folder with a short path, all ended afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    try:
        made = Installation(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    yield made
    made.close()


@pytest.fixture
def app(installation: Installation) -> Iterator[Flask]:
    """The application on the installation's database, its context entered."""
    app = create_app(Settings.from_environment(installation.environment))
    app.config.update(TESTING=True, RATELIMIT_ENABLED=False)
    with app.app_context():
        yield app
        db.session.remove()
        end_connections()


@pytest.fixture
def chance() -> random.Random:
    """The dice of the test, thrown the same way each time."""
    return random.Random(20260512)  # noqa: S311  # faults need no secrecy
