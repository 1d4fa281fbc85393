"""The only loaders of packs that a view may use."""

from datetime import date

from flask import abort

from committee.agendas.access import is_noted
from committee.agendas.closed import matter_ever
from committee.confidentiality.access import may_read, note_reading
from committee.meetings.models import Meeting
from committee.packs import service
from committee.packs.models import Pack
from committee.packs.rules import Audience
from committee.people.permissions import Permission, check, may


def pack_for(permission: Permission, pack_id: int) -> Pack:
    """A pack, for a reader who holds `permission` on the committee whose meeting it is for."""
    pack = service.pack_with_id(pack_id)
    if pack is None:
        abort(404)
    check(permission, pack.meeting.committee_id)
    return pack


def shows_contents(meeting: Meeting, audience: Audience, *, on: date) -> bool:
    """Whether this reader is told on that day what is in a meeting's pack: whoever builds it is,
    and of a restricted one besides whoever the rules let read all that is closed in it."""
    return (
        audience is Audience.PUBLIC
        or may(Permission.PACK_BUILD, meeting.committee_id)
        or may_read(matter_ever(meeting), on=on)
    )


def note_contents_shown(meeting: Meeting, pack: Pack | None) -> None:
    """Note that this reader is shown what is in a restricted pack, if any of it is closed."""
    if pack is None or pack.audience is Audience.PUBLIC:
        return
    # Packs that were built earlier do not say of each item whether it is closed.
    if any(item.get("exempt", True) for item in pack.contents) and is_noted(meeting):
        note_reading(Pack.__tablename__, pack.id)
