"""Saying what class an item of an agenda has: one by one, or opening all that is not classed."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from committee.agendas import access, classing, publishing, service
from committee.agendas.forms import ItemClassForm, item_class_data
from committee.agendas.models import AgendaItem
from committee.clock import now, today
from committee.confidentiality import opening
from committee.confidentiality import service as confidentiality
from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.meetings import access as meetings
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.reports.models import Paper
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.filters import counted, weekday_in_words

classes = Blueprint("classes", __name__)


@classes.route("/agenda-items/<int:item_id>/class", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def item(item_id: int) -> Page:
    """Say whether an item is open, exempt or confidential, and why."""
    found = access.item_for(Permission.CLASSIFICATION_DECIDE, item_id)
    form = ItemClassForm(data=item_class_data(found, confidentiality.said_of(found)))
    form.today = today()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken and not opening.is_called_off():
        question = opening.question(found, *(paper.newest.id for paper in found.papers))
        if opening.is_asked(found, form.said(), question):
            return _ask_before_opening(found, form, question)
        if saved := _save(found, form, acknowledged=opening.is_agreed(question)):
            return saved
    page = render_template(
        "agendas/class_item.html",
        form=form,
        item=found,
        number=service.number_of(found),
        telling=publishing.telling(found),
        overtaken=overtaken,
        history=confidentiality.determinations_of(found),
        labels=CLASSIFICATION_LABELS,
    )
    access.note_words_of(found)
    return shown(page, form)


def _save(item: AgendaItem, form: ItemClassForm, *, acknowledged: bool) -> Response | None:
    try:
        classing.open_with_papers(
            item,
            form.class_fields(),
            acknowledged=acknowledged,
            now=now(),
            today=today(),
            by=reader_id(),
        )
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.classification, str(refused))
        return None
    label = CLASSIFICATION_LABELS[item.classification].lower()
    flash(f"“{item.title}” is now {label}.", "success")
    return see_other("agendas.builder", anchor=f"item-{item.id}", meeting_id=item.meeting_id)


def _ask_before_opening(item: AgendaItem, form: ItemClassForm, question: str) -> Page:
    number, leave = service.number_of(item), url_for("agendas.builder", meeting_id=item.meeting_id)
    files = [f"{paper.title} ({paper.newest.original_name})" for paper in item.papers]
    told = [
        ("Title", item.title),
        ("The public has seen", f"“{item.title_for_public}”"),
        ("Description", item.description),
        ("Decision number", item.decision_number),
    ]
    asked = opening.Asked(
        title=f"Make item {number} open to the public?",
        caption=item.meeting.committee.name,
        told=[
            *((name, [words]) for name, words in told if words),
            (
                counted(len(files), "paper") if files else "Papers",
                files or ["None yet. Papers that are sent later will be public too."],
            ),
        ],
        then="They go into the next public pack.",
        leave=leave,
        section="meetings",
        trail=_trail(item, "Agenda", leave, "Make an item open"),
    )
    page = opening.page(form, asked, question)
    access.note_words_of(item)
    return page


def _trail(item: AgendaItem, part: str, address: str, here: str) -> list[dict[str, str]]:
    meeting = item.meeting
    return [
        {"text": "Home", "href": url_for("public.home")},
        {
            "text": weekday_in_words(meeting.held_on),
            "href": url_for("public.meeting", meeting_id=meeting.id),
        },
        {"text": part, "href": address},
        {"text": here},
    ]


@classes.route("/papers/<int:paper_id>/class", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def paper(paper_id: int) -> Page:
    """Say whether a paper is open, exempt or confidential: stricter than its item, or like it."""
    found = access.paper_for(Permission.CLASSIFICATION_DECIDE, paper_id)
    item = access.item_for(Permission.CLASSIFICATION_DECIDE, found.agenda_item_id)
    said = confidentiality.said_of(found)
    form = ClassForm(data=class_data(said) | {"version": str(found.version)})
    form.today = today()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken and not opening.is_called_off():
        question = opening.question(found, found.newest.id)
        if opening.is_asked(found, form.said(), question):
            return _ask_before_opening_paper(found, item, form, question)
        return _save_paper(found, item, form, acknowledged=opening.is_agreed(question))
    page = render_template(
        "papers/class_paper.html",
        form=form,
        paper=found,
        item=item,
        overtaken=overtaken,
        history=confidentiality.determinations_of(found),
        labels=CLASSIFICATION_LABELS,
    )
    access.note_words_of(item, [found])
    return shown(page, form)


def _save_paper(found: Paper, item: AgendaItem, form: ClassForm, *, acknowledged: bool) -> Response:
    classing.classify_paper(
        found,
        item,
        form.said(),
        acknowledged=acknowledged,
        now=now(),
        today=today(),
        by=reader_id(),
    )
    db.session.commit()
    label = CLASSIFICATION_LABELS[found.classification].lower()
    flash(f"“{found.title}” is now {label}.", "success")
    return see_other("papers.overview", anchor=f"papers-of-{item.id}", meeting_id=item.meeting_id)


def _ask_before_opening_paper(
    found: Paper, item: AgendaItem, form: ClassForm, question: str
) -> Page:
    leave = url_for("papers.overview", meeting_id=item.meeting_id)
    stays = "Its item is closed, and while it is, the paper is closed with it."
    asked = opening.Asked(
        title="Make this paper open to the public?",
        caption=item.title,
        told=[("Paper", [found.title]), ("File", [found.newest.original_name])],
        then=stays if item.is_closed else "It goes into the next public pack.",
        leave=leave,
        section="meetings",
        trail=_trail(item, "Papers", leave, "Make a paper open"),
    )
    page = opening.page(form, asked, question)
    access.note_words_of(item, [found])
    return page


@classes.post("/agenda-items/<int:item_id>/open")
@requires(Permission.CLASSIFICATION_DECIDE)
def open_item(item_id: int) -> Page:
    """Open an item that nobody has classed yet, by one button."""
    found = access.item_for(Permission.CLASSIFICATION_DECIDE, item_id)
    try:
        classing.open_item(
            found, request.form.get("agreed"), now=now(), today=today(), by=reader_id()
        )
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"“{found.title}” is open: the public reads it once it is published.", "success")
    return see_other("agendas.builder", anchor=f"item-{item_id}", meeting_id=found.meeting_id)


@classes.route("/meetings/<int:meeting_id>/agenda/open", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def open_all(meeting_id: int) -> Page:
    """All that nobody has classed yet, in a list, to be opened at once."""
    meeting = meetings.meeting_for(Permission.CLASSIFICATION_DECIDE, meeting_id)
    if request.method == "POST":
        agreed = request.form.get("agreed", "")
        try:
            opened = classing.open_all(meeting, agreed, now=now(), today=today(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
            return see_other("classes.open_all", meeting_id=meeting_id)
        flash(f"{counted(opened, 'thing')} opened.", "success")
        return see_other("agendas.builder", meeting_id=meeting_id)
    return render_template(
        "agendas/open_all.html",
        meeting=meeting,
        entries=classing.unclassed(service.numbered_items(meeting)),
        agreed=classing.to_open(meeting),
    )
