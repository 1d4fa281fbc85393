"""One's own account: open sessions, the password, and the way back for those who forgot it."""

from flask import Blueprint, abort, flash, render_template, url_for
from flask_login import current_user, logout_user

from committee.clock import now, today
from committee.extensions import db, limiter
from committee.people import (
    known_browsers,
    password_letters,
    passwords,
    second_factor,
    sessions,
    throttling,
)
from committee.people.account_forms import ChangeForm, ChooseForm, ForgottenForm
from committee.people.entering_views import (
    begin_try,
    have_to_wait,
    note_wrong_password,
    session_here,
)
from committee.people.holdings import holdings
from committee.people.models import User
from committee.people.password_letters import FORGOTTEN, INVITATION, Letter
from committee.people.permissions import has_account, public
from committee.people.proving_views import is_asked
from committee.people.roles import ROLE_LABELS
from committee.people.sign_in_rules import SIGN_IN_KIND_LABELS, TryKind
from committee.people.throttling import TooManyTries
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.public_reading import opens_by_proof

__all__ = ["FORGOTTEN", "INVITATION", "account", "send_link"]

account = Blueprint("account", __name__)


@account.route("/account", methods=["GET", "POST"])
@has_account
def own() -> Page:
    """Who one is here, what one may do, where one is signed in, and one's password."""
    form = ChangeForm()
    if form.validate_on_submit():
        try:
            _change_password(form)
        except TooManyTries as refused:
            form.form_errors.append(str(refused))
            return have_to_wait(_own_page(form), refused)
        except NotAllowed as refused:
            db.session.rollback()
            if isinstance(refused, passwords.WrongPassword):
                note_wrong_password(current_user.email)
            add_error(form.old_password, str(refused))
        else:
            known_browsers.remember(current_user.email, now=now())
            flash("Your password is changed. Other browsers are signed out.", "success")
            return see_other("account.own")
    return shown(_own_page(form), form)


def _change_password(form: ChangeForm) -> None:
    """Raises TooManyTries, since the old one can be guessed here as at sign-in, and NotAllowed."""
    tried = begin_try(TryKind.PASSWORD, current_user.email)
    old, new = form.old_password.data, form.new_password.data
    passwords.change(current_user, old, new, now=now(), kept=session_here())
    throttling.take_back(tried)
    db.session.commit()


def _own_page(form: ChangeForm) -> str:
    held = second_factor.held_by(current_user)
    mine = sessions.open_sessions_of(current_user, now=now())
    return render_template(
        "people/account.html",
        form=form,
        held=held,
        is_offered=is_asked(held),
        here=session_here(),
        open_sessions=mine,
        end_at={each.id: url_for("account.end_session", session_id=each.id) for each in mine},
        held_roles=holdings(current_user, on=today()),
        roles=ROLE_LABELS,
        kinds=SIGN_IN_KIND_LABELS,
    )


@account.post("/account/sessions/<int:session_id>/end")
@has_account
def end_session(session_id: int) -> Page:
    """Sign out at another browser, or at this one."""
    mine = sessions.open_sessions_of(current_user, now=now())
    found = next((each for each in mine if each.id == session_id), None)
    if found is None:
        abort(404)
    here = session_here()
    is_here = here is not None and here.id == found.id
    sessions.end(found, now=now(), by=current_user.id)
    if not is_here:  # which may be at a browser that somebody else has
        sessions.forget_browsers(current_user, now=now())
        known_browsers.remember(current_user.email, now=now())
    db.session.commit()
    if is_here:
        logout_user()
        return see_other("public.home")
    flash("That browser is signed out.", "success")
    return see_other("account.own")


@account.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten() -> Page:
    """Ask for a link. The answer is the same whether or not there is such an account."""
    form = ForgottenForm()
    if form.validate_on_submit():
        try:
            begin_try(TryKind.LINK, form.email.data)
        except TooManyTries as refused:
            form.form_errors.append(str(refused))
            return have_to_wait(_forgotten_page(form), refused)
        password_letters.ask(form.email.data, now=now())
        db.session.commit()
        return render_template("people/link_sent.html", email=form.email.data)
    return shown(_forgotten_page(form), form)


def _forgotten_page(form: ForgottenForm) -> str:
    return render_template("people/forgotten_password.html", form=form)


def send_link(user: User, letter: Letter = FORGOTTEN, *, by: int | None = None) -> None:
    """Owe the letter with a link by which the user may choose a password."""
    password_letters.owe(user, letter, now=now(), by=by)


@account.route("/choose-password/<token>", methods=["GET", "POST"])
@public
@opens_by_proof
@limiter.limit("600 per hour", methods=["POST"])
def choose(token: str) -> Page:
    """Choose a password by a link that was mailed. Reading the page does not use the link up."""
    if passwords.usable_link(token, now=now()) is None:
        return render_template("people/link_used.html"), 410
    form = ChooseForm()
    if form.validate_on_submit():
        try:
            user = passwords.choose_by_link(token, form.password.data, now=now())
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.password, str(refused))
        else:
            if not second_factor.held_by(user):  # then the link was all that there is to show
                known_browsers.remember(user.email, now=now())
            flash(f"Your password is set, {user.name}. Sign in with it.", "success")
            return see_other("people.sign_in")
    return shown(render_template("people/choose_password.html", form=form, token=token), form)
