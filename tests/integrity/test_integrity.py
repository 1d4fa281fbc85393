"""What anyone can check, and the daily letter to the monitoring officers."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from committee.audit import service as audit
from committee.audit.verifier.chain import canonical
from committee.extensions import db
from committee.integrity.checks import the_anchors
from committee.integrity.models import AuditCheck
from committee.mail.models import Mail
from committee.people.models import User
from committee.people.roles import Role
from committee.storage import current_storage
from tasks import anchors
from tests import builders
from tests.audit.conftest import forget_heads
from tests.builders import a_pdf
from tests.packs.test_service import a_pack, finish

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def officer(app: Flask) -> User:
    """The monitoring officer."""
    the_anchors().path.unlink(missing_ok=True)
    forget_heads(app.config["SETTINGS"])
    made = builders.a_user(Role.MONITORING_OFFICER)
    db.session.commit()
    return made


def letters() -> list[Mail]:
    found = select(Mail).where(Mail.kind == "audit_head").order_by(Mail.id)
    return list(db.session.scalars(found))


def test_before_anything_is_noted_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    the_anchors().path.unlink(missing_ok=True)
    assert "Nothing has been noted yet" in client.get("/integrity").text
    assert client.get("/integrity.json").json["head"] is None
    assert client.get("/integrity?of=nonsense").status_code == 404


def test_anyone_can_check_the_signature_of_the_newest_line(
    officer: User, client: FlaskClient
) -> None:
    anchors.note_audit(DAY, NOON)
    told = client.get("/integrity.json").json
    line = told["anchors"][0]
    signature = bytes.fromhex(line.pop("signature"))
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["public_key"]))
    key.verify(signature, canonical(line))
    assert told["head"]["hash"] == line["hash"]
    assert line["hash"] in client.get("/integrity").text


def test_following_next_leads_through_every_kind(officer: User, client: FlaskClient) -> None:
    seen, address = [], "/integrity.json"
    while address:
        told = client.get(address).json
        seen.append(told["kind"])
        address = told["next"]
    assert seen == ["agendas", "notices", "records", "minutes", "results"]


def test_the_log_is_checked_once_a_day_and_its_end_is_mailed(officer: User) -> None:
    anchors.check_audit(DAY, datetime(2026, 11, 23, 5, tzinfo=UTC))
    assert letters() == [], "before offices open nothing is sent"
    anchors.check_audit(DAY, NOON)
    db.session.commit()
    anchors.check_audit(DAY, NOON)
    db.session.commit()
    made = db.session.scalars(select(AuditCheck)).one()
    assert made.sound
    letter = letters()[0]
    assert [letter.to_address] == [each.to_address for each in letters()]
    assert letter.subject == f"The audit log is sound: entry {made.seq}"
    assert f"--head {made.seq}:{made.hash}" in letter.text


def test_a_changed_log_is_told_to_the_monitoring_officer(
    officer: User, tamper: Callable[..., None]
) -> None:
    for _ in range(3):
        audit.record("user:changed", officer, by=None)
        db.session.commit()
    anchors.note_audit(DAY, NOON)
    tamper("UPDATE audit_entry SET actor_id = NULL, subject_id = 77 WHERE act = 'user:added'")
    anchors.check_audit(DAY, NOON)
    db.session.commit()
    assert not db.session.scalars(select(AuditCheck)).one().sound
    assert "NOT sound" in letters()[0].subject
    assert "Edited: entry 1" in letters()[0].text


def test_a_published_file_that_was_exchanged_is_told_on_the_page_and_by_letter(
    officer: User, client: FlaskClient, tamper: Callable[..., None]
) -> None:
    pack = a_pack()
    finish(pack, current_storage().save(BytesIO(a_pdf(4))))
    anchors.check_audit(DAY, NOON)
    db.session.commit()
    assert "Monday 23 November 2026 all of it was what it had been" in client.get("/integrity").text
    assert client.get("/integrity.json").json["checked"] == {"on": "2026-11-23", "sound": True}
    another = current_storage().save(BytesIO(a_pdf(4, words="another"))).sha256
    tamper(f"UPDATE pack SET file_sha256 = '{another}'")  # noqa: S608
    db.session.expire_all()
    anchors.check_audit(DAY + timedelta(days=1), NOON + timedelta(days=1))
    db.session.commit()
    assert "something was not what it had been" in client.get("/integrity").text
    assert client.get("/integrity.json").json["checked"] == {"on": "2026-11-24", "sound": False}
    assert f"Altered: pack {pack.id}." in letters()[-1].text


def test_a_cut_log_is_not_noted_any_more_and_the_officer_is_told_once(
    officer: User, tamper: Callable[..., None]
) -> None:
    anchors.note_audit(DAY, NOON)
    tamper("DELETE FROM audit_link", "DELETE FROM audit_entry")
    for _ in range(2):
        audit.record("user:changed", officer, by=None)
        db.session.commit()
        anchors.note_audit(DAY, NOON)
        db.session.commit()
    assert [letter.subject for letter in letters()] == [
        "The audit log is NOT what was noted of it: read this today"
    ]
    assert "./quorate audit reseal" in letters()[0].text
