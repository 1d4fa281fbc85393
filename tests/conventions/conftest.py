"""Loaded before the first test of a full run: from then on every session is watched."""

import pytest

from tests.conventions import watching

watching.watch()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the list of addresses anew."""
    parser.addoption(
        "--renew-routes", action="store_true", help="write tests/conventions/routes.txt anew"
    )
