"""What was published as the tables have it and not as the audit does is found."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select, text

from committee.agendas.models import AgendaVersion
from committee.audit.models import AuditEntry
from committee.clock import now, today
from committee.decisions.models import RecordVersion
from committee.decisions.rules import RecordKind
from committee.extensions import db
from committee.frozen import canonical_sha256
from tests.conventions.sources import migration
from tests.decisions.builders import a_notified
from tests.integrity.published import altered, another_file

Tamper = Callable[..., None]


@pytest.mark.parametrize("row_id", [-5, 1, 2**31 - 1])
def test_a_version_that_was_never_noted_is_found_whatever_its_id(
    version: RecordVersion, row_id: int
) -> None:
    names = "decision_id, kind, published_at, published_on, contents, sha256"
    row_id = row_id if row_id != version.id else version.id + 1
    with db.engine.begin() as connection:  # the application's own login, with every guard at work
        connection.execute(
            text(
                f"INSERT INTO record_version (id, number, change_reason, {names})"  # noqa: S608
                f" SELECT {row_id}, 8, 'Put right', {names} FROM record_version"
                f" WHERE id = {version.id}"
            )
        )
    told = f"Added: record_version {row_id}. The audit did not note that it was published."
    assert altered() == [told]


def test_a_record_that_was_forged_before_any_was_published_is_found(app: Flask) -> None:
    decision = a_notified()
    db.session.commit()
    assert altered() == []
    forged = {"subject": "What nobody decided"}
    db.session.add(
        RecordVersion(
            decision_id=decision.id,
            number=1,
            kind=RecordKind.PROPOSED,
            published_at=now(),
            published_on=today(),
            contents=forged,
            sha256=canonical_sha256(forged),
        )
    )
    db.session.commit()
    [told] = altered()
    assert told.startswith("Added: record_version")


def test_what_was_published_before_hashes_were_noted_is_not_told_of(
    version: RecordVersion, tamper: Tamper
) -> None:
    tamper("UPDATE audit_entry SET before_sha256 = NULL, after_sha256 = NULL")
    assert altered() == []


def test_packs_of_before_they_were_noted_are_entered_as_they_were_found(
    agenda: AgendaVersion, tamper: Tamper, superuser: Engine
) -> None:
    tamper(
        "DELETE FROM audit_link USING audit_entry WHERE audit_entry.id = entry_id"
        " AND act IN ('pack:arranged', 'pack:published')",
        "DELETE FROM audit_entry WHERE act IN ('pack:arranged', 'pack:published')",
    )
    assert sorted(told.partition(".")[0] for told in altered()) == [
        *(f"Added: copy for reading on screen of pack {id_}" for id_ in sorted(packs_of(agenda))),
        f"Added: packs of agenda_version {agenda.id}",
    ]
    for _ in range(2):
        with superuser.begin() as connection:
            migration("noted_as_they_were_found").enter_what_was_never_noted(connection)
    assert altered() == []
    entered = select(func.count()).where(AuditEntry.act == "pack:entered")
    assert db.session.scalar(entered) == 3, "a second time enters nothing"
    tamper(f"UPDATE pack SET fast_file_sha256 = '{another_file()}'")  # noqa: S608
    assert len(altered()) == 2


def packs_of(version: AgendaVersion) -> list[int]:
    """The ids of the packs that this agenda was published with."""
    return [each for each in (version.public_pack_id, version.restricted_pack_id) if each]
