"""What waits for a monitoring officer: takedowns to allow or to confirm. Read only."""

from flask import url_for
from sqlalchemy import and_, or_, select

from committee.extensions import db
from committee.homes.rules import Part, ToDo
from committee.takedowns.models import Takedown
from committee.takedowns.rules import PUBLISHED_KIND_LABELS, TO_BE_CONFIRMED, TakedownStatus

MOST = 10


def takedowns_part() -> Part:
    """Statutory records that someone asks to hide, and papers that were stopped at once."""
    waits = or_(
        Takedown.status == TakedownStatus.ASKED_FOR,
        and_(
            Takedown.status == TakedownStatus.IN_FORCE,
            Takedown.kind.in_(TO_BE_CONFIRMED),
            Takedown.allowed_by_id.is_(None),
        ),
    )
    found = select(Takedown).where(waits).order_by(Takedown.id).limit(MOST)
    return Part(
        "takedowns",
        "Taken down, or asked to be",
        tuple(map(_todo, db.session.scalars(found))),
        "Nothing waits for you to allow or confirm.",
        ("Everything that was taken down", url_for("takedowns.register")),
    )


def _todo(takedown: Takedown) -> ToDo:
    asked = takedown.status is TakedownStatus.ASKED_FOR
    words = "Allow or refuse to take down" if asked else "Confirm what was taken down"
    return ToDo(
        f"{words}: {PUBLISHED_KIND_LABELS[takedown.kind].lower()}",
        url_for("takedowns.takedown", takedown_id=takedown.id),
        takedown.title,
    )
