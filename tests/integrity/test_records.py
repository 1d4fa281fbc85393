"""What was published and stored is compared with its hashes, and with what the audit noted."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from committee.agendas.models import AgendaVersion
from committee.audit import service as audit
from committee.audit.models import AuditEntry
from committee.decisions.models import RecordVersion
from committee.decisions.publishing import publish_proposed
from committee.decisions.rules import Restriction
from committee.extensions import db, owner_engine
from committee.frozen import canonical_sha256
from committee.integrity import records
from committee.storage import current_storage
from tests.decisions.builders import a_notified, at, some_words, write
from tests.integrity.published import altered, another_file

Tamper = Callable[..., None]
PROPOSED_ON = date(2018, 4, 27)


def test_what_was_published_is_noted_with_its_hash(version: RecordVersion) -> None:
    assert altered() == []
    acts = ("record_version:published", "decision_notice:published", "decision:signed")
    found = select(AuditEntry).where(AuditEntry.act.in_(acts)).order_by(AuditEntry.id)
    entries = db.session.scalars(found).all()
    assert {entry.act for entry in entries} == set(acts)
    assert all(entry.after_sha256 for entry in entries)
    assert entries[-1].after_sha256 == version.sha256


def test_a_changed_record_is_found_even_with_a_new_hash(
    version: RecordVersion, tamper: Tamper
) -> None:
    changed = version.contents | {"subject": "Another matter"}
    literal = json.dumps(changed).replace("'", "''").replace("%", "%%")
    name = f"record_version {version.id}"
    tamper(f"UPDATE record_version SET contents = '{literal}' WHERE id = {version.id}")  # noqa: S608
    assert altered() == [f"Altered: {name}. Its contents are not those of its SHA-256."]
    tamper(f"UPDATE record_version SET sha256 = '{canonical_sha256(changed)}'")  # noqa: S608
    assert altered() == [f"Altered: {name}. It is not what the audit noted when it was published."]


def test_what_is_noted_later_does_not_make_it_another(
    version: RecordVersion, tamper: Tamper
) -> None:
    changed = version.contents | {"subject": "Another matter"}
    audit.record("record_version:published", version, by=None, after=changed)
    db.session.commit()
    literal = json.dumps(changed).replace("'", "''").replace("%", "%%")
    sha256 = canonical_sha256(changed)
    tamper(f"UPDATE record_version SET contents = '{literal}', sha256 = '{sha256}'")  # noqa: S608
    [told] = altered()
    assert told.endswith(f"{version.id}. It is not what the audit noted when it was published.")


def test_a_version_that_is_gone_is_found(version: RecordVersion, tamper: Tamper) -> None:
    told = [f"Gone: record_version {version.id}. The audit noted that it was published."]
    tamper(f"DELETE FROM record_version WHERE id = {version.id}")  # noqa: S608
    assert altered() == told


@pytest.fixture
def closed(app: Flask) -> RecordVersion:
    """The published record of a decision that is not for publication."""
    decision = a_notified(
        restriction=Restriction.FULLY_EXEMPT, restriction_reason="Paragraph 3 of Schedule 12A."
    )
    write(decision, some_words(decision_text="To sell Blackacre."))
    made = publish_proposed(decision, now=at(PROPOSED_ON), today=PROPOSED_ON)
    db.session.commit()
    return made


def sell_another(version: RecordVersion, tamper: Tamper) -> None:
    """Change the closed words of a record where the application could not."""
    changed = (version.restricted_contents or {}) | {"decision": "To sell Whiteacre."}
    literal = json.dumps(changed).replace("'", "''").replace("%", "%%")
    where = f"WHERE id = {version.id}"
    tamper(f"UPDATE record_version SET restricted_contents = '{literal}' {where}")  # noqa: S608


def test_changed_words_of_a_closed_record_are_found(closed: RecordVersion, tamper: Tamper) -> None:
    assert closed.restricted_contents is not None
    assert altered() == []
    sell_another(closed, tamper)
    name = f"record_version {closed.id}"
    assert altered() == [f"Altered: {name}. It is not what the audit noted when it was published."]


def test_closed_words_that_were_taken_away_are_found(closed: RecordVersion, tamper: Tamper) -> None:
    tamper("UPDATE record_version SET restricted_contents = NULL")
    assert len(altered()) == 1


def test_of_older_closed_records_the_open_part_still_holds(
    closed: RecordVersion, tamper: Tamper
) -> None:
    noted = f"after_sha256 = '{closed.sha256}' WHERE act = 'record_version:published'"
    tamper(f"UPDATE audit_entry SET {noted}")  # noqa: S608
    assert altered() == []


def test_a_damaged_file_and_a_missing_one_are_found(version: RecordVersion) -> None:
    assert list(records.damaged_files(current_storage())) == []
    path = current_storage().local_path(str(version.pdf_sha256))
    path.chmod(0o644)
    path.write_bytes(b"another record")
    assert "Damaged: the file" in next(records.damaged_files(current_storage()))
    path.unlink()
    [told] = records.damaged_files(current_storage())
    assert (
        told
        == f"Missing: the file {version.pdf_sha256}, pdf_sha256 of record_version {version.id}."
    )


@pytest.mark.parametrize(
    ("column", "called"),
    [
        ("file_sha256", "pack {}"),
        ("fast_file_sha256", "copy for reading on screen of pack {}"),
    ],
)
def test_another_file_of_a_published_pack_is_found(
    agenda: AgendaVersion, tamper: Tamper, column: str, called: str
) -> None:
    assert altered() == []
    where = f"WHERE id = {agenda.public_pack_id}"
    tamper(f"UPDATE pack SET {column} = '{another_file()}' {where}")  # noqa: S608
    assert list(records.damaged_files(current_storage())) == [], "the file is what its row names"
    name = called.format(agenda.public_pack_id)
    assert f"Altered: {name}. It is not what the audit noted when it was published." in altered()


def test_another_pack_of_a_published_agenda_is_found(agenda: AgendaVersion, tamper: Tamper) -> None:
    tamper("UPDATE agenda_version SET public_pack_id = restricted_pack_id")
    name = f"packs of agenda_version {agenda.id}"
    assert altered() == [f"Altered: {name}. It is not what the audit noted when it was published."]


def test_another_file_of_a_record_is_found(version: RecordVersion, tamper: Tamper) -> None:
    tamper(f"UPDATE record_version SET pdf_sha256 = '{another_file()}'")  # noqa: S608
    name = f"file of record_version {version.id}"
    assert altered() == [f"Altered: {name}. It is not what the audit noted when it was published."]


def test_the_file_of_a_published_record_is_never_another(version: RecordVersion) -> None:
    change = text("UPDATE record_version SET pdf_sha256 = repeat('b', 64)")
    with pytest.raises(DBAPIError, match="never another"), db.engine.begin() as connection:
        connection.execute(change)


def test_it_is_never_another_for_a_session_with_types_of_its_own(version: RecordVersion) -> None:
    change = text("UPDATE record_version SET pdf_sha256 = repeat('b', 64)")
    with owner_engine().connect() as connection:
        connection.execute(text('CREATE DOMAIN pg_temp.text AS "char"'))
        with pytest.raises(DBAPIError, match="never another"):
            connection.execute(change)


def test_a_paper_is_the_file_that_its_agenda_names(agenda: AgendaVersion, tamper: Tamper) -> None:
    [paper] = agenda.open_contents["items"][0]["papers"]
    another = another_file()
    tamper(
        f"UPDATE paper_version SET prepared_sha256 = '{another}', original_sha256 = '{another}'"  # noqa: S608
    )
    current_storage().local_path(paper["sha256"]).unlink()
    [told] = records.damaged_files(current_storage())
    assert told == f"Missing: the file {paper['sha256']}, a paper of agenda_version {agenda.id}."
