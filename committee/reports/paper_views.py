"""The papers of a report: sending them, their versions, and their files."""

from collections.abc import Sequence

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import access, service, writing
from committee.reports import report_papers as papers
from committee.reports.models import Paper, Report
from committee.reports.rules import (
    PAPER_KIND_LABELS,
    VERSION_STATUS_LABELS,
    WITH_AUTHOR,
    VersionStatus,
)
from committee.reports.uploads import TakenIn, take_in
from committee.states import NotAllowed
from committee.web.answers import Page, refusal, see_other, tell_with_undo, wants_json
from committee.web.filters import counted

report_papers = Blueprint("report_papers", __name__)
ONE = "/reports/<int:report_id>/papers/<int:paper_id>"


@report_papers.get("/reports/<int:report_id>/papers")
@requires(Permission.REPORT_WRITE)
def overview(report_id: int) -> Page:
    """The papers of a report; for scripts, how far their checks are."""
    report = access.own_report(report_id, on=today())
    return _progress(papers.papers_of(report)) if wants_json() else _overview(report)


def _overview(report: Report, problems: tuple[str, ...] = ()) -> Page:
    listed = papers.papers_of(report)
    page = render_template(
        "reports/papers.html",
        report=report,
        papers=listed,
        removed=papers.removed_papers_of(report),
        wanting=papers.wanting(listed),
        checking=any(paper.newest.status is VersionStatus.RECEIVED for paper in listed),
        problems=problems,
        editable=report.status in WITH_AUTHOR,
        kinds=PAPER_KIND_LABELS,
        paper_statuses=VERSION_STATUS_LABELS,
    )
    access.note_words(report)
    return (page, 422) if problems else page


@report_papers.post("/reports/<int:report_id>/papers")
@requires(Permission.REPORT_WRITE)
def receive(report_id: int) -> Page:
    """Take in one or several files as papers of a report."""
    access.own_report(report_id, on=today())
    db.session.rollback()  # no transaction may wait while files are stored
    taken = take_in()
    report = access.own_report(report_id, on=today())
    try:
        writing.check_with_author(report)
    except NotAllowed as refused:
        return _not_taken(report, (str(refused).rstrip("."),))
    received = [papers.receive(report, upload, by=reader_id()) for upload in taken.uploads]
    db.session.commit()
    if not received:
        return _not_taken(report, taken.problems)
    if wants_json():
        return _received_as_json([version.paper for version in received], taken)
    files = counted(len(received), "file")
    rest = "".join(f" {problem}." for problem in taken.problems)
    flash(f"{files} sent and being checked.{rest}", "information" if rest else "success")
    return see_other("report_papers.overview", report_id=report_id)


def _not_taken(report: Report, problems: tuple[str, ...]) -> Page:
    if wants_json():
        return refusal("not_received", ". ".join(problems) + ".", 422)
    return _overview(report, problems)


def _received_as_json(received: list[Paper], taken: TakenIn) -> Response:
    named = [{"id": paper.id, "title": paper.title} for paper in received]
    answer = jsonify({"papers": named, "problems": list(taken.problems)})
    answer.status_code = 201
    return answer


def _progress(listed: Sequence[Paper]) -> Response:
    checking = sum(paper.newest.status is VersionStatus.RECEIVED for paper in listed)
    refused = sum(paper.newest.status in papers.UNUSABLE for paper in listed)
    if checking:
        summary = f"{counted(checking, 'paper')} still being checked."
    elif refused:
        summary = f"Checks finished. {counted(refused, 'paper')} cannot be used: see the reasons."
    else:
        summary = f"Checks finished. {counted(len(listed), 'paper')} ready."
    return jsonify({"checking": checking, "summary": summary})


@report_papers.post(f"{ONE}/move")
@requires(Permission.REPORT_WRITE)
def move(report_id: int, paper_id: int) -> Page:
    """Move a paper up or down among the report's papers."""
    report = access.own_report(report_id, on=today())
    paper = access.paper_of(report, paper_id)
    try:
        writing.check_with_author(report)
        service.move(paper, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{paper.title}” has been moved.", "success")
    return see_other("report_papers.overview", report_id=report_id)


@report_papers.route(f"{ONE}/remove", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def remove(report_id: int, paper_id: int) -> Page:
    """Take a paper off the report, after asking; it can be put back."""
    report = access.own_report(report_id, on=today())
    paper = access.paper_of(report, paper_id)
    if not FlaskForm().validate_on_submit():
        access.note_words(report)
        return render_template("reports/remove_paper.html", report=report, paper=paper)
    try:
        writing.check_with_author(report)
        papers.remove(report, paper, now=now(), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        undo = url_for("report_papers.restore", report_id=report_id, paper_id=paper_id)
        tell_with_undo(f"“{paper.title}” has been removed.", undo)
    return see_other("report_papers.overview", report_id=report_id)


@report_papers.post(f"{ONE}/restore")
@requires(Permission.REPORT_WRITE)
def restore(report_id: int, paper_id: int) -> Page:
    """Put a paper back that was removed."""
    report = access.own_report(report_id, on=today())
    paper = access.paper_of(report, paper_id, removed=True)
    try:
        writing.check_with_author(report)
        service.restore(paper, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{paper.title}” has been put back.", "success")
    return see_other("report_papers.overview", report_id=report_id)
