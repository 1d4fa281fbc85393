"""The page on which people land who have signed in."""

from flask import Blueprint, render_template
from flask_login import current_user

from committee.clock import today
from committee.homes.keeping import places
from committee.homes.parts import home_of
from committee.homes.rules import due_in_words, is_late
from committee.people.holdings import holdings
from committee.people.permissions import Permission, requires, where
from committee.people.roles import ROLE_LABELS

homes = Blueprint("homes", __name__)


@homes.get("/home")
@requires(Permission.HOME_READ)
def home() -> str:
    """What this person has to do next, sorted by deadline."""
    day = today()
    return render_template(
        "homes/home.html",
        parts=home_of(current_user, today=day),
        today=day,
        due=lambda todo: due_in_words(todo.due, today=day),
        late=lambda todo: is_late(todo.due, today=day),
        roles=list(dict.fromkeys(ROLE_LABELS[h.role] for h in holdings(current_user, on=day))),
        places=places(lambda permission: where(permission) != set()),
    )
