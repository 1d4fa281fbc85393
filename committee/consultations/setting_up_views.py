"""Setting up a consultation: particulars, preview, publishing, extending, withdrawing."""

from flask import Blueprint, flash, render_template, request
from wtforms.fields.choices import SelectChoice

from committee.clock import now, today
from committee.consultations import access, service
from committee.consultations.forms import (
    ExtendForm,
    ParticularsForm,
    PromotionForm,
    WithdrawForm,
    particulars_data,
)
from committee.consultations.models import Consultation
from committee.consultations.rules import ConsultationStatus, length_in_days, period_warnings
from committee.consultations.views import preview_form
from committee.extensions import db
from committee.law.calendar import ENGLAND_AND_WALES
from committee.people import permissions
from committee.people import service as people
from committee.people.access import reader_id
from committee.people.models import Committee
from committee.people.permissions import Permission, may, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

setting_up = Blueprint("consultation_setting_up", __name__)


@setting_up.route("/consultations/new", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def set_up() -> Page:
    """Begin a consultation."""
    form = ParticularsForm()
    committees = _own_committees()
    form.committee_id.choices = [
        SelectChoice(value=each.id, label=each.name) for each in committees
    ]
    form.decision_id.choices = _decisions(committees)
    if form.validate_on_submit():
        committee = next(each for each in committees if each.id == form.committee_id.data)
        if _is_of(committee, form):
            made = service.set_up(committee, form.particulars(), by=reader_id())
            db.session.commit()
            flash(f"“{made.title}” has been set up. Next, say whom you ask and what.", "success")
            return see_other("consultation_questions.questions", slug=made.slug)
    return shown(render_template("consultations/set_up.html", form=form), form)


def _own_committees() -> list[Committee]:
    where = permissions.where(Permission.CONSULTATION_EDIT)
    return [each for each in people.all_committees() if where is None or each.id in where]


def _decisions(committees: list[Committee]) -> list[SelectChoice]:
    return [SelectChoice(value=0, label="None")] + [
        SelectChoice(value=each.id, label=f"{each.number} {each.title}")
        for committee in committees
        for each in service.decisions_of(committee)
    ]


def _is_of(committee: Committee, form: ParticularsForm) -> bool:
    """Whether the decision chosen is one of the committee's; says so beside the field if not."""
    ids = {0, *(each.id for each in service.decisions_of(committee))}
    if form.decision_id.data in ids:
        return True
    add_error(form.decision_id, f"Choose a decision of the {committee.name}")
    return False


@setting_up.route("/consultations/<slug:slug>/edit", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def edit(slug: str) -> Page:
    """Change a draft; of what was published, only how people were told of it."""
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    if found.status is not ConsultationStatus.DRAFT:
        return _note_promotion(found)
    form = ParticularsForm(data=particulars_data(found))
    form.committee_id.choices = [SelectChoice(found.committee_id, found.committee.name)]
    form.decision_id.choices = _decisions([found.committee])
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken:
        try:
            service.change(found, form.particulars(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("The particulars have been saved.", "success")
            return see_other("consultation_setting_up.edit", slug=slug)
    return shown(
        render_template(
            "consultations/edit.html",
            consultation=found,
            form=form,
            overtaken=overtaken,
            warnings=warnings_of(found),
            days=length_in_days(found.opens_on, found.closes_on),
        ),
        form,
    )


def _note_promotion(consultation: Consultation) -> Page:
    form = PromotionForm(data=particulars_data(consultation))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(consultation)
    if valid and not overtaken:
        service.note_promotion(
            consultation,
            promotion=form.promotion.data,
            copies_sent=form.copies_sent.data,
            by=reader_id(),
        )
        db.session.commit()
        flash("How people are told of it has been saved.", "success")
        return see_other("consultation_setting_up.edit", slug=consultation.slug)
    return shown(
        render_template(
            "consultations/promotion.html",
            consultation=consultation,
            form=form,
            overtaken=overtaken,
            may_publish=may(Permission.CONSULTATION_PUBLISH, consultation.committee_id),
        ),
        form,
    )


def warnings_of(consultation: Consultation) -> list[str]:
    """What to think about in its dates."""
    return period_warnings(
        consultation.opens_on, consultation.closes_on, ENGLAND_AND_WALES.bank_holidays
    )


@setting_up.route("/consultations/<slug:slug>/preview", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT)
def preview(slug: str) -> Page:
    """The public form as it will be. Nothing that is typed here is kept."""
    found = access.consultation_for(Permission.CONSULTATION_EDIT, slug)
    return preview_form(found, is_sent=request.method == "POST")


@setting_up.route("/consultations/<slug:slug>/publish", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_PUBLISH)
def publish(slug: str) -> Page:
    """Show everything once more, then publish."""
    found = access.consultation_for(Permission.CONSULTATION_PUBLISH, slug)
    problem = ""
    if request.method == "POST":
        try:
            service.publish(found, now=now(), today=today(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            problem = str(refused)
        else:
            flash("The consultation has been published.", "success")
            return see_other("consultations.consultation", slug=slug)
    page = render_template(
        "consultations/publish.html",
        consultation=found,
        missing=service.what_is_missing(found),
        warnings=warnings_of(found),
        days=length_in_days(found.opens_on, found.closes_on),
        problem=problem,
    )
    return (page, 422) if problem else page


@setting_up.route("/consultations/<slug:slug>/extend", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_PUBLISH)
def extend(slug: str) -> Page:
    """Put off the closing date, with a reason."""
    found = access.consultation_for(Permission.CONSULTATION_PUBLISH, slug)
    form = ExtendForm(data={"version": str(found.version)})
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken:
        try:
            service.extend(
                found,
                form.closes_on.data,
                form.reason.data,
                now=now(),
                today=today(),
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.closes_on, str(refused))
        else:
            flash("The closing date has been put off.", "success")
            return see_other("consultations.consultation", slug=slug)
    page = render_template(
        "consultations/extend.html", consultation=found, form=form, overtaken=overtaken
    )
    return shown(page, form)


@setting_up.route("/consultations/<slug:slug>/withdraw", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_PUBLISH)
def withdraw(slug: str) -> Page:
    """Give a consultation up, with a reason. Responses are kept."""
    found = access.consultation_for(Permission.CONSULTATION_PUBLISH, slug)
    form = WithdrawForm(data={"version": str(found.version)})
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken:
        try:
            service.withdraw(found, form.reason.data, by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.reason, str(refused))
        else:
            flash(f"“{found.title}” has been withdrawn.", "success")
            return see_other("consultations.overview")
    page = render_template(
        "consultations/withdraw.html", consultation=found, form=form, overtaken=overtaken
    )
    return shown(page, form)
