"""The results: as they stand for those who read responses, as published for everyone."""

from typing import Any

from flask import Blueprint, Response, abort, flash, render_template

from committee.clock import now, today
from committee.consultations import access, publishing
from committee.consultations.forms import PublishSummaryForm
from committee.consultations.models import Consultation, SummaryVersion
from committee.consultations.rules import ConsultationStatus
from committee.consultations.summary import contents_of
from committee.consultations.summary_document import (
    NOT_MATCHED,
    SEVERAL,
    WITHHELD,
    hidden_note,
    how_many,
    period,
)
from committee.documents.published.consultation import COMMENTS_NOT_PEOPLE
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, may_open, public, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.files import our_pdf

summaries = Blueprint("consultation_summaries", __name__)


@summaries.get("/consultations/<slug:slug>/summary")
@public
def summary(slug: str) -> Page:
    """The results that stand; before they are published, the figures so far for their readers."""
    found = access.known_consultation(slug)
    if may_open(Permission.RESPONSE_READ, found.committee_id):
        return _live(found, PublishSummaryForm())
    version = publishing.newest(found)
    if version is None:
        abort(404)
    return _published(found, version)


def _live(consultation: Consultation, form: PublishSummaryForm) -> Page:
    contents = contents_of(consultation)
    newest = publishing.newest(consultation)
    still_open = consultation.status is ConsultationStatus.PUBLISHED
    page = render_template(
        "consultations/summary.html",
        consultation=consultation,
        # Looked at twice in one day, the difference would be one person's answers.
        contents={**contents, "monitoring": []} if still_open else contents,
        newest=newest,
        versions=publishing.versions(consultation),
        out_of_date=newest is not None and publishing.is_out_of_date(newest, contents),
        still_open=still_open,
        form=form,
        unanswered=_unanswered(contents),
        small_cells=_has_small_cells(contents),
        may_publish=may(Permission.CONSULTATION_PUBLISH, consultation.committee_id),
        **_words(contents),
    )
    return shown(page, form)


def _published(consultation: Consultation, version: SummaryVersion) -> str:
    newest = publishing.newest(consultation)
    stands = newest is not None and newest.id == version.id
    # Whether a late response has changed the figures is for those who may read responses.
    reads = stands and may(Permission.RESPONSE_READ, consultation.committee_id)
    return render_template(
        "consultations/published_summary.html",
        consultation=consultation,
        version=version,
        contents=version.contents,
        versions=publishing.versions(consultation),
        stands=stands,
        out_of_date=reads and publishing.is_out_of_date(version, contents_of(consultation)),
        **_words(version.contents),
    )


def _words(contents: dict[str, Any]) -> dict[str, Any]:
    return {
        "comments_note": COMMENTS_NOT_PEOPLE,
        "several_note": SEVERAL,
        "withheld_note": WITHHELD,
        "not_matched_note": NOT_MATCHED,
        "hidden_note": hidden_note,
        "how_many": how_many(contents),
        "period": period(contents),
    }


def _unanswered(contents: dict[str, Any]) -> list[str]:
    return [
        theme["name"]
        for group in contents["themes"]
        for theme in group["themes"]
        if theme["count"] and not theme["answer"]
    ]


def _has_small_cells(contents: dict[str, Any]) -> bool:
    """Whether opinions by type are so few in places that somebody may be recognised (SDC-04)."""
    table = contents["table"]
    return any(0 < count < 5 for row in table["rows"] for count in row["counts"])


@summaries.post("/consultations/<slug:slug>/summary")
@requires(Permission.CONSULTATION_PUBLISH)
def publish(slug: str) -> Page:
    """Freeze the figures as they stand and publish them."""
    found = access.consultation_for(Permission.CONSULTATION_PUBLISH, slug)
    form = PublishSummaryForm()
    if form.validate_on_submit():
        try:
            publishing.publish_summary(
                found,
                change_reason=form.change_reason.data,
                now=now(),
                today=today(),
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.change_reason.errors = [str(refused)]
        else:
            flash("The results have been published.", "success")
            return see_other("consultation_summaries.summary", slug=slug)
    return _live(found, form)


@summaries.get("/consultations/<slug:slug>/summary/<int:number>")
@public
def version(slug: str, number: int) -> str:
    """The results as they were published at one time."""
    found = access.known_consultation(slug)
    return _published(found, _version(found, number))


def _version(consultation: Consultation, number: int) -> SummaryVersion:
    found = publishing.version_numbered(consultation, number)
    if found is None:
        abort(404)
    return found


@summaries.get("/consultations/<slug:slug>/summary/<int:number>/pdf")
@public
def pdf(slug: str, number: int) -> Response:
    """The results as PDF, once it has been made."""
    found = access.known_consultation(slug)
    published = _version(found, number)
    if published.pdf_sha256 is None:
        abort(404)
    name = f"{found.slug} results {number}.pdf"
    return our_pdf(published.pdf_sha256, name, inline=True)
