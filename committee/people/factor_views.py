"""One's own second step of sign-in: an app, passkeys, recovery codes; and its reset by others."""

from io import BytesIO

import segno
from flask import Blueprint, Response, abort, flash, render_template, request
from flask_login import current_user

from committee.clock import now
from committee.extensions import db
from committee.headers import as_file
from committee.people import (
    access,
    factor_letters,
    known_browsers,
    oidc_accounts,
    passkeys,
    second_factor,
    service,
    sessions,
)
from committee.people.entering_views import session_here
from committee.people.permissions import Permission, has_account, requires
from committee.people.proving_views import (
    must_set_up,
    needs_factor,
    needs_proof,
    note_proof,
    put_question,
    question_put,
    site_here,
)
from committee.people.second_factor import Held
from committee.people.second_step_forms import AppCodeForm, NewPasskeyForm
from committee.people.sign_in_models import Passkey
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error

factors = Blueprint("factors", __name__)

TAKEN_AWAY = "An administrator took away your second step of sign-in."
UNLINKED = "An administrator took away the link to your council account."


@factors.get("/account/second-step")
@has_account
def overview() -> Page:
    """What one has set up, and what else there is."""
    return render_template(
        "people/second_factors.html",
        held=second_factor.held_by(current_user),
        site=site_here(),
        must_set_up=must_set_up(),
    )


@factors.post("/account/second-step/app/begin")
@has_account
@needs_proof
def begin_app() -> Page:
    """Make a secret for an app."""
    second_factor.begin_authenticator(current_user, now=now())
    db.session.commit()
    return see_other("factors.app")


@factors.route("/account/second-step/app", methods=["GET", "POST"])
@has_account
@needs_proof
def app() -> Page:
    """The picture and the key for an app, and its first code."""
    begun = second_factor.begun_authenticator(current_user)
    if begun is None:
        return see_other("factors.overview")
    form = AppCodeForm()
    if form.validate_on_submit():
        try:
            second_factor.confirm_authenticator(current_user, form.code.data, now=now())
        except NotAllowed as refused:
            db.session.rollback()
            add_error(form.code, str(refused))
        else:
            return _added("The authenticator app is set up.", "An authenticator app was added.")
    secret = begun[1]
    key = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return shown(render_template("people/authenticator.html", form=form, key=key), form)


@factors.get("/account/second-step/app/picture.svg")
@has_account
@needs_proof
def picture() -> Response:
    """The secret of the app that is being set up, as a picture for its camera."""
    begun = second_factor.begun_authenticator(current_user)
    if begun is None:
        abort(404)
    council = service.the_council()
    name = council.name if council else "Quorate"
    made, drawn = segno.make(second_factor.address_for_app(current_user, begun[1], name)), BytesIO()
    made.save(drawn, kind="svg", scale=5, light="#fff")
    return as_file(Response(drawn.getvalue(), mimetype="image/svg+xml"))


@factors.route("/account/second-step/app/remove", methods=["GET", "POST"])
@has_account
@needs_proof
def remove_app() -> Page:
    """Give the app up, after asking."""
    if request.method == "POST":
        try:
            second_factor.remove_authenticator(current_user, now=now(), by=current_user.id)
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            _removed("Your authenticator app was removed.")
        return see_other("factors.overview")
    held = second_factor.held_by(current_user)
    if held.authenticator is None:
        return see_other("factors.overview")
    return render_template("people/remove_factor.html", passkey=None, last=not held.passkeys)


@factors.route("/account/second-step/passkeys/new", methods=["GET", "POST"])
@has_account
@needs_proof
def add_passkey() -> Page:
    """Add a passkey that this browser or a device near it holds."""
    form, site = NewPasskeyForm(), site_here()
    if site is None:
        return render_template("people/add_passkey.html", form=form, options=None)
    if form.validate_on_submit():
        try:
            question = question_put()
            sent, name = form.credential.data or "", form.name.data
            passkeys.add(current_user, name, sent, site, question, now=now())
        except NotAllowed as refused:
            db.session.rollback()
            form.form_errors.append(str(refused))
        else:
            return _added("The passkey is added.", f"The passkey “{form.name.data}” was added.")
    try:
        passkeys.check_room(current_user)
    except NotAllowed as refused:
        flash(str(refused), "information")
        return see_other("factors.overview")
    held, council = second_factor.held_by(current_user).passkeys, service.the_council()
    name = council.name if council else "Quorate"
    options = passkeys.options_to_add(current_user, held, site, put_question(held), council=name)
    return shown(render_template("people/add_passkey.html", form=form, options=options), form)


