"""What somebody said of a thing's class is found changed, added or gone, even by a superuser."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from committee.audit.models import AuditEntry
from committee.confidentiality.models import Determination
from committee.extensions import db
from tests import builders
from tests.conventions.sources import migration
from tests.integrity.published import altered

Tamper = Callable[..., None]


@pytest.fixture
def given(app: Flask) -> int:
    """The id of a determination by which an item is exempt."""
    item = builders.an_item(builders.a_meeting(), "Blackacre", part=builders.Part.EXEMPT)
    db.session.commit()
    found = select(Determination.id).where(Determination.subject_id == item.id)
    return db.session.scalars(found.order_by(Determination.id)).one()


@pytest.mark.parametrize(
    "change",
    [
        "classification = 'open', exempt_paragraphs = '{}'",
        "exempt_paragraphs = '{1}'",
        "terms_of_contract = NOT terms_of_contract",
        "factors_for = 'Nothing'",
        "factors_against = 'Nothing'",
        "conclusion = 'Because'",
        "review_on = review_on + 1",
        "decided_at = decided_at - interval '1 day'",
        "recorded_from = 'a file'",
        "subject_id = subject_id + 1",
    ],
)
def test_a_determination_that_was_changed_is_found(given: int, tamper: Tamper, change: str) -> None:
    assert altered() == []
    tamper(f"UPDATE determination SET {change}")  # noqa: S608
    told = f"Altered: determination {given}. It is not what the audit noted when it was recorded."
    assert altered() == [told]


def test_so_is_one_that_is_gone_and_one_that_was_added(given: int, tamper: Tamper) -> None:
    tamper(f"UPDATE determination SET id = id + 1 WHERE id = {given}")  # noqa: S608
    assert altered() == [
        f"Added: determination {given + 1}. The audit did not note that it was recorded.",
        f"Gone: determination {given}. The audit noted that it was recorded.",
    ]


def test_those_of_before_they_were_noted_are_entered_as_they_were_found(
    given: int, tamper: Tamper, superuser: Engine
) -> None:
    tamper(
        "DELETE FROM audit_link USING audit_entry WHERE audit_entry.id = entry_id"
        " AND act = 'determination:recorded'",
        "DELETE FROM audit_entry WHERE act = 'determination:recorded'",
    )
    assert altered() == [
        f"Added: determination {given}. The audit did not note that it was recorded."
    ]
    for _ in range(2):
        with superuser.begin() as connection:
            migration("determinations_noted_as_found").enter_what_was_never_noted(connection)
    assert altered() == []
    entered = select(func.count()).where(AuditEntry.act == "determination:entered")
    assert db.session.scalar(entered) == 1, "a second time enters nothing"
