"""The pack panel: asking for packs, following and stopping their building, and reading them."""

from dataclasses import dataclass

from flask import Blueprint, flash, jsonify, render_template, request, send_file
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Response

from committee.agendas import service as agendas
from committee.clock import now
from committee.constitution import current_constitution
from committee.documents.pack.plan import key
from committee.extensions import db
from committee.headers import as_file
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.packs import access, manifest, service
from committee.packs.models import Pack
from committee.packs.rules import AUDIENCE_LABELS, PACK_STATUS_LABELS, UNDER_WAY, Audience
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.storage import FileMissing, current_storage
from committee.web.answers import Page, see_other

packs = Blueprint("packs", __name__)


@dataclass(frozen=True)
class Shelf:
    """What there is for one audience: the pack to read, and what became of the last request."""

    audience: Audience
    label: str
    current: Pack | None
    latest: Pack | None
    out_of_date: bool
    size: int | None  # bytes

    @property
    def under_way(self) -> bool:
        """Whether a pack waits or is being built."""
        return self.latest is not None and self.latest.status in UNDER_WAY


@packs.get("/meetings/<int:meeting_id>/packs")
@requires(Permission.PACK_BUILD)
def panel(meeting_id: int) -> Page:
    """Both packs of a meeting: what can be read, what is being built, what was built before."""
    meeting = meetings.visible_meeting(meeting_id)
    return render_template(
        "packs/panel.html",
        meeting=meeting,
        shelves=[_shelf(meeting, audience) for audience in Audience],
        history=service.history(meeting),
        has_items=bool(agendas.items(meeting)),
        audiences=AUDIENCE_LABELS,
        statuses=PACK_STATUS_LABELS,
    )


def _shelf(meeting: Meeting, audience: Audience) -> Shelf:
    current = service.current(meeting, audience)
    return Shelf(
        audience=audience,
        label=AUDIENCE_LABELS[audience],
        current=current,
        latest=service.latest(meeting, audience),
        out_of_date=current is not None and current.key != _key_now(meeting, audience),
        size=_size(current),
    )


def _key_now(meeting: Meeting, audience: Audience) -> str:
    plan = manifest.plan_for(
        meeting, audience, constitution=current_constitution(), storage=current_storage()
    )
    return key(plan)


def _size(pack: Pack | None) -> int | None:
    if pack is None or pack.file_sha256 is None:
        return None
    try:
        return (
            current_storage().local_path(pack.fast_file_sha256 or pack.file_sha256).stat().st_size
        )
    except FileMissing:
        return None


@packs.post("/meetings/<int:meeting_id>/packs")
@requires(Permission.PACK_BUILD)
def ask_for(meeting_id: int) -> Page:
    """Ask for a pack. The last good one can be read until the new one is ready."""
    meeting = meetings.visible_meeting(meeting_id)
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
    pack = access.visible_pack(pack_id)
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
    pack = access.visible_pack(pack_id)
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
    if pack.cancel_asked:
        return "Stopping."
    if pack.label:
        return f"{pack.done} of {pack.total} done. Now: {pack.label}."
    ahead = service.ahead_of(pack)
    return f"Waiting. Packs to be built before this one: {ahead}." if ahead else "Waiting to start."


@packs.get("/packs/<int:pack_id>/download")
@requires(Permission.PACK_READ_RESTRICTED)
def download(pack_id: int) -> Response:
    """A built pack as a file, arranged for fast web view once that copy is ready."""
    pack = access.visible_pack(pack_id)
    sha256 = pack.fast_file_sha256 or pack.file_sha256
    if sha256 is None:
        raise NotFound
    try:
        path = current_storage().local_path(sha256)
    except FileMissing:
        raise NotFound from None
    answer = send_file(
        path,
        mimetype="application/pdf",
        as_attachment=True,
        download_name=file_name(pack),
        etag=sha256,
    )
    return as_file(answer)


def file_name(pack: Pack) -> str:
    """What a pack is called on the reader's machine: when, which committee, for whom."""
    meeting = pack.meeting
    audience = AUDIENCE_LABELS[pack.audience].lower()
    return f"{meeting.held_on:%Y-%m-%d} {meeting.committee.name} {audience}.pdf"
