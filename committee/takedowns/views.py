"""Taking a published thing down, and the register of what was taken down."""

from flask import Blueprint, flash, render_template

from committee.clock import now
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.takedowns import access, service
from committee.takedowns.forms import AnswerForm, TakeDownForm
from committee.takedowns.models import Takedown
from committee.takedowns.rules import (
    PUBLISHED_KIND_LABELS,
    STATUTORY,
    TAKEDOWN_STATUS_LABELS,
    TO_BE_CONFIRMED,
    TakedownStatus,
    first_status,
)
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.paging import pages_of, place_of

takedowns = Blueprint("takedowns", __name__)


@takedowns.get("/takedowns")
@requires(Permission.TAKEDOWN_ORDER)
def register() -> Page:
    """What is down, what is asked for and what was put back: what waits first, then the latest."""
    rows, total = service.listed(access.committees_seen(), page_asked_for())
    return render_template(
        "takedowns/register.html",
        rows=rows,
        total=total,
        page=place_of(page_asked_for(), total, service.A_PAGE),
        pages=pages_of(total, service.A_PAGE),
        kinds=PUBLISHED_KIND_LABELS,
        statuses=TAKEDOWN_STATUS_LABELS,
        waits=service.awaits_confirmation,
    )


@takedowns.route("/takedowns/<kind>/<int:subject_id>", methods=["GET", "POST"])
@requires(Permission.TAKEDOWN_ORDER)
def take_down(kind: str, subject_id: int) -> Page:
    """What taking a published thing down would mean, and the button."""
    thing = access.thing_to_take_down(kind, subject_id)
    may_allow = access.may_allow(thing.committee_id)
    form = TakeDownForm()
    standing = service.open_of(thing.kind, thing.id)
    if form.validate_on_submit():
        try:
            made = service.take_down(
                thing,
                reason=form.reason.data or "",
                now=now(),
                by=reader_id(),
                may_allow=may_allow,
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(_told(made), "success")
            return see_other("takedowns.takedown", takedown_id=made.id)
    page = render_template(
        "takedowns/take_down.html",
        thing=thing,
        form=form,
        standing=standing,
        label=PUBLISHED_KIND_LABELS[thing.kind],
        law=STATUTORY.get(thing.kind),
        waits=first_status(thing.kind, may_allow=may_allow) is TakedownStatus.ASKED_FOR,
        to_be_confirmed=thing.kind in TO_BE_CONFIRMED and not may_allow,
    )
    return shown(page, form)


def _told(made: Takedown) -> str:
    if made.status is TakedownStatus.ASKED_FOR:
        return "The monitoring officer has been asked. It stays in public view until they allow it."
    if service.awaits_confirmation(made):
        return "It is taken down everywhere. The monitoring officer has been asked to confirm it."
    return "It is taken down everywhere."


@takedowns.get("/takedowns/<int:takedown_id>")
@requires(Permission.TAKEDOWN_ORDER)
def takedown(takedown_id: int) -> Page:
    """One takedown: what, why, who, when, and what can be done about it."""
    return _page(access.takedown_for(Permission.TAKEDOWN_ORDER, takedown_id), AnswerForm())


@takedowns.post("/takedowns/<int:takedown_id>")
@requires(Permission.TAKEDOWN_ORDER)
def answer(takedown_id: int) -> Page:
    """Allow, confirm or refuse it, or put the thing back, as the pressed button says."""
    found = access.takedown_for(Permission.TAKEDOWN_ORDER, takedown_id, locked=True)
    form = AnswerForm()
    valid = form.validate()
    if not valid or form.overtakes(found):
        return _page(found, form)
    try:
        told = _answered(found, form)
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        form.form_errors.append(str(refused))
        return _page(access.takedown_for(Permission.TAKEDOWN_ORDER, takedown_id), form)
    flash(told, "success")
    return see_other("takedowns.takedown", takedown_id=takedown_id)


def _answered(found: Takedown, form: AnswerForm) -> str:
    """Do what the pressed button says. Raises NotAllowed where this reader or the state may not."""
    reason, by = form.reason.data or "", reader_id()
    if not _may_answer(found):
        raise NotAllowed("Only the monitoring officer may decide about this.")
    if form.allow.data or form.confirm.data:
        if not access.may_allow(found.committee_id):
            raise NotAllowed("Only the monitoring officer may allow or confirm this.")
        if form.confirm.data:
            service.confirm(found, by=by)
            return "It is confirmed."
        service.allow(found, now=now(), by=by)
        return "It is taken down everywhere."
    if not reason:
        raise NotAllowed("Enter the reason.")
    if form.lift.data:
        service.lift(found, reason=reason, now=now(), by=by)
        return "It is back in public view."
    if form.refuse.data and access.may_allow(found.committee_id):
        service.refuse(found, reason=reason, now=now(), by=by)
        return "It is refused: the record stays in public view."
    raise NotAllowed("Choose what is to become of it.")


def _may_answer(found: Takedown) -> bool:
    """Whether this reader may decide: what a monitoring officer ordered, allowed or confirmed, and
    every statutory record, is theirs alone to put back."""
    is_theirs = found.kind in STATUTORY or found.allowed_by_id is not None
    return not is_theirs or access.may_allow(found.committee_id)


def _page(found: Takedown, form: AnswerForm) -> Page:
    form.version.data = form.version.data or str(found.version)
    page = render_template(
        "takedowns/takedown.html",
        takedown=found,
        form=form,
        label=PUBLISHED_KIND_LABELS[found.kind],
        law=STATUTORY.get(found.kind),
        statuses=TAKEDOWN_STATUS_LABELS,
        waits=service.awaits_confirmation(found),
        may_allow=access.may_allow(found.committee_id),
        may_answer=_may_answer(found),
    )
    return shown(page, form)
