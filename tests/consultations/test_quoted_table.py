"""The table of a consultation, quoted in the proposed record from its home: never typed again."""

from datetime import date
from io import BytesIO

import pypdfium2
from flask import Flask

from committee.commands.working import do_owed
from committee.consultations import publishing as results
from committee.consultations import service as consultations
from committee.decisions import publishing
from committee.decisions import service as decisions
from committee.extensions import db
from committee.work.rules import WorkKind
from tests import builders
from tests.consultations.builders import AFTER, AN_INSTANT, the_school_consultation
from tests.decisions.builders import a_notified, at, some_words, write
from tests.pages.reader import Reader

ROWS = (
    "Parents/carers 67 4 5 76",
    "Parent and Governor 1 0 0 1",
    "Parent and Staff Member 1 0 0 1",
    "Pupils 3 0 0 3",
    "Governors 1 0 0 1",
    "Members of staff 12 1 1 14",
    "Local Resident 1 0 0 1",
    "Other Interested parties 1 1 0 2",
    "Total 87 6 6 99",
)
DAY = date(2018, 5, 3)


def test_the_school_table_is_in_the_proposed_record_and_in_its_pdf(app: Flask) -> None:
    committee = builders.a_committee()
    decision = a_notified(committee=committee)
    made = the_school_consultation(committee, decision_id=decision.id)
    consultations.close_ended(AFTER)
    results.publish_summary(made, change_reason=None, now=AN_INSTANT, today=DAY, by=None)
    db.session.commit()
    db.session.expire_all()
    decision = decisions.decision_with_number(decision.number)
    assert decision
    write(decision, some_words())
    version = publishing.publish_proposed(decision, now=at(DAY), today=DAY)
    db.session.commit()
    do_owed(WorkKind.MAKE_RECORD_FILES, [version.id], label="", quiet=True)
    visitor = Reader(app)
    visitor.get(f"/decisions/{decision.number}/record")
    printed = text_of(visitor.get(f"/decisions/{decision.number}/record/proposed/1.pdf").data)
    visitor.get(f"/decisions/{decision.number}/record")
    for row in ROWS:
        assert row in visitor.words()
        assert row in printed


def text_of(content: bytes) -> str:
    """The words of a PDF, with single spaces."""
    with pypdfium2.PdfDocument(BytesIO(content)) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    return " ".join(" ".join(pages).split())
