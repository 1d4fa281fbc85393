"""Things that go wrong on purpose, so that what is written of errors can be looked through."""

from io import BytesIO
from unittest.mock import patch

from flask import current_app
from sqlalchemy import text

from committee.clock import now
from committee.consultations.models import Consultation
from committee.extensions import db
from committee.minutes.models import Minute
from committee.reports import service as reports
from committee.reports.models import PaperVersion
from committee.storage import current_storage
from committee.work import service as work
from committee.work.rules import WorkKind
from tests import builders
from tests.canary.council import Council, work_off


def fail_on_purpose(made: Council) -> None:
    """A handler that raises, rows that the database refuses, and a page that breaks."""
    a_paper_whose_check_breaks(made)
    rows_that_are_refused(made)
    a_page_that_breaks(made)


def a_paper_whose_check_breaks(made: Council) -> None:
    """The check writes what it found into a row that the database then refuses."""
    meeting = made.meetings["far off"]
    item = builders.an_item(meeting, made.hidden("agenda_item.title of what breaks"))
    upload = reports.Upload(
        f"{made.hidden('paper_version.original_name of what breaks')}.pdf",
        current_storage().save(BytesIO(builders.a_pdf(1))),
    )
    version = reports.receive_paper(item.id, upload, by=made.by("clerk"))
    version.remedy = made.hidden("paper_version.remedy of what breaks")
    db.session.commit()

    def accepted(found: PaperVersion, *_: object, **__: object) -> None:
        found.status, found.pages = type(found.status).ACCEPTED, 0
        db.session.flush()

    with patch.object(reports, "record_accepted", accepted):
        work_off()


def rows_that_are_refused(made: Council) -> None:
    """Statements of every kind that end in an error, with hidden words in their values."""
    minute = db.session.query(Minute).order_by(Minute.id).first()
    drafts = db.session.query(Consultation).filter_by(published_at=None)
    draft = drafts.order_by(Consultation.id).first()
    assert minute is not None
    assert draft is not None
    word = made.hidden("minute.discussion that is refused")
    for change in (
        {"discussion": word, "votes_for": -1, "votes_against": 0, "votes_abstained": 0},
        {"discussion": word + "\x00"},
    ):
        for name, value in change.items():
            setattr(minute, name, value)
        refused()
    draft.title, draft.closes_on = made.hidden("consultation.title that is refused"), draft.opens_on
    draft.slug = "fewer-buses"
    draft.copies_sent = -1
    refused()
    work.owe(WorkKind.INDEX_AGENDA, 999_999)
    work_off()
    assert now()


def refused() -> None:
    """Let the database refuse what was changed, and log it as a worker does."""
    try:
        db.session.flush()
    except Exception:
        db.session.rollback()
        current_app.logger.exception("refused on purpose")
    else:
        raise AssertionError("this was to be refused")


def a_page_that_breaks(made: Council) -> None:
    """A page on which a statement fails that holds hidden words."""
    word = made.hidden("words of a statement that fails")

    def broken() -> None:
        db.session.execute(
            text("INSERT INTO committee (name, slug, council_id) VALUES (:name, :name, -1)"),
            {"name": word},
        )

    with patch("committee.public.views.front_page", lambda **_: broken()):
        answer = current_app.test_client().get("/")
    assert answer.status_code >= 400
    db.session.rollback()
