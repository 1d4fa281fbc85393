"""The forward plan for officers: opening decisions, their notices, their urgency and their end."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, flash, render_template
from flask_wtf import FlaskForm

from committee.clock import now, today
from committee.constitution import current_constitution
from committee.decisions import access, notices, service, signing
from committee.decisions import in_hand as ongoing
from committee.decisions.forms import (
    DecisionForm,
    EndForm,
    NoticeForm,
    OpenDecisionForm,
    ReassignForm,
    UrgencyForm,
    decision_data,
    urgency_data,
)
from committee.decisions.models import Decision
from committee.decisions.rules import DECISION_STATUS_LABELS, RESTRICTION_LABELS, DecisionStatus
from committee.decisions.service import DecisionFields
from committee.extensions import db
from committee.people import permissions
from committee.people import service as people
from committee.people.access import reader_id
from committee.people.permissions import Permission, check, may, requires
from committee.people.portfolios import portfolios
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.paging import pages_of, place_of

decisions = Blueprint("decisions", __name__)

PAGE = "decision_pages.decision"


@decisions.get("/decisions/in-hand")
@requires(Permission.DECISION_EDIT)
def in_hand() -> Page:
    """Every decision that is not finished, of those in which the reader has a part."""
    rows, total = ongoing.decisions(access.seen_in_hand(), page_asked_for())
    return render_template(
        "decisions/in_hand.html",
        rows=rows,
        page=place_of(page_asked_for(), total, service.PAGE),
        pages=pages_of(total, service.PAGE),
        statuses=DECISION_STATUS_LABELS,
    )


@decisions.route("/decisions/new", methods=["GET", "POST"])
@requires(Permission.DECISION_EDIT)
def open_decision() -> Page:
    """Give a matter its number."""
    form = OpenDecisionForm()
    _offer(form)
    if not form.portfolio_id.choices or not form.committee_id.choices:
        return render_template("decisions/open.html", form=form, brings_number=False)
    brings_number = may(Permission.USER_EDIT)
    if form.validate_on_submit():
        check(Permission.DECISION_EDIT, form.committee_id.data)
        number = form.number.data if brings_number else None
        try:
            decision = service.open_decision(
                _led(form.fields()), today=today(), number=number, by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, lambda: _open_page(form, brings_number))
        flash(f"The number of this decision is {decision.number}.", "success")
        if not access.may_draft(decision):
            return see_other("decisions.in_hand")  # an author who named somebody else to lead it
        return see_other("decisions.notice", number=decision.number)
    return _open_page(form, brings_number)


def _led(fields: DecisionFields) -> DecisionFields:
    """An author who opens a decision leads it unless somebody else does, and so can draft it."""
    if fields.lead_officer_id or may(Permission.DECISION_PUBLISH, fields.committee_id):
        return fields
    return replace(fields, lead_officer_id=reader_id())


def _open_page(form: OpenDecisionForm, brings_number: bool) -> Page:
    page = render_template("decisions/open.html", form=form, brings_number=brings_number)
    return shown(page, form)


def _refused(form: FlaskForm, refused: NotAllowed, page: Callable[[], Page]) -> Page:
    db.session.rollback()
    form.form_errors.append(str(refused))
    return page()


def _offer(form: DecisionForm) -> None:
    where = permissions.where(Permission.DECISION_EDIT)
    mine = [each for each in people.all_committees() if where is None or each.id in where]
    form.offer(
        committees={each.id: each.name for each in mine},
        portfolios={each.id: each.title for each in portfolios()},
        officers={each.id: each.name for each in service.lead_officers()},
    )


@decisions.route("/decisions/<decision_number:number>/edit", methods=["GET", "POST"])
@requires(Permission.DECISION_EDIT)
def edit(number: str) -> Page:
    """Change a decision's particulars. What is published stays until a new notice is."""
    decision = access.decision_to_draft(number)
    form = DecisionForm(data=decision_data(decision))
    _offer(form)
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(decision)

    def page() -> Page:
        made = render_template(
            "decisions/edit.html",
            form=form,
            decision=decision,
            overtaken=overtaken,
            may_draft=access.sees_words(decision, today=today()),
            restrictions=RESTRICTION_LABELS,
        )
        return shown(made, form)

    if valid and not overtaken:
        check(Permission.DECISION_EDIT, form.committee_id.data)
        try:
            service.change_decision(decision, form.fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, page)
        flash("The decision has been changed.", "success")
        if not access.may_draft(decision):
            return see_other("decisions.in_hand")  # it is somebody else's now
        return see_other("decisions.notice", number=number)
    return page()


