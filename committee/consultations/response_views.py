"""Reading responses and keying them in: for officers, the committee and the decision maker."""

from typing import Any

from flask import Blueprint, flash, render_template, request
from flask_login import current_user

from committee.clock import now, today
from committee.confidentiality.access import note_reading
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.consultations import access, classing, reading, responding, themes
from committee.consultations.forms import ReceiptForm
from committee.consultations.models import Consultation, Response
from committee.consultations.reading import Closings, Wanted
from committee.consultations.response_form import keyed_form
from committee.consultations.rules import (
    CHANNEL_LABELS,
    CONSENT_LABELS,
    POSITION_LABELS,
    Channel,
    Consent,
    Position,
    may_be_opened,
    publicity,
)
from committee.extensions import db
from committee.people.permissions import Permission, may, requires
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.fields import add_error

responses = Blueprint("consultation_responses", __name__)


@responses.get("/consultations/<slug:slug>/responses")
@requires(Permission.RESPONSE_READ)
def overview(slug: str) -> str:
    """Every response, fifty a page, by type, by position, unread by this reader, or late."""
    found = access.consultation_for(Permission.RESPONSE_READ, slug)
    shut = access.shut_to_reader(found, on=today())
    wanted = _wanted(found, shut)
    page = reading.page_of_responses(found, wanted, page_asked_for())
    return render_template(
        "consultations/responses.html",
        consultation=found,
        page=page,
        read=reading.read_on_page(page.responses, current_user.id),
        progress=reading.progress(found, current_user.id, shut),
        next_unread=reading.next_unread(found, current_user.id, shut=shut),
        shut=reading.number_closed_so(found, shut),
        wanted=wanted,
        chosen={name: text for name, text in request.args.items() if name != "page" and text},
        may_key_in=may(Permission.RESPONSE_KEY_IN, found.committee_id),
        may_class=may(Permission.CLASSIFICATION_DECIDE, found.committee_id),
        **_words(found),
    )


def _wanted(consultation: Consultation, shut: Closings) -> Wanted:
    types = {each.id for each in consultation.respondent_types}
    type_id = request.args.get("type", type=int)
    position = request.args.get("position", "")
    return Wanted(
        type_id=type_id if type_id in types else None,
        position=Position(position) if position in list(Position) else None,
        unread_by=current_user.id if "unread" in request.args else None,
        late="late" in request.args,
        unclassed="unclassed" in request.args,
        shut=shut,
    )


def _words(consultation: Consultation) -> dict[str, Any]:
    return {
        "channels": CHANNEL_LABELS,
        "positions": POSITION_LABELS,
        "consents": CONSENT_LABELS,
        "sees_names": access.sees_names(consultation),
        "in_full": Consent.IN_FULL,
        "classes": CLASSIFICATION_LABELS,
    }


@responses.get("/consultations/<slug:slug>/responses/<int:response_id>")
@requires(Permission.RESPONSE_READ)
def response(slug: str, response_id: int) -> Page:
    """One response with all that was said.

    That it was considered is noted by the button, not by looking; that it was looked at is noted
    too, unless the response is open.
    """
    found = access.response_for(Permission.RESPONSE_READ, slug, response_id, on=today())
    return _page(found, ReceiptForm())


def _page(response: Response, form: ReceiptForm) -> Page:
    consultation = response.consultation
    shut = access.shut_to_reader(consultation, on=today())
    page = render_template(
        "consultations/response.html",
        consultation=consultation,
        response=response,
        answers={answer.question_id: answer for answer in response.answers},
        form=form,
        repeats=reading.linked_to(response, shut),
        counted_by=reading.counted_by(response, shut),
        theme_ids=reading.theme_ids_of(response),
        progress=reading.progress(consultation, current_user.id, shut),
        publicity=publicity(response.classification, response.consent, consultation.status),
        is_read=bool(reading.read_on_page([response], current_user.id)),
        another=reading.next_unread(
            consultation, current_user.id, after=response.id, besides=response.id, shut=shut
        ),
        may_edit=may(Permission.CONSULTATION_EDIT, consultation.committee_id),
        may_class=may(Permission.CLASSIFICATION_DECIDE, consultation.committee_id),
        can_open=response.is_unclassed and may_be_opened(response.consent),
        agreed=classing.to_open([response]),
        **_words(consultation),
    )
    if not response.is_open:
        note_reading(Response.__tablename__, response.id)
    return shown(page, form)


