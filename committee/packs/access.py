"""The only loaders of packs that a view may use."""

from flask import abort

from committee.packs import service
from committee.packs.models import Pack
from committee.people.permissions import Permission, check


def pack_for(permission: Permission, pack_id: int) -> Pack:
    """A pack, for a reader who holds `permission` on the committee whose meeting it is for."""
    pack = service.pack_with_id(pack_id)
    if pack is None:
        abort(404)
    check(permission, pack.meeting.committee_id)
    return pack
