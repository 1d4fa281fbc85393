"""The papers of a real meeting, where they are beside this checkout."""

from pathlib import Path

import pytest

from committee.documents.preparation import converter_problem
from config import ROOT

MEETING = ROOT.parent / "shared" / "real" / "kent-2018-05-08"


@pytest.fixture(scope="session")
def real_meeting() -> Path:
    """The folder of the meeting's file and papers."""
    if not (MEETING / "meeting.json").is_file():
        pytest.skip("the real papers are not beside this checkout")
    return MEETING


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say why a test that needs LibreOffice is left out."""
    if item.get_closest_marker("libreoffice") and (problem := converter_problem()):
        pytest.skip(problem)
