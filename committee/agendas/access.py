"""The only loaders of agenda items that a view may use. Agendas are drafts: officers only."""

from flask import abort

from committee.agendas import service
from committee.agendas.models import AgendaItem
from committee.people.permissions import Permission, may


def visible_item(item_id: int, *, removed: bool = False) -> AgendaItem:
    """An item that this reader may work on; one that was removed only where `removed` says so."""
    item = service.item_with_id(item_id) if may(Permission.AGENDA_EDIT) else None
    if item is None or (item.removed_at is not None) != removed:
        abort(404)
    return item
