"""Saying what class an item of an agenda has: one by one, or opening all that is not classed."""

from flask import Blueprint, flash, render_template, request
from werkzeug.wrappers import Response

from committee.agendas import access, classing, opening, service
from committee.agendas.forms import ItemClassForm, item_class_data
from committee.agendas.models import AgendaItem
from committee.clock import now, today
from committee.confidentiality import service as confidentiality
from committee.confidentiality.forms import ClassForm, class_data
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.meetings import access as meetings
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.filters import counted

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
    answer = request.form.get("opening")
    if valid and not overtaken and answer != opening.BACK:
        if not opening.is_agreed(found, form.class_fields(), answer):
            return _ask_before_opening(found, form)
        if saved := _save(found, form):
            return saved
    page = render_template(
        "agendas/class_item.html",
        form=form,
        item=found,
        number=service.number_of(found),
        overtaken=overtaken,
        history=confidentiality.determinations_of(found),
        labels=CLASSIFICATION_LABELS,
    )
    access.note_words_of(found)
    return shown(page, form)


def _save(item: AgendaItem, form: ItemClassForm) -> Response | None:
    try:
        classing.open_with_papers(
            item, form.class_fields(), now=now(), today=today(), by=reader_id()
        )
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.classification, str(refused))
        return None
    label = CLASSIFICATION_LABELS[item.classification].lower()
    flash(f"“{item.title}” is now {label}.", "success")
    return see_other("agendas.builder", anchor=f"item-{item.id}", meeting_id=item.meeting_id)


def _ask_before_opening(item: AgendaItem, form: ItemClassForm) -> Page:
    typed = request.form.items(multi=True)
    names = {*form.data, "review_on"}
    page = render_template(
        "agendas/open_item.html",
        item=item,
        number=service.number_of(item),
        typed=[(name, text) for name, text in typed if name in names and name != "csrf_token"],
        question=opening.question(item),
        back=opening.BACK,
    )
    access.note_words_of(item)
    return page


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
    if valid and not overtaken:
        confidentiality.classify(found, form.said(), now=now(), today=today(), by=reader_id())
        db.session.commit()
        label = CLASSIFICATION_LABELS[found.classification].lower()
        flash(f"“{found.title}” is now {label}.", "success")
        return see_other(
            "papers.overview", anchor=f"papers-of-{item.id}", meeting_id=item.meeting_id
        )
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
