"""Makes the example papers once for all the tests here."""

from __future__ import annotations

from pathlib import Path

import pytest

from examples.papers import make_example


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the example's meeting files and papers."""
    folder = tmp_path_factory.mktemp("example")
    make_example(folder)
    return folder