@decisions.route("/decisions/<decision_number:number>/notice", methods=["GET", "POST"])
@requires(Permission.DECISION_EDIT)
def notice(number: str) -> Page:
    """What the notice says and lacks; publishing it, and every version of it."""
    decision = access.decision_to_draft(number)
    form = NoticeForm(data={"version": str(decision.version)})
    if form.is_submitted():
        check(Permission.DECISION_PUBLISH, decision.committee_id)
    valid = form.validate_on_submit()
    if valid and not form.overtakes(decision):
        try:
            notices.publish_notice(
                decision,
                current_constitution().decisions,
                now=now(),
                today=today(),
                change_reason=form.change_reason.data,
                fresh_period=form.fresh_period.data,
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, lambda: _notice_page(decision, form))
        flash("The notice has been published in the forward plan.", "success")
        return see_other(PAGE, number=number)
    return _notice_page(decision, form)


def _notice_page(decision: Decision, form: NoticeForm) -> Page:
    choices, day = current_constitution().decisions, today()
    page = render_template(
        "decisions/notice.html",
        decision=decision,
        form=form,
        may_draft=access.sees_words(decision, today=today()),
        contents=notices.contents_now(decision, choices, today=day),
        lacking=notices.lacking(decision, choices, today=day),
        changes=notices.changes(decision, choices, today=day),
        material=notices.material_changes(decision, choices, today=day),
        expected=notices.expected_earliest(decision, choices, today=day),
        plan=notices.plan_of(decision, choices, today=day),
        statuses=DECISION_STATUS_LABELS,
    )
    return shown(page, form)


@decisions.route("/decisions/<decision_number:number>/urgency", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def urgency(number: str) -> Page:
    """Choose an urgency procedure, with who agreed. The changed notice is published after it."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = UrgencyForm(data=urgency_data(decision))

    def page() -> Page:
        return shown(render_template("decisions/urgency.html", decision=decision, form=form), form)

    valid = form.validate_on_submit()
    if valid and not form.overtakes(decision):
        try:
            notices.declare_urgency(
                decision,
                form.chosen(),
                reason=form.reason.data,
                agreed_by=form.agreed_by.data,
                exception_published_on=form.exception_published_on.data,
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, page)
        flash("The procedure is kept. It counts once the changed notice is published.", "success")
        return see_other("decisions.notice", number=number)
    return page()


@decisions.route("/decisions/<decision_number:number>/end", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def end(number: str) -> Page:
    """Withdraw or abandon a decision that will not be taken."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = EndForm(data={"version": str(decision.version)})

    def page() -> Page:
        return shown(render_template("decisions/end.html", decision=decision, form=form), form)

    valid = form.validate_on_submit()
    if valid and not form.overtakes(decision):
        became = DecisionStatus(form.became.data)
        try:
            service.end(decision, became, form.reason.data, by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, page)
        flash(f"Decision {number} is {DECISION_STATUS_LABELS[became].lower()}.", "success")
        return see_other(PAGE, number=number)
    return page()


@decisions.route("/decisions/<decision_number:number>/reassign", methods=["GET", "POST"])
@requires(Permission.DECISION_PUBLISH)
def reassign(number: str) -> Page:
    """Give a decision to another decision maker, as after a disclosable interest (W-12)."""
    decision = access.decision_for(Permission.DECISION_PUBLISH, number)
    form = ReassignForm(data={"version": str(decision.version)})
    others = {each.id: each for each in portfolios() if each.id != decision.portfolio_id}
    form.portfolio_id.choices = [(each.id, each.title) for each in others.values()]

    def page() -> Page:
        return shown(render_template("decisions/reassign.html", decision=decision, form=form), form)

    valid = form.validate_on_submit()
    if valid and not form.overtakes(decision):
        try:
            signing.reassign(
                decision,
                others[form.portfolio_id.data],
                because_of_interest=form.because_of_interest.data,
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            return _refused(form, refused, page)
        flash("The decision is with another decision maker. Publish the changed notice.", "success")
        return see_other("decisions.notice", number=number)
    return page()
