"""Entries that were written before there was a chain are joined as new ones are."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from committee.extensions import db
from tests.conventions.sources import migration

LINKS = "SELECT seq, entry_id, previous, hash FROM audit_link ORDER BY seq"


def test_the_migration_makes_the_same_chain_of_them(
    write: Callable[[int], None], superuser: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(4)
    db.session.rollback()
    chained = migration("chained_audit")
    monkeypatch.setattr(chained, "AT_A_TIME", 3)
    with superuser.connect() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        before = connection.exec_driver_sql(LINKS).all()
        connection.exec_driver_sql("DELETE FROM audit_link")
        monkeypatch.setattr(chained, "op", SimpleNamespace(get_bind=lambda: connection))
        chained.chain_what_is_there()
        assert connection.exec_driver_sql(LINKS).all() == before
        connection.rollback()
    assert len(before) > 4
