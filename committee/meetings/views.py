"""Putting meetings in the calendar and changing them."""

from flask import Blueprint, flash, render_template

from committee.extensions import db
from committee.meetings import access, service
from committee.meetings.forms import (
    ChangeMeetingForm,
    MeetingForm,
    meeting_data,
    possible_statuses,
)
from committee.meetings.rules import MEETING_STATUS_LABELS, MeetingStatus
from committee.people import access as people
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.filters import weekday_in_words

meetings = Blueprint("meetings", __name__)


@meetings.route("/committees/<slug:slug>/meetings/new", methods=["GET", "POST"])
@requires(Permission.MEETING_EDIT)
def schedule(slug: str) -> Page:
    """Put a meeting of a committee in the calendar."""
    committee = people.committee_for(Permission.MEETING_EDIT, slug)
    form = MeetingForm()
    if form.validate_on_submit():
        meeting = service.schedule(
            committee,
            held_on=form.held_on.data,
            starts_at=form.starts_at.data,
            place=form.place.data,
            by=people.reader_id(),
        )
        db.session.commit()
        flash(
            f"The meeting on {weekday_in_words(meeting.held_on)} has been added. "
            "Next, build its agenda.",
            "success",
        )
        return see_other("public.meeting", meeting_id=meeting.id)
    return shown(render_template("meetings/schedule.html", form=form, committee=committee), form)


@meetings.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@requires(Permission.MEETING_EDIT)
def edit(meeting_id: int) -> Page:
    """Change when and where a meeting is, or what has become of it."""
    meeting = access.meeting_for(Permission.MEETING_EDIT, meeting_id)
    form = ChangeMeetingForm(data=meeting_data(meeting))
    form.offer(possible_statuses(meeting))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(meeting)
    if valid and not overtaken:
        try:
            service.change(
                meeting,
                held_on=form.held_on.data,
                starts_at=form.starts_at.data,
                place=form.place.data,
                status=MeetingStatus(form.status.data),
                reason=form.reason.data,
                by=people.reader_id(),
            )
            db.session.commit()
        except NotAllowed as refusal:
            db.session.rollback()
            moved = form.held_on.data != meeting.held_on
            was_held = meeting.status is MeetingStatus.HELD
            field = form.status if not moved else form.held_on if was_held else form.reason
            add_error(field, str(refusal))
        else:
            flash("The meeting has been changed.", "success")
            return see_other("public.meeting", meeting_id=meeting.id)
    return shown(
        render_template(
            "meetings/edit.html",
            form=form,
            meeting=meeting,
            overtaken=overtaken,
            statuses=MEETING_STATUS_LABELS,
            is_published=service.agenda_is_published(meeting),
        ),
        form,
    )
