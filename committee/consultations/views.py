"""Consultations for anyone: the list, each one's page, the form, and checking a receipt."""

from flask import Blueprint, render_template, request
from sqlalchemy.exc import IntegrityError

from committee.clock import today
from committee.consultations import access, classing, responding, service
from committee.consultations.forms import ReceiptForm
from committee.consultations.models import Consultation, Response
from committee.consultations.response_form import ResponseForm, field_name, response_form
from committee.consultations.rules import READABLE, ConsultationStatus, is_open
from committee.decisions import notices
from committee.documents.running_text import parse, to_html
from committee.extensions import db, limiter
from committee.people import permissions
from committee.people.permissions import Permission, may_anywhere, public
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, shown
from committee.web.paging import pages_of, place_of

consultations = Blueprint("consultations", __name__)

# A whole school may answer from one address within an hour, each form being sent twice or more.
MANY = "2000 per minute; 20000 per hour"
NOT_OPEN = 409  # the status of a form that came before the first day or after the last


@consultations.get("/consultations")
@public
def overview() -> str:
    """Consultations that are open, that are coming, and that have ended."""
    ended, number = service.past(today(), page_asked_for())
    return render_template(
        "consultations/overview.html",
        open_now=service.open_on(today()),
        coming=service.coming_after(today()),
        ended=ended,
        page=place_of(page_asked_for(), number, service.PAGE_SIZE),
        pages=pages_of(number, service.PAGE_SIZE),
        drafts=_drafts(),
        may_set_up=may_anywhere(Permission.CONSULTATION_EDIT),
    )


def _drafts() -> list[Consultation]:
    if permissions.where(Permission.CONSULTATION_EDIT) == set():
        return []
    return list(service.drafts(permissions.where(Permission.CONSULTATION_EDIT)))


@consultations.get("/consultations/<slug:slug>")
@public
def consultation(slug: str) -> str:
    """What is proposed, until when anyone can respond, and how."""
    found = access.known_consultation(slug)
    return render_template(
        "consultations/consultation.html",
        consultation=found,
        proposal=to_html(parse(found.proposal)),
        state=state_of(found),
        readable=found.status in READABLE and classing.has_open(found),
        notice=notices.newest(found.decision) if found.decision else None,
    )


def state_of(consultation: Consultation) -> str:
    """Whether it is a draft, coming, open, ended, reported or withdrawn, today."""
    if consultation.status is ConsultationStatus.PUBLISHED:
        if today() < consultation.opens_on:
            return "coming"
        return "open" if today() <= consultation.closes_on else "ended"
    return "ended" if consultation.status is ConsultationStatus.CLOSED else consultation.status


@consultations.get("/consultations/<slug:slug>/respond")
@public
def show_form(slug: str) -> Page:
    """The form, while the consultation is open; before and after, when that is or was."""
    found = access.known_consultation(slug)
    if not _is_open(found):
        return _not_open(found, response_form(found))
    return _form(found, _new_form(found))


@consultations.post("/consultations/<slug:slug>/respond")
@public
@limiter.limit(MANY)
def respond(slug: str) -> Page:
    """Show the answers once more before they are sent, and then send them.

    The page with the receipt answers the very request that sent the form: no address and no
    cookie holds the number, and a page that is loaded again sends the same form, which is the same
    response.
    """
    found = access.known_consultation(slug)
    form = response_form(found)
    step = request.form.get("step")
    sound = step != "change" and form.validate()
    if step == "send" and sound:
        try:
            return render_template(
                "consultations/received.html",
                consultation=found,
                response=_kept(found, form),
            )
        except NotAllowed:
            db.session.rollback()
            return _not_open(found, form)
    if not _is_open(found):
        return _not_open(found, form)
    return check_answers(found, form) if sound else _form(found, form)


def _kept(consultation: Consultation, form: ResponseForm) -> Response:
    """The response, kept once, though the same form come in twice at the same moment."""
    number = form.form_number.data or responding.new_form_number()
    try:
        response = responding.respond(consultation, form.given(), form_number=number, today=today())
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        response = responding.respond(consultation, form.given(), form_number=number, today=today())
        db.session.commit()
    return response


def _is_open(consultation: Consultation) -> bool:
    return is_open(
        consultation.status, consultation.opens_on, consultation.closes_on, today=today()
    )


def _new_form(consultation: Consultation) -> ResponseForm:
    form = response_form(consultation)
    form.form_number.data = responding.new_form_number()
    return form


def _form(consultation: Consultation, form: ResponseForm, *, preview: bool = False) -> Page:
    page = render_template(
        "consultations/respond.html", consultation=consultation, form=form, preview=preview
    )
    return shown(page, form)


def check_answers(consultation: Consultation, form: ResponseForm, *, preview: bool = False) -> str:
    """Every answer as it will be sent, with the form itself hidden in the page."""
    names = {field.name for field in form} - {"csrf_token"}
    return render_template(
        "consultations/check_answers.html",
        consultation=consultation,
        answers=answers_of(form),
        sent=[(name, text) for name, text in request.form.items(multi=True) if name in names],
        preview=preview,
    )


def preview_form(consultation: Consultation, *, is_sent: bool) -> Page:
    """The form as people will see it; nothing that is sent from it is kept."""
    form = response_form(consultation) if is_sent else _new_form(consultation)
    if is_sent and request.form.get("step") != "change" and form.validate():
        return check_answers(consultation, form, preview=True)
    return _form(consultation, form, preview=True)


def _not_open(consultation: Consultation, form: ResponseForm) -> Page:
    page = render_template(
        "consultations/not_open.html",
        consultation=consultation,
        state=state_of(consultation),
        answers=answers_of(form) if request.method == "POST" else [],
    )
    return (page, NOT_OPEN) if request.method == "POST" else page


def answers_of(form: ResponseForm) -> list[tuple[str, str]]:
    """Each question with what was answered, in words; "" where nothing was."""
    names = ["types", "other_type", "position"]
    names += [field_name(each) for each in form.consultation.questions if not each.is_monitoring]
    names += ["name", "organisation", "consent"]
    names += [field_name(each) for each in form.consultation.questions if each.is_monitoring]
    return [(str(form[name].label.text), _answer(form[name])) for name in names if name in form]


def _answer(field: object) -> str:
    labels = {choice.value: str(choice.label) for choice in getattr(field, "choices", ())}
    data = getattr(field, "data", None)
    if isinstance(data, list):
        return ", ".join(labels.get(each, "") for each in data)
    return labels.get(data, "") if labels else str(data or "")


@consultations.route("/consultations/receipt", methods=["GET", "POST"])
@public
@limiter.limit("30 per minute; 600 per hour", methods=["POST"])
def check_receipt() -> Page:
    """Whether a response with this number was received, and on which day; nothing else of it."""
    form = ReceiptForm()
    response = None
    if form.validate_on_submit():
        response = responding.response_with_receipt(form.receipt.data)
        if response is None:
            form.receipt.errors = [
                "No response with this number has been received. Check the number"
            ]
    page = render_template("consultations/check_receipt.html", form=form, response=response)
    return shown(page, form)
