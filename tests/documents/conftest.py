"""Uploads for the tests of papers coming in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from committee.documents.preparation import Prepared, converter_problem, prepare

Upload = Callable[[bytes, str], Prepared]


@pytest.fixture(scope="session")
def converter_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests keep their ready-made LibreOffice profile."""
    return tmp_path_factory.mktemp("converter-cache")


@pytest.fixture
def upload(tmp_path: Path, converter_cache: Path) -> Upload:
    """Prepares the bytes as if they had been uploaded under the name."""
    folder = tmp_path / "prepared"
    folder.mkdir()

    def _upload(content: bytes, name: str) -> Prepared:
        source = tmp_path / "upload.bin"
        source.write_bytes(content)
        return prepare(source, name=name, folder=folder, cache=converter_cache)

    return _upload


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say why a test that needs LibreOffice is left out."""
    if item.get_closest_marker("libreoffice") and (problem := converter_problem()):
        pytest.skip(problem)
