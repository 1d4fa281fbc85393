"""One thing that cannot be indexed keeps no other from the search."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from structlog.testing import capture_logs

from committee.database_roles import OWNER
from committee.decisions.models import DecisionNotice
from committee.extensions import db
from committee.search import renewal
from committee.search.models import SearchEntry
from committee.search.rules import EntryKind
from tests import builders
from tests.search import published


@pytest.mark.parametrize("how", ["missing", "refused by the database"])
def test_a_bad_row_is_told_and_the_others_are_indexed(app: Flask, how: str) -> None:
    committee = builders.a_committee()
    bad = published.a_decision(committee, "18/00001")
    good = published.a_decision(committee, "18/00002")
    notice = db.session.scalars(
        select(DecisionNotice).where(DecisionNotice.decision_id == bad.id)
    ).one()
    whole = dict(notice.contents)
    words = " ".join(f"word{number}" for number in range(200_000))  # more than one entry can hold
    broken = {} if how == "missing" else whole | {"title": words}
    db.session.commit()
    change = update(DecisionNotice).where(DecisionNotice.id == notice.id).values(contents=broken)
    with db.engines[OWNER].begin() as connection:  # the application itself may not
        connection.execute(change)
    db.session.expire_all()
    with capture_logs() as logs:
        done = renewal.bring_up_to_date()
        db.session.commit()
    found = select(SearchEntry.subject_id).where(SearchEntry.kind == EntryKind.DECISION)
    assert list(db.session.scalars(found)) == [good.id]
    assert done == 1
    [told] = [each for each in logs if each["event"] == "not_indexed"]
    assert (told["thing"], told["subject_id"]) == ("decision", bad.id)
