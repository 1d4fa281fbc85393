"""The same superuser as in the tests of the audit, and what was published for it to tamper with."""

from tests.audit.conftest import superuser, tamper
from tests.integrity.published import agenda, version

__all__ = ["agenda", "superuser", "tamper", "version"]
