"""The agenda builder: adding, changing, ordering and removing items."""

import re

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from committee.agendas import access, classing, service
from committee.agendas.forms import ConfirmForm, ItemForm, item_data
from committee.agendas.rules import ITEM_KIND_LABELS, KINDS_WITH_PAPERS
from committee.clock import now
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import (
    Page,
    refusal,
    see_other,
    shown,
    tell_at,
    tell_with_undo,
    wants_json,
)

agendas = Blueprint("agendas", __name__)

AN_ID = re.compile("[0-9]{1,10}")  # as written; Python refuses to read very long numbers


@agendas.get("/meetings/<int:meeting_id>/agenda")
@requires(Permission.AGENDA_EDIT)
def builder(meeting_id: int) -> Page:
    """The agenda in order, with everything that can be done to it."""
    return _builder(meetings.meeting_for(Permission.AGENDA_EDIT, meeting_id), ItemForm())


def _builder(meeting: Meeting, form: ItemForm) -> Page:
    entries = service.numbered_items(meeting)
    removed = service.removed_items(meeting)
    every = [*(entry.item for entry in entries), *removed]
    hidden = access.hidden_from_reader(meeting, every)
    page = render_template(
        "agendas/builder.html",
        meeting=meeting,
        form=form,
        open_entries=[entry for entry in entries if not entry.item.is_closed],
        exempt_entries=[entry for entry in entries if entry.item.is_closed],
        unclassed=len(classing.unclassed(entries)),
        agreements={entry.item.id: classing.agreement(entry.item) for entry in entries},
        removed=[item for item in removed if item.id not in hidden],
        hidden=hidden,
        kinds=ITEM_KIND_LABELS,
        kinds_with_papers=KINDS_WITH_PAPERS,
        classes=CLASSIFICATION_LABELS,
    )
    access.note_words_of_agenda(meeting, [item for item in every if item.id not in hidden])
    return shown(page, form)


@agendas.post("/meetings/<int:meeting_id>/agenda/items")
@requires(Permission.AGENDA_EDIT)
def add_item(meeting_id: int) -> Page:
    """Add an item at the end of its part."""
    meeting = meetings.meeting_for(Permission.AGENDA_EDIT, meeting_id)
    form = ItemForm()
    if form.validate_on_submit():
        item = service.add_item(meeting, form.item_fields(), by=reader_id())
        db.session.commit()
        tell_at("add", f"“{item.title}” has been added. It is closed until you open it.")
        return see_other("agendas.builder", anchor="add", meeting_id=meeting_id)
    return _builder(meeting, form)


@agendas.get("/meetings/<int:meeting_id>/agenda/items")
@requires(Permission.AGENDA_EDIT)
def items(meeting_id: int) -> Page:
    """The agenda, for someone who reloads the address to which a new item was sent."""
    meetings.meeting_for(Permission.AGENDA_EDIT, meeting_id)
    return see_other("agendas.builder", meeting_id=meeting_id)


@agendas.route("/agenda-items/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Permission.AGENDA_EDIT)
def edit_item(item_id: int) -> Page:
    """Change what an item says."""
    item = access.item_for(Permission.AGENDA_EDIT, item_id)
    form = ItemForm(data=item_data(item))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(item)
    if valid and not overtaken:
        service.change_item(item, form.item_fields(), by=reader_id())
        db.session.commit()
        flash(f"“{item.title}” has been changed.", "success")
        return see_other("agendas.builder", anchor=f"item-{item.id}", meeting_id=item.meeting_id)
    page = render_template(
        "agendas/edit_item.html",
        form=form,
        item=item,
        number=service.number_of(item),
        overtaken=overtaken,
        kinds=ITEM_KIND_LABELS,
    )
    access.note_words_of(item)
    return shown(page, form)


@agendas.route("/agenda-items/<int:item_id>/remove", methods=["GET", "POST"])
@requires(Permission.AGENDA_EDIT)
def remove_item(item_id: int) -> Page:
    """Take an item off the agenda, after asking; it can be put back."""
    item = access.item_for(Permission.AGENDA_EDIT, item_id)
    if ConfirmForm().validate_on_submit():
        service.remove_item(item, now=now(), by=reader_id())
        db.session.commit()
        tell_with_undo(
            f"“{item.title}” has been taken off the agenda.",
            url_for("agendas.restore_item", item_id=item.id),
        )
        return see_other("agendas.builder", meeting_id=item.meeting_id)
    number = service.number_of(item)
    page = render_template("agendas/remove_item.html", item=item, number=number)
    access.note_words_of(item)
    return page


@agendas.post("/agenda-items/<int:item_id>/restore")
@requires(Permission.AGENDA_EDIT)
def restore_item(item_id: int) -> Page:
    """Put an item back that was taken off."""
    item = access.item_for(Permission.AGENDA_EDIT, item_id, removed=True)
    service.restore_item(item, by=reader_id())
    db.session.commit()
    flash(f"“{item.title}” is on the agenda again.", "success")
    return see_other("agendas.builder", anchor=f"item-{item.id}", meeting_id=item.meeting_id)


@agendas.post("/agenda-items/<int:item_id>/move")
@requires(Permission.AGENDA_EDIT)
def move_item(item_id: int) -> Page:
    """Move an item by one place, or to either end of its part."""
    item = access.item_for(Permission.AGENDA_EDIT, item_id)
    before = [each.id for each in service.items(item.meeting)]
    try:
        service.move_item(item, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        moved = before != [each.id for each in service.items(item.meeting)]
        flash(
            f"“{item.title}” has been moved."
            if moved
            else f"“{item.title}” is already at the end of its part of the agenda.",
            "success" if moved else "information",
        )
    return see_other("agendas.builder", anchor=f"item-{item.id}", meeting_id=item.meeting_id)


@agendas.post("/meetings/<int:meeting_id>/agenda/order")
@requires(Permission.AGENDA_EDIT)
def order(meeting_id: int) -> Page:
    """Put the whole agenda in the order of the item ids that were sent."""
    meeting = meetings.meeting_for(Permission.AGENDA_EDIT, meeting_id)
    try:
        service.set_order(meeting, _sent_ids(), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        if wants_json():
            return refusal("overtaken", str(refused), 409)
        flash(str(refused), "information")
    else:
        if wants_json():
            return _numbers(meeting)
        flash("The agenda is in its new order.", "success")
    return see_other("agendas.builder", meeting_id=meeting_id)


def _sent_ids() -> list[int]:
    """The ids of a form's `items` fields or of a JSON body's `items`; -1 for what can be none."""
    if request.is_json:
        body = request.get_json()
        sent = body.get("items") if isinstance(body, dict) else None
        if not isinstance(sent, list):
            raise BadRequest
    else:
        sent = request.form.getlist("items")
    return [int(each) if AN_ID.fullmatch(str(each)) else -1 for each in sent]


def _numbers(meeting: Meeting) -> Response:
    entries = service.numbered_items(meeting)
    return jsonify({"items": [{"id": e.item.id, "number": e.number} for e in entries]})
