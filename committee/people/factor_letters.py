"""Letters that tell people of a change in how they sign in, so that none goes unseen."""

from datetime import datetime

from flask import render_template

from committee.mail import service as mail
from committee.mail.links import address_of
from committee.people import service
from committee.people.models import User


def tell(user: User, told: str, *, now: datetime) -> None:
    """Owe a letter to the user that says what was changed. The caller commits."""
    text = render_template(
        "emails/second_step.txt",
        user=user,
        told=told,
        council=service.the_council(),
        address=address_of("factors.overview"),
    )
    mail.owe(
        "sign_in_changed",
        to=user.email,
        subject="How you sign in was changed",
        text=text,
        key=f"sign-in-changed.user{user.id}.{now:%Y%m%dT%H%M%S.%f}",
        to_user_id=user.id,
    )
