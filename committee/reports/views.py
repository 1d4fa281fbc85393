"""An author's reports: what they owe, the header block of each, and sending it."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for

from committee.clock import now, today
from committee.confidentiality import opening
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.people import permissions
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import access, lists, writing
from committee.reports.filling import (
    block_of,
    every_mistake,
    form_data,
    rearranged,
    show_missing,
)
from committee.reports.forms import ReportForm
from committee.reports.header_block import CONTACT_LABELS, PAPERS, Missing, classification_line
from committee.reports.models import Report
from committee.reports.rules import (
    CLOSED_REPORT,
    NEXT_FOR_AUTHOR,
    NEXT_FOR_OFFICER,
    PAPER_KIND_LABELS,
    REPORT_STATUS_LABELS,
    VERB_LABELS,
    VERSION_STATUS_LABELS,
    WITH_AUTHOR,
    is_late,
)
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other
from committee.web.filters import counted

reports = Blueprint("reports", __name__)


@reports.get("/reports")
@requires(Permission.REPORT_WRITE)
def owed() -> Page:
    """The reports that the reader has been asked for, those due first at the top."""
    finished = request.args.get("show") == "finished"
    return render_template(
        "reports/owed.html",
        found=lists.of_authors(
            permissions.doers(Permission.REPORT_WRITE),
            permissions.where(Permission.REPORT_WRITE),
            finished=finished,
            page=page_asked_for(),
        ),
        finished=finished,
        closed_report=CLOSED_REPORT,
        **words(),
    )


@reports.route("/reports/<int:report_id>", methods=["GET", "POST"])
@requires(Permission.REPORT_WRITE)
def report(report_id: int) -> Page:
    """A report: where it stands, its header block, and sending it to democratic services."""
    found = access.own_report(report_id, on=today())
    form = ReportForm(data=_data(found))
    if not form.is_submitted():
        return _page(found, form)
    act = request.form.get("do", "save")
    if changed := rearranged(form, act):
        return _page(found, ReportForm(formdata=None, data=changed))
    valid = form.validate_on_submit()
    if form.overtakes(found):
        return _page(found, form, overtaken=True)
    if not valid or opening.is_called_off():
        return _page(found, form)
    question = opening.question(found, found.version)
    if found.status in WITH_AUTHOR and opening.is_asked(found, block_of(form).said, question):
        return _ask_before_opening(found, form, question)
    return _save(found, form, act, acknowledged=opening.is_agreed(question))


def _ask_before_opening(found: Report, form: ReportForm, question: str) -> Page:
    leave = url_for("reports.report", report_id=found.id)
    told = [("Subject", form.subject.data), ("Summary", form.summary.data)]
    papers = [paper.title for paper in found.papers]
    asked = opening.Asked(
        title="Make this report unrestricted?",
        caption=writing.submitted_to(found),
        told=[
            *((name, [words]) for name, words in told if words),
            ("And", ["Its recommendations, with what they rely on"]),
            (
                counted(len(papers), "paper") if papers else "Papers",
                papers or ["None yet. Papers that are added later can be public too."],
            ),
        ],
        then="That is so once democratic services have opened its item and published the agenda.",
        leave=leave,
        section="reports",
        trail=[
            {"text": "Home", "href": url_for("public.home")},
            {"text": "Your reports", "href": url_for("reports.owed")},
            {"text": found.subject, "href": leave},
            {"text": "Make it unrestricted"},
        ],
    )
    page = opening.page(form, asked, question)
    access.note_words(found)
    return page


def _save(found: Report, form: ReportForm, act: str, *, acknowledged: bool) -> Page:
    try:
        writing.save(found, block_of(form), acknowledged=acknowledged, now=now(), by=reader_id())
        if act == "submit":
            writing.submit(found, now=now(), by=reader_id())
        db.session.commit()
    except writing.Incomplete as incomplete:
        db.session.commit()  # the draft is worth keeping, though it cannot be sent yet
        form.version.data = str(found.version)
        return _page(found, form, lacking=incomplete.missing)
    except NotAllowed as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return _page(access.own_report(found.id, on=today()), form)
    if act == "submit":
        flash("The report has been sent to democratic services.", "success")
        return see_other("reports.report", report_id=found.id)
    flash("The draft has been saved.", "success")
    return see_other("reports.report", report_id=found.id)


@reports.post("/reports/<int:report_id>/recall")
@requires(Permission.REPORT_WRITE)
def recall(report_id: int) -> Page:
    """Take a report back that has been sent, to go on writing it."""
    found = access.own_report(report_id, on=today())
    try:
        writing.recall(found, now=now(), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The report is with its author again.", "success")
    return see_other("reports.report", report_id=report_id)


def words() -> dict[str, Any]:
    """What the statuses of reports are called, and which reports are late today."""
    return {
        "statuses": REPORT_STATUS_LABELS,
        "next_steps": NEXT_FOR_AUTHOR,
        "today": today(),
        "is_late": is_late,
    }


def _data(found: Report) -> dict[str, Any]:
    block = writing.header_block(found)
    return form_data(block, version=found.version, author_name=found.author.name)


def _page(
    found: Report,
    form: ReportForm,
    *,
    overtaken: bool = False,
    lacking: list[Missing] | None = None,
) -> Page:
    lacking = lacking or []
    show_missing(form, lacking)
    wrong = every_mistake(form)
    wrong += [{"text": each.message, "href": "#papers"} for each in lacking if each.field == PAPERS]
    is_author = found.author_id == reader_id()
    block = writing.header_block(found)
    page = render_template(
        "reports/report.html",
        report=found,
        is_author=is_author,
        returned=writing.returned_by(found),
        next_step=(NEXT_FOR_AUTHOR if is_author else NEXT_FOR_OFFICER)[found.status],
        block=block,
        classified=classification_line(block.said),
        submitted_to=writing.submitted_to(found),
        form=form,
        wrong=wrong,
        lacking=lacking,
        overtaken=overtaken,
        editable=found.status in WITH_AUTHOR or form.is_submitted(),
        class_history=confidentiality.determinations_of(found),
        classes=CLASSIFICATION_LABELS,
        contact_labels=CONTACT_LABELS,
        verbs=VERB_LABELS,
        kinds=PAPER_KIND_LABELS,
        paper_statuses=VERSION_STATUS_LABELS,
        **words(),
    )
    access.note_words(found)
    return (page, 422) if wrong else page
