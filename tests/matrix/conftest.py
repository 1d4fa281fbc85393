"""The scene of the matrix, built once for each test process."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import Settings
from tests.matrix.town import Town, a_town


@pytest.fixture(scope="session")
def town(
    settings: Settings, servers_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """A council in a database of its own, served over HTTP, and people signed in."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    folder = tmp_path_factory.mktemp("matrix")
    with a_town(settings, servers_folder, folder, f"matrix_{worker}") as made:
        yield made


@pytest.fixture
def undone(town: Town) -> Iterator[Town]:
    """The town, put back afterwards as it was: reading alone notes who has read closed matter."""
    yield town
    town.kept.put_back(town.kept.changed())
