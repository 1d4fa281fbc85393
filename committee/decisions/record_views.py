"""The proposed record: writing it, taking over figures, publishing it and making it ready."""

from flask import Blueprint, flash, render_template, request

from committee.clock import now, today
from committee.confidentiality.rules import CLASSIFICATION_LABELS, OPENED
from committee.constitution import current_constitution
from committee.decisions import access, classing, drafting, publishing, service, signing
from committee.decisions.forms import ConfirmForm
from committee.decisions.models import Decision
from committee.decisions.record_document import quotation
from committee.decisions.record_forms import Openness, ProposeForm, RecordForm, record_data
from committee.decisions.rules import DECISION_STATUS_LABELS, EQUALITY_STATE_LABELS, RecordKind
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.filters import weekday_in_words

records = Blueprint("records", __name__)


@records.route("/decisions/<decision_number:number>/draft", methods=["GET", "POST"])
@requires(Permission.DECISION_EDIT)
def draft(number: str) -> Page:
    """Write the proposed record; what it quotes is shown with where it comes from."""
    decision = access.words_to_draft(number, today=today())
    record = service.record_of(decision)
    form = RecordForm(data=record_data(record))
    form.offer_reports(_reports(decision))
    if not _asks_who_may_read(decision):
        form.leave_class_as_it_is()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(record)
    if valid and not overtaken:
        try:
            _save(decision, form)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("The record has been saved.", "success")
            asked_why = form.asked_for is Openness.CLOSED
            onward = "record_classes.record" if asked_why else "records.draft"
            return see_other(onward, number=number)
    return _page(decision, form, ProposeForm(formdata=None), overtaken=overtaken)


def _asks_who_may_read(decision: Decision) -> bool:
    """Whether the draft asks this reader for the class of the record, which nobody has given, nor
    closed before."""
    record = service.record_of(decision)
    opens_in_one_step = record.is_unclassed and classing.agreement(record) is not None
    return opens_in_one_step and may(Permission.CLASSIFICATION_DECIDE, decision.committee_id)


def _save(decision: Decision, form: RecordForm) -> None:
    """Keep the words, and open them where the officer says so with them."""
    drafting.save_record(decision, form.fields(), by=reader_id())
    if form.asked_for is Openness.OPEN:
        classing.classify_record(decision, OPENED, now=now(), today=today(), by=reader_id())


def _reports(decision: Decision) -> dict[int, str]:
    return {
        report.id: f"{report.subject}, {weekday_in_words(report.meeting.held_on)}"
        for report in drafting.reports_for(decision)
    }


def _page(
    decision: Decision, form: RecordForm, propose: ProposeForm, *, overtaken: bool = False
) -> Page:
    said = drafting.words(decision)
    page = render_template(
        "decisions/draft.html",
        decision=decision,
        record=service.record_of(decision),
        obstacle=classing.obstacle(decision),
        agreed=classing.agreement(service.record_of(decision)),
        classes=CLASSIFICATION_LABELS,
        form=form,
        propose=propose,
        overtaken=overtaken,
        words=said,
        quoted=[quotation(quote) for quote in said["consultations"]],
        out_of_date=service.is_out_of_date(decision),
        placeholders=drafting.placeholders(decision),
        lacking=drafting.lacking(decision, today=today()),
        proposed=publishing.newest(decision, RecordKind.PROPOSED),
        statuses=DECISION_STATUS_LABELS,
        equality_states=EQUALITY_STATE_LABELS,
        before_taken=decision.status in service.BEFORE_TAKEN,
    )
    access.note_words_shown(decision)
    return (page, 422) if form.errors or propose.errors else page


@records.post("/decisions/<decision_number:number>/figures")
@requires(Permission.DECISION_EDIT)
def take_over_figures(number: str) -> Page:
    """Quote the newest figures of the consultation from now on."""
    decision = access.decision_to_draft(number)
    try:
        service.take_over_figures(decision, by=reader_id())
        db.session.commit()
        flash("The record quotes the new figures.", "success")
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    return see_other("records.draft", number=number)


@records.post("/decisions/<decision_number:number>/propose")
@requires(Permission.DECISION_PUBLISH)
def propose(number: str) -> Page:
    """Publish the proposed record as it is written now."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = ProposeForm()
    if form.validate_on_submit():
        try:
            _open_as_well(decision)
            publishing.publish_proposed(
                decision,
                now=now(),
                today=today(),
                change_reason=form.change_reason.data,
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("The proposed record has been published.", "success")
            return see_other("decision_pages.decision", number=number)
    kept = RecordForm(formdata=None, data=record_data(service.record_of(decision)))
    kept.offer_reports(_reports(decision))
    if not _asks_who_may_read(decision):
        kept.leave_class_as_it_is()
    return _page(decision, kept, form)


def _open_as_well(decision: Decision) -> None:
    """Open the record where the officer's one button said so of the words that they saw."""
    agreed = request.form.get("agreed")
    if agreed and may(Permission.CLASSIFICATION_DECIDE, decision.committee_id):
        classing.open_record(decision, agreed, now=now(), today=today(), by=reader_id())


@records.route("/decisions/<decision_number:number>/ready", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def ready(number: str) -> Page:
    """Hand the record to the decision maker, after what it lacks has been shown."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    choices, form = current_constitution().decisions, ConfirmForm()
    if form.validate_on_submit():
        try:
            signing.mark_ready(decision, choices, today=today(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(f"The {decision.portfolio.title} can now take this decision.", "success")
            return see_other("decision_pages.decision", number=number)
    page = render_template(
        "decisions/ready.html",
        decision=decision,
        form=form,
        lacking=drafting.lacking(decision, today=today()),
        obstacle=classing.obstacle(decision),
        agreed=classing.agreement(service.record_of(decision)),
        classes=CLASSIFICATION_LABELS,
        placeholders=drafting.placeholders(decision),
        considered=drafting.considered_on(decision, today=today()),
        early=signing.too_early(decision, choices, today=today()),
    )
    return shown(page, form)
