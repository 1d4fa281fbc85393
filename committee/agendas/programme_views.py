"""The work programme of a committee: for anyone to read, for officers to keep."""

from flask import Blueprint, flash, render_template, url_for

from committee.agendas import access
from committee.agendas import programme as service
from committee.agendas.forms import ConfirmForm
from committee.agendas.models import ProgrammeItem
from committee.agendas.programme_forms import DeferForm, ProgrammeForm, programme_data
from committee.agendas.rules import PROGRAMME_STATUS_LABELS
from committee.clock import now, today
from committee.extensions import db
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.people import access as people
from committee.people.access import reader_id
from committee.people.models import Committee
from committee.people.permissions import Permission, may, public, requires
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown, tell_with_undo
from committee.web.fields import add_error
from committee.web.paging import pages_of, place_of

programme = Blueprint("programme", __name__)


@programme.get("/committees/<slug:slug>/work-programme")
@public
def overview(slug: str) -> str:
    """What the committee plans, by meeting, with who asked for it and what was put off."""
    committee = people.visible_committee(slug)
    edits = may(Permission.WORK_PROGRAMME_EDIT, committee)
    planned, total = service.to_come(committee, page=page_asked_for(), whole=edits)
    return render_template(
        "agendas/programme.html",
        committee=committee,
        planned=planned,
        dropped=service.dropped(committee) if edits else [],
        edits=edits,
        statuses=PROGRAMME_STATUS_LABELS,
        page=place_of(page_asked_for(), total, service.PAGE),
        pages=pages_of(total, service.PAGE),
    )


@programme.route("/committees/<slug:slug>/work-programme/plan", methods=["GET", "POST"])
@requires(Permission.WORK_PROGRAMME_EDIT)
def plan(slug: str) -> Page:
    """Add an item."""
    committee = people.committee_for(Permission.WORK_PROGRAMME_EDIT, slug)
    form = ProgrammeForm()
    form.offer(service.meetings_to_choose(committee, today=today()))
    if form.validate_on_submit():
        item = service.plan(committee, form.planned_fields(), by=reader_id())
        db.session.commit()
        flash(f"“{item.title}” is on the work programme.", "success")
        return see_other("programme.overview", slug=slug)
    page = render_template("agendas/plan_item.html", committee=committee, form=form, item=None)
    return shown(page, form)


@programme.route("/work-programme/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.WORK_PROGRAMME_EDIT)
def edit(item_id: int) -> Page:
    """Change what an item says."""
    item = access.programme_item_for(Permission.WORK_PROGRAMME_EDIT, item_id)
    committee = item.committee
    form = ProgrammeForm(data=programme_data(item))
    form.offer(_choices(committee, item))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(item)
    if valid and not overtaken:
        try:
            service.change(item, form.planned_fields(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.meeting, str(refused))
        else:
            flash(f"“{item.title}” has been changed.", "success")
            return see_other("programme.overview", slug=committee.slug)
    page = render_template(
        "agendas/plan_item.html", committee=committee, form=form, item=item, overtaken=overtaken
    )
    return shown(page, form)


@programme.route("/work-programme/<int:item_id>/defer", methods=["GET", "POST"])
@requires(Permission.WORK_PROGRAMME_EDIT)
def defer(item_id: int) -> Page:
    """Put an item off to another meeting."""
    item = access.programme_item_for(Permission.WORK_PROGRAMME_EDIT, item_id)
    committee = item.committee
    form = DeferForm(data={"version": str(item.version)})
    form.offer(_choices(committee, item))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(item)
    if valid and not overtaken:
        chosen = int(form.meeting.data)
        to = meetings.visible_meeting(chosen) if chosen else None
        try:
            service.defer(
                item, to, reason=form.reason.data or "", today=today(), now=now(), by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.meeting, str(refused))
        else:
            flash(f"“{item.title}” has been deferred.", "success")
            return see_other("programme.overview", slug=committee.slug)
    page = render_template(
        "agendas/defer_item.html", committee=committee, form=form, item=item, overtaken=overtaken
    )
    return shown(page, form)


@programme.post("/work-programme/<int:item_id>/place")
@requires(Permission.WORK_PROGRAMME_EDIT)
def place(item_id: int) -> Page:
    """Put an item on the agenda of the meeting for which it is planned."""
    item = access.programme_item_for(Permission.WORK_PROGRAMME_EDIT, item_id)
    committee = item.committee
    try:
        service.put_on_agenda(item, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{item.title}” is on the agenda.", "success")
    return see_other("programme.overview", slug=committee.slug)


@programme.route("/work-programme/<int:item_id>/drop", methods=["GET", "POST"])
@requires(Permission.WORK_PROGRAMME_EDIT)
def drop(item_id: int) -> Page:
    """Take an item off the work programme, after asking."""
    item = access.programme_item_for(Permission.WORK_PROGRAMME_EDIT, item_id)
    committee = item.committee
    if ConfirmForm().validate_on_submit():
        try:
            service.drop(item, by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            tell_with_undo(
                f"“{item.title}” is off the work programme.",
                url_for("programme.plan_again", item_id=item.id),
            )
        return see_other("programme.overview", slug=committee.slug)
    return render_template("agendas/drop_item.html", committee=committee, item=item)


@programme.post("/work-programme/<int:item_id>/plan-again")
@requires(Permission.WORK_PROGRAMME_EDIT)
def plan_again(item_id: int) -> Page:
    """Put back an item that was taken off."""
    item = access.programme_item_for(Permission.WORK_PROGRAMME_EDIT, item_id)
    committee = item.committee
    try:
        service.plan_again(item, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{item.title}” is on the work programme again.", "success")
    return see_other("programme.overview", slug=committee.slug)


def _choices(committee: Committee, item: ProgrammeItem) -> list[Meeting]:
    """The meetings to choose from, and the one that the item has, though it may be past."""
    coming = list(service.meetings_to_choose(committee, today=today()))
    if item.meeting and item.meeting not in coming:
        return [item.meeting, *coming]
    return coming
