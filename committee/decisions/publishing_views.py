"""After the signature: publishing the record, correcting it, call-in, and carrying it out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, render_template
from flask_wtf import FlaskForm

from committee.clock import now, today
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.constitution import current_constitution
from committee.decisions import access, calling_in, classing, publishing, service
from committee.decisions.forms import ConfirmForm
from committee.decisions.models import Decision, RecordVersion
from committee.decisions.record_forms import CallInForm, CorrectionForm, RulingForm, WaiverForm
from committee.decisions.rules import (
    CALL_IN_STATUS_LABELS,
    DECISION_STATUS_LABELS,
    CallInStatus,
    RecordKind,
    Urgency,
)
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import choices

published = Blueprint("published_records", __name__)

RULINGS = {
    CallInStatus.REQUESTED: {
        "accept": "Valid: the decision waits for scrutiny",
        "refuse": "Not valid, for the reason below",
    },
    CallInStatus.VALID: {
        "confirm": "The decision stands and takes effect today",
        "refer_back": "Referred back to the decision maker, for the reason below",
    },
}


def _try(form: FlaskForm, act: Callable[[], object]) -> bool:
    """Do the act and commit; a refusal is shown with the form, and nothing is written."""
    try:
        act()
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return False
    return True


@published.route("/decisions/<decision_number:number>/publish", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def publish(number: str) -> Page:
    """Publish the record that was signed, which opens its call-in."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    choices_made, form = current_constitution().decisions, ConfirmForm()
    if form.validate_on_submit() and _try(
        form,
        lambda: publishing.publish_record(
            decision, choices_made, now=now(), today=today(), by=reader_id()
        ),
    ):
        flash("The record of decision has been published.", "success")
        return see_other("decision_pages.decision", number=number)
    page = render_template(
        "decisions/publish.html",
        decision=decision,
        form=form,
        obstacle=classing.obstacle(decision),
        agreed=classing.agreement(service.record_of(decision)),
        classes=CLASSIFICATION_LABELS,
        expected=publishing.expected_call_in(decision, choices_made, today=today()),
        versions=service.record_versions(decision),
        statuses=DECISION_STATUS_LABELS,
    )
    return shown(page, form)


