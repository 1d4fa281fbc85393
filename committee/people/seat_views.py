"""The pages of a committee's seats: those of each group, and who may stand in."""

from functools import partial

from flask import Blueprint, flash, render_template

from committee.clock import today
from committee.extensions import db
from committee.people import access, balance, councillor_listing, seats, service
from committee.people.councillor_forms import (
    OF_ALLOTMENTS,
    OF_SEATS,
    AllotForm,
    SubstituteNameForm,
)
from committee.people.ending_views import end_form, ended
from committee.people.models import Committee, PoliticalGroup
from committee.people.permissions import Permission, requires
from committee.people.rules import END_REASON_LABELS
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

seats_pages = Blueprint("seats", __name__)


@seats_pages.route("/committees/<slug:slug>/seats", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def of_groups(slug: str) -> Page:
    """How many seats each group was given and how many of them are filled."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    form = AllotForm(data={"started_on": today()})
    form.name_groups(service.groups(committee.council))
    if form.validate_on_submit():
        try:
            seats.allot(
                committee,
                _group(committee, form),
                form.seats.data or 0,
                started_on=form.started_on.data,
                by=access.reader_id(),
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.started_on, str(refused))
        else:
            flash("The seats have been entered.", "success")
            return see_other("seats.of_groups", slug=slug)
    allotted = seats.allotments(committee, on=today())
    members = service.memberships(committee, on=today())
    page = render_template(
        "people/group_seats.html",
        form=form,
        committee=committee,
        lines=seats.seat_lines(allotted, members),
        vacancies=seats.vacancies(committee, allotted, members),
        rows=seats.allotments(committee)[::-1],
        reasons=END_REASON_LABELS,
    )
    return shown(page, form)


def _group(committee: Committee, form: AllotForm) -> PoliticalGroup | None:
    if form.new_group.data:
        return service.group_named(committee.council, form.new_group.data)
    known = service.groups(committee.council)
    return next((each for each in known if str(each.id) == form.group.data), None)


@seats_pages.route("/committees/<slug:slug>/seats/<int:allotment_id>/end", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def end_of_group(slug: str, allotment_id: int) -> Page:
    """Take a group's seats away, or say that they were entered in error."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    row = access.allotment_of(committee, allotment_id)
    form = end_form(row, OF_ALLOTMENTS)
    if ended(form, partial(seats.end_allotment, row, today=today())):
        flash("The seats have been ended.", "success")
        return see_other("seats.of_groups", slug=slug)
    page = render_template("people/end_group_seats.html", form=form, committee=committee, row=row)
    return shown(page, form)


@seats_pages.get("/political-balance")
@requires(Permission.COUNCILLOR_EDIT, council_wide=True)
def political_balance() -> str:
    """The council's allocation of seats to groups beside what would be due."""
    return render_template("people/political_balance.html", table=balance.balance_on(today()))


@seats_pages.route("/committees/<slug:slug>/substitutes", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def substitutes(slug: str) -> Page:
    """Whom the groups named to stand in, and a form to name somebody."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    seated = {each.councillor_id for each in service.memberships(committee, on=today())}
    known = [
        each
        for each in councillor_listing.possible_substitutes(committee.council, on=today())
        if each.id not in seated
    ]
    form = SubstituteNameForm(data={"started_on": today()})
    form.offer(known)
    if form.validate_on_submit():
        who = next(each for each in known if str(each.id) == form.councillor.data)
        try:
            seats.name_substitute(
                committee, who, started_on=form.started_on.data, by=access.reader_id()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.councillor, str(refused))
        else:
            flash(f"{who.name} may stand in for members of the same group.", "success")
            return see_other("seats.substitutes", slug=slug)
    page = render_template(
        "people/named_substitutes.html",
        form=form,
        committee=committee,
        named=seats.substitutes(committee, on=today()),
        has_known=bool(known),
    )
    return shown(page, form)


@seats_pages.route(
    "/committees/<slug:slug>/substitutes/<int:named_id>/end", methods=["GET", "POST"]
)
@requires(Permission.COMMITTEE_EDIT)
def end_substitute(slug: str, named_id: int) -> Page:
    """Take somebody off the list of substitutes."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    row = access.substitute_of(committee, named_id)
    form = end_form(row, OF_SEATS)
    if ended(form, partial(seats.end_substitute, row, today=today())):
        flash(f"{row.councillor.name} is no longer on the list.", "success")
        return see_other("seats.substitutes", slug=slug)
    page = render_template("people/end_substitute.html", form=form, committee=committee, row=row)
    return shown(page, form)
