"""What is left when a part of something is taken down, and lists that count only what they show."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask, template_rendered
from sqlalchemy import select

from committee.clock import now, today
from committee.consultations import service as consultations
from committee.decisions.models import DecisionNotice, RecordVersion
from committee.extensions import db
from committee.takedowns import service
from committee.takedowns.rules import PublishedKind
from committee.takedowns.things import published_thing
from tests.decisions.builders import a_notified
from tests.pages.reader import Reader
from tests.takedowns.conftest import Published

REASON = "It named a child."


def take_down(kind: PublishedKind, subject_id: int) -> None:
    thing = published_thing(kind, subject_id)
    assert thing is not None
    service.take_down(thing, reason=REASON, now=now(), by=None, may_allow=True)
    db.session.commit()


@contextmanager
def shown(app: Flask) -> Iterator[dict[str, Any]]:
    """What the page that is asked for meanwhile is given to show."""
    given: dict[str, Any] = {}

    def note(_app: Flask, context: dict[str, Any], **_: object) -> None:
        given.update(context)

    with template_rendered.connected_to(note, app):
        yield given


def test_a_decision_keeps_its_record_when_its_notice_is_taken_down(
    published: Published, visitor: Reader
) -> None:
    notice = db.session.get_one(DecisionNotice, published.ids[PublishedKind.NOTICE])
    number, matter = notice.contents["number"], notice.contents["matter"]
    record = db.session.get_one(RecordVersion, published.ids[PublishedKind.RECORD])
    subject = record.contents["subject"]
    take_down(PublishedKind.NOTICE, notice.id)
    assert visitor.get(f"/decisions/{number}").status_code == 200
    words = visitor.words()
    assert subject in words
    assert "Notice of a decision taken down" in words
    assert REASON in words
    assert matter not in words
    assert "Only officers" not in words
    assert visitor.page.select(f'a[href="/decisions/{number}/record"]')
    assert visitor.get(f"/decisions/{number}/record").status_code == 200


def test_a_decision_is_gone_when_all_of_it_is_taken_down(
    published: Published, visitor: Reader
) -> None:
    notice = db.session.get_one(DecisionNotice, published.ids[PublishedKind.NOTICE])
    number, decision_id = notice.contents["number"], notice.decision_id
    take_down(PublishedKind.NOTICE, notice.id)
    records = select(RecordVersion.id).where(RecordVersion.decision_id == decision_id)
    for record_id in db.session.scalars(records).all():
        take_down(PublishedKind.RECORD, record_id)
    assert visitor.get(f"/decisions/{number}").status_code == 410
    assert REASON in visitor.words()
    assert visitor.get(f"/decisions/{number}/record").status_code == 410


def test_the_forward_plan_counts_what_it_shows(pages_app: Flask, visitor: Reader) -> None:
    ids = [a_notified().notices[0].id for _ in range(2)]
    db.session.commit()
    with shown(pages_app) as given:
        visitor.get("/forward-plan")
        assert given["total"] == 2
        take_down(PublishedKind.NOTICE, ids[0])
        visitor.get("/forward-plan")
        assert given["total"] == 1


def test_the_decisions_count_what_they_show(
    published: Published, pages_app: Flask, visitor: Reader
) -> None:
    record = db.session.get_one(RecordVersion, published.ids[PublishedKind.RECORD])
    finals = select(RecordVersion.id).where(
        RecordVersion.kind == "final", RecordVersion.decision_id == record.decision_id
    )
    with shown(pages_app) as given:
        visitor.get("/decisions")
        before = given["total"]
        assert before == len(given["rows"])
        for final in db.session.scalars(finals).all():
            take_down(PublishedKind.RECORD, final)
        visitor.get("/decisions")
        assert given["total"] == len(given["rows"]) == before - 1


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        (PublishedKind.AGENDA, "agendas"),
        (PublishedKind.NOTICE, "notices"),
        (PublishedKind.RECORD, "records"),
        (PublishedKind.MINUTES, "minutes"),
        (PublishedKind.SUMMARY, "results"),
    ],
)
def test_the_list_of_hashes_counts_what_it_shows(
    published: Published, pages_app: Flask, visitor: Reader, kind: PublishedKind, of: str
) -> None:
    with shown(pages_app) as given:
        visitor.get(f"/integrity?of={of}")
        before = given["listed"].total
        take_down(kind, published.ids[kind])
        visitor.get(f"/integrity?of={of}")
        assert given["listed"].total == len(given["listed"].versions) == before - 1


def test_the_consultations_count_what_they_show(published: Published, pages_app: Flask) -> None:
    def listed() -> tuple[int, int]:
        with pages_app.test_request_context("/consultations"):
            pages_app.preprocess_request()
            rows, number = consultations.past(today(), 1)
            return len(rows), number

    assert listed() == (1, 1)
    take_down(PublishedKind.CONSULTATION, published.ids[PublishedKind.CONSULTATION])
    assert listed() == (0, 0)
