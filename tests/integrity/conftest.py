"""The same superuser as in the tests of the audit."""

from tests.audit.conftest import superuser, tamper

__all__ = ["superuser", "tamper"]
