"""Papers under agenda items: sending them, following their checks, ordering and removing them."""

from collections.abc import Sequence

from flask import Blueprint, flash, jsonify, render_template, request, url_for
from werkzeug.wrappers import Response

from committee.agendas import access as items
from committee.agendas import service as agendas
from committee.agendas.forms import ConfirmForm
from committee.agendas.rules import KINDS_WITH_PAPERS
from committee.agendas.state_of_papers import UNUSABLE, papers_state
from committee.clock import now
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.meetings import access as meetings
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports import service
from committee.reports.models import Paper
from committee.reports.rules import PAPER_KIND_LABELS, VERSION_STATUS_LABELS, VersionStatus
from committee.reports.uploads import TakenIn, take_in
from committee.states import NotAllowed
from committee.web.answers import Page, refusal, see_other, tell_with_undo, wants_json
from committee.web.filters import counted

papers = Blueprint("papers", __name__)


@papers.get("/meetings/<int:meeting_id>/papers")
@requires(Permission.PAPER_UPLOAD)
def overview(meeting_id: int) -> Page:
    """Every item of a meeting with its papers and a place to send more; for scripts, its checks."""
    if wants_json():
        meeting = meetings.meeting_for(Permission.PAPER_UPLOAD, meeting_id)
        every = agendas.items(meeting)
        hidden = items.hidden_from_reader(meeting, every, with_papers=True)
        return _progress_of([p for item in every if item.id not in hidden for p in item.papers])
    return show_overview(meeting_id, {})


def show_overview(meeting_id: int, problems: dict[int | None, tuple[str, ...]]) -> Page:
    """The overview, with what was wrong under the id of its item; none for all papers at once."""
    meeting = meetings.meeting_for(Permission.PAPER_UPLOAD, meeting_id)
    entries = agendas.numbered_items(meeting)
    every = [entry.item for entry in entries]
    hidden = items.hidden_from_reader(meeting, every, with_papers=True)
    shown = [item for item in every if item.id not in hidden]
    page = render_template(
        "papers/overview.html",
        meeting=meeting,
        entries=entries,
        state=papers_state(entries),
        removed=service.removed_papers_of([item.id for item in shown]),
        hidden=hidden,
        problems=problems,
        kinds=PAPER_KIND_LABELS,
        kinds_with_papers=KINDS_WITH_PAPERS,
        classes=CLASSIFICATION_LABELS,
        statuses=VERSION_STATUS_LABELS,
    )
    items.note_words_of_agenda(meeting, shown, with_papers=True)
    return (page, 422) if problems else page


@papers.post("/agenda-items/<int:item_id>/papers")
@requires(Permission.PAPER_UPLOAD)
def receive(item_id: int) -> Page:
    """Take in one or several files as papers of an item."""
    items.item_for(Permission.PAPER_UPLOAD, item_id)
    db.session.rollback()  # no transaction may wait while files are stored
    taken = take_in()
    item = items.item_for(Permission.PAPER_UPLOAD, item_id)
    received = [service.receive_paper(item_id, upload, by=reader_id()) for upload in taken.uploads]
    db.session.commit()
    if wants_json():
        return received_as_json([version.paper for version in received], taken)
    if received:
        flash(received_in_words(taken), "success" if not taken.problems else "information")
        return see_other(
            "papers.overview", anchor=f"papers-of-{item_id}", meeting_id=item.meeting_id
        )
    return show_overview(item.meeting_id, {item_id: taken.problems})


@papers.get("/agenda-items/<int:item_id>/papers")
@requires(Permission.PAPER_UPLOAD)
def of_item(item_id: int) -> Page:
    """An item's papers, for someone who reloads the address to which files were sent."""
    item = items.item_for(Permission.PAPER_UPLOAD, item_id)
    return see_other("papers.overview", anchor=f"papers-of-{item_id}", meeting_id=item.meeting_id)


