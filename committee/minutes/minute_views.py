"""One minute: what it says, votes by name, and actions."""

from dataclasses import dataclass

from flask import Blueprint, flash, render_template, request
from werkzeug.exceptions import NotFound

from committee.clock import now, today
from committee.confidentiality.rules import CLASSIFICATION_LABELS, Classification
from committee.documents.running_text import parse, to_html
from committee.extensions import db
from committee.minutes import (
    access,
    actions,
    classing,
    numbering,
    resolving,
    service,
    voting,
    wording,
)
from committee.minutes.forms import ActionForm, NamedVoteForm
from committee.minutes.minute_forms import MinuteForm, minute_data
from committee.minutes.models import Minute
from committee.minutes.rules import (
    ACTION_STATUS_LABELS,
    OUTCOME_LABELS,
    VOTE_LABELS,
    Openness,
    Vote,
)
from committee.minutes.voting import Room
from committee.minutes.wording import Matter
from committee.people.access import reader_id
from committee.people.permissions import Permission, may, requires
from committee.reports.rules import VERB_LABELS
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, tell_at
from committee.web.fields import add_error

single = Blueprint("minute", __name__)

SAVE, VOTE, ACTION = "save", "vote", "action"


@dataclass(frozen=True)
class Forms:
    """The three forms of the page; only the one that was sent holds what was typed."""

    minute: MinuteForm
    vote: NamedVoteForm
    action: ActionForm


@single.route("/minutes/<int:minute_id>", methods=["GET", "POST"])
@requires(Permission.MINUTES_WRITE)
def edit(minute_id: int) -> Page:
    """Write one minute; record votes by name and actions beside it."""
    minute = access.words_of_minute_for(Permission.MINUTES_WRITE, minute_id, on=today())
    act = request.form.get("act", SAVE) if request.method == "POST" else ""
    matter, room = resolving.matter_of(minute), voting.room_of(minute.minutes.meeting)
    forms = _forms(minute, matter, room, act)
    if act == VOTE and forms.vote.validate_on_submit():
        return _add_vote(minute, matter, room, forms)
    if act == ACTION and forms.action.validate_on_submit():
        row = actions.add(minute, forms.action.fields(), by=reader_id())
        db.session.commit()
        tell_at(ACTION, f"The action for {row.owner_name} has been added.")
        return see_other("minute.edit", anchor=f"{ACTION}-part", minute_id=minute_id)
    if act == SAVE and forms.minute.validate_on_submit():
        return _save(minute, matter, room, forms)
    return _page(minute, matter, room, forms)


def _forms(minute: Minute, matter: Matter, room: Room, act: str) -> Forms:
    """The forms of the page. Those that were not sent stay as they are kept."""
    data = minute_data(minute)
    forms = Forms(
        MinuteForm(data=data) if act == SAVE else MinuteForm(None, data=data),
        NamedVoteForm() if act == VOTE else NamedVoteForm(None),
        ActionForm() if act == ACTION else ActionForm(None),
    )
    forms.minute.offer(wording.permitted_outcomes(matter))
    forms.vote.offer(voting.voters_on(minute, room))
    forms.action.offer(actions.possible_owners(minute.minutes.meeting.committee_id))
    return forms


def _save(minute: Minute, matter: Matter, room: Room, forms: Forms) -> Page:
    form = forms.minute
    if form.overtakes(minute):
        return _page(minute, matter, room, forms, overtaken=True)
    unusual = _warnings(minute, matter, form)
    try:
        resolving.check(minute, form.fields())
        if unusual and not form.means(unusual):
            return _ask(minute, matter, room, forms, unusual)
        resolving.save(minute, form.fields(), acknowledged=bool(unusual), by=reader_id())
        _take_answer(minute, form, acknowledged=bool(unusual))
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.outcome, str(refused))
        return _page(minute, matter, room, forms)
    flash(f"The minute of “{minute.title}” has been saved.", "success")
    if form.answer() is Openness.CLOSED and minute.is_unclassed and _may_class(minute):
        return see_other("minute_classes.minute", minute_id=minute.id)
    if request.form.get("then") == "next":
        return see_other("minute.edit", minute_id=_next(minute))
    return see_other("minute.edit", minute_id=minute.id)


def _ask(minute: Minute, matter: Matter, room: Room, forms: Forms, unusual: list[str]) -> Page:
    form = forms.minute
    form.asked.data = " ".join(unusual)
    form.acknowledged.data = False
    add_error(form.acknowledged, form.asked.data)
    return _page(minute, matter, room, forms, asks=True)


