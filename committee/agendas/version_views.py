"""One paper: its particulars, its versions, and the files of each version."""

from flask import Blueprint, flash, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from committee.agendas import access as items
from committee.agendas import service as agendas
from committee.agendas.closed import is_closed, matter_of_paper
from committee.agendas.forms import PaperForm, paper_data
from committee.agendas.models import AgendaItem
from committee.clock import now, today
from committee.confidentiality.access import check_may_read, closed_pdf, note_reading
from committee.confidentiality.reading_rules import Matter
from committee.extensions import db
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, requires
from committee.reports import access, service
from committee.reports.models import Paper, PaperVersion
from committee.reports.rules import PAPER_KIND_LABELS, VERSION_STATUS_LABELS, PaperKind
from committee.reports.uploads import take_in
from committee.states import NotAllowed
from committee.web.answers import Page, refusal, see_other, wants_json
from committee.web.files import as_sent, our_pdf
from committee.web.filters import counted

versions = Blueprint("versions", __name__)


@versions.route("/papers/<int:paper_id>", methods=["GET", "POST"])
@requires(Permission.PAPER_UPLOAD)
def paper(paper_id: int) -> Page:
    """A paper with its history; its title and kind can be changed here."""
    found = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    item = items.item_for(Permission.PAPER_UPLOAD, found.agenda_item_id)
    form = PaperForm(data=paper_data(found))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken:
        service.rename(found, form.title.data, kind=PaperKind(form.kind.data), by=reader_id())
        db.session.commit()
        flash(f"“{found.title}” has been changed.", "success")
        return see_other("versions.paper", paper_id=paper_id)
    return _page(found, item, form, overtaken=overtaken)


def _page(
    found: Paper,
    item: AgendaItem,
    form: PaperForm,
    *,
    overtaken: bool = False,
    problems: tuple[str, ...] = (),
) -> Page:
    page = render_template(
        "papers/paper.html",
        paper=found,
        item=item,
        number=agendas.number_of(item),
        form=form,
        overtaken=overtaken,
        problems=problems,
        kinds=PAPER_KIND_LABELS,
        statuses=VERSION_STATUS_LABELS,
    )
    items.note_words_of(item, [found])
    return (page, 422) if form.errors or problems else page


@versions.post("/papers/<int:paper_id>/versions")
@requires(Permission.PAPER_UPLOAD)
def replace(paper_id: int) -> Page:
    """Take in a file as the new version of a paper; earlier versions stay."""
    items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    db.session.rollback()  # no transaction may wait while files are stored
    taken = take_in()
    found = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    item = items.item_for(Permission.PAPER_UPLOAD, found.agenda_item_id)
    for upload in taken.uploads[:1]:
        service.receive_version(found, upload, by=reader_id())
    db.session.commit()
    if not taken.uploads:
        if wants_json():
            return refusal("not_received", ". ".join(taken.problems) + ".", 422)
        return _page(found, item, PaperForm(None, data=paper_data(found)), problems=taken.problems)
    if wants_json():
        return Response(status=204)
    flash(
        f"Version {found.newest.number} of “{found.title}” has been sent and is being checked. "
        f"{counted(found.newest.number - 1, 'earlier version')} kept.",
        "success",
    )
    return see_other("versions.paper", paper_id=paper_id)


@versions.get("/papers/<int:paper_id>/versions")
@requires(Permission.PAPER_UPLOAD)
def of_paper(paper_id: int) -> Page:
    """A paper, for someone who reloads the address to which a new version was sent."""
    return see_other(
        "versions.paper", paper_id=items.paper_for(Permission.PAPER_UPLOAD, paper_id).id
    )


@versions.post("/papers/<int:paper_id>/versions/<int:number>/check")
@requires(Permission.PAPER_UPLOAD)
def check_again(paper_id: int, number: int) -> Page:
    """Check a version again that could not be checked before."""
    found = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    try:
        service.check_again(access.visible_version(found, number), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"Version {number} is being checked again.", "success")
    return see_other("versions.paper", paper_id=paper_id)


@versions.get("/papers/<int:paper_id>/versions/<int:number>/original")
@requires(Permission.PAPER_UPLOAD)
def original(paper_id: int, number: int) -> Response:
    """The file as it was sent. It may hold anything, so it is only ever saved, never shown."""
    paper = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    version = access.visible_version(paper, number)
    item = items.item_for(Permission.PAPER_UPLOAD, paper.agenda_item_id)
    if is_closed(paper, item):
        check_may_read(_matter(paper, item), on=today())
        note_reading(PaperVersion.__tablename__, version.id)
    return as_sent(version.original_sha256, version.original_name)


@versions.get("/papers/<int:paper_id>/versions/<int:number>/prepared")
@requires(Permission.PAPER_UPLOAD)
def prepared(paper_id: int, number: int) -> Response:
    """The PDF that was made from the file and that goes into the pack; with `show` to be read."""
    paper = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    version = access.visible_version(paper, number)
    if version.prepared_sha256 is None:
        raise NotFound
    item = items.item_for(Permission.PAPER_UPLOAD, paper.agenda_item_id)
    name, inline = version.original_name.rsplit(".", 1)[0] + ".pdf", "show" in request.args
    if not is_closed(paper, item):
        return our_pdf(version.prepared_sha256, name, inline=inline)
    matter, subject = _matter(paper, item), (PaperVersion.__tablename__, version.id)
    return closed_pdf(
        matter, subject, version.prepared_sha256, name, inline=inline, now=now(), on=today()
    )


def _matter(paper: Paper, item: AgendaItem) -> Matter:
    prepares = may(Permission.PAPER_UPLOAD, item.meeting.committee_id)
    return matter_of_paper(paper, item, prepares=prepares)
