"""What this browser has proved so far: a password that waits for its second step, a passkey's
question, and how long ago somebody showed who they are.

All of it is in the signed session of the browser. What must count once is spent in the database.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, flash, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from committee.clock import now, today
from committee.extensions import db
from committee.people import second_factor, users
from committee.people.entering_views import enter, lead_in, session_here
from committee.people.holdings import holdings
from committee.people.models import User
from committee.people.passkeys import Question, Site, new_question, site_at
from committee.people.second_factor import Held, spend
from committee.people.sign_in_choices import current_choices
from committee.people.sign_in_models import Passkey
from committee.people.sign_in_rules import SecondFactorDuty, SignInKind, waiting_in_words
from committee.states import NotAllowed
from config import Settings

P = ParamSpec("P")
R = TypeVar("R")

WAITS = timedelta(minutes=10)  # from the password to the second step, and for a passkey's answer
PROVIDER_WAITS = timedelta(minutes=30)  # at the council's own sign-in
# For changing by what one signs in, for signing a decision, and for saying who may sign in and what
# they may do. It is asked when the page is shown
# and again when its form is sent, and nowhere is it said in another number.
FRESH = timedelta(minutes=15)
WAITED_TOO_LONG = "This took too long. Begin once more."
NOT_SENT = (
    f"What you sent was not taken: it is longer than {waiting_in_words(FRESH)} since you showed "
    "who you are. Do so now, then fill the form in again."
)


@dataclass(frozen=True)
class Pending:
    """Somebody whose password was right, and what they may go on with."""

    user_id: int
    mark: str
    app: bool
    passkey: bool
    codes: bool
    wanted: str


def come_in(user: User, wanted: str | None) -> Response:
    """Let in someone whose password was right, or lead them to their second step."""
    held = second_factor.held_by(user)
    if not held:
        enter(user)
        return lead_in(user, wanted)
    db.session.commit()  # that the try was taken back: the password was right
    session.clear()
    session["second_step"] = {
        "user_id": user.id,
        "mark": _mark(user),
        "app": held.authenticator is not None,
        "passkey": bool(held.passkeys),
        "codes": held.recovery_codes > 0,
        "wanted": wanted or "",
        "at": _stamp(),
    }
    return redirect(url_for("second_step.ask"), 303)


def pending() -> Pending | None:
    """Who is between password and second step at this browser, by what the browser holds."""
    held = _young("second_step")
    return Pending(**held) if held else None


def pending_user(waiting: Pending) -> User | None:
    """The account of somebody between the steps, unless it was closed or has a new password."""
    user = users.user_with_id(waiting.user_id)
    return user if user and user.active and _mark(user) == waiting.mark else None


def finish(user: User, kind: SignInKind, wanted: str | None) -> Response:
    """Begin the session of somebody who has taken every step."""
    enter(user, kind)
    return lead_in(user, wanted)


def site_here() -> Site | None:
    """Where passkeys are used on this installation, if they can be."""
    settings: Settings = current_app.config["SETTINGS"]
    return site_at(settings.public_url)


def put_question(held: Sequence[Passkey] = ()) -> Question:
    """A new question for a passkey, which this browser must bring back with the answer."""
    question = new_question(held)
    session["passkey"] = {
        "challenge": urlsafe_b64encode(question.challenge).decode(),
        "handle": urlsafe_b64encode(question.handle).decode(),
        "at": _stamp(),
    }
    return question


def question_put() -> Question:
    """The question that this browser was put. It cannot be answered a second time.

    Raises NotAllowed if there is none, if it is ten minutes old, and if it was answered before.
    """
    held = _young("passkey")
    session.pop("passkey", None)
    if held is None or not _first_use(f"passkey {held['challenge']}"):
        raise NotAllowed(WAITED_TOO_LONG)
    return Question(urlsafe_b64decode(held["challenge"]), urlsafe_b64decode(held["handle"]))


def put_state(state: str, wanted: str) -> None:
    """Keep what the provider has to send back, and the page that was wanted before."""
    session["provider"] = {"state": state, "wanted": wanted, "at": _stamp()}


def state_put() -> tuple[str, str]:
    """The state that this browser left with, and the page that was wanted. It counts once.

    Raises NotAllowed if there is none, if it is half an hour old, and if it was used before.
    """
    held = _young("provider", PROVIDER_WAITS)
    session.pop("provider", None)
    if held is None or not _first_use(f"provider {held['state']}"):
        raise NotAllowed(WAITED_TOO_LONG)
    return held["state"], held["wanted"]


def note_proof() -> None:
    """Keep that the person at this browser has shown just now who they are. The caller commits."""
    if here := session_here():
        here.proved_at = now()


def is_proved() -> bool:
    """Whether the person at this browser has shown within `FRESH` who they are."""
    here = session_here()
    return here is not None and here.proved_at > now() - FRESH


def needs_proof(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask who it is again before this view, unless that was shown within `FRESH`."""

    @wraps(view)
    def checked(*arguments: P.args, **named: P.kwargs) -> R | Response:
        return view(*arguments, **named) if is_proved() else _ask_again()

    return checked


