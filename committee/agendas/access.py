"""The only loaders of agenda items and of their papers that a view may use, and who is shown the
words of closed ones.

Whoever may edit the agenda reads all of it. Those who are only let in to read it (a group
spokesman, an auditor) read of a closed item what anyone may, unless the rules let them read it.
"""

from collections.abc import Iterable, Sequence

from flask import abort
from sqlalchemy import select

from committee.agendas import programme, service
from committee.agendas.closed import is_closed, matter_of, matter_of_item, matter_of_paper
from committee.agendas.models import AgendaItem, AgendaVersion, ProgrammeItem
from committee.clock import today
from committee.confidentiality.access import check_may_read, may_read, note_reading
from committee.confidentiality.reading_rules import Matter
from committee.extensions import db
from committee.meetings.models import Meeting
from committee.people.permissions import Permission, check, may
from committee.reports import access as papers
from committee.reports.models import Paper


def item_for(permission: Permission, item_id: int | None, *, removed: bool = False) -> AgendaItem:
    """An item, for a reader who holds `permission` on its committee, or may read by it what is
    open, and this item too if it is not.

    One that was taken off the agenda is found only where `removed` says so.
    """
    item = service.item_with_id(item_id) if item_id else None
    if item is None:
        abort(404)
    check(permission, item.meeting.committee_id)
    if (item.removed_at is not None) != removed:
        abort(404)
    if not item.is_open and not may(permission, item.meeting.committee_id):
        check_may_read(matter_of_item(item), on=today())
    return item


def paper_for(permission: Permission, paper_id: int, *, removed: bool = False) -> Paper:
    """A paper, for a reader who holds `permission` on the committee whose agenda it is under, or
    may read by it what is open, and this paper too if it is not.

    One that was removed from its item is found only where `removed` says so.
    """
    paper = papers.known_paper(paper_id, removed=removed)
    item = item_for(permission, paper.agenda_item_id)
    if not paper.is_open and not may(permission, item.meeting.committee_id):
        check_may_read(matter_of_paper(paper, item), on=today())
    return paper


def hidden_from_reader(
    meeting: Meeting, items: Iterable[AgendaItem], *, with_papers: bool = False
) -> frozenset[int]:
    """The ids of those of a meeting's items whose own words this reader is not shown; with
    `with_papers`, of those too of whose papers that holds."""
    if may(Permission.AGENDA_EDIT, meeting.committee_id):
        return frozenset()
    known: dict[Matter, bool] = {}
    hidden = set()
    for item in items:
        if item.is_open and not (with_papers and item.withheld_papers):
            continue
        matter = matter_of([item], meeting) if with_papers else matter_of_item(item)
        if matter not in known:
            known[matter] = may_read(matter, on=today())
        if not known[matter]:
            hidden.add(item.id)
    return frozenset(hidden)


def note_words_of_agenda(
    meeting: Meeting, items: Iterable[AgendaItem], *, with_papers: bool = False
) -> None:
    """Note that a list shows this reader what these items say, if any of them is closed. One entry
    names the meeting: each look at the list shows all of them, and an entry for each would bury
    the readings of single things."""
    shown = any(
        item.is_closed or (with_papers and any(paper.is_closed for paper in item.papers))
        for item in items
    )
    if shown and is_noted(meeting):
        note_reading(Meeting.__tablename__, meeting.id)


def note_words_of(item: AgendaItem, papers_shown: Sequence[Paper] = ()) -> None:
    """Note that a page shows this reader what a closed item says, or what closed papers of it are
    called."""
    closed = item.is_closed or any(is_closed(paper, item) for paper in papers_shown)
    if closed and is_noted(item.meeting):
        note_reading(AgendaItem.__tablename__, item.id)


def is_noted(meeting: Meeting) -> bool:
    """Whether it is noted that this reader is shown what is closed on an agenda: always, but for
    those who prepare it, who would fill the log with their own work until it is published."""
    if not may(Permission.AGENDA_EDIT, meeting.committee_id):
        return True
    found = select(AgendaVersion.id).where(AgendaVersion.meeting_id == meeting.id)
    return db.session.scalar(found.limit(1)) is not None


def programme_item_for(permission: Permission, item_id: int) -> ProgrammeItem:
    """An item of a work programme, for a reader who holds `permission` on its committee."""
    item = programme.item_with_id(item_id)
    if item is None:
        abort(404)
    check(permission, item.committee_id)
    return item
