"""Democratic services: asking for reports, following them, and returning them to their authors."""

from flask import Blueprint, flash, render_template
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice

from committee.clock import now, today
from committee.confidentiality.access import note_reading
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.constitution import current_constitution
from committee.extensions import db
from committee.law.calendar import CalendarExhausted
from committee.law.periods import Computed
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import access, lists, writing
from committee.reports import asking as service
from committee.reports.asking import Request
from committee.reports.deadlines import report_due
from committee.reports.forms import AskForm, DueDateForm, ReturnForm, WithdrawForm, asking_data
from committee.reports.models import Report
from committee.reports.rules import CLOSED_REPORT, REPORT_STATES, ReportStatus
from committee.reports.views import words
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.filters import weekday_in_words

asking = Blueprint("asking", __name__)


@asking.get("/meetings/<int:meeting_id>/reports")
@requires(Permission.REPORT_REQUEST)
def of_meeting(meeting_id: int) -> Page:
    """Every report to a meeting: whose it is, when it is due, and how it stands."""
    meeting = meetings.meeting_for(Permission.REPORT_REQUEST, meeting_id)
    found = lists.of_meeting(meeting, page=page_asked_for())
    hidden = access.hidden_from_reader(found.reports, on=today())
    page = render_template(
        "reports/of_meeting.html",
        meeting=meeting,
        found=found,
        counts=lists.counts_of_meeting(meeting),
        hidden=hidden,
        closed_report=CLOSED_REPORT,
        classes=CLASSIFICATION_LABELS,
        **words(),
    )
    named = [each for each in found.reports if each.id not in hidden]
    if any(each.is_closed and each.author_id != reader_id() for each in named):
        note_reading(Meeting.__tablename__, meeting.id)
    return page


@asking.route("/meetings/<int:meeting_id>/reports/new", methods=["GET", "POST"])
@requires(Permission.REPORT_REQUEST)
def ask(meeting_id: int) -> Page:
    """Ask somebody for a report to a meeting."""
    meeting = meetings.meeting_for(Permission.REPORT_REQUEST, meeting_id)
    due, no_due = _proposed(meeting)
    form = AskForm(data=asking_data(due.day if due else None))
    authors = service.authors_for(meeting.committee)
    listed = [SelectChoice(str(user.id), user.name) for user in authors]
    form.author_id.choices = [SelectChoice("", "Choose an author"), *listed]
    if form.validate_on_submit():
        asked = Request(
            subject=form.subject.data,
            author_id=int(form.author_id.data),
            decision_number=form.decision_number.data,
            due_on=form.due_on.data,
            due_basis=due.as_json() if due else None,
            reason=form.reason.data,
        )
        try:
            report = service.ask_for(meeting, asked, now=now(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(
                f"{report.author.name} has been asked for “{report.subject}”, due "
                f"{weekday_in_words(report.due_on)}.",
                "success",
            )
            return see_other("asking.of_meeting", meeting_id=meeting_id)
    page = render_template(
        "reports/ask.html",
        form=form,
        meeting=meeting,
        authors=authors,
        due=due,
        no_due=no_due,
        is_past=due is not None and due.day < today(),
    )
    return shown(page, form)


def _proposed(meeting: Meeting) -> tuple[Computed | None, str]:
    """The day that the rules propose; beyond the known bank holidays none, and the reason."""
    days = current_constitution().report_due_working_days
    try:
        return report_due(meeting.held_on, working_days=days), ""
    except CalendarExhausted as exhausted:
        return None, str(exhausted)


@asking.route("/reports/<int:report_id>/due-date", methods=["GET", "POST"])
@requires(Permission.REPORT_REQUEST)
def change_due_date(report_id: int) -> Page:
    """Set another due date, with a reason."""
    report = access.report_for(Permission.REPORT_REQUEST, report_id, on=today())
    form = DueDateForm(data={"version": str(report.version), "due_on": report.due_on})
    if _may_act(form, report):
        try:
            service.change_due_date(
                report, form.due_on.data, reason=form.reason.data, now=now(), by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            return _refused(refused, "reports/due_date.html", form, report_id)
        flash(f"The report is now due {weekday_in_words(report.due_on)}.", "success")
        return see_other("reports.report", report_id=report_id)
    return _shown("reports/due_date.html", form, report)


@asking.route("/reports/<int:report_id>/return", methods=["GET", "POST"])
@requires(Permission.REPORT_ACCEPT)
def return_to_author(report_id: int) -> Page:
    """Return a report to its author with a comment; an accepted one leaves the agenda."""
    report = access.report_for(Permission.REPORT_ACCEPT, report_id, on=today())
    form = ReturnForm(data={"version": str(report.version)})
    if _may_act(form, report):
        try:
            writing.return_to_author(report, form.comment.data, now=now(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            return _refused(refused, "reports/return.html", form, report_id)
        flash(f"The report has been returned to {report.author.name}.", "success")
        return see_other("asking.of_meeting", meeting_id=report.meeting_id)
    return _shown("reports/return.html", form, report)


@asking.route("/reports/<int:report_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.REPORT_REQUEST)
def withdraw(report_id: int) -> Page:
    """Say that a report is no longer wanted, and why."""
    report = access.report_for(Permission.REPORT_REQUEST, report_id, on=today())
    form = WithdrawForm(data={"version": str(report.version)})
    if _may_act(form, report):
        try:
            service.withdraw(report, form.comment.data, now=now(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            return _refused(refused, "reports/withdraw.html", form, report_id)
        flash("The report has been withdrawn.", "success")
        return see_other("asking.of_meeting", meeting_id=report.meeting_id)
    return _shown("reports/withdraw.html", form, report)


def _may_act(form: DueDateForm | ReturnForm | WithdrawForm, report: Report) -> bool:
    """Whether a form was sent, is sound, and nobody has changed the report meanwhile."""
    valid = form.validate_on_submit()
    return valid and not form.overtakes(report)


def _refused(refused: NotAllowed, template: str, form: FlaskForm, report_id: int) -> Page:
    """The same page again, with the refusal in the words of the rule."""
    db.session.rollback()
    form.form_errors.append(str(refused))
    return _shown(
        template, form, access.report_for(Permission.REPORT_REQUEST, report_id, on=today())
    )


def _shown(template: str, form: FlaskForm, report: Report) -> Page:
    page = render_template(
        template,
        form=form,
        report=report,
        may_become=REPORT_STATES.may_become[report.status],
        is_accepted=report.status is ReportStatus.ACCEPTED,
        **words(),
    )
    access.note_words(report)
    return shown(page, form)
