"""Saying what class a minute has: one by one with its ground, or opening what is not classed."""

from flask import Blueprint, flash, render_template, request, url_for
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.confidentiality import opening
from committee.confidentiality import service as confidentiality
from committee.confidentiality.rules import CLASSIFICATION_LABELS
from committee.extensions import db
from committee.minutes import access, classing, publishing, service
from committee.minutes.minute_forms import MinuteClassForm, minute_class_data
from committee.minutes.models import Minute
from committee.minutes.still_public import still_public
from committee.people.access import reader_id
from committee.people.permissions import Permission, requires
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.filters import counted, weekday_in_words

minute_classes = Blueprint("minute_classes", __name__)


@minute_classes.route("/minutes/<int:minute_id>/class", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def minute(minute_id: int) -> Page:
    """Say whether a minute is open, exempt or confidential, and why."""
    found = access.words_of_minute_for(Permission.CLASSIFICATION_DECIDE, minute_id, on=today())
    form = MinuteClassForm(data=minute_class_data(found, classing.said_at_first(found)))
    form.today = today()
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    numbers = publishing.with_numbers(found.minutes, [found])
    if valid and not overtaken and not opening.is_called_off():
        question = opening.question(found, found.version, form.seen.data)
        meant = opening.is_agreed(question)
        if classing.warning(found, form.said().classification) and not meant:
            return _ask_before_opening(found, numbers[0][0], form, question)
        if saved := _save(found, form, acknowledged=meant):
            return saved
    page = render_template(
        "minutes/class_minute.html",
        form=form,
        minute=found,
        meeting=found.minutes.meeting,
        number=numbers[0][0],
        overtaken=overtaken,
        history=confidentiality.determinations_of(found),
        labels=CLASSIFICATION_LABELS,
        still_public=still_public(found.minutes, [found]),
    )
    access.note_words_of(found)
    return shown(page, form)


def _ask_before_opening(found: Minute, number: int, form: MinuteClassForm, question: str) -> Page:
    meeting = found.minutes.meeting
    leave = url_for("minutes.overview", anchor=f"minute-{found.id}", meeting_id=meeting.id)
    item = found.agenda_item
    told = [
        ("Title", found.title),
        ("Discussion", found.discussion),
        ("Resolution", found.resolution),
        ("Its item", CLASSIFICATION_LABELS[item.classification] if item else None),
    ]
    asked = opening.Asked(
        title=f"Make minute {number} open to the public?",
        caption=f"{meeting.committee.name}, {weekday_in_words(meeting.held_on)}",
        told=[(name, [words]) for name, words in told if words],
        then="It is in the minutes that are published from now on.",
        leave=leave,
        section="meetings",
        trail=[
            {"text": "Home", "href": url_for("public.home")},
            {
                "text": weekday_in_words(meeting.held_on),
                "href": url_for("public.meeting", meeting_id=meeting.id),
            },
            {"text": "Minutes", "href": leave},
            {"text": "Make a minute open"},
        ],
    )
    page = opening.page(form, asked, question)
    access.note_words_of(found)
    return page


def _save(found: Minute, form: MinuteClassForm, *, acknowledged: bool) -> Response | None:
    try:
        classing.classify(
            found,
            form.said(),
            seen=form.seen.data,
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
    flash(
        f"The minute of “{found.title}” is now "
        f"{CLASSIFICATION_LABELS[found.classification].lower()}.",
        "success",
    )
    meeting_id = found.minutes.meeting_id
    return see_other("minutes.overview", anchor=f"minute-{found.id}", meeting_id=meeting_id)


@minute_classes.route("/meetings/<int:meeting_id>/minutes/open", methods=["GET", "POST"])
@requires(Permission.CLASSIFICATION_DECIDE)
def open_all(meeting_id: int) -> Page:
    """The minutes that nobody has classed yet, in a list, to be opened at once."""
    found = access.begun_minutes_for(Permission.CLASSIFICATION_DECIDE, meeting_id)
    if request.method == "POST":
        agreed = request.form.get("agreed", "")
        try:
            opened = classing.open_all(found, agreed, now=now(), today=today(), by=reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
            return see_other("minute_classes.open_all", meeting_id=meeting_id)
        flash(f"{counted(opened, 'minute')} opened.", "success")
        return see_other("minutes.overview", meeting_id=meeting_id)
    entries = service.entries_of(found)
    to_open = classing.to_open(entries)
    rest = [each for each in classing.unclassed(entries) if each not in to_open]
    page = render_template(
        "minutes/open_all.html",
        meeting=found.meeting,
        entries=publishing.with_numbers(found, to_open),
        of_closed_items=publishing.with_numbers(found, rest),
        agreed=classing.agreement(entries),
    )
    access.note_words_listed(found, rest)
    return page
