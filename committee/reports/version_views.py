"""One paper of a report: what it is called, its versions, and the files of each version."""

from typing import Any

from flask import Blueprint, flash, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.confidentiality.access import check_may_read, closed_pdf, note_reading
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import access, service, writing
from committee.reports import report_papers as papers
from committee.reports.access import matter_of
from committee.reports.forms import PaperForm
from committee.reports.models import Paper, PaperVersion, Report
from committee.reports.paper_views import ONE
from committee.reports.rules import (
    PAPER_KIND_LABELS,
    VERSION_STATUS_LABELS,
    WITH_AUTHOR,
    PaperKind,
)
from committee.reports.uploads import take_in
from committee.states import NotAllowed
from committee.web.answers import Page, refusal, see_other, wants_json
from committee.web.files import as_sent, our_pdf

report_versions = Blueprint("report_versions", __name__)


@report_versions.route(ONE, methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def paper(report_id: int, paper_id: int) -> Page:
    """A paper with its history; its title and kind can be changed here."""
    report, found = _found(report_id, paper_id)
    form = PaperForm(data=_data(found))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if not valid or overtaken:
        return _page(report, found, form, overtaken=overtaken)
    try:
        writing.check_with_author(report)
        service.rename(found, form.title.data, kind=PaperKind(form.kind.data), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return _page(*_found(report_id, paper_id), form)
    flash(f"“{found.title}” has been changed.", "success")
    return see_other("report_versions.paper", report_id=report_id, paper_id=paper_id)


@report_versions.post(f"{ONE}/versions")
@requires(Permission.REPORT_WRITE)
def replace(report_id: int, paper_id: int) -> Page:
    """Take in a file as the new version of a paper; earlier versions stay."""
    _found(report_id, paper_id)
    db.session.rollback()  # no transaction may wait while files are stored
    taken = take_in()
    report, found = _found(report_id, paper_id)
    try:
        writing.check_with_author(report)
    except NotAllowed as refused:
        return _not_taken(report, found, (str(refused).rstrip("."),))
    for upload in taken.uploads[:1]:
        service.receive_version(found, upload, by=reader_id())
    db.session.commit()
    if not taken.uploads:
        return _not_taken(report, found, taken.problems)
    if wants_json():
        return Response(status=204)
    flash(
        f"Version {found.newest.number} of “{found.title}” has been sent and is being checked. "
        "Earlier versions are kept.",
        "success",
    )
    return see_other("report_versions.paper", report_id=report_id, paper_id=paper_id)


@report_versions.get(f"{ONE}/versions")
@requires(Permission.REPORT_WRITE)
def of_paper(report_id: int, paper_id: int) -> Page:
    """A paper, for someone who reloads the address to which a new version was sent."""
    _found(report_id, paper_id)
    return see_other("report_versions.paper", report_id=report_id, paper_id=paper_id)


@report_versions.post(f"{ONE}/versions/<int:number>/check")
@requires(Permission.REPORT_WRITE)
def check_again(report_id: int, paper_id: int, number: int) -> Page:
    """Check a version again that could not be checked before."""
    _, found = _found(report_id, paper_id)
    try:
        service.check_again(access.visible_version(found, number), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"Version {number} is being checked again.", "success")
    return see_other("report_versions.paper", report_id=report_id, paper_id=paper_id)


@report_versions.get(f"{ONE}/versions/<int:number>/original")
@requires(Permission.REPORT_WRITE)
def original(report_id: int, paper_id: int, number: int) -> Response:
    """The file as it was sent. It may hold anything, so it is only ever saved, never shown."""
    report, paper = _found(report_id, paper_id)
    version = access.visible_version(paper, number)
    if report.is_closed or paper.is_closed:
        check_may_read(matter_of(report, paper), on=today())
        note_reading(PaperVersion.__tablename__, version.id)
    return as_sent(version.original_sha256, version.original_name)


@report_versions.get(f"{ONE}/versions/<int:number>/prepared")
@requires(Permission.REPORT_WRITE)
def prepared(report_id: int, paper_id: int, number: int) -> Response:
    """The PDF that was made from the file and that goes into the pack; with `show` to be read."""
    report, paper = _found(report_id, paper_id)
    version = access.visible_version(paper, number)
    if version.prepared_sha256 is None:
        raise NotFound
    name, inline = version.original_name.rsplit(".", 1)[0] + ".pdf", "show" in request.args
    if not (report.is_closed or paper.is_closed):
        return our_pdf(version.prepared_sha256, name, inline=inline)
    subject = (PaperVersion.__tablename__, version.id)
    return closed_pdf(
        matter_of(report, paper),
        subject,
        version.prepared_sha256,
        name,
        inline=inline,
        now=now(),
        on=today(),
    )


def _found(report_id: int, paper_id: int) -> tuple[Report, Paper]:
    report = access.own_report(report_id, on=today())
    return report, access.paper_of(report, paper_id)


def _data(found: Paper) -> dict[str, Any]:
    return {"version": str(found.version), "title": found.title, "kind": found.kind.value}


def _not_taken(report: Report, found: Paper, problems: tuple[str, ...]) -> Page:
    if wants_json():
        return refusal("not_received", ". ".join(problems) + ".", 422)
    return _page(report, found, PaperForm(None, data=_data(found)), problems=problems)


def _page(
    report: Report,
    found: Paper,
    form: PaperForm,
    *,
    overtaken: bool = False,
    problems: tuple[str, ...] = (),
) -> Page:
    page = render_template(
        "reports/paper.html",
        report=report,
        paper=found,
        form=form,
        overtaken=overtaken,
        problems=problems,
        senders=papers.senders_of(found),
        editable=report.status in WITH_AUTHOR or form.is_submitted(),
        kinds=PAPER_KIND_LABELS,
        paper_statuses=VERSION_STATUS_LABELS,
    )
    access.note_words(report)
    return (page, 422) if form.errors or problems else page
