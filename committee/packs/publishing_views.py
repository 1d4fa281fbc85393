"""Publishing an agenda with its packs, and handing out what was published."""

from collections.abc import Collection

from flask import Blueprint, flash, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from committee.agendas import access, classing
from committee.agendas import publishing as agendas
from committee.agendas import service as items
from committee.agendas.closed import published_matter
from committee.agendas.models import AgendaVersion
from committee.agendas.service import NumberedItem
from committee.clock import now, today
from committee.confidentiality.access import closed_pdf
from committee.extensions import db
from committee.meetings import access as meetings
from committee.meetings.models import Meeting
from committee.packs import service
from committee.packs.forms import PublishForm
from committee.packs.models import Pack
from committee.packs.rules import Audience
from committee.packs.shelves import Shelf, shelves_of
from committee.packs.views import file_name
from committee.people.access import reader_id
from committee.people.permissions import Permission, public, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import tidy
from committee.web.files import our_pdf

publishing = Blueprint("publishing", __name__)


@publishing.route("/meetings/<int:meeting_id>/agenda/publish", methods=["GET", "POST"])
@requires(Permission.AGENDA_PUBLISH)
def publish(meeting_id: int) -> Page:
    """What publishing the agenda today would mean, what stands in the way, and the button."""
    meeting = meetings.meeting_for(Permission.AGENDA_PUBLISH, meeting_id)
    if request.method == "POST":
        agendas.lock(meeting)
    entries = items.numbered_items(meeting)
    every = [entry.item for entry in entries]
    hidden = access.hidden_from_reader(meeting, every, with_papers=True)
    shelves = [shelf for shelf in shelves_of(meeting, entries) if shelf.is_needed]
    form = PublishForm()
    form.ask_for_urgency(_added_late(meeting, entries))
    form.needs_late, form.needs_change = _needed(meeting)
    form.shows = agendas.seen(meeting, entries)
    stops = [
        *agendas.standing_in_the_way(meeting, entries, today=today(), hidden=hidden),
        *(_pack_stop(shelf) for shelf in shelves if entries and not _is_ready(shelf)),
    ]
    if form.validate_on_submit() and not stops:
        try:
            version = agendas.publish(
                meeting,
                today=today(),
                now=now(),
                by=reader_id(),
                reasons=form.reasons(),
                packs=_pack_ids(shelves),
            )
            service.note_published(version, by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash(_told(version), "success")
            return see_other("public.meeting", meeting_id=meeting_id)
    return _page(meeting, entries, form, stops, hidden)


def _page(
    meeting: Meeting,
    entries: list[NumberedItem],
    form: PublishForm,
    stops: list[str],
    hidden: Collection[int],
) -> Page:
    versions = agendas.versions(meeting)
    try:
        notice = agendas.notice_given(meeting, on=today())
    except NotAllowed as refused:
        notice, stops = None, [*stops, str(refused)]
    changed = not versions or agendas.changed_since(versions[0], entries)
    untested_papers = [
        (entry, paper)
        for entry, paper in classing.untested_papers(entries)
        if entry.item.id not in hidden
    ]
    page = render_template(
        "agendas/publish.html",
        meeting=meeting,
        form=form,
        notice=notice,
        stops=stops,
        entries=entries,
        hidden=hidden,
        to_follow=agendas.to_follow(entries),
        unclassed=classing.unclassed(entries),
        untested=classing.untested(entries),
        untested_papers=untested_papers,
        versions=versions,
        changed=changed,
    )
    if stops:
        named = [entry.item for entry, _ in untested_papers]
    else:
        named = [entry.item for entry in entries if changed and entry.item.papers]
    seen = [item for item in named if item.id not in hidden]
    access.note_words_of_agenda(meeting, seen, with_papers=True)
    return shown(page, form)


def _needed(meeting: Meeting) -> tuple[bool, bool]:
    """Whether a reason for short notice is needed, and one for a change."""
    if agendas.versions(meeting):
        return False, True
    try:
        return not agendas.notice_given(meeting, on=today()).in_time, False
    except NotAllowed:
        return False, False


def _added_late(meeting: Meeting, entries: list[NumberedItem]) -> list[NumberedItem]:
    try:
        return agendas.added_late(meeting, entries, today=today())
    except NotAllowed:
        return []


def _is_ready(shelf: Shelf) -> bool:
    return shelf.current is not None and not shelf.out_of_date


def _pack_stop(shelf: Shelf) -> str:
    pack = shelf.label.lower()
    if shelf.under_way:
        return f"The {pack} is still being built."
    return f"The {pack} has not been built since the agenda or its papers last changed."


def _pack_ids(shelves: list[Shelf]) -> tuple[int | None, int | None]:
    ids = {shelf.audience: shelf.current.id for shelf in shelves if shelf.current}
    return ids.get(Audience.PUBLIC), ids.get(Audience.RESTRICTED)


def _told(version: AgendaVersion) -> str:
    clear = f"{version.clear_days} clear day{'' if version.clear_days == 1 else 's'}"
    again = f" as version {version.number}" if version.number > 1 else ""
    return f"The agenda is published{again}, with {clear} before the meeting."


@publishing.get("/meetings/<int:meeting_id>/agenda/papers/<int:version_id>")
@public
def paper(meeting_id: int, version_id: int) -> Response:
    """A paper of a published agenda, for anyone. Earlier versions that were published stay here."""
    meeting = meetings.visible_meeting(meeting_id)
    for version in agendas.versions(meeting):
        for item in version.open_contents["items"]:
            for each in item["papers"]:
                if each["version_id"] == version_id:
                    name = f"{meeting.held_on:%Y-%m-%d} item {item['number']} {each['title']}.pdf"
                    return our_pdf(each["sha256"], tidy(name) or name, inline=_to_show())
    raise NotFound


@publishing.get("/meetings/<int:meeting_id>/agenda/<int:number>/pack")
@public
def pack(meeting_id: int, number: int) -> Response:
    """The public pack that was published with this version of the agenda."""
    meeting = meetings.visible_meeting(meeting_id)
    published = next((v for v in agendas.versions(meeting) if v.number == number), None)
    pack = service.pack_with_id(published.public_pack_id or 0) if published else None
    if pack is None or pack.file_sha256 is None:
        raise NotFound
    return our_pdf(pack.fast_file_sha256 or pack.file_sha256, file_name(pack), inline=_to_show())


@publishing.get("/meetings/<int:meeting_id>/agenda/<int:number>/restricted-pack")
@requires(Permission.PACK_READ_RESTRICTED)
def restricted_pack(meeting_id: int, number: int) -> Response:
    """The restricted pack that was published with this version, for those who may read what is
    closed in it: a copy that bears their name."""
    meeting = meetings.meeting_for(Permission.PACK_READ_RESTRICTED, meeting_id)
    published = next((v for v in agendas.versions(meeting) if v.number == number), None)
    pack = service.pack_with_id(published.restricted_pack_id or 0) if published else None
    if published is None or pack is None or pack.file_sha256 is None:
        raise NotFound
    return closed_pdf(
        published_matter(published),
        (Pack.__tablename__, pack.id),
        pack.file_sha256,
        file_name(pack),
        inline=_to_show(),
        now=now(),
        on=today(),
    )


def _to_show() -> bool:
    return "show" in request.args
