"""The only loader of packs that a view may use. Packs are drafts: officers only."""

from flask import abort

from committee.packs import service
from committee.packs.models import Pack
from committee.people.permissions import Permission, may


def visible_pack(pack_id: int) -> Pack:
    """A pack that this reader may work on."""
    pack = service.pack_with_id(pack_id) if may(Permission.PACK_BUILD) else None
    if pack is None:
        abort(404)
    return pack