@factors.route("/account/second-step/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@has_account
@needs_proof
def remove_passkey(passkey_id: int) -> Page:
    """Give a passkey up, after asking."""
    held = second_factor.held_by(current_user)
    passkey = _own_passkey(held, passkey_id)
    if request.method == "POST":
        second_factor.remove_passkey(passkey, now=now(), by=current_user.id)
        _removed(f"The passkey “{passkey.name}” was removed.")
        return see_other("factors.overview")
    last = held.authenticator is None and len(held.passkeys) == 1
    return render_template("people/remove_factor.html", passkey=passkey, last=last)


@factors.post("/account/second-step/recovery-codes")
@has_account
@needs_proof
def make_codes() -> Page:
    """Make new recovery codes and show them, this once."""
    if not second_factor.held_by(current_user):
        return see_other("factors.overview")
    codes = second_factor.make_recovery_codes(current_user, now=now())
    factor_letters.tell(current_user, "New recovery codes were made.", now=now())
    db.session.commit()
    return _codes_page(codes)


@factors.route("/people/<int:user_id>/second-step/reset", methods=["GET", "POST"])
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def reset(user_id: int) -> Page:
    """Take away the second step of somebody who has lost it, after asking."""
    user = access.account(user_id)
    if request.method == "POST":
        try:
            second_factor.reset(user, now=now(), by=access.reader_id())
            factor_letters.tell(
                user, "An administrator took away your second step of sign-in.", now=now()
            )
            db.session.commit()
        except NotAllowed as refused:
            db.session.rollback()
            flash(str(refused), "information")
        else:
            flash(f"{user.name} signs in without a second step until they set one up.", "success")
        return see_other("users.person", user_id=user.id)
    return render_template(
        "people/reset_second_step.html",
        user=user,
        held=second_factor.held_by(user),
        linked=oidc_accounts.linked_to(user),
    )


@factors.post("/people/<int:user_id>/council-account/unlink")
@requires(Permission.USER_EDIT, council_wide=True)
@needs_factor
def unlink(user_id: int) -> Page:
    """Forget which council account is somebody's, as when their address has gone to another."""
    user = access.account(user_id)
    try:
        oidc_accounts.unlink(user, now=now(), by=access.reader_id())
        factor_letters.tell(user, UNLINKED, now=now())
        db.session.commit()
    except NotAllowed as refused:
        db.session.rollback()
        flash(str(refused), "information")
    else:
        flash(f"The council account of {user.name} is no longer linked.", "success")
    return see_other("users.person", user_id=user.id)


def _added(told: str, letter: str) -> Page:
    """Keep what was added. The first time, recovery codes are made and shown with it, and every
    other browser is signed out: it came in by a password that was not enough from then on."""
    note_proof()
    factor_letters.tell(current_user, letter, now=now())
    held = second_factor.held_by(current_user)
    if len(held.passkeys) + (held.authenticator is not None) == 1:
        here, person = session_here(), access.reader()
        sessions.end_all_of(person, now=now(), by=person.id, but=here)
        known_browsers.remember(person.email, now=now())
        told += " Other browsers are signed out."
    if held.recovery_codes:
        db.session.commit()
        flash(told, "success")
        return see_other("factors.overview")
    codes = second_factor.make_recovery_codes(current_user, now=now())
    db.session.commit()
    flash(told, "success")
    return _codes_page(codes)


def _removed(told: str) -> None:
    factor_letters.tell(current_user, told, now=now())
    db.session.commit()
    flash(told, "success")


def _codes_page(codes: list[str]) -> str:
    return render_template("people/recovery_codes.html", codes=codes)


def _own_passkey(held: Held, passkey_id: int) -> Passkey:
    found = next((passkey for passkey in held.passkeys if passkey.id == passkey_id), None)
    if found is None:
        abort(404)
    return found
