"""The pack panel: asking for packs, following and stopping their building, and reading them."""

from flask import Blueprint, flash, jsonify, render_template, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from committee.agendas import service as agendas
from committee.agendas.closed import matter_ever
from committee.clock import now, today
from committee.confidentiality.access import closed_pdf
from committee.extensions import db
from committee.meetings import access as meetings
from committee.packs import access, service
from committee.packs.models import Pack
from committee.packs.rules import AUDIENCE_LABELS, PACK_STATUS_LABELS, UNDER_WAY, Audience
from committee.packs.shelves import shelves_of
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, requires
from committee.states import NotAllowed
from committee.storage import FileMissing, current_storage
from committee.web.answers import Page, see_other
from committee.web.files import our_pdf
from committee.work import service as work

packs = Blueprint("packs", __name__)

# Seconds without a sweep after which nobody seems to be at work.
SILENCE = 60


@packs.get("/meetings/<int:meeting_id>/packs")
@requires(Permission.PACK_BUILD)
def panel(meeting_id: int) -> Page:
    """Both packs of a meeting: what can be read, what is being built, what was built before."""
    meeting = meetings.meeting_for(Permission.PACK_BUILD, meeting_id)
    entries = agendas.numbered_items(meeting)
    shelves = shelves_of(meeting, entries)
    shows = {
        shelf.audience: access.shows_contents(meeting, shelf.audience, on=today())
        for shelf in shelves
    }
    page = render_template(
        "packs/panel.html",
        meeting=meeting,
        shelves=shelves,
        sizes={shelf.audience: _size(shelf.current) for shelf in shelves},
        history=service.history(meeting),
        waiting={
            shelf.audience: _current(shelf.latest)
            for shelf in shelves
            if shelf.latest and shelf.under_way
        },
        shows=shows,
        has_items=bool(entries),
        audiences=AUDIENCE_LABELS,
        statuses=PACK_STATUS_LABELS,
    )
    for shelf in shelves:
        if shows[shelf.audience]:
            access.note_contents_shown(meeting, shelf.current)
    return page


def _size(pack: Pack | None) -> int | None:
    if pack is None or pack.file_sha256 is None:
        return None
    try:
        return current_storage().size(pack.fast_file_sha256 or pack.file_sha256)
    except FileMissing:
        return None


@packs.post("/meetings/<int:meeting_id>/packs")
@requires(Permission.PACK_BUILD)
def ask_for(meeting_id: int) -> Page:
    """Ask for a pack. The last good one can be read until the new one is ready."""
    meeting = meetings.meeting_for(Permission.PACK_BUILD, meeting_id)
    wanted = request.form.get("audience", "")
    if wanted not in set(Audience):
        raise BadRequest
    service.ask_for(meeting, Audience(wanted), by=reader_id())
    db.session.commit()
    flash(f"{AUDIENCE_LABELS[Audience(wanted)]}: building has been asked for.", "success")
    return see_other("packs.panel", anchor=wanted, meeting_id=meeting_id)


@packs.post("/packs/<int:pack_id>/cancel")
@requires(Permission.PACK_BUILD)
def cancel(pack_id: int) -> Page:
    """Stop a build."""
    pack = access.pack_for(Permission.PACK_BUILD, pack_id)
    try:
        service.cancel(pack, now=now(), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The building of the pack is being stopped.", "success")
    return see_other("packs.panel", anchor=pack.audience.value, meeting_id=pack.meeting_id)


@packs.get("/packs/<int:pack_id>/progress")
@requires(Permission.PACK_BUILD)
def progress(pack_id: int) -> Response:
    """How far a build is, in agenda items, for scripts."""
    pack = access.pack_for(Permission.PACK_BUILD, pack_id)
    return jsonify(
        {
            "status": pack.status.value,
            "label": PACK_STATUS_LABELS[pack.status],
            "finished": pack.status not in UNDER_WAY,
            "done": pack.done,
            "total": pack.total,
            "current": _current(pack),
        }
    )


def _current(pack: Pack) -> str:
    """What becomes of a pack that waits or is being built, or why nothing does."""
    if pack.cancel_asked:
        return "Stopping."
    if pack.label:
        return f"{pack.done} of {pack.total} done. Now: {pack.label}."
    if _nobody_works():
        return (
            "Waiting, because background work has stopped. Nothing is lost: it is built as soon as "
            "the work goes on. If that takes long, tell your support team."
        )
    ahead = service.ahead_of(pack)
    return f"Waiting. Packs to be built before this one: {ahead}." if ahead else "Waiting to start."


def _nobody_works() -> bool:
    seen = work.last_seen("sweep")
    return seen is not None and (now() - seen).total_seconds() > SILENCE


@packs.get("/packs/<int:pack_id>/download")
@requires(Permission.PACK_BUILD)
def download(pack_id: int) -> Response:
    """A built pack, in its copy for fast web view once that is ready; with `show` to be read.

    A restricted one bears the reader's name. For officers: it may be a draft. Members and the
    public read the packs of published agendas.
    """
    pack = access.pack_for(Permission.PACK_BUILD, pack_id)
    sha256, inline = pack.fast_file_sha256 or pack.file_sha256, "show" in request.args
    if sha256 is None or pack.file_sha256 is None:
        raise NotFound
    if pack.audience is Audience.PUBLIC:
        return our_pdf(sha256, file_name(pack), inline=inline)
    builds = may(Permission.PACK_BUILD, pack.meeting.committee_id)
    matter = matter_ever(pack.meeting, prepares=builds)
    subject = (Pack.__tablename__, pack.id)
    return closed_pdf(
        matter, subject, pack.file_sha256, file_name(pack), inline=inline, now=now(), on=today()
    )


def file_name(pack: Pack) -> str:
    """What a pack is called on the reader's machine: when, which committee, for whom."""
    meeting = pack.meeting
    audience = AUDIENCE_LABELS[pack.audience].lower()
    return f"{meeting.held_on:%Y-%m-%d} {meeting.committee.name} {audience}.pdf"
