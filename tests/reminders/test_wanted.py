"""All reminders together: their keys, their words, and how few queries find them."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import event

from committee.extensions import db
from committee.reminders.rules import ObligationKind
from committee.reports.models import Report
from tests import builders as common
from tests.reminders import builders
from tests.reminders.builders import (
    DUE_ON,
    HELD_ON,
    LONG_BEFORE,
    a_report,
    everything_at_once,
    wanted_on,
)


def test_every_kind_has_a_key_that_any_mail_server_reads(app: Flask) -> None:
    everything_at_once()
    wanted = wanted_on(LONG_BEFORE)
    assert {w.kind for w in wanted} == set(ObligationKind)
    keys = [w.dedupe_key for w in wanted]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9.-]+", key) for key in keys), keys


def test_titles_are_quoted_on_one_line_and_not_without_end(app: Flask) -> None:
    author = builders.an_author()
    a_report(common.a_meeting(held_on=HELD_ON), author.id, subject="Bcc:\r\n\u2028" + "x" * 500)
    words = wanted_on(LONG_BEFORE)[0].words
    assert words.startswith("“Bcc: xxx")
    assert words.isprintable()
    assert len(words) < 200


def queries_of(work: Callable[[], object]) -> int:
    """How many statements this sends to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    db.session.flush()
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(sent)


def test_a_thousand_things_take_as_few_queries_as_one(app: Flask) -> None:
    everything_at_once()
    few = queries_of(lambda: wanted_on(LONG_BEFORE))
    meeting, author = common.a_meeting(held_on=HELD_ON), builders.an_author()
    db.session.add_all(
        Report(
            meeting_id=meeting.id,
            author_id=author.id,
            due_on=DUE_ON,
            subject=f"Report {number}",
            exempt_paragraphs=[],
        )
        for number in range(1000)
    )
    db.session.flush()
    assert queries_of(lambda: wanted_on(LONG_BEFORE)) == few <= 10
    assert len(wanted_on(LONG_BEFORE)) > 3000
