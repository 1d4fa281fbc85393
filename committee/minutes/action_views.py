"""Actions that people took away from meetings, and where each stands."""

from flask import Blueprint, flash, render_template
from flask_login import current_user

from committee.clock import today
from committee.extensions import db
from committee.minutes import access
from committee.minutes import actions as service
from committee.minutes.forms import ActionStatusForm, action_data
from committee.minutes.rules import ACTION_STATUS_LABELS, PRIVATE_ACTION, ActionStatus
from committee.people import permissions
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.paging import pages_of, place_of

actions = Blueprint("actions", __name__)


@actions.get("/actions")
@requires(Permission.ACTION_UPDATE)
def listed() -> str:
    """Actions of the reader and of the committees that they clerk, those to be done first."""
    clerked = permissions.where(Permission.MINUTES_WRITE)
    rows, count = service.actions_for(current_user.id, clerked, page_asked_for())
    return render_template(
        "minutes/actions.html",
        actions=rows,
        hidden=access.actions_hidden(rows, on=today()),
        private=PRIVATE_ACTION,
        page=place_of(page_asked_for(), count, service.PER_PAGE),
        pages=pages_of(count, service.PER_PAGE),
        count=count,
        today=today(),
        statuses=ACTION_STATUS_LABELS,
    )


@actions.route("/actions/<int:action_id>", methods=["GET", "POST"])
@requires(Permission.ACTION_UPDATE)
def update(action_id: int) -> Page:
    """Say where an action stands, with a note."""
    action = access.action_for(action_id, on=today())
    form = ActionStatusForm(data=action_data(action))
    form.offer(action.status)
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(action)
    if valid and not overtaken:
        try:
            service.update(
                action,
                ActionStatus(form.status.data),
                form.note.data,
                today=today(),
                by=reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("The action has been updated.", "success")
            return see_other("actions.listed")
    page = render_template(
        "minutes/action.html",
        action=action,
        form=form,
        overtaken=overtaken,
        today=today(),
        statuses=ACTION_STATUS_LABELS,
    )
    access.note_words_of(action.minute)
    return shown(page, form)