def _may_class(minute: Minute) -> bool:
    return may(Permission.CLASSIFICATION_DECIDE, minute.minutes.meeting.committee_id)


def _warnings(minute: Minute, matter: Matter, form: MinuteForm) -> list[str]:
    found = resolving.warnings(form.fields(), matter)
    if form.answer() is Openness.OPEN and (meant := classing.warning(minute, Classification.OPEN)):
        found.append(meant)
    return found


def _take_answer(minute: Minute, form: MinuteForm, *, acknowledged: bool) -> None:
    if _may_class(minute):
        classing.answer(
            minute,
            form.answer(),
            seen=form.seen.data,
            acknowledged=acknowledged,
            now=now(),
            today=today(),
            by=reader_id(),
        )


def _next(minute: Minute) -> int:
    """The minute after this one; after the last, the last."""
    ids = [entry.id for entry in service.entries_of(minute.minutes)]
    return ids[min(ids.index(minute.id) + 1, len(ids) - 1)]


def _add_vote(minute: Minute, matter: Matter, room: Room, forms: Forms) -> Page:
    form = forms.vote
    try:
        voting.add_named_vote(minute, int(form.member.data), Vote(form.vote.data), by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        add_error(form.member, str(refused))
        return _page(minute, matter, room, forms)
    tell_at(VOTE, "The vote has been recorded.")
    return see_other("minute.edit", anchor=f"{VOTE}-part", minute_id=minute.id)


def _page(
    minute: Minute,
    matter: Matter,
    room: Room,
    forms: Forms,
    *,
    overtaken: bool = False,
    asks: bool = False,
) -> Page:
    wrong = forms.minute.errors or forms.vote.errors or forms.action.errors
    entries = service.entries_of(minute.minutes)
    page = render_template(
        "minutes/minute.html",
        minute=minute,
        meeting=minute.minutes.meeting,
        number=numbering.foreseen(minute.minutes, entries)[minute.id],
        item_number=service.item_numbers(minute.minutes.meeting).get(minute.agenda_item_id or 0),
        matter=matter,
        asked=[
            (verbs, to_html(parse(text)))
            for verbs, text in resolving.recommendations_on(minute.agenda_item_id or 0)
        ],
        entitled=voting.entitled(voting.voters_on(minute, room)),
        without_vote=[v for v in voting.voters_on(minute, room) if v.why_not],
        asks_of_education=room.knows_of_education,
        contradictions=voting.contradictions(minute, room),
        forms=forms,
        wrong=wrong,
        overtaken=overtaken,
        asks=asks,
        is_last=entries[-1].id == minute.id,
        verbs=VERB_LABELS,
        votes=VOTE_LABELS,
        outcomes=OUTCOME_LABELS,
        classes=CLASSIFICATION_LABELS,
        may_class=_may_class(minute),
        action_statuses=ACTION_STATUS_LABELS,
    )
    access.note_words_of(minute)
    return (page, 422) if wrong else page


@single.post("/minutes/<int:minute_id>/votes/<int:row_id>/remove")
@requires(Permission.MINUTES_WRITE)
def remove_vote(minute_id: int, row_id: int) -> Page:
    """Take out a vote by name."""
    minute = access.minute_for(Permission.MINUTES_WRITE, minute_id)
    row = next((each for each in minute.named_votes if each.id == row_id), None)
    if row is None:
        raise NotFound
    voting.remove_named_vote(minute, row, by=reader_id())
    db.session.commit()
    tell_at(VOTE, "The vote has been taken out.")
    return see_other("minute.edit", anchor=f"{VOTE}-part", minute_id=minute_id)


@single.post("/minutes/<int:minute_id>/actions/<int:row_id>/remove")
@requires(Permission.MINUTES_WRITE)
def remove_action(minute_id: int, row_id: int) -> Page:
    """Take out an action that was added by mistake."""
    minute = access.minute_for(Permission.MINUTES_WRITE, minute_id)
    row = next((each for each in minute.actions if each.id == row_id), None)
    if row is None:
        raise NotFound
    try:
        actions.remove(row, by=reader_id())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        tell_at(ACTION, "The action has been taken out.")
    return see_other("minute.edit", anchor=f"{ACTION}-part", minute_id=minute_id)
