"""Lists of decisions ask the database a small number of questions, however long they are."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text

from committee.decisions.models import Decision, DecisionNotice, DecisionRecord, RecordVersion
from committee.extensions import db, owner_engine
from committee.frozen import canonical_sha256
from tests.decisions import builders as made
from tests.decisions.conftest import People
from tests.pages.test_statements import MOST, statements

PAGES = ["/forward-plan", "/decisions", "/decisions/in-hand"]
DAY = date(2018, 5, 16)


def fill(people: People, rows: int) -> None:
    """Add so many decisions to be taken and as many that were taken, copied from one of each."""
    to_take = made.a_notified(committee=people.committee, portfolio=people.portfolio)
    taken = made.a_published(committee=people.committee, portfolio=people.portfolio)
    version = db.session.query(RecordVersion).filter_by(decision_id=taken.id).one()
    db.session.flush()
    for first, like, copied in ((20_000, to_take, "notice"), (40_000, taken, "record")):
        ids = db.session.scalars(
            insert(Decision).returning(Decision.id, sort_by_parameter_order=True),
            [copy(like, first + number) for number in range(rows)],
        ).all()
        db.session.execute(insert(DecisionRecord), [{"decision_id": each} for each in ids])
        notice = to_take.notices[0] if copied == "notice" else taken.notices[0]
        db.session.execute(insert(DecisionNotice), [published(notice, each) for each in ids])
        if copied == "record":
            db.session.execute(
                insert(RecordVersion),
                [
                    {
                        **published(version, each),
                        "kind": version.kind,
                        "sha256": canonical_sha256(version.contents),
                    }
                    for each in ids
                ],
            )
    db.session.commit()
    # As the database does by itself soon after so many rows have come, so that it plans with them.
    with owner_engine().begin() as owner:
        owner.execute(text("ANALYZE decision, decision_notice, record_version"))


def copy(like: Decision, number: int) -> dict[str, object]:
    """The columns of a decision under another number."""
    kept = {c.key: getattr(like, c.key) for c in Decision.__table__.columns if c.key != "id"}
    later = (like.earliest_on or DAY) + timedelta(days=number % 60)
    return {
        **kept,
        "number": f"18/{number:05d}",
        "earliest_on": later,
        "taken_on": like.taken_on and later,
    }


def published(like: DecisionNotice | RecordVersion, decision_id: int) -> dict[str, object]:
    """What notices and records share, for another decision."""
    return {
        "decision_id": decision_id,
        "number": 1,
        "published_at": like.published_at,
        "published_on": like.published_on,
        "contents": like.contents,
    }


@pytest.mark.parametrize("rows", [10, 10_000])
def test_lists_ask_little_however_long_they_are(people: People, rows: int) -> None:
    fill(people, rows)
    for address in PAGES:
        with statements() as sent:
            assert people.officer.get(address).status_code == 200
        own = [each for each in sent if "decision" in each]
        assert len(sent) <= MOST, "\n".join(sent)
        assert len(own) <= 4, address
        shown = len(people.officer.page.select("main a[href^='/decisions/18/']"))
        assert shown == min(rows + 1, 50) if address != "/decisions/in-hand" else shown <= 50
    if rows > 100:
        people.visitor.get("/decisions?page=201")
        assert len(people.visitor.page.select("main a[href^='/decisions/18/']")) == 1
