"""Closed items of published agendas, for those who may read them; each reading is noted."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from committee.agendas import closed, publishing
from committee.agendas.models import AgendaItem, AgendaVersion
from committee.clock import now, today
from committee.confidentiality.access import check_may_read, closed_pdf, note_reading
from committee.confidentiality.rules import Classification, marking
from committee.meetings import access as meetings
from committee.people.permissions import Permission, requires
from committee.reports.models import PaperVersion
from committee.reports.rules import VERB_LABELS, Verb
from committee.web.answers import Page

closed_items = Blueprint("closed_items", __name__)

PAGE = "/meetings/<int:meeting_id>/agenda/<int:number>/closed/<int:item_id>"


@closed_items.get(PAGE)
@requires(Permission.EXEMPT_MATTER_READ)
def item(meeting_id: int, number: int, item_id: int) -> Page:
    """A closed item with its reports and papers, as this version of the agenda has it."""
    version, found = _closed(meeting_id, number, item_id)
    check_may_read(closed.published_matter(version, [found]), on=today())
    page = render_template(
        "agendas/closed_item.html",
        meeting=version.meeting,
        version=version,
        item=found,
        marking=_marking(found),
        verbs={verb.value: VERB_LABELS[verb] for verb in Verb},
    )
    note_reading(AgendaItem.__tablename__, item_id)
    return page


@closed_items.get(f"{PAGE}/papers/<int:version_id>")
@requires(Permission.EXEMPT_MATTER_READ)
def paper(meeting_id: int, number: int, item_id: int, version_id: int) -> Response:
    """A paper of a closed item: a copy that bears its reader's name."""
    version, found = _closed(meeting_id, number, item_id)
    each = next((one for one in found["papers"] if one["version_id"] == version_id), None)
    if each is None:
        abort(404)
    name = f"{version.meeting.held_on:%Y-%m-%d} item {found['number']} {each['title']}.pdf"
    subject = (PaperVersion.__tablename__, version_id)
    return closed_pdf(
        closed.published_matter_of_paper(version, found, each),
        subject,
        each["sha256"],
        name,
        inline="show" in request.args,
        now=now(),
        on=today(),
    )


def _closed(meeting_id: int, number: int, item_id: int) -> tuple[AgendaVersion, Any]:
    meeting = meetings.meeting_for(Permission.EXEMPT_MATTER_READ, meeting_id)
    version = next((v for v in publishing.versions(meeting) if v.number == number), None)
    found = closed.published_item(version, item_id) if version else None
    if version is None or found is None:
        abort(404)
    return version, found


def _marking(found: Any) -> str | None:
    closed_part = found if found["exempt"] else found["papers"][0]
    confidential = closed_part.get("confidential")
    of = Classification.CONFIDENTIAL if confidential else Classification.EXEMPT
    return marking(of, closed_part["paragraphs"])
