"""Accepting a report onto an agenda: its papers come under an item, new or there already.

Callers commit.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from committee.agendas import service as agendas
from committee.agendas.models import AgendaItem
from committee.agendas.rules import ItemKind
from committee.agendas.service import ItemFields, NumberedItem
from committee.agendas.strictness import raised
from committee.confidentiality import service as confidentiality
from committee.extensions import db
from committee.meetings import service as meetings
from committee.reports import writing
from committee.reports.models import Paper, Report
from committee.reports.rules import ReportStatus
from committee.reports.stating import BY_ITS_AUTHOR, said_of
from committee.states import NotAllowed

# Kinds of item that a report may be taken under; minutes and verbal updates are none.
TAKE_REPORTS = {ItemKind.REPORT, ItemKind.PRESENTATION}


def items_for(report: Report) -> list[NumberedItem]:
    """The items of the meeting's agenda under which the report may come, those that are plainly
    meant for it first. A closed report never comes under an item that was opened, nor an open one
    under a closed item."""
    fitting = [
        entry
        for entry in agendas.numbered_items(report.meeting)
        if entry.item.kind in TAKE_REPORTS and _fits(report, entry.item)
    ]
    return sorted(fitting, key=lambda entry: not is_meant_for(entry.item, report))


def _fits(report: Report, item: AgendaItem) -> bool:
    return not item.is_open if report.is_closed else not item.is_closed


def is_meant_for(item: AgendaItem, report: Report) -> bool:
    """Whether the item bears the report's decision number, or its very title, and has no paper."""
    if item.papers:
        return False
    if report.decision_number and item.decision_number:
        return item.decision_number == report.decision_number
    return item.title.strip().casefold() == report.subject.strip().casefold()


def accept(
    report: Report,
    item: AgendaItem | None,
    *,
    now: datetime,
    public_title: str | None = None,
    by: int | None = None,
) -> AgendaItem:
    """Accept the report under `item`, or under a new item made of it.

    The item of a closed report, and its papers, become at least as strict as the report, on its
    grounds; any other new item waits until an officer opens it. `public_title` is what anyone may
    read in place of the title of an item that is closed so. Raises NotAllowed for an item of
    another meeting, for a closed report under an open item, for a report that was not sent, and
    for one whose author has not said whether it is open.
    """
    meetings.lock(report.meeting)
    db.session.refresh(report)
    if item is not None:
        db.session.refresh(item)
    if item is None:
        item = _add_item(report, by=by)
    if item.meeting_id != report.meeting_id or item.removed_at is not None:
        raise NotAllowed("Choose an item of the meeting to which the report goes.")
    _check_class(report, item)
    writing.accept(report, item.id, now=now, by=by)
    if report.is_closed:
        _close(report, item, public_title, now=now, by=by)
    if report.decision_number and not item.decision_number:
        item.decision_number = report.decision_number
    return item


def _add_item(report: Report, *, by: int | None) -> AgendaItem:
    fields = ItemFields(ItemKind.REPORT, report.subject, decision_number=report.decision_number)
    return agendas.add_item(report.meeting, fields, by=by)


def _check_class(report: Report, item: AgendaItem) -> None:
    if report.is_unclassed:
        raise NotAllowed(
            "The report does not say whether it is open, exempt or confidential. Return it to its "
            "author, who states it."
        )
    if report.is_closed and item.is_open:
        raise NotAllowed(
            "An exempt or confidential report cannot come under an item that was opened. Choose an "
            "item that is closed, or that nobody has opened yet."
        )


def _close(
    report: Report, item: AgendaItem, public_title: str | None, *, now: datetime, by: int | None
) -> None:
    """Make the item, and the report's papers under it, at least as strict as the report.

    How the author sees the two sides of the public interest goes along, for the officer who
    weighs them on the item's page.
    """
    stated = said_of(report)
    things: list[AgendaItem | Paper] = [item, *report.papers]
    for thing in things:
        if said := raised(confidentiality.said_of(thing), stated):
            confidentiality.take_over(thing, said, source=BY_ITS_AUTHOR, now=now, by=by)
    item.public_title = item.public_title or public_title


def accepted_reports(items: Iterable[AgendaItem]) -> Mapping[int, Sequence[Report]]:
    """The accepted reports under these items, by the item's id, earliest accepted first."""
    found = (
        select(Report)
        .where(
            Report.agenda_item_id.in_([item.id for item in items]),
            Report.status == ReportStatus.ACCEPTED,
        )
        .options(selectinload(Report.recommendations))
        .order_by(Report.accepted_at, Report.id)
    )
    by_item: dict[int, list[Report]] = {}
    for report in db.session.scalars(found):
        if report.agenda_item_id is not None:
            by_item.setdefault(report.agenda_item_id, []).append(report)
    return by_item
