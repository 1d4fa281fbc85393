"""To the council's own sign-in and back."""

import hmac
import secrets

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_login import current_user

from committee.clock import now
from committee.extensions import db
from committee.mail.links import address_of
from committee.people import oidc_accounts
from committee.people.entering_views import note_refused_answer, own_page
from committee.people.forms import SignInForm
from committee.people.models import User
from committee.people.oidc import Provider, Unreachable
from committee.people.permissions import public
from committee.people.proving_views import WAITED_TOO_LONG, finish, put_state, state_put
from committee.people.second_step_forms import ProviderAnswerForm
from committee.people.sign_in_choices import current_choices
from committee.people.sign_in_rules import SignInKind
from committee.people.views import provider_here, sign_in_page
from committee.states import NotAllowed
from committee.web.answers import Page, shown
from config import Settings

provider = Blueprint("provider", __name__)

DECLINED = "You were not signed in: your council’s sign-in was left before its end."


@provider.get("/sign-in/provider")
@public
def begin() -> Page:
    """Lead to the council's own sign-in."""
    found = _provider()
    if current_user.is_authenticated:
        return redirect(url_for("public.home"), 303)
    wanted = own_page(request.args.get("next")) or ""
    state = secrets.token_urlsafe(32)
    try:
        there = found.address(state, _key(), address_of("provider.answer"))
    except Unreachable as fault:
        return _told(str(fault), wanted, 503)
    put_state(state, wanted)
    return redirect(there, 303)


@provider.get("/sign-in/provider/answer")
@public
def answer() -> Page:
    """Where people come back to. A page that is only read changes nothing, so this one holds a
    form, which a script sends at once."""
    _provider()
    if "code" not in request.args:
        return _told(DECLINED, "", 422)
    form = ProviderAnswerForm(formdata=None, data=request.args.to_dict())
    return render_template("people/provider_answer.html", form=form)


@provider.post("/sign-in/provider/answer")
@public
def take_answer() -> Page:
    """Let in whom the provider has named."""
    form = ProviderAnswerForm()
    if current_user.is_authenticated:
        return redirect(url_for("public.home"), 303)
    wanted = ""
    try:
        state, wanted = state_put()
        user = _named(form, state)
    except Unreachable as fault:
        db.session.rollback()
        return _told(str(fault), wanted, 503)
    except NotAllowed as refused:
        db.session.rollback()
        note_refused_answer()
        return _told(str(refused), wanted, 422)
    return finish(user, SignInKind.PROVIDER, wanted)


def _named(form: ProviderAnswerForm, state: str) -> User:
    """Whom the provider has named. Raises Unreachable and NotAllowed."""
    found = _provider()
    sent, issuer = form.state.data or "", form.iss.data
    if not hmac.compare_digest(state.encode(), sent.encode("utf-8", "replace")):
        raise NotAllowed(WAITED_TOO_LONG)
    if issuer and issuer != found.issuer:  # RFC 9207: another provider's answer
        raise NotAllowed(WAITED_TOO_LONG)
    back = address_of("provider.answer")
    claims = found.redeem(form.code.data or "", state, _key(), back, now=now())
    return oidc_accounts.account_of(claims, current_choices(), now=now())


def _provider() -> Provider:
    found = provider_here()
    if found is None:
        abort(404)
    return found


def _key() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.secret_key


def _told(words: str, wanted: str, status: int) -> Page:
    form = SignInForm(formdata=None, data={"next": wanted})
    form.form_errors.append(words)
    page = sign_in_page(form)
    return (page, status) if status != 422 else shown(page, form)
