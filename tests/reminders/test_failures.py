"""Reminders that cannot be sent are set aside, told of, and sent again when somebody asks."""

import pytest
from sqlalchemy import text

from committee.audit import service as audit
from committee.extensions import db
from committee.mail import service as mails
from committee.mail.rules import MailStatus
from committee.reminders import letters, service
from committee.reminders.letters import Letter
from committee.reminders.rules import MOST_ATTEMPTS, ObligationStatus
from committee.states import NotAllowed
from tasks.reminders import remind
from tests.reminders.builders import (
    TODAY,
    letters_written,
    on,
    only,
)
from tests.reminders.conftest import Staff


def begun_again_at_once() -> None:
    """Let the pause after an error be over."""
    db.session.execute(text("UPDATE obligation SET lease_until = now() - interval '1 second'"))
    db.session.commit()


def test_one_that_raises_errors_is_set_aside_and_told(one: int, staff: Staff) -> None:
    staff.author.email = "not an address"
    db.session.commit()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with on(TODAY):
            remind()
        assert only().attempts == attempt
        assert "not an e-mail address" in (only().last_error or "")
        if attempt < MOST_ATTEMPTS:
            assert only().status is ObligationStatus.LEASED
            with on(TODAY):
                remind()  # nothing happens before the pause is over
            assert only().attempts == attempt
            begun_again_at_once()
    assert only().status is ObligationStatus.QUARANTINED
    (told,) = letters_written()
    assert told.to_user_id == staff.officer.id
    assert told.subject.startswith("A reminder could not be sent: Write to the parents")
    assert "“not an address” is not an e-mail address" in told.text
    assert "Please tell Sam yourself." in told.text
    with on(TODAY):
        remind()
    assert len(letters_written()) == 1


def test_one_that_kills_its_workers_is_set_aside_and_told(one: int, staff: Staff) -> None:
    for _ in range(MOST_ATTEMPTS):
        assert len(service.claim(today=TODAY, lease_seconds=-1)) == 1
        db.session.commit()
    assert service.claim(today=TODAY, lease_seconds=-1) == []
    with on(TODAY):
        remind()
    assert only().status is ObligationStatus.QUARANTINED
    assert [mail.to_user_id for mail in letters_written()] == [staff.officer.id]


def test_what_prevents_the_telling_does_not_prevent_the_setting_aside(
    one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Letter:
        raise RuntimeError

    monkeypatch.setattr(letters, "letter", broken)
    monkeypatch.setattr(letters, "letter_of_failure", broken)
    for _ in range(MOST_ATTEMPTS):
        with on(TODAY):
            remind()
        if only().status is ObligationStatus.LEASED:
            begun_again_at_once()
    assert only().status is ObligationStatus.QUARANTINED


def test_one_that_failed_is_sent_again_when_somebody_asks(one: int, staff: Staff) -> None:
    obligation = only()
    obligation.status, obligation.attempts = ObligationStatus.QUARANTINED, MOST_ATTEMPTS
    obligation.last_error = "The worker died each time."
    service.send_again(obligation, by=staff.officer.id)
    db.session.commit()
    assert audit.history(obligation)[0].act == "obligation:put_back"
    with pytest.raises(NotAllowed, match="has failed"):
        service.send_again(obligation, by=staff.officer.id)
    with on(TODAY):
        remind()
    assert only().status is ObligationStatus.DONE
    assert only().last_error is None


def test_a_letter_that_was_refused_is_sent_again_as_the_same_letter(one: int, staff: Staff) -> None:
    with on(TODAY):
        remind()
    (mail,) = letters_written()
    mails.record_failed(mail, "550 No such user")
    service.send_again(only(), by=staff.officer.id)
    assert mail.status is MailStatus.DUE
    assert len(letters_written()) == 1
