"""Whom a consultation asks and what: adding, changing, moving and removing, without a script."""

from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from committee.consultations import access, service
from committee.consultations import questions as asking
from committee.consultations.forms import QuestionForm, TypeForm, question_data, type_data
from committee.consultations.models import Consultation, Question
from committee.consultations.rules import QUESTION_KIND_LABELS, ConsultationStatus
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

consultation_questions = Blueprint("consultation_questions", __name__)


@consultation_questions.route("/consultations/<slug:slug>/questions", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def questions(slug: str) -> Page:
    """The types and questions in order, with a form to add a type."""
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    form = TypeForm()
    if form.validate_on_submit():
        try:
            asking.add_type(found, name=form.name.data, singular=form.singular.data, by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(f"“{form.name.data}” has been added.", "success")
            return _back(slug, "types")
    return shown(
        render_template(
            "consultations/questions.html",
            consultation=found,
            form=form,
            kinds=QUESTION_KIND_LABELS,
            is_draft=found.status is ConsultationStatus.DRAFT,
            missing=service.what_is_missing(found),
        ),
        form,
    )


def _back(slug: str, anchor: str) -> Response:
    return see_other("consultation_questions.questions", slug=slug, anchor=anchor)


@consultation_questions.route(
    "/consultations/<slug:slug>/types/<int:type_id>/edit", methods=["GET", "POST"]
)
@requires(Permission.CONSULTATION_EDIT)
def edit_type(slug: str, type_id: int) -> Page:
    """Call a type of respondent something else."""
    kind = access.type_for(slug, type_id)
    form = TypeForm(data=type_data(kind))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(kind)
    if valid and not overtaken:
        try:
            asking.change_type(
                kind, name=form.name.data, singular=form.singular.data, by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.name, str(refused))
        else:
            flash(f"“{kind.name}” has been changed.", "success")
            return _back(slug, "types")
    page = render_template(
        "consultations/edit_type.html",
        consultation=kind.consultation,
        kind=kind,
        form=form,
        overtaken=overtaken,
    )
    return shown(page, form)


@consultation_questions.post("/consultations/<slug:slug>/types/<int:type_id>/place")
@requires(Permission.CONSULTATION_EDIT)
def place_type(slug: str, type_id: int) -> Page:
    """Move a type by one place, or take it off."""
    kind = access.type_for(slug, type_id)
    try:
        if request.form.get("to") == "off":
            asking.remove_type(kind, by=reader_id())
            flash(f"“{kind.name}” has been taken off.", "success")
        else:
            asking.move_type(kind, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    return _back(slug, "types")


@consultation_questions.route("/consultations/<slug:slug>/questions/new", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def add_question(slug: str) -> Page:
    """Add a question at the end; `monitoring` in the address makes it an equality question."""
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    form = QuestionForm(data={"is_monitoring": "monitoring" in request.args})
    if form.validate_on_submit():
        try:
            asking.add_question(found, form.question_fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.text, str(refused))
        else:
            flash("The question has been added.", "success")
            return _back(slug, "questions")
    return _question_page(found, form, None)


@consultation_questions.route(
    "/consultations/<slug:slug>/questions/<int:question_id>/edit", methods=["GET", "POST"]
)
@requires(Permission.CONSULTATION_EDIT)
def edit_question(slug: str, question_id: int) -> Page:
    """Ask it otherwise."""
    question = access.question_for(slug, question_id)
    form = QuestionForm(data=question_data(question))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(question)
    if valid and not overtaken:
        try:
            asking.change_question(question, form.question_fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.text, str(refused))
        else:
            flash("The question has been changed.", "success")
            return _back(slug, "questions")
    return _question_page(
        question.consultation, form, question_id, saved=question if overtaken else None
    )


def _question_page(
    consultation: Consultation,
    form: QuestionForm,
    question_id: int | None,
    *,
    saved: Question | None = None,
) -> Page:
    """The form; with what somebody else has `saved` meanwhile, if they did."""
    page = render_template(
        "consultations/question.html",
        consultation=consultation,
        form=form,
        question_id=question_id,
        saved=saved,
        kinds=QUESTION_KIND_LABELS,
    )
    return shown(page, form)


@consultation_questions.post("/consultations/<slug:slug>/questions/<int:question_id>/place")
@requires(Permission.CONSULTATION_EDIT)
def place_question(slug: str, question_id: int) -> Page:
    """Move a question by one place, or take it off."""
    question = access.question_for(slug, question_id)
    try:
        if request.form.get("to") == "off":
            asking.remove_question(question, by=reader_id())
            flash("The question has been taken off.", "success")
        else:
            asking.move_question(question, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    return _back(slug, "questions")
