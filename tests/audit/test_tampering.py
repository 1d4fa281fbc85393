"""Six kinds of tampering by a superuser, each found and named: with the hashes as they were, and
with every hash made anew afterwards, when only what was noted outside the database can tell."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine

from committee.audit import anchors as anchoring
from committee.audit.anchors import Anchors
from committee.audit.models import AuditEntry, AuditLink
from committee.audit.verifier.chain import CUT, DELETED, EDITED, INSERTED, REORDERED, ROLLED_BACK
from committee.audit.verifier.checking import Result
from committee.extensions import db
from tests.audit.conftest import kinds, rehash

Tamper = Callable[..., None]
Check = Callable[..., Result]

FORGED = (
    "INSERT INTO audit_entry (id, at, act, subject_kind, subject_id) SELECT 9000, at, "
    "'user:changed', 'user_account', 1 FROM audit_entry JOIN audit_link ON entry_id = id"
    " WHERE seq = 10"
)
# Making room for a place: the numbers are moved by way of others, since each must stay unique.
ROOM = (
    "UPDATE audit_link SET seq = seq + 100000 WHERE seq > 10",
    "UPDATE audit_link SET seq = seq - 99999 WHERE seq > 100000",
)
CLOSE_UP = (
    "UPDATE audit_link SET seq = seq + 100000 WHERE seq > 12",
    "UPDATE audit_link SET seq = seq - 100003 WHERE seq > 100000",
)
PUT_IN = "INSERT INTO audit_link VALUES (11, 9000, repeat('a', 64), repeat('b', 64))"
TAKEN_OUT = (
    "CREATE TEMPORARY TABLE gone AS SELECT entry_id FROM audit_link WHERE seq BETWEEN 10 AND 12",
    "DELETE FROM audit_link WHERE seq BETWEEN 10 AND 12",
    "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM gone)",
)
EXCHANGED = (
    "UPDATE audit_link SET seq = -1 WHERE seq = 9",
    "UPDATE audit_link SET seq = 9 WHERE seq = 14",
    "UPDATE audit_link SET seq = 14 WHERE seq = -1",
)
CUT_OFF = (
    "CREATE TEMPORARY TABLE gone AS SELECT entry_id FROM audit_link WHERE seq > 18",
    "DELETE FROM audit_link WHERE seq > 18",
    "DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM gone)",
)
EDIT = (
    "UPDATE audit_entry SET actor_id = NULL"
    " WHERE id = (SELECT entry_id FROM audit_link WHERE seq = 11)"
)


def test_an_honest_log_is_sound(noted: int, checked: Check, write: Callable[[int], None]) -> None:
    write(3)
    result = checked()
    assert kinds(result) == []
    assert len(result.log.seqs) == noted + 3
    assert result.witness.signed is True


@pytest.mark.parametrize(
    ("what", "statements", "found"),
    [
        ("edit", [EDIT], [(EDITED, 11, 11)]),
        ("deletion", TAKEN_OUT, [(DELETED, 10, 12)]),
        ("deletion closed up", [*TAKEN_OUT, *CLOSE_UP], [(DELETED, 10, 12)]),
        ("insertion", [FORGED, *ROOM, PUT_IN], [(INSERTED, 11, 11)]),
        ("reordering", EXCHANGED, [(REORDERED, 9, 14)]),
        ("cut tail", CUT_OFF, [(CUT, 19, 22)]),
    ],
)
def test_tampering_is_found_and_named(
    noted: int,
    tamper: Tamper,
    checked: Check,
    what: str,
    statements: list[str],
    found: list[tuple[str, int, int]],
) -> None:
    tamper(*statements)
    assert kinds(checked()) == found


@pytest.mark.parametrize(
    ("what", "statements", "found"),
    [
        ("edit", [EDIT], [(EDITED, 11, 11)]),
        ("deletion", TAKEN_OUT, [(DELETED, 10, 12)]),
        ("insertion", [FORGED, *ROOM, PUT_IN], [(INSERTED, 11, 11)]),
        ("reordering", EXCHANGED, [(REORDERED, 9, 14)]),
        ("cut tail", CUT_OFF, [(CUT, 19, 22)]),
    ],
)
def test_tampering_is_found_and_named_though_every_hash_is_made_anew(
    noted: int,
    tamper: Tamper,
    superuser: Engine,
    checked: Check,
    write: Callable[[int], None],
    what: str,
    statements: list[str],
    found: list[tuple[str, int, int]],
) -> None:
    tamper(*statements)
    with superuser.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        rehash(connection)
    assert checked().log.findings == [], "by itself the chain is whole again"
    assert kinds(checked()) == found
    write(2)
    assert kinds(checked()) == found, "what is written honestly afterwards hides nothing"


@pytest.mark.parametrize("goes_on", [False, True])
def test_a_database_that_was_set_back_is_told_from_a_tail_that_was_cut(
    app: Flask,
    noted: int,
    superuser: Engine,
    anchors: Anchors,
    checked: Check,
    write: Callable[[int], None],
    goes_on: bool,
) -> None:
    backup = back_up(superuser)
    write(5)
    with db.engine.connect() as connection:
        anchoring.note(anchors, connection)
    restore(superuser, backup)
    if goes_on:
        write(3)
    assert kinds(checked()) == [(ROLLED_BACK, noted + 1, noted + 5)]


LOG = (AuditEntry.__table__, AuditLink.__table__)


def back_up(superuser: Engine) -> tuple[list[list[dict[str, object]]], int]:
    """The log as yesterday's backup has it, with the counter of its ids."""
    with superuser.connect() as connection:
        rows = [[dict(row) for row in connection.execute(of.select()).mappings()] for of in LOG]
        counter = "SELECT last_value FROM audit_entry_id_seq"
        return rows, connection.exec_driver_sql(counter).scalar_one()


def restore(superuser: Engine, backup: tuple[list[list[dict[str, object]]], int]) -> None:
    """Put the log back as the backup has it."""
    db.session.rollback()
    with superuser.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table, rows in zip(LOG, backup[0], strict=True):
            connection.execute(table.delete())
            connection.execute(table.insert(), rows)
        connection.exec_driver_sql("SELECT setval('audit_entry_id_seq', %s)", (backup[1],))
