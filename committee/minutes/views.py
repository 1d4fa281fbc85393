"""The minutes of a meeting as the clerk works on them: which items, in which order and numbers."""

from collections.abc import Iterable

from flask import Blueprint, flash, render_template, request
from werkzeug.exceptions import NotFound

from committee.agendas import access as items
from committee.agendas import publishing as agendas
from committee.agendas import service as agenda
from committee.agendas.models import AgendaItem
from committee.clock import today
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes import access, classing, numbering, publishing, service
from committee.minutes.forms import AddMinuteForm, NumbersForm
from committee.minutes.models import Minutes
from committee.minutes.rules import MINUTES_STATUS_LABELS, OUTCOME_LABELS
from committee.minutes.still_public import still_public
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown

minutes = Blueprint("minutes", __name__)


@minutes.get("/meetings/<int:meeting_id>/minutes")
@requires(Permission.MINUTES_WRITE)
def overview(meeting_id: int) -> Page:
    """The minutes in the order taken, with what can be done to each; or how to begin them."""
    meeting, found = access.minutes_for(Permission.MINUTES_WRITE, meeting_id)
    if found is None:
        return render_template(
            "minutes/begin.html", meeting=meeting, published=agendas.versions(meeting)
        )
    return _overview(meeting, found)


def _overview(meeting: Meeting, found: Minutes) -> Page:
    entries = service.entries_of(found)
    numbers = service.item_numbers(meeting)
    hidden = access.hidden_from_reader(found, entries, on=today())
    form = AddMinuteForm(None)
    form.offer(
        [
            *service.not_minuted(found, entries, numbers),
            *_once_each(
                [
                    (numbers.get(entry.agenda_item_id or 0, ""), entry.agenda_item)
                    for entry in entries
                    if entry.agenda_item
                ]
            ),
        ],
        items.hidden_from_reader(meeting, agenda.items(meeting)),
    )
    versions = publishing.versions(meeting)
    page = render_template(
        "minutes/overview.html",
        meeting=meeting,
        minutes=found,
        entries=entries,
        titles={
            each.id: each.title_for_public if each.id in hidden else each.title for each in entries
        },
        numbers=numbering.foreseen(found, entries),
        item_numbers=numbers,
        left_out=service.not_minuted(found, entries, numbers),
        form=form,
        versions=versions,
        changed=bool(versions) and publishing.changed_since(found, versions[0]),
        stops=publishing.standing_in_the_way(found, today=today()),
        open_until=publishing.open_until(meeting),
        statuses=MINUTES_STATUS_LABELS,
        outcomes=OUTCOME_LABELS,
        classes=CLASSIFICATION_LABELS,
        unclassed=classing.unclassed(entries),
        untested=publishing.with_numbers(found, classing.to_be_said(entries)),
        still_public=still_public(found, entries),
    )
    access.note_words_listed(found, [each for each in entries if each.id not in hidden])
    return page


def _once_each(pairs: Iterable[tuple[str, AgendaItem]]) -> list[tuple[str, AgendaItem]]:
    return list({item.id: (number, item) for number, item in pairs}.values())


@minutes.post("/meetings/<int:meeting_id>/minutes/begin")
@requires(Permission.MINUTES_WRITE)
def begin(meeting_id: int) -> Page:
    """Begin the minutes from the agenda that was published."""
    meeting, _ = access.minutes_for(Permission.MINUTES_WRITE, meeting_id)
    try:
        service.begin(meeting, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The minutes have been begun, with a minute for each item.", "success")
    return see_other("minutes.overview", meeting_id=meeting_id)


@minutes.post("/meetings/<int:meeting_id>/minutes/add")
@requires(Permission.MINUTES_WRITE)
def add(meeting_id: int) -> Page:
    """Add a minute for an item that was left out, or a second one for an item."""
    found = access.begun_minutes_for(Permission.MINUTES_WRITE, meeting_id)
    item = items.item_for(Permission.MINUTES_WRITE, request.form.get("item", 0, type=int))
    try:
        minute = service.add_entry(found, item, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
        return see_other("minutes.overview", meeting_id=meeting_id)
    flash(f"A minute of “{minute.title}” has been added.", "success")
    return see_other("minutes.overview", anchor=f"minute-{minute.id}", meeting_id=meeting_id)


@minutes.post("/minutes/<int:minute_id>/move")
@requires(Permission.MINUTES_WRITE)
def move(minute_id: int) -> Page:
    """Move a minute up or down in the order taken."""
    minute = access.minute_for(Permission.MINUTES_WRITE, minute_id)
    meeting_id = minute.minutes.meeting_id
    try:
        service.move(minute, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{minute.title}” has been moved.", "success")
    return see_other("minutes.overview", anchor=f"minute-{minute_id}", meeting_id=meeting_id)


@minutes.post("/minutes/<int:minute_id>/leave-out")
@requires(Permission.MINUTES_WRITE)
def leave_out(minute_id: int) -> Page:
    """Leave an item out of the minutes. It can be added again."""
    minute = access.minute_for(Permission.MINUTES_WRITE, minute_id)
    meeting_id, title = minute.minutes.meeting_id, minute.title
    try:
        service.leave_out(minute, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{title}” has been left out. It can be added again below.", "success")
    return see_other("minutes.overview", meeting_id=meeting_id)


@minutes.route("/meetings/<int:meeting_id>/minutes/numbers", methods=["GET", "POST"])
@requires(Permission.MINUTES_WRITE)
def numbers(meeting_id: int) -> Page:
    """Begin a new run of minute numbers with this meeting."""
    meeting, found = access.minutes_for(Permission.MINUTES_WRITE, meeting_id)
    if found is None:
        raise NotFound
    series = numbering.series_for(meeting)
    form = NumbersForm(data={"first_number": str(numbering.next_number(series))})
    if form.validate_on_submit():
        try:
            numbering.begin_series(meeting, int(form.first_number.data), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(f"The numbers begin at {form.first_number.data} with this meeting.", "success")
            return see_other("minutes.overview", meeting_id=meeting_id)
    page = render_template(
        "minutes/numbers.html",
        meeting=meeting,
        series=series,
        following=numbering.next_number(series),
        form=form,
    )
    return shown(page, form)
