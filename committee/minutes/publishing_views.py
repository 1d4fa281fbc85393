"""Publishing minutes as a draft, correcting what was published, and recording their approval."""

from typing import Any

from flask import Blueprint, flash, render_template

from committee.clock import now, today
from committee.extensions import db
from committee.minutes import access, classing, publishing, service
from committee.minutes.forms import ApproveForm, PublishForm
from committee.minutes.models import Minutes
from committee.minutes.rules import MinutesStatus
from committee.minutes.still_public import still_public
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown

releasing = Blueprint("releasing", __name__)


@releasing.route("/meetings/<int:meeting_id>/minutes/publish", methods=["GET", "POST"])
@requires(Permission.MINUTES_PUBLISH)
def publish(meeting_id: int) -> Page:
    """What stands in the way of publishing the minutes, and the button."""
    found = access.begun_minutes_for(Permission.MINUTES_PUBLISH, meeting_id)
    stops = publishing.standing_in_the_way(found, today=today())
    versions = publishing.versions(found.meeting)
    form = PublishForm()
    form.needs_change = bool(versions)
    if form.validate_on_submit() and not stops:
        try:
            version = publishing.publish(
                found, today=today(), now=now(), by=reader_id(), change_reason=form.change.data
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            again = f" as version {version.number}" if version.number > 1 else " as a draft"
            flash(f"The minutes are published{again}. Anyone can read them now.", "success")
            if still_public(found, service.entries_of(found)):
                return see_other("minutes.overview", anchor="still-public", meeting_id=meeting_id)
            return see_other("published_minutes.read", meeting_id=meeting_id)
    page = render_template(
        "minutes/publish.html",
        meeting=found.meeting,
        minutes=found,
        form=form,
        stops=stops,
        **_to_be_classed(found),
        versions=versions,
        changed=not versions or publishing.changed_since(found, versions[0]),
        approved=found.status is MinutesStatus.APPROVED,
        still_public=still_public(found, service.entries_of(found)),
    )
    return shown(page, form)


def _to_be_classed(found: Minutes) -> dict[str, Any]:
    """The minutes of which it is still to be said who may read them, for the links to there."""
    entries = service.entries_of(found)
    return {
        "unclassed": classing.unclassed(entries),
        "untested": publishing.with_numbers(found, classing.to_be_said(entries)),
    }


@releasing.route("/meetings/<int:meeting_id>/minutes/approve", methods=["GET", "POST"])
@requires(Permission.MINUTES_PUBLISH)
def approve(meeting_id: int) -> Page:
    """Record which later meeting approved the minutes, and who signed them."""
    found = access.begun_minutes_for(Permission.MINUTES_PUBLISH, meeting_id)
    later = publishing.may_approve(found, today=today())
    form = ApproveForm()
    form.offer(later)
    if form.validate_on_submit():
        at = next(meeting for meeting in later if str(meeting.id) == form.meeting.data)
        try:
            publishing.approve(
                found, at, form.signed_by.data, today=today(), now=now(), by=reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("The minutes are recorded as approved and signed.", "success")
            return see_other("published_minutes.read", meeting_id=meeting_id)
    page = render_template(
        "minutes/approve.html",
        meeting=found.meeting,
        minutes=found,
        form=form,
        later=later,
        stops=publishing.classes_in_the_way(found),
        **_to_be_classed(found),
    )
    return shown(page, form)
