"""What belongs to a meeting beside its agenda: its minutes, and consultations on its items."""

from collections.abc import Sequence

from sqlalchemy import select

from committee.agendas.models import AgendaVersion
from committee.consultations.models import Consultation
from committee.decisions.models import Decision
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.minutes.models import Minutes, MinutesVersion


def newest_minutes(meeting: Meeting) -> MinutesVersion | None:
    """The minutes as they were published last; None while there are none to read."""
    found = (
        select(MinutesVersion)
        .join(MinutesVersion.minutes)
        .where(Minutes.meeting_id == meeting.id)
        .order_by(MinutesVersion.number.desc())
    )
    return db.session.scalars(found.limit(1)).first()


def consultations_on(versions: Sequence[AgendaVersion]) -> list[tuple[str, Consultation]]:
    """Published consultations on the matters of the newest agenda, each with its item's number.

    Only open items are looked at: of an exempt one not even its decision's number is public.
    """
    items = versions[0].open_contents["items"] if versions else []
    numbers = {
        item["decision_number"]: item["number"]
        for item in items
        if not item["exempt"] and item["decision_number"]
    }
    if not numbers:
        return []
    found = (
        select(Decision.number, Consultation)
        .join(Consultation, Consultation.decision_id == Decision.id)
        .where(Decision.number.in_(numbers), Consultation.published_at.is_not(None))
        .order_by(Consultation.closes_on, Consultation.id)
    )
    return [(numbers[number], each) for number, each in db.session.execute(found)]
