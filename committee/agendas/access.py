"""The only loaders of agenda items and of their papers that a view may use."""

from flask import abort

from committee.agendas import programme, service
from committee.agendas.models import AgendaItem, ProgrammeItem
from committee.people.permissions import Permission, check
from committee.reports import access as papers
from committee.reports.models import Paper


def item_for(permission: Permission, item_id: int | None, *, removed: bool = False) -> AgendaItem:
    """An item, for a reader who holds `permission` on its committee.

    One that was taken off the agenda is found only where `removed` says so.
    """
    item = service.item_with_id(item_id) if item_id else None
    if item is None:
        abort(404)
    check(permission, item.meeting.committee_id)
    if (item.removed_at is not None) != removed:
        abort(404)
    return item


def paper_for(permission: Permission, paper_id: int, *, removed: bool = False) -> Paper:
    """A paper, for a reader who holds `permission` on the committee whose agenda it is under.

    One that was removed from its item is found only where `removed` says so.
    """
    paper = papers.known_paper(paper_id, removed=removed)
    item_for(permission, paper.agenda_item_id)
    return paper


def programme_item_for(permission: Permission, item_id: int) -> ProgrammeItem:
    """An item of a work programme, for a reader who holds `permission` on its committee."""
    item = programme.item_with_id(item_id)
    if item is None:
        abort(404)
    check(permission, item.committee_id)
    return item
