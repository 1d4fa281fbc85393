"""Lending a role during an absence, and the list of those who act for others."""

from flask import Blueprint, flash, render_template
from flask_login import current_user

from committee.clock import now, today
from committee.extensions import db
from committee.people import access, holders
from committee.people import delegations as loans
from committee.people.delegation_forms import LendForm
from committee.people.delegation_models import Delegation
from committee.people.permissions import Permission, may, requires
from committee.people.roles import ROLE_LABELS
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown

delegations = Blueprint("delegations", __name__)


@delegations.route("/account/delegations", methods=["GET", "POST"])
@requires(Permission.DELEGATION_EDIT)
def own() -> Page:
    """Who acts for the reader and for whom the reader acts; a form to let somebody do so."""
    form = LendForm()
    people = {str(each.id): each for each in holders.people_by_name()}
    people.pop(str(current_user.id), None)
    form.offer(loans.may_be_lent(current_user, on=today()), list(people.values()))
    if form.validate_on_submit():
        try:
            loans.lend(current_user, people[form.receiver.data], form.loan(), today=today())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            flash("It counts once an administrator or the monitoring officer allows it.", "success")
            return see_other("delegations.own")
    page = render_template(
        "people/own_delegations.html",
        form=form,
        rows=loans.of_user(current_user, today=today()),
        roles=ROLE_LABELS,
        stands=_stands,
    )
    return shown(page, form)


@delegations.post("/account/delegations/<int:delegation_id>/end")
@requires(Permission.DELEGATION_EDIT)
def take_back(delegation_id: int) -> Page:
    """End what one has lent oneself."""
    found = access.own_delegation(delegation_id)
    _end(found)
    return see_other("delegations.own")


@delegations.get("/permissions/delegations")
@requires(Permission.PERMISSION_READ, council_wide=True)
def overview() -> str:
    """Everybody who acts, acted lately or is to act for somebody else."""
    return render_template(
        "people/delegations.html",
        rows=loans.lately(today=today()),
        roles=ROLE_LABELS,
        stands=_stands,
        may_allow=may(Permission.DELEGATION_ALLOW),
    )


@delegations.post("/permissions/delegations/<int:delegation_id>/allow")
@requires(Permission.DELEGATION_ALLOW, council_wide=True)
def allow(delegation_id: int) -> Page:
    """Let somebody act for somebody else."""
    found = access.delegation(delegation_id)
    try:
        loans.allow(found, by=current_user, now=now(), today=today())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"{found.receiver.name} may act for {found.giver.name}.", "success")
    return see_other("delegations.overview")


@delegations.post("/permissions/delegations/<int:delegation_id>/end")
@requires(Permission.DELEGATION_ALLOW, council_wide=True)
def end(delegation_id: int) -> Page:
    """End a delegation, or refuse one that was offered."""
    _end(access.delegation(delegation_id))
    return see_other("delegations.overview")


def _end(found: Delegation) -> None:
    try:
        loans.end(found, by=access.reader_id(), now=now())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash("The delegation has ended.", "success")


def _stands(found: Delegation) -> str:
    return loans.stands(found, today=today())
