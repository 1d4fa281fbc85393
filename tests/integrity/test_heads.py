"""A log that was cut together with its anchors does not agree with what was told elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from committee.audit import service as audit
from committee.audit.verifier.checking import NOTHING_TO_COMPARE, SET_BACK_TOGETHER
from committee.extensions import db
from committee.integrity import heads
from committee.integrity.checks import the_anchors
from committee.mail.models import Mail
from committee.people.models import User
from committee.people.roles import Role
from tasks import anchors
from tests import builders
from tests.audit.conftest import Command, command, forget_heads
from tests.audit.test_tampering import CUT_OFF

__all__ = ["command"]

Tamper = Callable[..., None]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture
def officer(app: Flask) -> User:
    """The monitoring officer, and no head of another test's log."""
    the_anchors().path.unlink(missing_ok=True)
    forget_heads(app.config["SETTINGS"])
    made = builders.a_user(Role.MONITORING_OFFICER)
    db.session.commit()
    return made


@pytest.fixture
def noted(officer: User) -> int:
    """A log of more than 20 entries of which all is noted, as the sweep does it."""
    for number in range(21):
        audit.record("user:changed", officer, by=None, after={"number": number})
        db.session.commit()
    anchors.note_audit(DAY, NOON)
    kept = heads.remembered()
    assert kept is not None
    return kept.seq


def cut_both(tamper: Tamper) -> None:
    """Cut the log after its 18th entry, and remove what was noted of it."""
    tamper(*CUT_OFF)
    the_anchors().path.unlink()


def test_the_head_that_the_broker_keeps_tells_of_both(
    noted: int, tamper: Tamper, command: Command
) -> None:
    assert command("verify").exit_code == 0
    cut_both(tamper)
    found = command("verify")
    assert found.exit_code == 1
    assert f"Cut tail: entries 19 to {noted}" in found.output
    assert f"Anchors gone: entries 1 to {noted}." in found.output


def test_a_daily_check_tells_of_both_where_the_broker_forgot(
    noted: int, tamper: Tamper, command: Command, app: Flask
) -> None:
    anchors.check_audit(DAY, NOON)
    db.session.commit()
    cut_both(tamper)
    forget_heads(app.config["SETTINGS"])
    found = command("verify")
    assert found.exit_code == 1
    assert f"Cut tail: entries 19 to {noted}" in found.output


def test_where_nothing_is_left_to_compare_with_the_command_says_so(
    noted: int, tamper: Tamper, command: Command, app: Flask
) -> None:
    head = heads.remembered()
    assert head is not None
    cut_both(tamper)
    forget_heads(app.config["SETTINGS"])
    found = command("verify")
    assert found.exit_code == 2, "a young log looks the same"
    assert NOTHING_TO_COMPARE in found.output
    assert "Nothing was changed." not in found.output
    with_head = command("verify", "--head", f"{head.seq}:{head.hash}")
    assert with_head.exit_code == 1
    assert f"Cut tail: entries 19 to {noted}" in with_head.output


def test_without_a_head_the_command_says_what_it_cannot_see(noted: int, command: Command) -> None:
    head = heads.remembered()
    assert head is not None
    assert SET_BACK_TOGETHER in command("verify").output
    with_head = command("verify", "--head", f"{head.seq}:{head.hash}")
    assert with_head.exit_code == 0
    assert SET_BACK_TOGETHER not in with_head.output


def test_no_anchors_are_begun_anew_upon_a_log_that_was_cut(
    noted: int, officer: User, tamper: Tamper, command: Command
) -> None:
    cut_both(tamper)
    anchors.note_audit(DAY, NOON)
    db.session.commit()
    assert not list(the_anchors().lines())
    letters = db.session.scalars(select(Mail.subject).where(Mail.kind == "audit_head")).all()
    assert letters == ["The audit log is NOT what was noted of it: read this today"]
    done = command("reseal", "--reason", "Restored from the backup of Sunday")
    assert done.exit_code == 0, done.output
    assert "Restored from the backup of Sunday" in command("verify").output
    assert command("verify").exit_code == 0


def test_removed_anchors_of_a_whole_log_are_told_until_they_are_written_again(
    noted: int, command: Command
) -> None:
    the_anchors().path.unlink()
    found = command("verify")
    assert found.exit_code == 1
    assert f"Anchors gone: entries 1 to {noted}." in found.output
    anchors.note_audit(DAY, NOON)
    assert command("verify").exit_code == 0


def test_without_a_broker_all_else_goes_on(
    noted: int, officer: User, monkeypatch: pytest.MonkeyPatch, app: Flask, command: Command
) -> None:
    nowhere = type(app.config["SETTINGS"])(
        **vars(app.config["SETTINGS"]) | {"redis_url": "redis://127.0.0.1:1"}
    )
    monkeypatch.setitem(app.config, "SETTINGS", nowhere)
    audit.record("user:changed", officer, by=None)
    db.session.commit()
    anchors.note_audit(DAY, NOON)
    assert heads.remembered() is None
    assert command("verify").exit_code == 0