@responses.post("/consultations/<slug:slug>/responses/<int:response_id>/read")
@requires(Permission.RESPONSE_READ)
def read(slug: str, response_id: int) -> Page:
    """Note that this reader has opened the response, with its themes, and lead to the next."""
    found = access.response_for(Permission.RESPONSE_READ, slug, response_id, on=today())
    consultation = found.consultation
    editor = may(Permission.CONSULTATION_EDIT, consultation.committee_id)
    if editor and "coded" in request.form:
        chosen = set(request.form.getlist("themes"))
        ids = [theme.id for theme in consultation.themes if str(theme.id) in chosen]
        themes.set_themes(consultation, found, ids, now=now(), by=current_user.id)
    if request.form.get("then") == "stay":
        db.session.commit()
        flash("The themes have been saved.", "success")
        return see_other("consultation_responses.response", slug=slug, response_id=response_id)
    reading.mark_read(found, by=current_user.id, considers=editor, now=now())
    db.session.commit()
    shut = access.shut_to_reader(consultation, on=today())
    another = reading.next_unread(consultation, current_user.id, after=response_id, shut=shut)
    if another is None:
        flash("You have read every response.", "success")
        return see_other("consultation_responses.overview", slug=slug)
    return see_other("consultation_responses.response", slug=slug, response_id=another.id)


@responses.post("/consultations/<slug:slug>/responses/<int:response_id>/same-person")
@requires(Permission.RESPONSE_KEY_IN)
def same_person(slug: str, response_id: int) -> Page:
    """Link the response to another of the same person, or take that back."""
    found = access.response_for(Permission.RESPONSE_KEY_IN, slug, response_id, on=today())
    if "undo" in request.form:
        responding.not_the_same_person(found, by=current_user.id)
        db.session.commit()
        flash("The response is counted by itself again.", "success")
        return see_other("consultation_responses.response", slug=slug, response_id=response_id)
    form = ReceiptForm()
    if form.validate_on_submit():
        try:
            responding.same_person(found, form.receipt.data, by=current_user.id)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.receipt, str(refused))
        else:
            flash("The two are linked: the person is counted once, and both are kept.", "success")
            return see_other("consultation_responses.response", slug=slug, response_id=response_id)
    return _page(found, form)


@responses.route("/consultations/<slug:slug>/responses/new", methods=["GET", "POST"])
@requires(Permission.RESPONSE_KEY_IN)
def key_in(slug: str) -> Page:
    """Keep a response that came by e-mail, by letter, on a paper form or at an event."""
    found = access.consultation_for(Permission.RESPONSE_KEY_IN, slug)
    form = keyed_form(found, today=today())
    if request.method == "GET":
        form.form_number.data = responding.new_form_number()
    if form.validate_on_submit():
        try:
            kept = responding.key_in(
                found,
                form.given(),
                channel=Channel(form.channel.data),
                received_on=form.received_on.data,
                form_number=form.form_number.data or responding.new_form_number(),
                today=today(),
                by=current_user.id,
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.received_on, str(refused))
        else:
            late = "" if kept.on_time else " It came late, and is kept and shown apart."
            flash(
                f"The response has been kept. Its receipt number is {kept.receipt}.{late}",
                "success",
            )
            return see_other("consultation_responses.key_in", slug=slug)
    page = render_template("consultations/key_in.html", consultation=found, form=form)
    return shown(page, form)
