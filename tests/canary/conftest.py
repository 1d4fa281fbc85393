"""A database and an application of this folder's own, so that a council made once stays made."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canary.installation import Installation, installed
from tests.canary.watched import WatchedCouncil, watched_council


@pytest.fixture(scope="session")
def installation(
    database_url: str,
    servers_folder: Path,
    redis_url: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installation]:
    """Another application beside that of the other tests, with a database and files of its own."""
    with installed(servers_folder, redis_url, tmp_path_factory.mktemp("canary")) as made:
        yield made


@pytest.fixture(scope="session")
def watched(installation: Installation) -> WatchedCouncil:
    """The council that is full of tokens."""
    return watched_council(installation)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process make the council, and use it for all tests of this folder."""
    for item in items:
        if "tests/canary/" in item.nodeid or item.nodeid.startswith("canary/"):
            item.add_marker(pytest.mark.xdist_group("canary"))
