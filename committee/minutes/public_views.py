"""Published minutes, for anyone: made from the open contents of a version and nothing else.

Members read beside them what was done in private, on a page of its own.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from committee.clock import today
from committee.confidentiality.access import check_may_read, note_reading
from committee.documents.published.minutes import (
    attendance_sections,
    entry_blocks,
    minutes_parts,
)
from committee.documents.running_text import to_html
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.minutes import access, publishing
from committee.minutes.closed import matter_of
from committee.minutes.models import MinutesVersion
from committee.minutes.published_text import minutes_text
from committee.minutes.rules import MINUTES_STATUS_LABELS
from committee.people.permissions import Permission, public, requires
from committee.web.files import as_sent, our_pdf

published_minutes = Blueprint("published_minutes", __name__)


@published_minutes.get("/meetings/<int:meeting_id>/minutes/published")
@published_minutes.get("/meetings/<int:meeting_id>/minutes/published/<int:number>")
@public
def read(meeting_id: int, number: int | None = None) -> str:
    """The minutes as they were published last, or an earlier version of them."""
    version = access.published_version(meeting_id, number)
    return _page(meetings.visible_meeting(meeting_id), version, version.open_contents)


@published_minutes.get("/meetings/<int:meeting_id>/minutes/restricted")
@requires(Permission.PACK_READ_RESTRICTED)
def restricted(meeting_id: int) -> str:
    """The minutes as they were published last, with what was done in private, for members."""
    meeting = meetings.meeting_for(Permission.PACK_READ_RESTRICTED, meeting_id)
    version = access.published_version(meeting_id)
    check_may_read(matter_of(version), on=today())
    page = _page(meeting, version, version.restricted_contents, is_restricted=True)
    note_reading(MinutesVersion.__tablename__, version.id)
    return page


def _page(
    meeting: Meeting,
    version: MinutesVersion,
    contents: Mapping[str, Any],
    *,
    is_restricted: bool = False,
) -> str:
    text = minutes_text(contents)
    return render_template(
        "minutes/published.html",
        meeting=meeting,
        version=version,
        is_restricted=is_restricted,
        versions=publishing.versions(meeting),
        text=text,
        attendance=[(s.heading, to_html(s.blocks, 4)) for s in attendance_sections(text)],
        parts=[
            (part, [(entry, to_html(entry_blocks(entry), 4)) for entry in part.entries])
            for part in minutes_parts(text)
        ],
        open_until=publishing.open_until(meeting),
        statuses=MINUTES_STATUS_LABELS,
    )


@published_minutes.get("/meetings/<int:meeting_id>/minutes/published/<int:number>/<kind>")
@public
def file(meeting_id: int, number: int, kind: str) -> Response:
    """A version as PDF or as Word, once the file has been made."""
    meeting = meetings.visible_meeting(meeting_id)
    version = access.published_version(meeting_id, number)
    name = f"{meeting.held_on:%Y-%m-%d} {meeting.committee.name} minutes"
    if kind == "pdf" and version.pdf_sha256:
        return our_pdf(version.pdf_sha256, f"{name}.pdf", inline="show" in request.args)
    if kind != "word" or not version.word_sha256:
        raise NotFound
    return as_sent(version.word_sha256, f"{name}.docx")
