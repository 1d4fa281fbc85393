"""Letters with a link by which a password is chosen, and asking for one. Callers commit.

Whoever asks for a link is answered before anyone looks whether there is such an account: the
answer then takes the same time for every address. A worker looks, and owes the letter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from committee.extensions import db
from committee.mail import service as mail
from committee.mail.links import address_of
from committee.people import passwords, service, users
from committee.people.models import User
from committee.people.sign_in_models import PasswordRequest
from committee.work import service as work
from committee.work.rules import WorkKind


@dataclass(frozen=True)
class Letter:
    """A letter with a link: its words, and how long the link in it can be used."""

    template: str
    subject: str
    lasts: timedelta


FORGOTTEN = Letter("emails/password_link.txt", "Choose a new password", lasts=passwords.RESET_LASTS)
INVITATION = Letter(
    "emails/invitation.txt", "Your account in Quorate", lasts=passwords.INVITATION_LASTS
)


def ask(email: str, *, now: datetime) -> None:
    """Note that somebody asks for a link to this address, whether or not it has an account."""
    asked = PasswordRequest(email=email.strip().lower(), asked_at=now)
    db.session.add(asked)
    db.session.flush()
    work.owe(WorkKind.SEND_PASSWORD_LINK, asked.id)


def answer(request_id: int, *, now: datetime) -> None:
    """Owe the letter, if the address that was asked for has an open account; forget the asking."""
    asked = db.session.get(PasswordRequest, request_id)
    if asked is None:
        return
    user = users.user_with_email(asked.email)
    db.session.delete(asked)
    if user and user.active:
        owe(user, FORGOTTEN, now=now)


def forget(request_id: int) -> None:
    """Forget the asking: it could not be answered, and whoever asked will ask again."""
    if asked := db.session.get(PasswordRequest, request_id):
        db.session.delete(asked)


def owe(user: User, letter: Letter, *, now: datetime, by: int | None = None) -> None:
    """Owe the letter with a link by which the user may choose a password."""
    link, token = passwords.offer_link(user, now=now, lasts=letter.lasts, by=by)
    # Not flask.render_template, which asks who is signed in: a worker has no request.
    text = current_app.jinja_env.get_template(letter.template).render(
        user=user,
        council=service.the_council(),
        address=address_of("account.choose", token=token),
        again=address_of("account.forgotten"),
        until=link.expires_at,
        hours=int(letter.lasts.total_seconds() // 3600),
    )
    mail.owe(
        "password_link",
        to=user.email,
        subject=letter.subject,
        text=text,
        key=f"password-link.{link.id}",
        to_user_id=user.id,
    )
