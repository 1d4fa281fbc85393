"""The option with which the list of addresses is written anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the list of addresses anew."""
    parser.addoption(
        "--renew-routes", action="store_true", help="write tests/conventions/routes.txt anew"
    )
