"""All papers of a meeting at once: each file goes to the item that its name or its sender says."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, jsonify, request
from werkzeug.wrappers import Response

from committee.agendas import service as agendas
from committee.agendas.paper_views import received_as_json, received_in_words, show_overview
from committee.agendas.placing import Place, place_of
from committee.agendas.service import NumberedItem
from committee.extensions import db
from committee.meetings import access as meetings
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import service
from committee.reports.uploads import clean_name, take_in
from committee.web.answers import Page, see_other, wants_json

bundles = Blueprint("bundles", __name__)


@bundles.post("/meetings/<int:meeting_id>/papers")
@requires(Permission.PAPER_UPLOAD)
def receive(meeting_id: int) -> Page:
    """Take in files for several items. A field `item` may hold the id of the item of them all."""
    meetings.meeting_for(Permission.PAPER_UPLOAD, meeting_id)
    db.session.rollback()  # no transaction may wait while files are stored
    taken = take_in()
    entries = agendas.numbered_items(meetings.meeting_for(Permission.PAPER_UPLOAD, meeting_id))
    placed = [(upload, _place(upload.name, entries)) for upload in taken.uploads]
    papers = [
        service.receive_paper(
            place.item.id, upload, title=place.title, kind=place.kind, by=reader_id()
        ).paper
        for upload, place in placed
        if place
    ]
    db.session.commit()
    lost = [_nowhere(upload.name) for upload, place in placed if place is None]
    kept = tuple(upload for upload, place in placed if place)
    taken = replace(taken, uploads=kept, problems=(*taken.problems, *lost))
    if wants_json():
        return received_as_json(papers, taken)
    if papers:
        numbers = {entry.item.id: entry.number for entry in entries}
        went = [f"“{u.name}” to item {numbers[p.item.id]}" for u, p in placed if p]
        told = f"{received_in_words(taken)} Sent: {', '.join(went)}."
        flash(told, "information" if taken.problems else "success")
        return see_other("papers.overview", meeting_id=meeting_id)
    return show_overview(meeting_id, {None: taken.problems})


def _place(name: str, entries: Sequence[NumberedItem]) -> Place | None:
    """Where a file goes: to the item that was chosen, else to the one that its name says."""
    by_name = place_of(name, entries)
    chosen = request.form.get("item")
    if chosen is None or (by_name and str(by_name.item.id) == chosen):
        return by_name
    item = next((entry.item for entry in entries if str(entry.item.id) == chosen), None)
    return Place(item, service.title_from(name)) if item else None


def _nowhere(name: str) -> str:
    if "item" in request.form:
        return f"The item chosen for “{name}” is no longer on the agenda"
    return f"“{name}” does not begin with the number of an item, so send it under its item"


@bundles.post("/meetings/<int:meeting_id>/papers/places")
@requires(Permission.PAPER_UPLOAD)
def places(meeting_id: int) -> Response:
    """For scripts: the item that each of the `names` says, to be seen before files are sent."""
    entries = agendas.numbered_items(meetings.meeting_for(Permission.PAPER_UPLOAD, meeting_id))
    order = {entry.item.id: at for at, entry in enumerate(entries)}
    found = [place_of(clean_name(name), entries) for name in request.form.getlist("names")]
    return jsonify(
        {
            "places": [
                {"item": place.item.id, "order": order[place.item.id]} if place else None
                for place in found
            ]
        }
    )
