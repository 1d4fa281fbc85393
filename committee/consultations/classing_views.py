"""Saying who may read a response: one by one, or opening all that are shown at once."""

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from committee.clock import now, today
from committee.confidentiality import opening
from committee.confidentiality import service as confidentiality
from committee.confidentiality.access import note_reading
from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.consultations import access, classing
from committee.consultations.models import Consultation, Response
from committee.consultations.rules import CONSENT_LABELS, POSITION_LABELS, may_be_opened
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, public, requires
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.fields import add_error
from committee.web.filters import counted

response_classes = Blueprint("consultation_classes", __name__)


@dataclass(frozen=True)
class Standing:
    """The class that a response has now, by the number of the determination that gave it."""

    version: int


@response_classes.route(
    "/consultations/<slug:slug>/responses/<int:response_id>/class", methods=["GET", "POST"]
)
@requires(Permission.CLASSIFICATION_DECIDE)
def response(slug: str, response_id: int) -> Page:
    """Say whether a response is open, exempt or confidential, and why."""
    found = access.response_for(Permission.CLASSIFICATION_DECIDE, slug, response_id, on=today())
    if request.method == "POST":
        classing.lock(found)
    history = confidentiality.determinations_of(found)
    standing = Standing(history[0].id if history else 0)
    data = class_data(confidentiality.said_of(found)) | {"version": str(standing.version)}
    form = ClassForm(data=data)
    form.today = today()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(standing)
    question = opening.question(found)
    may_open = may_be_opened(found.consent)
    if valid and not overtaken and not opening.is_called_off():
        if may_open and opening.is_asked(found, form.said(), question):
            return _ask_before_opening(found, form, question)
        if saved := _save(found, form, acknowledged=opening.is_agreed(question)):
            return saved
    if request.method == "POST":
        db.session.rollback()  # the lock is let go before the reading is noted, which is by itself
    page = render_template(
        "consultations/class_response.html",
        form=form,
        consultation=found.consultation,
        response=found,
        can_open=may_open,
        overtaken=overtaken,
        history=history,
        labels=CLASSIFICATION_LABELS,
        consents=CONSENT_LABELS,
    )
    if found.is_closed:  # its test and its conclusion may tell what it says
        note_reading(Response.__tablename__, found.id)
    return shown(page, form)


def _ask_before_opening(response: Response, form: ClassForm, question: str) -> Page:
    db.session.rollback()  # the lock is let go before the reading is noted, which is by itself
    consultation = response.consultation
    slug = consultation.slug
    leave = url_for("consultation_responses.response", slug=slug, response_id=response.id)
    whose = [response.published_name, response.organisation]
    said = {
        each.question.position: (each.question.text, [each.text])
        for each in response.answers
        if each.text
    }
    asked = opening.Asked(
        title=f"Make response {response.receipt} open to the public?",
        caption=consultation.title,
        told=[
            ("Written by", [", ".join(filter(None, whose)) or "Name not published"]),
            *(said[position] for position in sorted(said)),
        ],
        then="It is shown with the other open responses once the consultation has closed.",
        leave=leave,
        section="consultations",
        trail=[
            {"text": "Home", "href": url_for("public.home")},
            {
                "text": consultation.title,
                "href": url_for("consultations.consultation", slug=slug),
            },
            {"text": "Responses", "href": url_for("consultation_responses.overview", slug=slug)},
            {"text": response.receipt, "href": leave},
            {"text": "Make it open"},
        ],
    )
    page = opening.page(form, asked, question)
    if response.is_closed:
        note_reading(Response.__tablename__, response.id)
    return page


def _save(response: Response, form: ClassForm, *, acknowledged: bool) -> Answer | None:
    try:
        classing.classify_response(
            response,
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
    label = CLASSIFICATION_LABELS[response.classification].lower()
    flash(f"Response {response.receipt} is now {label}.", "success")
    return see_other(
        "consultation_responses.response",
        slug=response.consultation.slug,
        response_id=response.id,
    )


@response_classes.route("/consultations/<slug:slug>/responses/open", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def open_all(slug: str) -> Page:
    """Responses that nobody has classed, as the public would read them, to be opened at once.

    They are closed until then. One entry names the consultation: each look at the list shows all
    of them, and an entry for each would bury the readings of single responses.
    """
    found = access.consultation_for(Permission.CLASSIFICATION_DECIDE, slug)
    if request.method == "POST":
        agreed = request.form.get("agreed", "")
        try:
            opened = classing.open_these(found, agreed, now=now(), today=today(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            flash(f"{counted(opened, 'response')} opened.", "success")
        return _back(slug)
    responses, number = classing.page_to_be_opened(found)
    page = render_template(
        "consultations/open_responses.html",
        consultation=found,
        responses=responses,
        number=number,
        agreed=classing.to_open(responses),
        positions=POSITION_LABELS,
    )
    if responses:
        note_reading(Consultation.__tablename__, found.id)
    return page


def _back(slug: str) -> Answer:
    """To the list, or to the one response on whose page the button was."""
    shown_on = request.form.get("from", "")
    if shown_on.isascii() and shown_on.isdigit():
        return see_other(
            "consultation_responses.response", slug=slug, response_id=int(shown_on[:9])
        )
    return see_other("consultation_classes.open_all", slug=slug)


@response_classes.get("/consultations/<slug:slug>/open-responses")
@public
def readable(slug: str) -> str:
    """Responses to a consultation that has closed which anyone may read, fifty a page: what was
    said, for which organisation, and by whom where they wished to be named."""
    found = access.readable_consultation(slug)
    responses, page, pages = classing.page_of_open(found, page_asked_for())
    return render_template(
        "consultations/readable_responses.html",
        consultation=found,
        responses=responses,
        page=page,
        pages=pages,
        positions=POSITION_LABELS,
    )
