"""The database refuses reminders that no rule allows."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from committee.extensions import db
from tests.reminders import builders
from tests.reminders.conftest import Staff

AT = datetime(2018, 5, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("status = 'sent'", "obligationstatus"),
        ("kind = 'birthday'", "obligationkind"),
        ("status = 'leased'", "leased_has_token"),
        ("lease_token = :token", "leased_has_token"),
        ("status = 'done'", "done_when"),
        ("done_at = :at", "done_when"),
        ("status = 'cancelled', lease_token = :token", "leased_has_token"),
        ("status = 'quarantined', done_at = :at", "done_when"),
    ],
)
def test_the_database_keeps_states_and_their_facts_together(
    staff: Staff, change: str, constraint: str
) -> None:
    builders.an_obligation(staff.author, staff.committee)
    db.session.commit()
    facts = {"token": uuid.uuid4(), "at": AT}
    used = {name: value for name, value in facts.items() if f":{name}" in change}
    with pytest.raises(IntegrityError, match=constraint):
        db.session.execute(text(f"UPDATE obligation SET {change}"), used)  # noqa: S608  # ours


def test_a_reminder_exists_once(staff: Staff) -> None:
    builders.an_obligation(staff.author, staff.committee, dedupe_key="once")
    with pytest.raises(IntegrityError, match="uq_obligation_dedupe_key"):
        builders.an_obligation(staff.author, staff.committee, dedupe_key="once")