@published.route("/decisions/<decision_number:number>/waiver", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def waiver(number: str) -> Page:
    """Let a decision take effect without call-in, with who agreed (CALL-06)."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = WaiverForm()
    if form.validate_on_submit() and _try(
        form,
        lambda: calling_in.waive_call_in(
            decision, reason=form.reason.data, agreed_by=form.agreed_by.data, by=reader_id()
        ),
    ):
        flash("The decision takes effect on the day on which it is published.", "success")
        return see_other("published_records.publish", number=number)
    page = render_template(
        "decisions/waiver.html",
        decision=decision,
        form=form,
        is_urgent=decision.urgency is Urgency.SPECIAL_URGENCY,
    )
    return shown(page, form)


@published.route("/decisions/<decision_number:number>/correct", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def correct(number: str) -> Page:
    """Publish a corrected version of the record, with the reason."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    last = publishing.newest(decision, RecordKind.FINAL)
    access.check_version_shown(last, today=today())
    form = CorrectionForm(data=_as_it_stands(last) if last else None)
    valid = form.validate_on_submit()
    overtaken = last is not None and form.is_submitted() and _overtaken(form, last)
    if (
        valid
        and not overtaken
        and _try(
            form,
            lambda: publishing.correct_record(
                decision,
                form.corrected(),
                of=last,
                reason=form.reason.data,
                now=now(),
                today=today(),
                by=reader_id(),
            ),
        )
    ):
        flash("The corrected record has been published.", "success")
        return see_other("decision_pages.record", number=number)
    page = render_template(
        "decisions/correct.html",
        decision=decision,
        form=form,
        last=last,
        theirs=_as_it_stands(last) if last and overtaken else None,
        obstacle=classing.obstacle(decision),
        agreed=classing.agreement(service.record_of(decision)),
        classes=CLASSIFICATION_LABELS,
    )
    access.note_version_shown(last)
    return (page, 409) if overtaken else shown(page, form)


def _as_it_stands(last: RecordVersion) -> dict[str, Any]:
    """The words that a correction begins from, with the number of the version they are of."""
    return {**(last.restricted_contents or last.contents), "version": str(last.number)}


def _overtaken(form: CorrectionForm, last: RecordVersion) -> bool:
    """Whether the form was shown before this version was published; it then takes it up."""
    if form.version.data == str(last.number):
        return False
    form.version.data = str(last.number)
    form.form_errors.append(
        "Somebody else has published a correction while you were working. Compare it with what "
        "you typed, then publish again."
    )
    return True


@published.route("/decisions/<decision_number:number>/call-in", methods=["GET", "POST"])
@requires(Permission.CALL_IN_RECORD)
def call_in(number: str) -> Page:
    """Requests to call the decision in: noting one that came, and what became of each."""
    decision = access.decision_for(Permission.CALL_IN_RECORD, number)
    form = CallInForm()
    if form.validate_on_submit() and _try(
        form,
        lambda: calling_in.request_call_in(
            decision,
            requested_on=form.requested_on.data,
            requested_by=form.requested_by.data,
            reasons=form.reasons.data,
            today=today(),
            by=reader_id(),
        ),
    ):
        flash("The request has been noted. Rule on whether it is valid.", "success")
        return see_other("published_records.call_in", number=number)
    return _call_in_page(decision, form, None)


def _call_in_page(decision: Decision, form: CallInForm, ruling: RulingForm | None) -> Page:
    waiting = next((each for each in decision.call_ins if each.status in RULINGS), None)
    if waiting and ruling is None:
        ruling = _ruling_form(waiting.status, empty=True)
    page = render_template(
        "decisions/call_in.html",
        decision=decision,
        form=form,
        ruling=ruling,
        waiting=waiting,
        statuses=CALL_IN_STATUS_LABELS,
        decision_statuses=DECISION_STATUS_LABELS,
    )
    if decision.call_ins:
        access.note_words_shown(decision)  # whoever asks why it was decided so quotes it
    return (page, 422) if form.errors or (ruling and ruling.errors) else page


def _ruling_form(status: CallInStatus, *, empty: bool = False) -> RulingForm:
    form = RulingForm(formdata=None) if empty else RulingForm()
    form.ruling.choices = choices(RULINGS.get(status, {}))
    return form


@published.post("/decisions/<decision_number:number>/call-in/<int:call_in_id>")
@requires(Permission.CALL_IN_RECORD)
def rule(number: str, call_in_id: int) -> Page:
    """Rule on a request, or note what scrutiny made of it."""
    decision = access.decision_for(Permission.CALL_IN_RECORD, number)
    asked = access.call_in_of(decision, call_in_id)
    form = _ruling_form(asked.status)
    words, day, by = form.words.data or "", today(), reader_id()
    acts: dict[str, Callable[[], None]] = {
        "accept": lambda: calling_in.accept(asked, by=by),
        "refuse": lambda: calling_in.refuse(asked, words, today=day, by=by),
        "confirm": lambda: calling_in.confirm(asked, words, today=day, by=by),
        "refer_back": lambda: calling_in.refer_back(asked, words, today=day, by=by),
    }
    if form.validate_on_submit() and _try(form, acts[form.ruling.data]):
        flash(f"{CALL_IN_STATUS_LABELS[asked.status]}.", "success")
        return see_other("published_records.call_in", number=number)
    return _call_in_page(decision, CallInForm(formdata=None), form)


@published.post("/decisions/<decision_number:number>/implemented")
@requires(Permission.DECISION_PUBLISH)
def implemented(number: str) -> Page:
    """Note that the decision has been carried out."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = ConfirmForm()
    if form.validate_on_submit() and _try(
        form, lambda: calling_in.record_implemented(decision, by=reader_id())
    ):
        flash("The decision is implemented.", "success")
    for refusal in form.form_errors:
        flash(refusal, "information")
    return see_other("decision_pages.decision", number=number)
