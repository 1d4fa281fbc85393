"""The same superuser as in the tests of the audit, and what was published for it to tamper with."""

import pytest

from tests.audit.conftest import superuser, tamper
from tests.integrity.published import agenda, version

__all__ = ["agenda", "superuser", "tamper", "version"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write down anew what guards the migrations made."""
    parser.addoption(
        "--renew-guards", action="store_true", help="write committee/integrity/guards.json anew"
    )
