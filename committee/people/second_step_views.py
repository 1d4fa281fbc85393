"""Between the password and the session: the code, the passkey, and showing again who one is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from committee.clock import now
from committee.extensions import db
from committee.people import access, passkeys, second_factor, throttling, users
from committee.people.entering_views import (
    begin_try,
    have_to_wait,
    note_refused_passkey,
    note_wrong_code,
    note_wrong_password,
    own_page,
)
from committee.people.forms import SignInForm
from committee.people.models import User
from committee.people.permissions import has_account, public
from committee.people.proving_views import (
    FRESH,
    WAITED_TOO_LONG,
    Pending,
    finish,
    note_proof,
    pending,
    pending_user,
    put_question,
    question_put,
    site_here,
)
from committee.people.second_factor import WRONG_CODE, Held
from committee.people.second_step_forms import CodeForm, PasskeyForm, PasswordAgainForm
from committee.people.sign_in_models import Passkey
from committee.people.sign_in_rules import SignInKind, TryKind, waiting_in_words
from committee.people.throttling import TooManyTries
from committee.people.views import sign_in_page
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.fields import add_error
from committee.web.public_reading import opens_by_proof

second_step = Blueprint("second_step", __name__)


@second_step.route("/sign-in/second-step", methods=["GET", "POST"])
@public
@opens_by_proof
def ask() -> Page:
    """The second step of somebody whose password was right."""
    waiting = pending()
    if waiting is None:
        return _begin_again()
    form = CodeForm()
    if form.validate_on_submit():
        user = pending_user(waiting)
        if user is None:
            return _begin_again()
        try:
            kind = _kind_of_code(user, form.code.data)
        except TooManyTries as refused:
            form.form_errors.append(str(refused))
            return have_to_wait(_ask_page(waiting, form), refused)
        if kind is not None:
            return finish(user, kind, waiting.wanted)
        add_error(form.code, WRONG_CODE)
    return shown(_ask_page(waiting, form), form)


@second_step.post("/sign-in/passkey")
@public
def passkey() -> Page:
    """Come in by a passkey, alone or after the password. It is a whole sign-in by itself."""
    if current_user.is_authenticated:
        return redirect(url_for("public.home"), 303)
    form, waiting = PasskeyForm(), pending()
    try:
        used = _signed_by(form.credential.data)
    except NotAllowed as refused:
        db.session.rollback()
        note_refused_passkey(pending_user(waiting) if waiting else None)
        return _refused(waiting, form, str(refused))
    both = waiting is not None and waiting.user_id == used.user_id
    kind = SignInKind.PASSWORD_AND_PASSKEY if both else SignInKind.PASSKEY
    return finish(used.user, kind, waiting.wanted if waiting else form.next.data)


@second_step.route("/account/confirm", methods=["GET", "POST"])
@has_account
def confirm() -> Page:
    """Somebody who has signed in shows again who they are, before what matters most."""
    held = second_factor.held_by(current_user)
    form = CodeForm() if held else PasswordAgainForm()
    wanted = own_page(form.next.data or request.args.get("next")) or url_for("account.own")
    form.next.data = wanted
    if form.is_submitted():
        try:
            if _is_shown(held, form):
                note_proof()
                db.session.commit()
                return redirect(wanted, 303)
        except TooManyTries as refused:
            form.form_errors.append(str(refused))
            return have_to_wait(_confirm_page(held, form), refused)
        except NotAllowed as refused:
            db.session.rollback()
            note_refused_passkey(access.reader())
            form.form_errors.append(str(refused))
    return shown(_confirm_page(held, form), form)


def _is_shown(held: Held, form: CodeForm | PasswordAgainForm) -> bool:
    """Whether the form that was sent shows who it is; where it does not, it says why.

    Raises TooManyTries, and NotAllowed for a passkey that is not taken.
    """
    if held and (credential := PasskeyForm().credential.data):
        if _signed_by(credential).user_id != current_user.id:
            raise NotAllowed(passkeys.NOT_TAKEN)
        return True
    if not form.validate():
        return False
    if isinstance(form, CodeForm):
        if _kind_of_code(current_user, form.code.data) is not None:
            return True
        add_error(form.code, WRONG_CODE)
        return False
    tried = begin_try(TryKind.PASSWORD, current_user.email)
    if users.user_with_password(current_user.email, form.password.data) is None:
        add_error(form.password, "The password is not right.")
        note_wrong_password(current_user.email)
        return False
    throttling.take_back(tried)
    return True


def _kind_of_code(user: User, code: str) -> SignInKind | None:
    """By which code the step was taken, if by any. Raises TooManyTries."""
    tried = begin_try(TryKind.SECOND_STEP, f"user {user.id}", user.email)
    kind = None
    if second_factor.take_code(user, code, now=now()):
        kind = SignInKind.PASSWORD_AND_CODE
    elif second_factor.take_recovery_code(user, code, now=now()):
        kind = SignInKind.PASSWORD_AND_RECOVERY_CODE
    if kind is not None:
        throttling.take_back(tried)
    else:
        note_wrong_code(user)
    return kind


def _signed_by(credential: str | None) -> Passkey:
    """The passkey that has answered this browser's question. Raises NotAllowed for none."""
    site = site_here()
    question = question_put()
    if site is None:
        raise NotAllowed(passkeys.NOT_TAKEN)
    return passkeys.use(credential or "", site, question, now=now())


def _begin_again() -> Page:
    flash(WAITED_TOO_LONG, "information")
    return see_other("people.sign_in")


def _refused(waiting: Pending | None, form: PasskeyForm, why: str) -> Page:
    if waiting is not None:
        again = CodeForm(formdata=None)
        again.form_errors.append(why)
        return shown(_ask_page(waiting, again), again)
    first = SignInForm(formdata=None, data={"next": form.next.data})
    first.form_errors.append(why)
    return shown(sign_in_page(first), first)


def _ask_page(waiting: Pending, form: CodeForm) -> str:
    return render_template(
        "people/second_step.html",
        form=form,
        waiting=waiting,
        passkey=_question() if waiting.passkey else None,
    )


def _confirm_page(held: Held, form: CodeForm | PasswordAgainForm) -> str:
    return render_template(
        "people/confirm.html",
        form=form,
        held=held,
        passkey=_question() if held.passkeys else None,
        within=waiting_in_words(FRESH),
    )


def _question() -> str | None:
    site = site_here()
    return passkeys.options_to_use(site, put_question()) if site else None
