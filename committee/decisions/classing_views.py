"""Saying who may read the record of a decision: by one button, or with all that closes it."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.confidentiality import opening
from committee.confidentiality import service as confidentiality
from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.decisions import access, classing, service
from committee.decisions.models import Decision
from committee.decisions.rules import DecisionStatus
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

record_classes = Blueprint("record_classes", __name__)

HANDED_OVER_FROM = (
    DecisionStatus.NOTIFIED,
    DecisionStatus.CONSULTED,
    DecisionStatus.PRE_SCRUTINISED,
)


@record_classes.route("/decisions/<decision_number:number>/class", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def record(number: str) -> Page:
    """Say whether the record is open, exempt or confidential, and why."""
    decision = access.decision_to_class(number, today=today())
    found = service.record_of(decision)
    said = confidentiality.said_of(found)
    form = ClassForm(data=class_data(said) | {"version": str(found.version)})
    form.today = today()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken and not opening.is_called_off():
        question = opening.question(found, found.version)
        if classing.may_be_open(decision) and opening.is_asked(found, form.said(), question):
            return _ask_before_opening(decision, form, question)
        if saved := _save(decision, form, acknowledged=opening.is_agreed(question)):
            return saved
    history = confidentiality.determinations_of(found)
    page = render_template(
        "decisions/class_record.html",
        form=form,
        decision=decision,
        record=found,
        overtaken=overtaken,
        back=_onward(decision),
        versions=[v for v in service.record_versions(decision) if v.restricted_contents is None],
        history=history,
        labels=CLASSIFICATION_LABELS,
    )
    access.note_weighing_shown(found, history)
    return shown(page, form)


def _ask_before_opening(decision: Decision, form: ClassForm, question: str) -> Page:
    number = decision.number
    leave = url_for(_onward(decision), number=number)
    published = service.record_versions(decision)
    asked = opening.Asked(
        title=f"Make the record of {number} open to the public?",
        caption=decision.title,
        told=[
            ("Decision", [decision.title]),
            (
                "Its record",
                [
                    "What is decided, and the reasons",
                    "The other options, and why they were rejected",
                    "What it says of money, equality, interests and the consultation",
                ],
            ),
        ],
        then="They are in what is published of the record from now on."
        + (" What was published before stays as it is." if published else ""),
        leave=leave,
        section="decisions",
        trail=[
            {"text": "Home", "href": url_for("public.home")},
            {"text": "Decisions in hand", "href": url_for("decisions.in_hand")},
            {"text": number, "href": leave},
            {"text": "Make the record open"},
        ],
    )
    return opening.page(form, asked, question)


def _save(decision: Decision, form: ClassForm, *, acknowledged: bool) -> Response | None:
    try:
        classing.classify_record(
            decision,
            form.said(),
            acknowledged=acknowledged,
            now=now(),
            today=today(),
            by=reader_id(),
        )
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.classification, str(refused))
        return None
    label = CLASSIFICATION_LABELS[service.record_of(decision).classification].lower()
    flash(f"The record of {decision.number} is now {label}.", "success")
    return see_other(_onward(decision), number=decision.number)


def _onward(decision: Decision) -> str:
    """The page where this reader goes on with the record as it stands."""
    if not may(Permission.DECISION_PUBLISH, decision.committee_id):
        return "decision_pages.decision"
    if decision.status in HANDED_OVER_FROM:
        return "records.ready"
    return "records.draft" if decision.taken_on is None else "published_records.publish"


@record_classes.post("/decisions/<decision_number:number>/open")
@requires(Permission.CLASSIFICATION_DECIDE)
def open_record(number: str) -> Page:
    """Open a record that nobody has classed yet, by one button."""
    decision = access.decision_for(Permission.CLASSIFICATION_DECIDE, number)
    agreed = request.form.get("agreed")
    try:
        classing.open_record(decision, agreed, now=now(), today=today(), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The record is open: the public reads it once it is published.", "success")
    return see_other(_onward(decision), number=number)