def needs_factor(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Ask for the second step again before this view, of those who have set one up, unless it was
    shown within `FRESH`."""

    @wraps(view)
    def checked(*arguments: P.args, **named: P.kwargs) -> R | Response:
        if is_proved() or not second_factor.held_by(current_user):
            return view(*arguments, **named)
        return _ask_again()

    return checked


def needs_factor_to_send(view: Callable[P, R]) -> Callable[P, R | Response]:
    """The same for what is sent alone, where the page is one to read as well."""
    asked = needs_factor(view)

    @wraps(view)
    def checked(*arguments: P.args, **named: P.kwargs) -> R | Response:
        return (view if request.method in ("GET", "HEAD") else asked)(*arguments, **named)

    return checked


def is_asked(held: Held) -> bool:
    """Whether a role of the person signed in asks for a second step, and there is none."""
    roles = current_choices().second_step_roles
    return not held and any(each.role in roles for each in holdings(current_user, on=today()))


def must_set_up() -> bool:
    """Whether the person at this browser can do nothing before they have set up a second step.

    Who comes from the council's own sign-in was asked for one there, if the council wants it.
    """
    here = session_here()
    if current_choices().second_step is not SecondFactorDuty.REQUIRED or here is None:
        return False
    return here.kind is not SignInKind.PROVIDER and is_asked(second_factor.held_by(current_user))


def _ask_again() -> Response:
    """Lead to the page that asks who it is, and back to the page that was wanted. A form that was
    sent too late is said to be lost: its words are kept nowhere on the way."""
    if request.method == "GET":
        back = request.full_path.rstrip("?")
    else:
        flash(NOT_SENT, "information")
        back = _page_at_or_above(request.path)
    return redirect(url_for("second_step.confirm", next=back), 303)


def _page_at_or_above(path: str) -> str:
    """The page on which a button that leads to this path stands: the path, or the one above it
    that can be opened. All buttons about one's own second step stand on one page."""
    pages, own = current_app.url_map.bind(""), url_for("factors.overview")
    if not pages.test(path, "GET") and path.startswith(own):
        return own
    while not pages.test(path, "GET"):
        path = path.rpartition("/")[0] or "/"
    return path


def _first_use(token: str) -> bool:
    """Whether this is used for the first time. That it was is kept, whatever comes of it."""
    first = spend(token, now=now())
    db.session.commit()
    return first


def _stamp() -> int:
    return int(now().timestamp())


def _young(name: str, within: timedelta = WAITS) -> dict[str, Any] | None:
    """What the browser holds under this name, without its age, unless that is too great."""
    kept: Any = dict(session).get(name)
    if not isinstance(kept, dict) or not isinstance(kept.get("at"), int):
        return None
    age = now() - datetime.fromtimestamp(kept["at"], tz=now().tzinfo)
    return {key: kept[key] for key in kept if key != "at"} if age < within else None


def _mark(user: User) -> str:
    """Changes with the password and the address, so that a step taken before counts no more."""
    return hashlib.sha256(f"{user.email} {user.password_hash}".encode()).hexdigest()[:16]