def received_in_words(taken: TakenIn) -> str:
    """What became of the files that were sent, for a notice."""
    files = counted(len(taken.uploads), "file")
    fate = "has been sent and is" if len(taken.uploads) == 1 else "have been sent and are"
    rest = "".join(f" {problem}." for problem in taken.problems)
    return f"{files} {fate} being checked.{rest}"


def received_as_json(received: list[Paper], taken: TakenIn) -> Response:
    """What became of the files that were sent, for a script."""
    if not received:
        return refusal("not_received", ". ".join(taken.problems) + ".", 422)
    answer = jsonify(
        {
            "papers": [{"id": paper.id, "title": paper.title} for paper in received],
            "problems": list(taken.problems),
        }
    )
    answer.status_code = 201
    return answer


@papers.get("/agenda-items/<int:item_id>/papers/progress")
@requires(Permission.PAPER_UPLOAD)
def progress(item_id: int) -> Response:
    """How far the checks of an item's papers are, for scripts."""
    return _progress_of(items.item_for(Permission.PAPER_UPLOAD, item_id).papers)


def _progress_of(every: Sequence[Paper]) -> Response:
    checking = sum(paper.newest.status is VersionStatus.RECEIVED for paper in every)
    refused = sum(paper.newest.status in UNUSABLE for paper in every)
    return jsonify(
        {
            "checking": checking,
            "summary": _summary(checking, len(every), refused),
            "papers": [
                {
                    "id": paper.id,
                    "status": paper.newest.status.value,
                    "label": VERSION_STATUS_LABELS[paper.newest.status],
                    "pages": paper.newest.pages,
                    "reason": paper.newest.reason,
                    "remedy": paper.newest.remedy,
                }
                for paper in every
            ],
        }
    )


def _summary(checking: int, every: int, refused: int) -> str:
    if checking:
        return f"{counted(checking, 'paper')} still being checked."
    if refused:
        return f"Checks finished. {counted(refused, 'paper')} cannot be used: see the reasons."
    return f"Checks finished. {counted(every, 'paper')} ready."


@papers.post("/papers/<int:paper_id>/move")
@requires(Permission.PAPER_UPLOAD)
def move(paper_id: int) -> Page:
    """Move a paper up or down among its item's papers."""
    paper = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    try:
        service.move(paper, request.form.get("to", ""), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{paper.title}” has been moved.", "success")
    return _back_to_overview(paper)


@papers.route("/papers/<int:paper_id>/remove", methods=["GET", "POST"])
@requires(Permission.PAPER_UPLOAD)
def remove(paper_id: int) -> Page:
    """Take a paper off its item, after asking; it can be put back."""
    paper = items.paper_for(Permission.PAPER_UPLOAD, paper_id)
    item = items.item_for(Permission.PAPER_UPLOAD, paper.agenda_item_id)
    if ConfirmForm().validate_on_submit():
        service.remove(paper, now=now(), by=reader_id())
        db.session.commit()
        tell_with_undo(
            f"“{paper.title}” has been removed.", url_for("papers.restore", paper_id=paper.id)
        )
        return _back_to_overview(paper)
    number = agendas.number_of(item)
    page = render_template("papers/remove.html", paper=paper, item=item, number=number)
    items.note_words_of(item, [paper])
    return page


@papers.post("/papers/<int:paper_id>/restore")
@requires(Permission.PAPER_UPLOAD)
def restore(paper_id: int) -> Page:
    """Put a paper back that was removed."""
    paper = items.paper_for(Permission.PAPER_UPLOAD, paper_id, removed=True)
    service.restore(paper, by=reader_id())
    db.session.commit()
    flash(f"“{paper.title}” has been put back.", "success")
    return _back_to_overview(paper)


def _back_to_overview(paper: Paper) -> Response:
    item = items.item_for(Permission.PAPER_UPLOAD, paper.agenda_item_id)
    return see_other("papers.overview", anchor=f"papers-of-{item.id}", meeting_id=item.meeting_id)
