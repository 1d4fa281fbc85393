"""Folders whose servers are stopped when the test is over, whatever happened in it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from committee.embedded import postgres, valkey


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder with a short path that every account may pass through."""
    made = Path(tempfile.mkdtemp(prefix="embedded-"))
    made.chmod(0o755)
    yield made
    if (made / "postgres").is_dir():
        postgres.remove(made / "postgres")
    if (made / "valkey").is_dir():
        valkey.stop(made / "valkey")
    shutil.rmtree(made)
