"""The pages of councillors: for anyone, who they are; for officers, their terms and contacts."""

from functools import partial

from flask import Blueprint, flash, render_template, request

from committee.clock import today
from committee.extensions import db
from committee.people import access, councillor_listing, councillors, service
from committee.people.councillor_forms import (
    OF_TERMS,
    CouncillorForm,
    NewCouncillorForm,
    TermForm,
    councillor_data,
)
from committee.people.ending_views import end_form, ended
from committee.people.models import Council, Councillor, PoliticalGroup
from committee.people.permissions import Permission, may, public, requires
from committee.people.roles import MEMBER_ROLE_LABELS
from committee.people.rules import CONTACT_KIND_LABELS, END_REASON_LABELS, VOTING_RIGHT_LABELS
from committee.states import NotAllowed
from committee.web.answers import Page, page_asked_for, see_other, shown
from committee.web.fields import add_error

councillors_pages = Blueprint("councillors", __name__)

LONGEST_SEARCH = 200  # characters


@councillors_pages.get("/councillors")
@public
def listed() -> str:
    """The councillors of today, or with `former` those of before, to be searched by words."""
    words = request.args.get("words", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    former = "former" in request.args
    return render_template(
        "people/councillors.html",
        found=councillor_listing.councillors(
            on=today(), former=former, words=words, page=page_asked_for()
        ),
        former=former,
        words=words,
    )


@councillors_pages.get("/councillors/<int:councillor_id>")
@public
def councillor(councillor_id: int) -> str:
    """One councillor: group, division, terms, seats, and the contacts that they publish."""
    found = access.visible_councillor(councillor_id)
    edits = may(Permission.COUNCILLOR_EDIT)
    return render_template(
        "people/councillor.html",
        councillor=found,
        terms=councillors.terms_of(found),
        seats=councillors.seats_of(found),
        contacts=councillors.contacts_of(found, published=not edits),
        kinds=CONTACT_KIND_LABELS,
        roles=MEMBER_ROLE_LABELS,
        rights=VOTING_RIGHT_LABELS,
        reasons=END_REASON_LABELS,
        today=today(),
    )


@councillors_pages.route("/councillors/new", methods=["GET", "POST"])
@requires(Permission.COUNCILLOR_EDIT, council_wide=True)
def add() -> Page:
    """Enter a councillor with the first term."""
    council = access.council()
    form = NewCouncillorForm(data={"started_on": today()})
    form.name_groups(service.groups(council))
    if form.validate_on_submit():
        try:
            added = councillors.add_councillor(council, form.name.data, by=access.reader_id())
            _begin_term(council, added, form)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.name, str(refused))
        else:
            flash(f"{added.name} has been added.", "success")
            return see_other("councillors.councillor", councillor_id=added.id)
    return shown(render_template("people/add_councillor.html", form=form), form)


@councillors_pages.route("/councillors/<int:councillor_id>/edit", methods=["GET", "POST"])
@requires(Permission.COUNCILLOR_EDIT, council_wide=True)
def edit(councillor_id: int) -> Page:
    """Correct the name, and keep by what a councillor can be reached and what of it is public."""
    found = access.visible_councillor(councillor_id)
    kept = councillor_data(found, councillors.contacts_of(found))
    form = CouncillorForm(data=kept)
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(found)
    if valid and not overtaken:
        try:
            councillors.change(found, form.name.data, form.contacts(), by=access.reader_id())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.name, str(refused))
        else:
            flash(f"{found.name} has been changed.", "success")
            return see_other("councillors.councillor", councillor_id=found.id)
    theirs = kept if overtaken else None
    page = render_template(
        "people/edit_councillor.html", form=form, councillor=found, theirs=theirs
    )
    return shown(page, form)


@councillors_pages.route("/councillors/<int:councillor_id>/terms", methods=["GET", "POST"])
@requires(Permission.COUNCILLOR_EDIT, council_wide=True)
def begin_term(councillor_id: int) -> Page:
    """Enter a term, as after an election or a change of group; the one before it ends."""
    found = access.visible_councillor(councillor_id)
    terms = councillors.terms_of(found)
    proposed = {"started_on": today(), "division": terms[0].division if terms else None}
    form = TermForm(data=proposed | {"group": str(found.group_id or "")})
    form.name_groups(service.groups(access.council()))
    if form.validate_on_submit():
        try:
            _begin_term(access.council(), found, form)
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.started_on, str(refused))
        else:
            flash("The term has been entered.", "success")
            return see_other("councillors.councillor", councillor_id=found.id)
    page = render_template("people/begin_term.html", form=form, councillor=found, terms=terms)
    return shown(page, form)


def _begin_term(council: Council, councillor: Councillor, form: TermForm) -> None:
    councillors.begin_term(
        councillor,
        division=form.division.data,
        group=_group(council, form),
        started_on=form.started_on.data,
        today=today(),
        by=access.reader_id(),
    )


def _group(council: Council, form: TermForm) -> PoliticalGroup | None:
    if form.new_group.data:
        return service.group_named(council, form.new_group.data)
    return next((each for each in service.groups(council) if str(each.id) == form.group.data), None)


@councillors_pages.route(
    "/councillors/<int:councillor_id>/terms/<int:term_id>/end", methods=["GET", "POST"]
)
@requires(Permission.COUNCILLOR_EDIT, council_wide=True)
def end_term(councillor_id: int, term_id: int) -> Page:
    """End a term, or say that it was entered in error."""
    found = access.visible_councillor(councillor_id)
    term = access.term_of(found, term_id)
    form = end_form(term, OF_TERMS)
    if ended(form, partial(councillors.end_term, term, today=today())):
        flash("The term has been ended.", "success")
        return see_other("councillors.councillor", councillor_id=found.id)
    page = render_template("people/end_term.html", form=form, councillor=found, term=term)
    return shown(page, form)
